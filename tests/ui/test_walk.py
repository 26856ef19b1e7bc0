"""The walk through the app, by the keys that its own hints name."""

from __future__ import annotations

import pytest

from ketalearn.journey import HOME, Place
from tests.support import Clock, journey
from tests.ui.support import LARGE, SIZES, app_for, at, kind, settle, sync, words_of

ITEM = Place("item", module="01-first", item="lamp-colour")


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_from_the_welcome_to_the_first_answer(size: tuple[int, int]) -> None:
    one = journey()
    app = app_for(one, welcomed=False)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        while "enter more" in words_of(app):
            await pilot.press("enter")
            await settle(pilot)
        assert "enter begin" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Start here: Lamps, page 1 of 2" in words_of(app)
        await pilot.press("enter", "right", "right")
        await settle(pilot)
        assert app.place == ITEM
        await pilot.press("1")
        await settle(pilot)
        assert "How sure are you of this answer?" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "feedback"
    answer = one.memory.answers()[-1]
    assert (answer.item, answer.chosen, answer.correct) == ("lamp-colour", (0,), False)
    assert answer.confidence is None
    assert one.memory.pages_read() == {("01-first", "light"): 1, ("01-first", "glare"): 1}


@sync
async def test_the_welcome_says_the_four_things_in_under_eighty_words() -> None:
    app = app_for(journey(), welcomed=False)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        words = words_of(app)
        for said in (
            "not tell you yes or no",
            "Nothing you answer leaves this computer",
            "No clinician",
            "In crisis? Press !",
        ):
            assert said in words


@sync
async def test_after_a_wrong_answer_verdict_feedback_source_and_question_stand_there() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.press("down", "down", "enter", "2")
        await settle(pilot)
        words = words_of(app)
        for said in ("✗ not quite", "✓ this one", "✗ Not quite. Lunch does not change it.",
                     "✓ The answer: The next day. A night of sleep first.", "Source: Lamp label 2021",
                     "Lamp label 2021", "When can I drive again?", "After lunch [x]"):  # fmt: skip
            assert said in words
        await pilot.press("o")
        await settle(pilot)
        assert app.place == Place("page", module="01-first", page="light")


@sync
async def test_not_being_sure_is_an_answer_and_is_told_so() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.press("4")
        await settle(pilot)
        assert "You were not sure, and that is worth knowing." in words_of(app)
    assert one.topics().unsure == ("driving",)


@sync
async def test_an_answer_by_mouse() -> None:
    from ketalearn.ui.widgets.rows import Rows

    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.click(app.pane.query_one(Rows), offset=(4, 1))
        await settle(pilot)
        await pilot.click(app.pane.query_one(Rows), offset=(4, 2))
        await settle(pilot)
    assert one.memory.answers()[-1].chosen == (1,)
    assert one.memory.answers()[-1].confidence == 3


@sync
async def test_a_miss_can_be_taken_back_and_added_again() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.press("1", "enter")
        await settle(pilot)
        assert one.topics().missed == ("driving",)
        await pilot.press("u")
        await settle(pilot)
        assert one.topics().missed == ()
        assert "Not added to My questions" in words_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert one.topics().missed == ("driving",)


@sync
async def test_results_stay_with_misses_first_and_say_what_each_added() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("item", module="02-second", item="wire-safe"))
        await pilot.press("2", "enter", "enter", "1", "enter", "enter")
        await settle(pilot)
        assert app.place == Place("results", module="02-second")
        words = words_of(app)
        assert "2 answered; 2 to ask about." in words
        assert "Nothing to ask here: read page 1 again." in words
        assert "Added: When can I drive again?" in words
        await pilot.press("down", "u")
        await settle(pilot)
        assert "Not added to My questions" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "page"
        await at(pilot, Place("results", module="02-second"))
        await pilot.press("a")
        await settle(pilot)
        assert app.place == Place("item", module="02-second", item="wire-safe")
        assert one.quiz.sitting("02-second") == 2


@sync
async def test_a_skipped_question_is_asked_again_from_home() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.press("right")
        await settle(pilot)
        assert app.place.item == "lamp-glare"
        await pilot.press("1", "enter", "enter")
        await settle(pilot)
        assert app.place == ITEM


@sync
async def test_words_and_sources_of_a_page() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("page", module="01-first", page="light"))
        await pilot.press("g")
        await settle(pilot)
        assert "Light that is too strong for the eye." in words_of(app)
        await pilot.press("escape", "s")
        await settle(pilot)
        assert "PMID 12345" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.place.page == "light"
        await pilot.press("left")
        await settle(pilot)
        assert app.place == HOME


@sync
async def test_home_opens_every_step_by_the_key_that_its_row_shows() -> None:
    app = app_for(journey())
    for key, where in (("1", "page"), ("j", "choices"), ("y", "interview"), ("m", "matters"), ("p", "questions"),
                      ("v", "visit"), ("i", "about"), ("f", "clinic"), ("c", "item"),
                      ("3", "home")):  # fmt: skip
        app = app_for(journey())
        async with app.run_test(size=LARGE) as pilot:
            await settle(pilot)
            await pilot.press(key)
            await settle(pilot)
            assert kind(app) == where, key
            await pilot.press("escape")
            await settle(pilot)
            assert app.place == HOME


@sync
async def test_the_choices_lead_from_one_to_the_next_and_on_to_the_interview() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("choices"))
        await pilot.press("enter")
        await settle(pilot)
        assert app.place.screen == "blue-lamp"
        await pilot.press("s")
        await settle(pilot)
        assert "Blue lamps in winter" in words_of(app)
        await pilot.press("escape", "right")
        await settle(pilot)
        assert app.place.screen == "wait"
        await pilot.press("left", "left")
        await settle(pilot)
        assert kind(app) == "choices"
        await pilot.press("right", "right", "right")
        await settle(pilot)
        assert app.place == Place("interview", screen="safety")


@sync
async def test_the_same_place_is_there_after_a_restart() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, ITEM)
        await pilot.press("1", "enter", "enter")
        await settle(pilot)
        assert app.place.item == "lamp-glare"
    again = app_for(journey(memory=one.memory))
    async with again.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "Continue where you were: Lamps, quiz question 2 of 2" in words_of(again)
        await pilot.press("enter")
        await settle(pilot)
        assert again.place == Place("item", module="01-first", item="lamp-glare")


@sync
async def test_recent_answers_about_suicide_open_crisis_help_once_at_the_start() -> None:
    clock = Clock()
    one = journey(clock=clock)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="safety"))
        await pilot.press("down", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        assert "Thank you for saying so" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "interview"
        assert one.profile().safety == ("suicidal_thoughts",)
    clock.goes_on(23)
    again = app_for(journey(memory=one.memory, clock=clock))
    async with again.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert kind(again) == "crisis"
        await pilot.press("enter")
        await settle(pilot)
        assert again.place == HOME
    clock.goes_on(2)
    later = journey(memory=one.memory, clock=clock)
    assert later.start() == HOME
    assert later.profile().safety == ()
