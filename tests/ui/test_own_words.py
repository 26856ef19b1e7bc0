"""Names with a slip, words that suggest, readiness, and why a question is there: key by key, at both sizes."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from ketalearn.decision.profile import Profile
from ketalearn.journey import Place
from ketalearn.ui.screens.interview import InterviewPane
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import SIZES, app_for, at, kind, settle, sync, words_of

MEDICINES = Place("interview", screen="medicines")
WORRIES = Place("interview", screen="worries")
QUESTIONS = Place("questions")


async def mark(pilot: Pilot[None], key: str) -> None:
    """Put the highlight on the row of `key`."""
    rows = next(one for one in pilot.app.query(Rows) if one.parent and one.is_on_screen and one.region.height)
    rows.highlighted = [row.key for row in rows._rows].index(key)
    rows.focus()
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("choice", "names", "known"), [("1", ("Xanax",), True), ("3", ("xanx",), False)])
@sync
async def test_a_name_with_a_slip_is_asked_about(
    size: tuple[int, int], choice: str, names: tuple[str, ...], known: bool
) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, MEDICINES)
        await mark(pilot, "names")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"xanx", "enter")
        await settle(pilot)
        assert "Did you mean Xanax (a benzodiazepine)?" in words_of(app)
        assert one.profile().medicine_names == ("xanx",)
        await pilot.press(choice)
        await settle(pilot)
        assert one.profile().medicine_names == names
        assert ("benzodiazepine" in {question.topic for question in one.sheet().on_paper}) == known
        assert ("Xanax: a benzodiazepine." if known else "xanx: kept as typed") in words_of(app)
        if known:
            await pilot.press("u")
            await settle(pilot)
            assert one.profile().medicine_names == ("xanx",)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_words_suggest_and_nothing_is_added_by_itself(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, WORRIES)
        app.query_one(InterviewPane)._keep_words("My bladder hurts, I have glaucoma. No seizures.")
        await settle(pilot)
        words = words_of(app)
        assert "Your words made us think of" in words
        assert "[ ] Bladder problems" in words
        assert "Seizures" not in words
        assert one.profile().conditions == ()
        await pilot.press("enter")
        await mark(pilot, "done")
        await pilot.press("enter")
        await settle(pilot)
        assert len(one.profile().conditions) == 1
        assert one.suggested() == ()
        assert "bladder hurts" not in str(one.sheet().as_dict())


@sync
async def test_words_of_danger_come_before_any_suggestion() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, WORRIES)
        app.query_one(InterviewPane)._keep_words("My bladder hurts and I want to kill myself")
        await settle(pilot)
        assert kind(app) == "crisis"
        assert "made us think of" not in words_of(app)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_readiness_is_answered_by_a_key_and_can_be_skipped(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("matters"))
        await pilot.press("right")
        await settle(pilot)
        assert kind(app) == "ready"
        first = one.workspace.pack.statements[0].id
        for key, words, kept in (("3", "[no]", (first,)), ("2", "[not sure]", (first,)), ("1", "[yes]", ())):
            await pilot.press(key)
            await settle(pilot)
            assert words in words_of(app)
            assert one.profile().readiness == kept
        await pilot.press("right")
        await settle(pilot)
        assert kind(app) == "questions"


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_w_says_why_and_a_search_says_why_not(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    one.keep(Profile(conditions=("seizures",), reproductive=("not_able",)))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, QUESTIONS)
        await mark(pilot, "seizures")
        await pilot.press("w")
        await settle(pilot)
        assert "You said: Seizures (fits) or epilepsy" in words_of(app)
        await pilot.press("escape")
        await mark(pilot, "absent")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press(*"pregnancy", "enter", "enter")
        await settle(pilot)
        assert "Why is it not here?" in words_of(app)
        assert "I cannot become pregnant" in words_of(app)


@sync
async def test_own_questions_are_moved_starred_and_deleted_once_one_is_sure() -> None:
    one = journey()
    one.keep(Profile(own_questions=("One?", "One?", "Three?")))
    app = app_for(one)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, QUESTIONS)
        await mark(pilot, "own:3")
        await pilot.press("less_than_sign")
        await settle(pilot)
        assert one.sheet().own_questions == ("One?", "Three?", "One?")
        await pilot.press("asterisk")
        await settle(pilot)
        assert one.sheet().own_front == ("Three?",)
        await mark(pilot, "own:2")
        await pilot.press("x", "1")
        await settle(pilot)
        assert len(one.profile().own_questions) == 3
        await mark(pilot, "own:2")
        await pilot.press("x", "2")
        await settle(pilot)
        assert one.profile().own_questions == ("One?", "Three?")
        assert one.sheet().own_front == ("Three?",)
        await pilot.press("u")
        await settle(pilot)
        assert one.profile().own_questions == ("One?", "One?", "Three?")
