"""Every type of quiz question by keys, at 80x24 and 40x15: what stands there, what is kept, what is said after."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ketalearn.content.models import Item, MatchItem, MultipleItem, NumberItem, OneOf, OrderItem, TeachbackItem
from ketalearn.journey import Choose, Journey, Place
from ketalearn.learning.records import Answer
from ketalearn.plain.words import results
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SIZES, SMALL_SCREEN, app_for, at, foot, kind, screen_text, settle, sync, words_of

MODULE = "06-risks"


def item_of(one: Journey, type_: str) -> Item:
    return next(item for item in one.workspace.pack.quiz(MODULE) if item.type == type_)


async def opened(pilot: Pilot[None], one: Journey, type_: str) -> tuple[KetalearnApp, Item]:
    item = item_of(one, type_)
    app = await at(pilot, Place("item", module=MODULE, item=item.id))
    assert " ".join(item.stem.split())[:30] in words_of(app)
    return app, item


async def skip_sure(pilot: Pilot[None], app: KetalearnApp) -> None:
    await settle(pilot)
    assert "How sure are you?" in words_of(app)
    await pilot.press("enter")
    await settle(pilot)
    assert kind(app) == "feedback"


def rows_of(app: KetalearnApp) -> list[str]:
    return [str(row.words) for row in app.pane.query_one(Rows)._rows]


def last(one: Journey) -> Answer:
    return one.memory.answers()[-1]


async def read_all(pilot: Pilot[None], app: KetalearnApp) -> str:
    """Everything of the pane, by scrolling to its end."""
    seen = [words_of(app)]
    for _ in range(40):
        if not app.pane.more_below:
            break
        await pilot.press("down")
        seen.append(words_of(app))
    assert not app.pane.more_below
    return " ".join(" ".join(seen).split())


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_choice_of_one_with_how_sure(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "single")
        assert isinstance(item, OneOf)
        await pilot.press(str(item.correct + 1))
        await settle(pilot)
        assert "How sure are you?" in words_of(app)
        assert "Just guessing" in words_of(app)
        assert rows_of(app)[-1] == "  → 4  Skip"
        assert f"You chose: {item.option[item.correct].text}"[:30] in words_of(app)
        await pilot.press("2")
        await settle(pilot)
        assert kind(app) == "feedback"
    assert (last(one).correct, last(one).confidence, last(one).not_sure) == (True, 2, False)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_several_are_ticked_by_digit_space_and_enter(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "multiple")
        assert isinstance(item, MultipleItem)
        assert "Tick all that fit" in words_of(app)
        done = str(len(item.option) + 2)
        await pilot.press(done)
        await settle(pilot)
        assert "Tick at least one first" in words_of(app)
        assert one.memory.answers() == ()
        await pilot.press("1", "down", "space", "1")
        await settle(pilot)
        assert "Tick at least one first" not in words_of(app)
        assert [row[:3] for row in rows_of(app)[:3]] == ["[ ]", "[x]", "[ ]"]
        await pilot.press("2", *(str(place + 1) for place in item.right), done)
        await skip_sure(pilot, app)
        assert "✓ Yes." in words_of(app)
    assert (last(one).chosen, last(one).correct, last(one).confidence) == (item.right, True, None)


@sync
async def test_each_option_chosen_and_each_right_one_missed_is_explained() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        _, item = await opened(pilot, one, "multiple")
        assert isinstance(item, MultipleItem)
        wrong = next(at for at, option in enumerate(item.option) if not option.correct)
        await pilot.press(str(wrong + 1), str(item.right[0] + 1), str(len(item.option) + 2))
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        for words in ("✗ Not quite all of it.", "✗ not this one", "✓ right", "✓ this one too", "Source:"):
            assert words in said
        for option in item.option:
            assert " ".join(option.feedback.split())[6:40].split(". ")[0] in said


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_pairs_are_put_together_and_can_be_taken_apart(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "match")
        assert isinstance(item, MatchItem)
        count = len(item.pair)
        shown = one.quiz.view(app.place).shown
        assert list(shown) != list(range(count))
        assert f"A {' '.join(item.pair[0].left.split())}" in words_of(app)
        assert f"(1 of {count})" in words_of(app)
        wrong = next(number for number, place in enumerate(shown, start=1) if place != 0)
        await pilot.press(str(wrong))
        await settle(pilot)
        assert rows_of(app)[wrong - 1].startswith("(A)")
        assert f"(2 of {count})" in words_of(app)
        await pilot.press("left")
        await settle(pilot)
        assert app.place.item == item.id
        assert f"(1 of {count})" in words_of(app)
        for place in range(count - 1):
            await pilot.press(str(shown.index(place) + 1))
        await settle(pilot)
        assert "All placed." in words_of(app)
        assert sorted(row[:3] for row in rows_of(app)[:count]) == [f"({letter})" for letter in "ABCDE"[:count]]
        await pilot.press("enter")
        await skip_sure(pilot, app)
        assert "✓ Yes." in words_of(app)
        said = await read_all(pilot, app)
        for pair in item.pair:
            assert " ".join(f"{pair.left} → {pair.right}".split())[:20] in said
    assert (last(one).chosen, last(one).correct) == (tuple(range(count)), True)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_steps_are_put_in_order(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "order")
        assert isinstance(item, OrderItem)
        count = len(item.step)
        shown = one.quiz.view(app.place).shown
        assert "Which comes 1st?" in words_of(app)
        # the last two the wrong way round
        for place in [*range(count - 2), count - 1]:
            await pilot.press(str(shown.index(place) + 1))
        await settle(pilot)
        assert {row[:5] for row in rows_of(app)[:count]} == {
            f"({n})" for n in ("1st", "2nd", "3rd", "4th", "5th")[:count]
        }
        await pilot.press("enter")
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        assert "✗ Not quite all of it." in said
        assert f"You chose: {('1st', '2nd', '3rd', '4th', '5th')[count - 1]}" in said
        assert item.step[-1].feedback[:20] in said
    assert last(one).chosen == (*range(count - 2), count - 1, count - 2)
    assert not last(one).correct


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_number_is_typed(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "number")
        assert isinstance(item, NumberItem)
        assert f"of {item.of}" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert f"Type a number from 0 to {item.of} first" in words_of(app)
        await pilot.press("9", "9", "9")
        await settle(pilot)
        assert f"The most is {item.of}." in words_of(app)
        assert rows_of(app)[0].endswith(f"99 of {item.of}")
        await pilot.press("left", "backspace")
        await settle(pilot)
        assert "The most is" not in words_of(app)
        await pilot.press(*str(item.of))
        await settle(pilot)
        assert f"That is my answer: {item.of} of {item.of}" in words_of(app)
        await pilot.press("enter")
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        assert f"You said {item.of} of {item.of}." in said
        assert f"It is about {item.answer} of {item.of}." in said
        assert item.feedback_high[:30] in said
    assert (last(one).text, last(one).correct) == (str(item.of), False)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_teach_back_in_own_words_is_ticked_by_the_person(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "teachback")
        assert isinstance(item, TeachbackItem)
        assert item.example not in words_of(app)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press(*"I call her", "enter")
        await settle(pilot)
        assert "You wrote: I call her" in words_of(app)
        await pilot.press("1", "2", str(len(item.point) + 1))
        await settle(pilot)
        assert kind(app) == "feedback"
        said = await read_all(pilot, app)
        assert "Here are the points, next to your words." in said
        assert "○ not yet said" in said
        assert item.example[:25] in said
        assert item.point[2].feedback[:25] in said
    assert (last(one).text, last(one).chosen, last(one).unsure) == ("I call her", (0, 1), False)
    assert one.topics().unsure == (item.topic,)


@sync
async def test_a_teach_back_said_aloud_with_no_point_ticked_is_no_not_sure() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        _, item = await opened(pilot, one, "teachback")
        assert isinstance(item, TeachbackItem)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press(str(len(item.point) + 1))
        await settle(pilot)
    assert (last(one).text, last(one).chosen, last(one).unsure) == ("", (), False)


@sync
async def test_words_of_danger_in_a_teach_back_open_crisis_help_and_the_words_wait() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, "teachback")
        await pilot.press("1")
        await settle(pilot)
        await pilot.press(*"i want to kill myself", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        await pilot.press("enter")
        await settle(pilot)
        assert "You wrote: i want to kill myself" in words_of(app)


@pytest.mark.parametrize("type_", ["single", "truefalse", "multiple", "match", "order", "number", "teachback"])
@pytest.mark.parametrize("size", SIZES)
@sync
async def test_not_being_sure_is_offered_everywhere(size: tuple[int, int], type_: str) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, one, type_)
        rows = rows_of(app)
        at_row = next(place for place, row in enumerate(rows) if "I'm not sure" in row)
        if type_ == "number":
            await pilot.press("down", "enter")
        else:
            await pilot.press(str(at_row + 1))
        await settle(pilot)
        assert kind(app) == "feedback"
        assert "You were not sure, and that is worth" in await read_all(pilot, app)
    assert last(one).unsure
    assert last(one).confidence is None


@pytest.mark.parametrize("type_", ["single", "multiple", "match", "order", "number", "teachback"])
@sync
async def test_at_40_by_15_the_question_and_a_choice_are_on_the_screen(type_: str) -> None:
    one = journey(ROOT)
    for module in one.workspace.pack.info.modules:
        for item in one.workspace.pack.quiz(module):
            if item.type != type_:
                continue
            app = app_for(one)
            async with app.run_test(size=SMALL_SCREEN) as pilot:
                await at(pilot, Place("item", module=module, item=item.id))
                rows = app.pane.query_one(Rows)
                assert rows.size.height >= 2, (item.id, screen_text(app))
                assert "esc back" in foot(app)
            break


@sync
async def test_very_sure_and_wrong_says_more_and_asks_once_more_at_the_end() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("item", module="01-first", item="lamp-colour"))
        await pilot.press("1", "3")
        await settle(pilot)
        said = await read_all(pilot, app)
        assert "You were very sure, so here is more. The page “" in said
        assert "We ask this once more at the end." in said
        await pilot.press("enter", "1", "enter", "enter")
        await settle(pilot)
        assert app.place == Place("item", module="01-first", item="lamp-colour", screen="again")
        assert "Once more" in words_of(app)
        await pilot.press("2", "3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "results"
        assert "Right when asked once more." in words_of(app)
    assert [answer.asked for answer in one.memory.answers()] == ["quiz", "quiz", "again"]
    assert one.profile().quiz_sure == ("driving",)
    reasons = [reason for question in one.sheet().on_paper for reason in question.because]
    assert any("You were very sure about this, and the sources say otherwise" in reason for reason in reasons)


@sync
async def test_without_colour_the_row_one_is_on_is_underlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, "multiple")
        await pilot.press("down")
        await settle(pilot)
        lines = [
            "".join(segment.text for segment in strip).strip()
            for strip in app.screen._compositor.render_strips()
            if any(segment.style is not None and segment.style.underline for segment in strip)
        ]
        assert [line[:7] for line in lines] == ["► [ ] 2"]


@sync
async def test_results_say_what_is_so_and_no_tick_stands_beside_a_bare_false_statement() -> None:
    for right in (True, False):
        one = journey(ROOT)
        item = next(
            item
            for item in one.workspace.pack.quiz(MODULE)
            if item.type == "truefalse" and item.option[item.correct].text == "False"
        )
        assert isinstance(item, OneOf)
        at_item = Place("item", module=MODULE, item=item.id)
        one.advance(at_item, Choose(item.correct if right else 1 - item.correct))
        app = app_for(one)
        async with app.run_test(size=LARGE) as pilot:
            await at(pilot, Place("results", module=MODULE))
            said = words_of(app)
            plain = results(one.results(Place("results", module=MODULE)))
            for text, mark in ((said, "✓ "), (plain, "Right: ")):
                assert (f"{mark}You knew: false. “{item.stem[:20]}" in text) == right
                assert ("What is so: this is false." in text) == (not right)
