"""The choices side by side, and next to what matters, on every size of screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.decision.profile import Profile
from ketalearn.journey import Place
from tests.render.reading import pdf_text
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SMALL_SCREEN, WIDE, app_for, at, foot, kind, screen_text, settle, sync, words_of


@pytest.mark.parametrize(("size", "columns"), [(LARGE, 2), (WIDE, 3)])
@sync
async def test_the_first_choice_stays_and_the_arrows_change_the_one_beside_it(
    size: tuple[int, int], columns: int
) -> None:
    app = app_for(journey(ROOT))
    names = [option.name.split()[0] for option in app.journey.workspace.pack.options]
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("choices"))
        await pilot.press("j")
        await settle(pilot)
        assert kind(app) == "compare"
        lines = screen_text(app).splitlines()
        assert any(all(name in line for name in names[:columns]) for line in lines)
        assert "How likely is it to help?" in words_of(app)
        await pilot.press("left")
        await settle(pilot)
        assert any(names[0] in line and names[-1] in line for line in screen_text(app).splitlines())
        assert all(line == line[: size[0]] for line in lines)


@sync
async def test_on_a_small_screen_the_cards_stand_one_below_the_other() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=SMALL_SCREEN) as pilot:
        await at(pilot, Place("compare"))
        words = words_of(app)
        assert "How likely is it to help?" in words and "Esketamine nose spray" in words
        assert "→ other" in foot(app)


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN, WIDE])
@sync
async def test_one_picks_which_to_compare(size: tuple[int, int]) -> None:
    app = app_for(journey(ROOT))
    options = app.journey.workspace.pack.options
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("compare"))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("down", "space", "down", "down", "space", "end", "enter")
        await settle(pilot)
        picked = app.journey.memory.get("options_compared")
        assert len(picked) == 2 and set(picked) <= {option.id for option in options}
        assert "of 2" in words_of(app)


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN, WIDE])
@sync
async def test_what_matters_is_shown_with_a_sign_a_word_and_a_reason(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    one.keep(Profile(values=("speed",), own_value="My dog"))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("fit"))
        assert "Esketamine nose spray (Spravato): ~ partly." in words_of(app)
        await pilot.press("end")
        await settle(pilot)
        assert "In my own words: My dog Only you can say" in words_of(app)
        await pilot.press("s")
        await settle(pilot)
        assert "Sources of this page" in words_of(app) and "studies put together" in words_of(app)


@sync
async def test_with_nothing_chosen_the_page_says_what_to_do() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("fit"))
        assert "Press m to choose" in words_of(app)
        await pilot.press("m")
        await settle(pilot)
        assert kind(app) == "matters"


@sync
async def test_the_page_of_choices_is_saved_from_the_list_of_the_sheet(tmp_path: Path) -> None:
    app = app_for(journey(ROOT, home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        # the last row is the plan to fill in, the one above it the page of choices
        await pilot.press("p", "end", "enter", "end", "up", "enter")
        await settle(pilot)
    (saved,) = tmp_path.glob("questions-*.pdf")
    assert "My choices, side by side" in pdf_text(saved.read_bytes())
