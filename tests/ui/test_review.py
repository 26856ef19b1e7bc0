"""Home says what is due and what is mastered; a review by keys; the day of the visit; a guess before the lesson."""

from __future__ import annotations

import pytest

from ketalearn.journey import HOME, Choose, Journey, Place
from ketalearn.ui.widgets.rows import Rows
from tests.plain.test_plain import Script
from tests.support import ROOT, Clock, journey
from tests.ui.support import (
    LARGE,
    SIZES,
    SMALL_SCREEN,
    WIDE,
    app_for,
    at,
    foot,
    kind,
    screen_text,
    settle,
    sync,
    words_of,
)


def answered(one: Journey, module: str, *chosen: tuple[str, int | None, int | None]) -> None:
    for name, option, sure in chosen:
        one.advance(Place("item", module=module, item=name), Choose(option, sure))


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_what_was_missed_comes_back_and_home_says_how_many(size: tuple[int, int]) -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 0, 2), ("lamp-glare", 0, 2))
    answered(one, "02-second", ("wire-safe", None, None), ("wire-two", 1, 1))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await at(pilot, HOME)
        assert "due" not in words_of(app)
        await pilot.press("r")
        await settle(pilot)
        assert "Nothing is due for review today." in words_of(app)
    clock.goes_on(25)
    later = journey(memory=one.memory, clock=clock)
    app = app_for(later)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "→ Review: 3 due" in words_of(app)
        await pilot.press("r")
        await settle(pilot)
        assert app.place.screen == "review"
        assert "Review" in words_of(app)
        seen = []
        while kind(app) != "results":
            seen.append(app.place.item)
            item = later.quiz.item(app.place.item)
            await pilot.press(str(item.right[0] + 1), "2")  # type: ignore[union-attr]
            await settle(pilot)
            assert kind(app) == "feedback"
            while kind(app) == "feedback":
                # on a short screen it first reads on
                await pilot.press("enter")
                await settle(pilot)
            await settle(pilot)
        assert sorted(seen) == ["lamp-colour", "wire-safe", "wire-two"]
        assert "All 3 right." in words_of(app)
        await pilot.press("right")
        await settle(pilot)
        assert app.place == HOME
        assert "due" not in words_of(app)
    assert {answer.asked for answer in later.memory.answers()[4:]} == {"review"}
    assert later.topics().missed == ()


