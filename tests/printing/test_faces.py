"""Printing from the command line, from plain mode and from the app."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ketalearn.cli import run
from ketalearn.journey import Place
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.widgets.rows import Rows
from tests.plain.test_plain import Script, welcomed
from tests.printing.fake_cups import FakeCups
from tests.printing.private_cups import PrivateCups
from tests.support import TODAY, journey
from tests.ui.support import LARGE, SIZES, app_for, at, kind, screen_text, settle, sync, words_of

Out = pytest.CaptureFixture[str]
PDF_NAME = f"questions-{TODAY}.pdf"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALEARN_TODAY", TODAY.isoformat())


# ---------------------------------------------------------------- the command line


def test_print_sends_to_the_usual_printer_and_keeps_the_pdf(fake: FakeCups, tmp_path: Path, capsys: Out) -> None:
    assert run(["sheet", "--print"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "sent to the queue of the printer 'Office'" in err
    assert f"The sheet is saved here: {tmp_path / PDF_NAME}" in err
    assert fake.job == (tmp_path / PDF_NAME).read_bytes()


def test_print_takes_a_printer_and_a_name_for_the_pdf(fake: FakeCups, tmp_path: Path) -> None:
    assert run(["sheet", "--print", "Attic", "-o", str(tmp_path / "mine.pdf")]) == 0
    assert fake.arguments == "-d Attic -t Document -"
    assert (tmp_path / "mine.pdf").read_bytes() == fake.job


@pytest.mark.parametrize("name", ["Ofice", "nothing like it"])
def test_an_unknown_printer_is_status_1_and_the_pdf_is_kept(
    fake: FakeCups, tmp_path: Path, capsys: Out, name: str
) -> None:
    assert run(["sheet", "--print", name]) == 1
    err = capsys.readouterr().err
    assert f"no printer called '{name}'" in err
    assert str(tmp_path / PDF_NAME) in err
    assert (tmp_path / PDF_NAME).read_bytes().startswith(b"%PDF")


def test_lp_that_refuses_is_status_1_with_what_it_said(fake: FakeCups, tmp_path: Path, capsys: Out) -> None:
    fake.say("lp", "cat > /dev/null; echo 'lp: Too many jobs.' >&2; exit 1")
    assert run(["sheet", "--print"]) == 1
    err = capsys.readouterr().err
    assert "It said: Too many jobs." in err
    assert str(tmp_path / PDF_NAME) in err


def test_the_command_line_prints_on_a_real_printer(cups: PrivateCups, tmp_path: Path, capsys: Out) -> None:
    printed = cups.add_printer("Office")
    assert run(["sheet", "--print", "Office"]) == 0
    assert "sent to the queue" in capsys.readouterr().err
    # a filter rewrites the file on its way; that all pages came through is what counts
    assert printed.read_bytes().startswith(b"%PDF")


def test_a_paused_printer_is_status_1(cups: PrivateCups, tmp_path: Path, capsys: Out) -> None:
    cups.add_queue("Office")
    cups.run("cupsdisable", "Office")
    assert run(["sheet", "--print"]) == 1
    assert "the printer is paused." in capsys.readouterr().err


# ---------------------------------------------------------------- plain mode


def test_plain_mode_lists_the_printers_by_number(fake: FakeCups, tmp_path: Path) -> None:
    one = welcomed()
    one.workspace.home = tmp_path
    script = Script(one, "8", "8", "9", "2", "quit")
    assert "1. Office: ready, the usual one" in script.told
    assert "2. Attic: paused" in script.told
    assert fake.arguments.startswith("-d Attic ")
    assert script.told.index("Sending...") < script.told.index(f"The sheet is saved here: {tmp_path / PDF_NAME}")
    assert any("sent to the queue of the printer 'Attic'" in line for line in script.told)


def test_plain_mode_enter_leaves_the_list_and_sends_nothing(fake: FakeCups, tmp_path: Path) -> None:
    one = welcomed()
    one.workspace.home = tmp_path
    script = Script(one, "8", "8", "", "quit")
    assert "Sending..." not in script.told
    assert not (tmp_path / PDF_NAME).exists()


def test_plain_mode_with_nothing_to_print_with_keeps_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    one = welcomed()
    one.workspace.home = tmp_path
    script = Script(one, "8", "8", "quit")
    assert "no print system" in script.text
    assert f"The sheet is saved here: {tmp_path / PDF_NAME}" in script.told
    assert (tmp_path / PDF_NAME).exists()


# ---------------------------------------------------------------- the app


async def until(pilot: Pilot[None], true: Callable[[], bool], seconds: float = 12) -> None:
    """Let the app go on until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, screen_text(pilot.app)  # type: ignore[arg-type]
        await pilot.pause(0.02)


async def asks_which(pilot: Pilot[None]) -> KetalearnApp:
    """Go to My questions and ask to print; the list of printers is up, or a page that says why there is none."""
    app = await at(pilot, Place("questions"))
    await pilot.press("p")
    await settle(pilot)
    await pilot.press("1")
    await until(pilot, lambda: "Which printer?" in words_of(app) or "not printed yet" in words_of(app))
    return app


