"""Handing the sheet on: the QR code on the screen, its picture, the clipboard; each says who can read it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from ketalearn.journey import Place
from ketalearn.render import qr
from ketalearn.render.text import to_text
from ketalearn.ui.screens.questions import MORE_SAVE_ROWS, SAVE_ROWS, SHARE_ROWS
from tests.plain.test_plain import Script, welcomed
from tests.render.test_paper import PEOPLE
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SIZES, app_for, at, kind, screen_text, settle, sync, words_of

MORE = str(len(SAVE_ROWS) + 2)
SHOW, PICTURE, COPY = ((MORE, str(len(MORE_SAVE_ROWS) + 1 + at)) for at in range(len(SHARE_ROWS)))


def scanned(lines: list[str]) -> str:
    """What a scanner reads from half blocks on a screen."""
    wide = max(map(len, lines))
    image = Image.new("L", (wide, 2 * len(lines)), 255)
    for y, line in enumerate(lines):
        for x, mark in enumerate(line):
            if mark in "█▀":
                image.putpixel((x, 2 * y), 0)
            if mark in "█▄":
                image.putpixel((x, 2 * y + 1), 0)
    image = image.resize((image.width * 8, image.height * 8), Image.Resampling.NEAREST)
    found = zxingcpp.read_barcodes(image)
    return found[0].text if found else ""


@sync
async def test_a_large_window_shows_a_code_that_can_be_scanned() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=(120, 60)) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *SHOW)
        await settle(pilot)
        assert qr.WARNING in words_of(app)
        assert "more below" not in screen_text(app)
        lines = [line for line in screen_text(app).splitlines() if set(line) & set("█▀▄")]
        assert scanned(lines) == qr.payload(one.sheet())
        await pilot.press("escape")
        await settle(pilot)
        assert kind(app) == "questions"


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_small_window_says_the_size_it_takes(size: tuple[int, int]) -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *SHOW)
        await settle(pilot)
        assert f"this one is {size[0]} wide and {size[1]} high" in words_of(app)
        assert "save it as a picture" in words_of(app)
        assert not set("█▀▄") & set(screen_text(app))


@sync
async def test_the_window_it_asks_for_is_enough_for_the_largest_code() -> None:
    one = journey(ROOT)
    one.keep(PEOPLE["many troubles"])
    lines, _ = qr.for_window(one.sheet(), 500, 500)
    app = app_for(one)
    async with app.run_test(size=(len(lines[0]) + 8, len(lines) + 12)) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *SHOW)
        await settle(pilot)
        seen = [line for line in screen_text(app).splitlines() if set(line) & set("█▀▄")]
        assert scanned(seen) == qr.payload(one.sheet())
        assert "more below" not in screen_text(app)


@sync
async def test_without_colours_a_picture_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(journey(ROOT))
    async with app.run_test(size=(120, 60)) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *SHOW)
        await settle(pilot)
        assert "Colours are off" in words_of(app)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_picture_is_saved_and_the_words_are_copied(size: tuple[int, int], tmp_path: Path) -> None:
    one = journey(home=tmp_path)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *PICTURE)
        await settle(pilot)
        assert qr.WARNING in words_of(app)
        (saved,) = tmp_path.glob("questions-*.png")
        with Image.open(io.BytesIO(saved.read_bytes())) as image:
            assert zxingcpp.read_barcodes(image)[0].text == qr.payload(one.sheet())
        await pilot.press("escape", "p", *COPY)
        await settle(pilot)
        assert app.clipboard == to_text(one.sheet())
        assert "Anyone who can use this computer can paste it and read it." in words_of(app)
        assert "Some terminals do not allow copying." in words_of(app)


@sync
async def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    app = app_for(journey(home=tmp_path / "gone"))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        await pilot.press("p", *PICTURE)
        await settle(pilot)
        assert "That did not work:" in words_of(app)


def test_plain_mode_shows_it_where_it_fits_and_saves_the_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = journey(home=tmp_path)
    one.memory.put("welcomed", True)
    menu = Script(one, *to_questions()).text
    show, save = (next(line for line in menu.splitlines() if line.endswith(row)) for row in SHARE_ROWS[:2])
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    small = Script(one, *to_questions(), show.split(".")[0], save.split(".")[0], "quit").text
    assert "this one is 80 wide and 24 high" in small
    assert "█" not in small
    assert f"{qr.WARNING} {qr.NOT_A_LINK}" in small
    assert len(list(tmp_path.glob("questions-*.png"))) == 1
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("LINES", "90")
    monkeypatch.setattr("ketalearn.output.can_print", lambda _text: True)
    large = Script(one, *to_questions(), show.split(".")[0], "quit")
    (code,) = (told for told in large.told if "█" in told)
    rows = [line.removeprefix("\x1b[38;5;16;48;5;231m").removesuffix("\x1b[0m") for line in code.split("\n")]
    assert scanned(rows) == qr.payload(one.sheet())
    assert large.told[large.told.index(code) + 1] == qr.WARNING


def to_questions() -> list[str]:
    """What to type on Home to come to My questions."""
    menu = Script(welcomed(), "quit").text
    return [next(line for line in menu.splitlines() if line.endswith(". My questions")).split(".")[0]]
