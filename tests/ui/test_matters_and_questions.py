"""What matters, the Tell row of My questions, and the field for long words: key by key, at both sizes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.widgets import Static

from ketalearn.decision import edits
from ketalearn.decision.options import HOW_TO_READ, HOW_TO_READ_SHORT, grouped
from ketalearn.journey import HOME, Place
from ketalearn.render.text import to_text as sheet_text
from ketalearn.render.wording import FIRST_HEADING, THEN_HEADING
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.screens.matters import MattersPane
from ketalearn.ui.screens.questions import QuestionsPane, counted, shortened
from ketalearn.ui.widgets.field import Field
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SIZES, SMALL_SCREEN, WIDE, app_for, at, kind, screen_text, settle, sync, words_of

MATTERS = Place("matters")
QUESTIONS = Place("questions")


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_three_values_at_most_and_each_can_be_taken_off(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    ids = [value.id for _, values in grouped(one.workspace.pack.personal_values) for value in values]
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, MATTERS)
        for _ in range(3):
            await pilot.press("enter", "down")
        await settle(pilot)
        assert one.profile().values == tuple(ids[:3])
        await pilot.press("enter")
        await settle(pilot)
        assert one.profile().values == tuple(ids[:3])
        assert "You have chosen 3 already. Take one off first." in words_of(app)
        await pilot.press("up", "enter")
        await settle(pilot)
        assert one.profile().values == tuple(ids[:2])
        assert "[ ]" in screen_text(app) and "You have chosen 2 of 3." in words_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert one.profile().values == tuple(ids[:3])


def barless(app: KetalearnApp) -> str:
    """The screen's words without the scroll bar, which may stand between two lines of one sentence."""
    return " ".join(words_of(app).translate(dict.fromkeys(map(ord, "▁▂▃▄▅▆▇█"))).split())


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_help_of_the_highlighted_value_is_told(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    values = [value for _, here in grouped(one.workspace.pack.personal_values) for value in here]
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, MATTERS)
        assert values[0].help in barless(app) and values[1].help not in barless(app)
        await pilot.press("down")
        await settle(pilot)
        assert values[1].help in barless(app) and values[0].help not in barless(app)
        pane = app.pane
        assert isinstance(pane, MattersPane)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_what_to_tell_opens_and_the_first_question_is_where_one_starts(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    one.keep(replace(one.profile(), conditions=("high_bp_uncontrolled", "sleep_apnea")))
    sheet = one.sheet()
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, QUESTIONS)
        rows = app.pane.query_one(Rows)
        assert rows.key == sheet.front[0].topic
        opened = all(line in words_of(app) for line in sheet.tell)
        assert opened == (size == WIDE)
        await pilot.press("up")
        await settle(pilot)
        assert rows.key == "tell" and "Tell your clinician: 2 things" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert all(line in words_of(app) for line in sheet.tell) != opened


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_long_question_is_seen_whole_while_it_is_changed(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    long = (
        "Will my sister, who lives two hours away, be told what to watch for at home, and whom she may call at night?"
    )
    one.keep(edits.add_own(one.profile(), long))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, QUESTIONS)
        rows = app.pane.query_one(Rows)
        rows.highlighted = [row.key for row in rows._rows].index("own:1")
        await pilot.press("e")
        await settle(pilot)
        field = app.pane.query_one(Field)
        assert field.has_focus and field.text == long
        # all of it stands there at once; at 40 columns a scroll bar stands between its lines
        shown = words_of(app)
        assert all(word in shown for word in long.split()) and "Will my sister" in shown and "at night?" in shown
        await pilot.press(*"!!", "escape")
        await settle(pilot)
        # in a field ! types; leaving it by esc changes nothing
        assert kind(app) == "questions" and one.profile().own_questions == (long,)
        await pilot.press("e")
        await settle(pilot)
        await pilot.press("backspace", "space", "o", "k", "enter")
        await settle(pilot)
        assert one.profile().own_questions == (f"{long[:-1]} ok",)


@sync
async def test_crisis_lines_hang_under_their_name() -> None:
    app = app_for(journey(ROOT, region="US"))
    async with app.run_test(size=SIZES[0]) as pilot:
        await at(pilot, Place("crisis", returns=HOME, why="asked"))
        lines = screen_text(app).splitlines()
        start = next(at for at, line in enumerate(lines) if "988 Suicide & Crisis Lifeline" in line)
        under = [line for line in lines[start + 1 : start + 5] if line.strip()]
        indents = {len(line) - len(line.lstrip()) for line in under}
        assert len(indents) == 1 and indents.pop() == len(lines[start]) - len(lines[start].lstrip()) + 2