@sync
async def test_mastery_stands_at_home_in_words() -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 1, 2), ("lamp-glare", 0, 2))
    clock.goes_on(24)
    one.quiz.new_sitting("01-first")
    answered(one, "01-first", ("lamp-colour", 1, 2))
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.app.workers.wait_for_complete()
        await settle(pilot)
        assert "✓ mastered" in words_of(app)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_home_says_how_much_was_answered_as_no_score_and_where_one_was(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    one.memory.put("welcomed", True)
    for module in one.workspace.pack.info.modules:
        head = one.head(module)
        for page in head.pages[:-1]:
            one.memory.mark_page(module, page, 1)
        for item in one.workspace.pack.quiz(module)[:-1]:
            one.advance(Place("item", module=module, item=item.id), Choose(None))
    first = one.head("01-decision")
    one.memory.put("place", {"kind": "page", "module": first.id, "page": first.pages[1], "item": "", "screen": ""})
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        rows = "; ".join(str(row.words) for row in app.pane.query_one(Rows)._rows)
        read = f"{len(first.pages) - 1} of {len(first.pages)} read"
        assert f"→ Continue where you were: {first.title}, opened at page 2; {read};" in rows
        reading = f"{len(first.pages) - 1} of {len(first.pages)} read"
        checked = f"quiz {len(first.items) - 1} of {len(first.items)} answered"
        assert reading in rows
        assert checked in rows
        if size != SMALL_SCREEN:
            # one line each, with nothing cut off
            lines = [line for line in screen_text(app).splitlines() if " answered" in line]
            assert len(lines) == len(one.workspace.pack.info.modules)
    plain = Script(one, "quit").text
    assert f"Quiz: {first.title} ({checked})" in plain
    assert f"You were at: {first.title}, page 2 of {len(first.pages)}." in plain


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_day_of_the_visit_by_one_key_and_everything_comes_back_by_then(
    size: tuple[int, int],
) -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 1, 1))
    assert one.quiz.schedule()[0].day.isoformat() == "2026-11-25"
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        await pilot.press(*"soon", "enter")
        await settle(pilot)
        assert "'soon' is no day." in words_of(app)
        await pilot.press("d")
        await settle(pilot)
        await pilot.press(*"28 November 2026", "enter")
        await settle(pilot)
        assert app.place == HOME
    assert str(one.quiz.visit_day()) == "2026-11-28"
    clock.goes_on(24)
    answered(one, "02-second", ("wire-safe", 0, 3))
    assert {due.item: str(due.day) for due in one.quiz.schedule()}["wire-safe"] == "2026-11-28"
    clock.goes_on(24 * 9)
    assert one.quiz.visit_by() is None


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_guess_before_the_lesson_has_no_marks_and_leads_to_the_lesson(size: tuple[int, int]) -> None:
    from tests.support import ROOT

    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        first = Place("page", module="06-risks", page=one.head("06-risks").pages[0])
        await at(pilot, first)
        if size == LARGE:
            assert "b guess first" in foot(app)
        await pilot.press("b")
        await settle(pilot)
        guesses = one.quiz.guesses("06-risks")
        assert 2 <= len(guesses) <= 3
        for name in guesses:
            assert app.place == Place("item", module="06-risks", item=name, screen="before")
            assert "A guess is fine." in words_of(app)
            if one.quiz.item(name).type == "number":
                await pilot.press("5", "enter")
            elif one.quiz.item(name).type == "multiple":
                await pilot.press("2", "6")
            else:
                await pilot.press("1")
            await settle(pilot)
        assert app.place == first
        await pilot.press("b")
        await settle(pilot)
        assert app.place == first
    assert [answer.asked for answer in one.memory.answers()] == ["before"] * len(guesses)
    assert one.topics().missed == ()
    assert one.progress(one.head("06-risks")).checked == 0
    assert one.quiz.schedule() == ()
    asked = {one.quiz.item(name).objective for name in one.quiz.items("06-risks")}
    assert {one.quiz.item(name).objective for name in guesses} <= asked


def test_a_review_of_yesterday_does_not_go_on_today_and_one_of_today_does() -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 0, 2), ("lamp-glare", 1, 2))
    clock.goes_on(25)
    review = Place("item", screen="review")
    first = one.quiz.open(review)
    assert first.item in ("lamp-colour", "lamp-glare")
    after = one.advance(first, Choose(None))
    assert one.quiz.open(review).item != after.item
    clock.goes_on(24)
    again = one.quiz.open(review)
    assert one.quiz._review()[0] == 2
    assert {step.item for step in one.quiz.steps(again)} == {"lamp-colour", "lamp-glare"}


def test_very_sure_and_wrong_in_a_review_comes_once_more_at_its_end() -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 0, 2))
    clock.goes_on(25)
    place = one.quiz.open(Place("item", screen="review"))
    place = one.advance(place, Choose(2, 3))
    place = one.quiz.after(place)
    assert place == Place("item", module="01-first", item="lamp-colour", screen="review-again")
    place = one.advance(place, Choose(1, 3))
    assert one.quiz.after(place) == Place("results", screen="review")
    assert one.topics().sure == ("driving",)


def test_home_reads_one_small_value_and_no_schedule() -> None:
    clock = Clock()
    one = journey(clock=clock)
    answered(one, "01-first", ("lamp-colour", 0, 2))
    assert one.quiz.settle()
    assert not one.quiz.settle()
    clock.goes_on(25)
    fresh = journey(memory=one.memory, clock=clock)
    assert fresh.home().due == 1
    assert "quiz" not in vars(fresh)
    clock.goes_on(24 * 365)
    assert fresh.home().due == 1
    clock.goes_on(-24 * 900)
    assert fresh.home().due == 0
