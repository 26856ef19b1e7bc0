"""`ketalearn preview` in a terminal: the file as readers see it, read again at each save, and its faults."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ketalearn.preview import Preview, target_of
from ketalearn.ui.preview import PreviewApp
from tests.support import SMALL, Clock
from tests.ui.support import LARGE, SIZES, foot, settle, sync, words_of

PAGE = "modules/01-first/light.md"
QUIZ = "questions/quiz/01-first.toml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    return root


def app_of(pack: Path, path: str = PAGE) -> PreviewApp:
    return PreviewApp(Preview(target_of(str(pack / path)), Clock()))


def change(path: Path, old: str, new: str, *, in_place: bool = True) -> None:
    text = path.read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    if in_place:
        path.write_text(changed, "utf-8")
        return
    # as editors do that put a new file in the place of the old one
    other = path.with_name("other.tmp")
    other.write_text(changed, "utf-8")
    other.replace(path)


async def saved(app: PreviewApp, pilot: Pilot[None]) -> None:
    """Two looks: one sees the change, the next that it stays."""
    await app._look()
    await app._look()
    await app.workers.wait_for_complete()
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_saved_page_is_drawn_again(pack: Path, size: tuple[int, int]) -> None:
    app = app_of(pack)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Preview of light.md" in words_of(app)
        assert "! Crisis help" in words_of(app)
        before = app.journey.lesson(app.place).title
        assert before in words_of(app)
        change(pack / PAGE, f'title = "{before}"', 'title = "A better title"')
        await saved(app, pilot)
        assert "A better title" in words_of(app)
        change(pack / PAGE, "A better title", "The best title", in_place=False)
        await saved(app, pilot)
        assert "The best title" in words_of(app)
        assert not app.blocked


@sync
async def test_a_page_is_not_read_while_it_is_still_being_written(pack: Path) -> None:
    app = app_of(pack)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        whole = (pack / PAGE).read_text("utf-8")
        (pack / PAGE).write_text("")
        await app._look()
        (pack / PAGE).write_text(whole.replace("+++\n", "+++\n", 1) + "\nMore of it.\n")
        await app._look()
        assert not app.blocked
        await app._look()
        await settle(pilot)
        assert "More of it." in words_of(app)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_faults_stand_with_their_place_and_go_when_they_are_mended(pack: Path, size: tuple[int, int]) -> None:
    app = app_of(pack)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        change(pack / PAGE, "revision", "revsion")
        await saved(app, pilot)
        assert "This cannot be shown yet" in words_of(app)
        assert f"{PAGE}:" in words_of(app).replace(" ", "")
        assert ("did you mean 'revision'?" if size == LARGE else "more below") in words_of(app)
        # no key leads into a page that cannot be drawn
        for key in ("escape", "enter", "f", "right"):
            await pilot.press(key)
            assert app.blocked
        change(pack / PAGE, "revsion", "revision")
        await saved(app, pilot)
        assert not app.blocked
        assert app.journey.lesson(app.place).title in words_of(app)


@sync
async def test_a_file_that_is_faulty_from_the_start_or_taken_away_is_waited_for(pack: Path) -> None:
    change(pack / PAGE, "+++", "++")
    app = app_of(pack)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "This cannot be shown yet" in words_of(app)
        change(pack / PAGE, "++", "+++")
        await saved(app, pilot)
        assert app.journey.lesson(app.place).title in words_of(app)
        text = (pack / PAGE).read_text("utf-8")
        (pack / PAGE).unlink()
        await saved(app, pilot)
        assert "this file is missing" in words_of(app)
        (pack / PAGE).write_text(text, "utf-8")
        await saved(app, pilot)
        assert not app.blocked


@sync
async def test_a_page_with_a_fault_shows_and_f_lists_what_check_says(pack: Path) -> None:
    change(pack / PAGE, "[@lamp-2020]", "[@lamp-2022]")
    app = app_of(pack)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert app.journey.lesson(app.place).title in words_of(app)
        assert "1 error" in words_of(app)
        assert "f faults" in foot(app)
        await pilot.press("f")
        await settle(pilot)
        assert f"E040 {PAGE}:7:" in words_of(app)
        assert "did you mean 'lamp-2020'?" in words_of(app)
        await pilot.press("escape")
        await settle(pilot)
        # the sources key bears with a source that is not there
        await pilot.press("s")
        await settle(pilot)
        assert "(there is no source 'lamp-2022' yet)" in words_of(app)


@sync
async def test_a_quiz_keeps_its_place_and_its_answer_over_a_save(pack: Path) -> None:
    app = app_of(pack, QUIZ)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "After the blue lamp, when may you drive?" in words_of(app)
        await pilot.press("right")
        await settle(pilot)
        assert app.place.item == "lamp-glare"
        change(pack / QUIZ, "How many of 100 people saw glare", "How many of 100 people said they saw glare")
        await saved(app, pilot)
        assert app.place.item == "lamp-glare"
        assert "said they saw glare" in words_of(app)
        await pilot.press("1", "enter")
        await settle(pilot)
        assert app.place.kind == "feedback"
        change(pack / QUIZ, "With a dim lamp about 9", "With a very dim lamp about 9")
        await saved(app, pilot)
        assert app.place.kind == "feedback"
        assert "With a very dim lamp about 9" in words_of(app)


@sync
async def test_prompts_and_options_show_as_readers_see_them(pack: Path) -> None:
    for path, words in (
        ("questions/prompts/01-all.toml", "Ask these first"),
        ("modules/options.toml", "What are my choices?"),
    ):
        app = app_of(pack, path)
        async with app.run_test(size=LARGE) as pilot:
            await settle(pilot)
            assert words in words_of(app)
            assert not app.blocked
            await pilot.press("escape")
            await settle(pilot)
            assert "Press q to leave the preview." in words_of(app)


@sync
async def test_crisis_help_and_quit_work_as_everywhere(pack: Path) -> None:
    app = app_of(pack)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("exclamation_mark")
        await settle(pilot)
        assert app.place.kind == "crisis"
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("q")
    assert app.return_code == 0