@sync
async def test_at_80_by_24_a_question_has_one_line_until_it_is_marked() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, QUESTIONS)
        rows = app.pane.query_one(Rows)
        pane = app.query_one(QuestionsPane)
        for _ in range(4):
            topic = rows.key
            for question in pane.sheet.on_paper:
                (row,) = [one for one in rows._rows if one.key == question.topic]
                told = row.words.plain
                if question.topic == topic:
                    assert question.text in told
                else:
                    assert question.text in told or (told.endswith("…") and len(told) <= LARGE[0] - 6)
            await pilot.press("down")
            await settle(pilot)
            assert rows.key != topic
        seen = [line for line in screen_text(app).splitlines() if re.match(r"[► ] +\d+ ", line)]
        assert len(seen) >= 6


@sync
async def test_on_a_wide_screen_all_that_stands_behind_a_question_is_beside_the_list() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, QUESTIONS)
        question = app.query_one(QuestionsPane)._question()
        assert question is not None
        beside = str(app.pane.query_one("#detail", Static).content)
        assert question.text in beside and question.why in beside
        sources = app.journey.workspace.pack.sources
        assert all(sources[name].short in beside for name in question.sources)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_day_of_the_visit_is_set_from_my_questions(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, QUESTIONS)
        await pilot.press("d")
        await settle(pilot)
        assert "When is your visit?" in words_of(app)
        await pilot.press(*"2027-01-15", "enter")
        await settle(pilot)
        day = one.quiz.visit_day()
        assert day is not None and day.isoformat() == "2027-01-15"
        assert app.place == QUESTIONS
        await pilot.press("end")
        await settle(pilot)
        assert "The day of my visit: 2027-01-15" in words_of(app)


def test_what_is_shortened_ends_at_a_word_and_fits() -> None:
    assert shortened("one two three", 20) == "one two three"
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two three", 7) == "one…"


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN])
@sync
async def test_what_is_dangerous_or_picked_is_never_cut_and_the_list_opens_at_its_top(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    one.keep(one.profile().with_field("conditions", ["high_bp_uncontrolled", "psychosis_self"]))
    topics = [question.topic for question in one.sheet().on_paper]
    one.keep(edits.star(one.profile(), topics[-1]))
    async with app_for(one).run_test(size=size) as pilot:
        app = await at(pilot, Place("questions"))
        pane = app.pane
        assert isinstance(pane, QuestionsPane)
        assert " 1 " in words_of(app) and "Ask these first" in words_of(app)
        assert "more above" not in words_of(app)
        if size == LARGE:
            assert "FIRST: talk about this before you start or go on." in words_of(app)
            assert "a add · x off · <> move" in words_of(app)
        else:
            assert "You said:" not in words_of(app)
        rows = {row.key: row.words.plain for row in pane.query_one(Rows)._rows}
        kept = [question for question in one.sheet().on_paper if question.pinned or question.starred]
        assert len(kept) > 1
        for question in kept:
            assert question.text in rows[question.topic]


@sync
async def test_the_list_has_the_headings_of_the_paper() -> None:
    one = journey(ROOT)
    async with app_for(one).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("questions"))
        headings = [row.words.plain for row in app.pane.query_one(Rows)._rows if row.heading]
        paper = " ".join(sheet_text(one.sheet()).casefold().split())
        assert headings[:2] == [FIRST_HEADING, THEN_HEADING] and len(headings) > 2
        for heading in headings:
            assert heading.casefold() in paper


def test_the_count_of_the_sheet_is_said_in_parts() -> None:
    assert counted(3, 21, 30) == "Your 3 to ask first, and 18 more on the sheet. 30 others stay here."
    assert counted(2, 2, 1) == "Your 2 to ask first. 1 other stays here."
    assert counted(0, 2, 0) == "2 on the sheet."
    assert counted(0, 0, 4) == "No question is on the sheet. 4 others stay here."


@pytest.mark.parametrize("place", [MATTERS, Place("choices")], ids=lambda place: place.kind)
@sync
async def test_no_run_of_a_list_is_longer_than_seven_and_each_has_a_heading(place: Place) -> None:
    one = journey(ROOT)
    pack = one.workspace.pack
    async with app_for(one).run_test(size=LARGE) as pilot:
        app = await at(pilot, place)
        rows = app.pane.query_one(Rows)._rows
        assert rows[0].heading
        run = 0
        for row in rows:
            run = 0 if row.heading else run + 1
            assert run <= 7
        # every one of the content stands there once, under the heading that its file gives
        things = pack.personal_values if place == MATTERS else pack.options
        keys = [row.key for row in rows]
        for thing in things:
            assert keys.count(thing.id) == 1 and thing.group
            above = [row for row in rows[: keys.index(thing.id)] if row.heading]
            assert above[-1].words.plain.strip() == thing.group


@pytest.mark.parametrize(("size", "told"), [(LARGE, HOW_TO_READ_SHORT), (WIDE, HOW_TO_READ)])
@sync
async def test_how_to_use_the_table_stands_above_it(size: tuple[int, int], told: str) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, Place("compare"))
        words = words_of(app)
        assert told in words
        assert words.index("Find the rows") < words.index("How likely is it to help?")
