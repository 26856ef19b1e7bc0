"""A hint by one key, in both faces; that it was seen is kept with the answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ketalearn.journey import Journey, Place
from tests.plain.test_plain import Script
from tests.support import SMALL, journey
from tests.ui.support import SIZES, app_for, at, foot, kind, settle, sync, words_of

ITEM = Place("item", module="01-first", item="lamp-colour")
STEM = 'stem = "After the blue lamp, when may you drive?"'


def with_hint(tmp_path: Path) -> Journey:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    quiz = root / "questions" / "quiz" / "01-first.toml"
    quiz.write_text(quiz.read_text("utf-8").replace(STEM, f'{STEM}\nhint = "Think of a night."'), "utf-8")
    return journey(root)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_h_shows_the_hint_and_it_is_kept_with_the_answer(size: tuple[int, int], tmp_path: Path) -> None:
    one = with_hint(tmp_path)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, ITEM)
        assert "Think of a night." not in words_of(app)
        if size[0] >= 60:
            assert "h hint" in foot(app)
        await pilot.press("h")
        await settle(pilot)
        assert "Hint: Think of a night." in words_of(app)
        await pilot.press("2", "3")
        await settle(pilot)
        while kind(app) == "feedback":
            # on a small screen enter first reads on to the end
            await pilot.press("enter")
            await settle(pilot)
        await pilot.press("1", "enter")
        await settle(pilot)
    assert [(answer.item, answer.hinted) for answer in one.memory.answers()] == [
        ("lamp-colour", True), ("lamp-glare", False)]  # fmt: skip


def test_the_word_hint_in_plain_mode(tmp_path: Path) -> None:
    one = with_hint(tmp_path)
    one.memory.put("welcomed", True)
    script = Script(one, "3", "hint", "2", "", "", "hint", "quit")
    assert "Type hint for a hint." in script.text
    assert "Hint: Think of a night." in script.text
    assert one.memory.answers()[0].hinted
    assert "Please give" in script.text


def test_an_item_without_a_hint_offers_none() -> None:
    one = journey()
    view = one.item(ITEM)
    assert not view.can_hint
