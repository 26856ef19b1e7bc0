"""The clinic's papers and a person's return go to the printer as they were saved, once."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ketalearn.cli import run
from ketalearn.clinic.desk import Desk, Draft
from ketalearn.clinic.roster import Roster
from ketalearn.clinic.trust import Assignments
from ketalearn.journey import Place
from ketalearn.ui.app import KetalearnApp
from tests.clinic.support import MODULES, assigned
from tests.printing.fake_cups import FakeCups
from tests.support import journey, workspace
from tests.ui.support import LARGE, app_for, at, settle, sync, words_of


async def until(pilot: Pilot[None], words: str) -> None:
    """Wait for a thread to say something."""
    assert isinstance(pilot.app, KetalearnApp)
    end = time.perf_counter() + 10
    while words not in words_of(pilot.app) and time.perf_counter() < end:
        await asyncio.sleep(0.02)
        await settle(pilot)
    assert words in words_of(pilot.app)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@sync
async def test_the_brief_is_saved_once_and_printed(fake: FakeCups, tmp_path: Path) -> None:
    roster = Roster(tmp_path / "data")
    assigned(roster, "P-17")
    roster.close()
    async with app_for(journey(home=tmp_path, data=tmp_path / "data")).run_test(size=LARGE) as pilot:
        await at(pilot, Place("patient", screen="P-17"))
        await press(pilot, "p")
        await until(pilot, "Which printer?")
        assert "about someone's health" in words_of(await at_app(pilot))
        await press(pilot, "enter")
        await until(pilot, "Sent to the printer")
    (saved,) = tmp_path.glob("*-brief*.pdf")
    assert not list(tmp_path.glob("questions-*"))
    assert fake.job == saved.read_bytes()


async def at_app(pilot: Pilot[None]) -> KetalearnApp:
    assert isinstance(pilot.app, KetalearnApp)
    return pilot.app


@sync
async def test_the_handout_is_printed_as_it_was_saved(fake: FakeCups, tmp_path: Path) -> None:
    with Desk(tmp_path / "data", workspace(home=tmp_path)) as desk:
        desk.call_it("Riverside Clinic", "555-0100")
        _ = desk.roster.keys
        desk.keep(Draft(patient="P-17", modules=MODULES))
    async with app_for(journey(home=tmp_path, data=tmp_path / "data")).run_test(size=LARGE) as pilot:
        await at(pilot, Place("assign"))
        await press(pilot, "end", "enter")
        await until(pilot, "Made for P-17")
        await press(pilot, "pagedown", "1")
        await until(pilot, "Which printer?")
        await press(pilot, "enter")
        await until(pilot, "Sent to the printer")
        said = words_of(await at_app(pilot))
        assert "The handout was sent to the queue" in said and "The handout is saved here" in said
    (saved,) = tmp_path.glob("*-handout*.pdf")
    assert not list(tmp_path.glob("questions-*"))
    assert fake.job == saved.read_bytes()


@sync
async def test_a_return_on_paper_is_printed_as_it_was_saved(fake: FakeCups, tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path / "other"))
    learner = journey(home=tmp_path)
    Assignments(learner.memory).keep(file, matches=True)
    async with app_for(learner).run_test(size=LARGE) as pilot:
        await at(pilot, Place("clinic"))
        await press(pilot, "3", "end", "enter", "pagedown", "pagedown", "pagedown", "2", "pagedown", "2")
        await until(pilot, "Which printer?")
        await press(pilot, "enter")
        await until(pilot, "Sent to the printer")
    (saved,) = tmp_path.glob("for-my-clinic-*.pdf")
    assert not list(tmp_path.glob("questions-*"))
    assert fake.job == saved.read_bytes()


def test_the_brief_is_printed_from_the_command_line(
    fake: FakeCups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = Roster(tmp_path / "data")
    assigned(roster, "P-17")
    roster.close()
    monkeypatch.setenv("KETALEARN_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run(["roster", "brief", "P-17"]) == 2
    assert "Add -o FILE.pdf to save the brief, --print to print it" in capsys.readouterr().err
    assert run(["roster", "brief", "P-17", "--print", "Attic"]) == 0
    saved = tmp_path / "P-17-brief.pdf"
    assert fake.job == saved.read_bytes() and f"The brief is saved here: {saved}" in capsys.readouterr().err
    assert run(["roster", "brief", "P-17", "--print", "-o", str(tmp_path / "mine.pdf")]) == 0
    assert fake.job == (tmp_path / "mine.pdf").read_bytes()
