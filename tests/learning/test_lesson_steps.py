"""A numbered list on a page keeps its numbers on each face: steps are done in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.journey import Place
from ketalearn.learning.lesson import Block, lesson_of
from ketalearn.plain.words import lesson as told
from tests.support import ROOT, journey, real_pack
from tests.ui.support import SIZES, app_for, at, screen_text, settle, sync

PAGES = [("10-visit", "together"), ("10-visit", "plan")]


def blocks(module: str, page: str) -> tuple[Block, ...]:
    pack = real_pack()
    return lesson_of(pack, module, pack.page(module, page)).blocks


def test_a_paragraph_has_no_mark_a_list_its_dot_and_a_step_its_number() -> None:
    assert Block("paragraph", ((),)).mark(0, "- ") == ""
    assert Block("list", ((), ())).mark(1, "- ") == "- "
    assert [Block("steps", ((), ()), first=3).mark(at, "- ") for at in (0, 1)] == ["3. ", "4. "]


@pytest.mark.parametrize(("module", "page"), PAGES)
def test_the_steps_of_a_page_are_one_list_in_order(module: str, page: str) -> None:
    (steps,) = [block for block in blocks(module, page) if block.kind == "steps"]
    assert steps.first == 1 and len(steps.lines) == 5


@pytest.mark.parametrize(("module", "page"), PAGES)
def test_plain_mode_tells_the_numbers(module: str, page: str, tmp_path: Path) -> None:
    pack = real_pack()
    lines = told(
        journey(ROOT, home=tmp_path), Place("page", module=module, page=page),
        lesson_of(pack, module, pack.page(module, page)),
    ).splitlines()  # fmt: skip
    assert [line[:3] for line in lines if line[:1].isdigit()] == ["1. ", "2. ", "3. ", "4. ", "5. "]


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_screen_shows_the_numbers_and_hangs_the_words_on_them(size: tuple[int, int], tmp_path: Path) -> None:
    app = app_for(journey(ROOT, home=tmp_path))
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("page", module="10-visit", page="together"))
        await settle(pilot)
        lines = screen_text(app).splitlines()
    (first,) = [number for number, line in enumerate(lines) if "1. Before" in line]
    assert lines[first + 1].startswith(" " * (lines[first].index("1.") + 3))