@pytest.mark.parametrize("size", SIZES)
def test_the_list_says_how_each_printer_is_and_the_sheet_is_sent(
    fake: FakeCups, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def go() -> None:
        app = app_for(journey(home=tmp_path))
        async with app.run_test(size=size) as pilot:
            await asks_which(pilot)
            assert "1 Office: ready, the usual one" in words_of(app)
            assert "2 Attic: paused" in words_of(app)
            await pilot.press("2")
            await until(pilot, lambda: "sent to the queue of the printer 'Attic'" in words_of(app))
            assert PDF_NAME in words_of(app).replace(" ", "")
            assert kind(app) == "questions"

    asyncio.run(go())
    assert fake.arguments == "-d Attic -t Document -"
    assert fake.job == (tmp_path / PDF_NAME).read_bytes()


@sync
async def test_the_app_prints_on_a_real_printer(cups: PrivateCups, tmp_path: Path) -> None:
    printed = cups.add_printer("Office")
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        assert "1 Office: ready, the usual one" in words_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: "sent to the queue of the printer 'Office'" in words_of(app))
    assert printed.read_bytes().startswith(b"%PDF")
    assert (tmp_path / PDF_NAME).exists()


@sync
async def test_a_paused_printer_gets_a_page_that_says_what_to_do(cups: PrivateCups, tmp_path: Path) -> None:
    cups.add_queue("Office")
    cups.run("cupsdisable", "-r", "back on [Monday]", "Office")
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        assert "1 Office: paused, the usual one" in words_of(app)
        await pilot.press("1")
        await until(pilot, lambda: "not printed yet" in words_of(app))
        for said in ("is paused (back on [Monday])", "What to do: Ask whoever", "cancel Office-", str(tmp_path)[:20]):
            assert said in words_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.pane.title() == "My questions"


@pytest.mark.parametrize("size", SIZES)
def test_with_nothing_to_print_with_the_pdf_is_kept_and_the_page_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    async def go() -> None:
        app = app_for(journey(home=tmp_path))
        async with app.run_test(size=size) as pilot:
            await asks_which(pilot)
            assert "This computer has no print system" in words_of(app)
            assert "What to do:" in words_of(app)

    asyncio.run(go())
    assert (tmp_path / PDF_NAME).read_bytes().startswith(b"%PDF")


def slow_lp(fake: FakeCups) -> Path:
    """An lp that takes the sheet only when a file appears; that file."""
    gate = fake.folder / "gate"
    fake.say("lp", f"cat > /dev/null\nwhile [ ! -e {gate} ]; do sleep 0.05; done\necho 'request id is Office-1 (1)'")
    return gate


@sync
async def test_while_it_sends_every_key_still_works_and_p_does_not_send_twice(fake: FakeCups, tmp_path: Path) -> None:
    gate = slow_lp(fake)
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        await pilot.press("1")
        await settle(pilot)
        assert "Sending the sheet" in words_of(app)
        rows = app.pane.query_one(Rows)
        before = rows.key
        began = time.monotonic()
        await pilot.press("down")
        await settle(pilot)
        assert rows.key != before
        assert time.monotonic() - began < 1
        await pilot.press("p", "1")
        await settle(pilot)
        assert "Sending the sheet" in words_of(app)
        gate.touch()
        await until(pilot, lambda: "sent to the queue" in words_of(app))
        assert [path.name for path in tmp_path.glob("*.pdf")] == [PDF_NAME]


@sync
async def test_escape_leaves_while_it_sends_and_the_word_comes_after(fake: FakeCups, tmp_path: Path) -> None:
    gate = slow_lp(fake)
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        await pilot.press("1", "escape")
        await settle(pilot)
        assert kind(app) == "home"
        gate.touch()
        await until(pilot, lambda: "sent to the queue" in words_of(app))
        assert kind(app) == "home"


@sync
async def test_a_failure_never_pushes_a_page_in_front_of_crisis_help(fake: FakeCups, tmp_path: Path) -> None:
    gate = slow_lp(fake)
    fake.say("lp", f"while [ ! -e {gate} ]; do sleep 0.05; done; exit 1")
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        await pilot.press("1", "exclamation_mark")
        await settle(pilot)
        assert kind(app) == "crisis"
        gate.touch()
        await until(pilot, lambda: "did not take the sheet" in words_of(app))
        assert app.pane.title() != "The sheet is not printed yet"
        assert kind(app) == "crisis"


@sync
async def test_quitting_does_not_wait_for_a_slow_printer(fake: FakeCups, tmp_path: Path) -> None:
    fake.say("lpstat", f'case "$1" in -l) echo "Office-1 me 1 now"; exit;; -o) echo Office-1; exit;; esac\n'
                       f"{(fake.tools / 'lpstat').read_text()}")  # fmt: skip
    app = app_for(journey(home=tmp_path))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        await pilot.press("1")
        await until(pilot, (fake.folder / "arguments").exists)
        began = time.monotonic()
    assert time.monotonic() - began < 3


@sync
async def test_a_folder_that_takes_no_file_is_told_and_nothing_is_sent(fake: FakeCups, tmp_path: Path) -> None:
    app = app_for(journey(home=tmp_path / "nowhere"))
    async with app.run_test(size=LARGE) as pilot:
        await asks_which(pilot)
        await pilot.press("1")
        await until(pilot, lambda: "could not be saved, so it was not printed" in words_of(app))
    assert not (fake.folder / "arguments").exists()
    assert os.listdir(tmp_path / "tools")  # noqa: PTH208
