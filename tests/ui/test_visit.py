"""My visit in the app: one question at a time, notes that last, and the answered sheet."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Static

from ketalearn.journey import HOME, Begin, Noted, Open, Place
from ketalearn.ui.screens.visit import AUTOSAVE_SECONDS
from tests.render.reading import pdf_text
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SIZES, app_for, at, kind, screen_text, settle, sync, words_of


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_question_is_ticked_noted_and_the_next_one_comes(size: tuple[int, int]) -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("v")
        await settle(pilot)
        visit = one.visit()
        assert f"My visit · 1 of {len(visit.names)}" in words_of(app)
        assert visit.questions[0].text in words_of(app)
        assert "! Crisis help" in words_of(app)
        await pilot.press("n", *"yes [x] at two!", "enter")
        await settle(pilot)
        assert "yes [x] at two!" in words_of(app)
        assert "[x] Asked" in words_of(app)
        await pilot.press("k", "right")
        await settle(pilot)
        assert app.place.screen == visit.names[1]
    kept = one.visit().questions[0]
    assert (kept.note, kept.asked) == ("yes [x] at two!", False)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_no_line_of_a_question_is_broken_once_more_by_the_edge(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("v")
        for _ in range(8):
            await settle(pilot)
            meant = [line.strip() for line in str(app.pane.query_one("#ask", Static).content).splitlines()]
            shown = [line.strip() for line in screen_text(app).splitlines()]
            assert [line for line in meant if line and line not in shown] == []
            await pilot.press("right")


@sync
async def test_what_is_typed_is_kept_before_the_field_is_left() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, one.advance(HOME, Open(Place("visit"))))
        await pilot.press("n", *"half a wor")
        await asyncio.sleep(AUTOSAVE_SECONDS + 0.3)
        await settle(pilot)
        assert one.visit().questions[0].note == "half a wor"


@sync
async def test_words_of_danger_in_a_note_open_crisis_help_and_lead_back() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, one.advance(HOME, Open(Place("visit"))))
        await pilot.press("n", *"i want to kill myself", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "visit"
    assert one.visit().questions[0].note == "i want to kill myself"


@pytest.mark.parametrize(("row", "suffix"), [(0, ".pdf"), (2, ".txt"), (3, ".md")])
@sync
async def test_the_answered_sheet_is_saved_with_every_note(row: int, suffix: str, tmp_path: Path) -> None:
    one = journey(home=tmp_path)
    place = one.advance(HOME, Open(Place("visit")))
    note = "They said two hours, " * 40 + "and someone to take me home."
    one.advance(place, Noted(note))
    one.advance(Place("visit", screen="next-step"), Noted("Call the clinic"))
    one.advance(Place("visit", screen="by-when"), Noted("Friday"))
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("notes"))
        await pilot.press("p")
        await settle(pilot)
        await pilot.press(str(row + 1))
        await settle(pilot)
        assert "Saved:" in words_of(app)
    data = (tmp_path / f"questions-2026-11-24-answered{suffix}").read_bytes()
    text = pdf_text(data) if suffix == ".pdf" else data.decode()
    flat = " ".join(text.replace(">", " ").split())
    for words in (note, "Call the clinic", "By when: Friday", one.visit().questions[1].text):
        assert " ".join(words.split()) in flat, words


def test_a_new_visit_leaves_the_earlier_one_as_it_was() -> None:
    one = journey()
    one.advance(one.advance(HOME, Open(Place("visit"))), Noted("first"))
    one.advance(HOME, Begin())
    assert not one.visit().used
    assert [visit.questions[0].note for visit in one.visits.earlier] == ["first"]
