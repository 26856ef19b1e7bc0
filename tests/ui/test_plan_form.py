"""The plan to fill in is saved with the sheet, from the app and line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.journey import Place
from ketalearn.plain.talk import Talk
from ketalearn.ui.screens.questions import CHOICES_ROW, MORE_ROW, PLAN_ROW
from ketalearn.ui.widgets.rows import Rows
from tests.render.reading import pdf_text
from tests.support import ROOT, journey
from tests.ui.support import SIZES, app_for, at, settle, sync, words_of


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_save_list_adds_the_form(size: tuple[int, int], tmp_path: Path) -> None:
    one = journey(ROOT, home=tmp_path, region="US")
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p")
        await settle(pilot)
        for words in (MORE_ROW, PLAN_ROW):
            rows = app.pane.query_one(Rows)
            at_row = [words in row.words.plain for row in rows._rows].index(True)
            rows.highlighted = at_row
            await pilot.press("enter")
            await settle(pilot)
        assert "Saved:" in words_of(app)
    saved = list(tmp_path.rglob("*.pdf"))
    assert len(saved) == 1
    text = " ".join(pdf_text(saved[0].read_bytes()).split())
    assert "My plan if things get worse" in text and "How I have been" in text and CHOICES_ROW not in text


def test_plain_mode_saves_it(tmp_path: Path) -> None:
    one = journey(ROOT, home=tmp_path, region="GB")
    one.memory.put("welcomed", True)
    lines = iter(["16", "quit"])
    told: list[str] = []
    talk = Talk(one, lambda: next(lines, None), told.append)
    talk.place = Place("questions")
    talk._visit(talk.place)
    assert any(line.startswith("Saved:") for line in told)
    (saved,) = tmp_path.rglob("*.pdf")
    assert "My plan if things get worse" in " ".join(pdf_text(saved.read_bytes()).split())
