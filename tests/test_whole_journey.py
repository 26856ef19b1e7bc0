"""One person's whole journey on the real content: in the app by keys, and in plain mode over a real pipe.

Both read what stands there and answer the same things; both must end in the same sheet, and the PDF must hold it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from ketalearn.content.models import Item, MatchItem, MultipleItem, NumberItem, OneOf, OrderItem, TeachbackItem
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.widgets.rows import Rows
from tests.render.reading import pdf_text
from tests.support import ROOT, TODAY, journey
from tests.ui.support import LARGE, app_for, kind, settle, words_of

MODULE = "06-risks"
WRONG = {
    "risks-driving-spray": "As soon as you feel fully awake",
    "risks-bladder": "It happens to most people in a year",
}
TICKED = {
    "conditions": "High blood pressure that is still high",
    "medicines": "Calming medicine (benzodiazepine)",
    "life": "I have no one to take me home",
}
VALUE = "Help that lasts"
MINE = "May my sister sit with me?"


def quiz() -> list[Item]:
    """Every item of the quiz, in order."""
    one = journey(ROOT)
    return [one.workspace.pack.items[name] for name in one.quiz.items(MODULE)]


def texts(item: Item) -> list[str]:
    """The words this person picks, one after the other, in an item of any type: all right but for WRONG."""
    match item:
        case OneOf():
            return [WRONG.get(item.id, item.option[item.correct].text)]
        case MultipleItem():
            return [option.text for option in item.option if option.correct]
        case MatchItem():
            return [pair.right for pair in item.pair]
        case OrderItem():
            return [step.text for step in item.step]
        case TeachbackItem():
            return [point.text for point in item.point]
        case _:
            return []


WORDS = "I call my sister at once."


# ---------------------------------------------------------------- by keys


async def press_row(pilot: Pilot[None], words: str) -> None:
    """Move to the row that says `words` with the arrow keys, and press enter."""
    app = pilot.app
    assert isinstance(app, KetalearnApp)
    await settle(pilot)
    rows = app.pane.query_one(Rows)
    at = next(place for place, row in enumerate(rows._rows) if words in str(row.words))
    for _ in range(200):
        if rows.highlighted == at:
            break
        await pilot.press("down")
    else:
        raise AssertionError(f"no key leads to {words}")
    await pilot.press("enter")
    await settle(pilot)


async def answer_by_keys(pilot: Pilot[None], item: Item) -> None:
    """Answer an item by its rows; to say how sure is left out."""
    if isinstance(item, NumberItem):
        await pilot.press(*str(item.answer), "enter", "enter")
        return
    if isinstance(item, TeachbackItem):
        await press_row(pilot, "Write it")
        await pilot.press(*WORDS, "enter")
        await settle(pilot)
        for text in texts(item):
            await press_row(pilot, text)
        await press_row(pilot, "Done")
        return
    # the last place of a match or an order fills itself
    wanted = texts(item)[:-1] if isinstance(item, MatchItem | OrderItem) else texts(item)
    for text in wanted:
        await press_row(pilot, text)
    if not isinstance(item, OneOf):
        await press_row(pilot, "[ Done ]")
    await settle(pilot)
    assert "How sure are you of this answer?" in words_of(pilot.app)  # type: ignore[arg-type]
    await pilot.press("enter")


async def by_keys() -> dict[str, Any]:
    """The sheet of the person in the app."""
    one = journey(ROOT)
    app = app_for(one, welcomed=False)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await press_row(pilot, "Risks")
        pages = len(one.head(MODULE).pages)
        await pilot.press(*["right"] * pages)
        for item in quiz():
            await settle(pilot)
            assert " ".join(item.stem.split()) in words_of(app)
            await answer_by_keys(pilot, item)
            await settle(pilot)
            assert kind(app) == "feedback"
            await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "results"
        await pilot.press("escape")
        await press_row(pilot, "About me")
        for screen in one.screens:
            assert app.place.screen == screen
            if screen in TICKED:
                await pilot.press("slash", *TICKED[screen][:14].lower(), "down")
                await press_row(pilot, TICKED[screen])
            await pilot.press("right")
            await settle(pilot)
        assert kind(app) == "overview"
        await pilot.press("right")
        await press_row(pilot, VALUE)
        await pilot.press("right")
        await settle(pilot)
        assert kind(app) == "ready"
        await pilot.press("right")
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        await pilot.press(*MINE, "enter")
        await settle(pilot)
        assert kind(app) == "questions"
    return dict(one.sheet().as_dict())


# ---------------------------------------------------------------- over a pipe


class Person:
    """Someone at the other end of a pipe: reads to each prompt, finds the option by its words, gives its number."""

    def __init__(self, home: Path) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", "ketalearn", "--plain"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "KETALEARN_HOME": str(home), "KETALEARN_TODAY": TODAY.isoformat(),
                 "KETALEARN_REGION": "", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        self.told = ""
        self.read()

    def read(self) -> None:
        assert self.running.stdout is not None
        told = b""
        while not told.endswith(b"\n> ") and (byte := self.running.stdout.read(1)):
            told += byte
        self.told = told.decode()

    def type(self, line: str = "") -> None:
        assert self.running.stdin is not None
        self.running.stdin.write(f"{line}\n".encode())
        self.running.stdin.flush()
        self.read()

    def choose(self, words: str) -> None:
        found = [number for number, said in re.findall(r"^(\d+)\. (.*)$", self.told, re.M) if words in said]
        assert len(found) == 1, (words, self.told)
        self.type(found[0])

    def numbers(self, words: list[str]) -> str:
        """The numbers of the rows that say exactly these words, in the order of the words."""
        there = {said: number for number, said in re.findall(r"^(\d+)\. (.*)$", self.told, re.M)}
        return " ".join(there[one] for one in words)

    def leave(self) -> int:
        self.type("quit")
        with self.running:
            pass
        return self.running.returncode


def by_lines(home: Path) -> None:
    """The same person in plain mode; what they said is kept in `home`."""
    person = Person(home)
    person.type()
    person.choose("Read: Risks")
    while "Question 1 of" not in person.told:
        assert "Risks" in person.told
        person.type()
    for item in quiz():
        assert item.stem in person.told
        if isinstance(item, TeachbackItem):
            person.type(WORDS)
            assert f"You wrote: {WORDS}" in person.told
        person.type(str(item.answer) if isinstance(item, NumberItem) else person.numbers(texts(item)))
        if not isinstance(item, TeachbackItem):
            assert "How sure are you of this answer?" in person.told
            person.type()
        assert "Source: " in person.told
        person.type()
    assert f"Results: Risks. {len(quiz())} answered; 2 to ask about." in person.told
    person.type("back")
    for _ in range(5):
        if "> Home" in person.told or "\nHome\n" in f"\n{person.told}":
            break
        person.type("back")
    person.choose("About me")
    for _ in range(40):
        if "What matters" in person.told and "ticked" not in person.told:
            break
        wanted = next((words for words in TICKED.values() if f"[ ] {words}" in person.told), "")
        if wanted:
            person.choose(wanted)
        else:
            person.type()
    for _ in range(5):
        if VALUE in person.told:
            break
        person.type()
    person.choose(VALUE)
    while "Add a question of my own" not in person.told:
        person.type()
    person.choose("Add a question of my own")
    person.type(MINE)
    assert "Done." in person.told
    assert person.leave() == 0


# ---------------------------------------------------------------- the two together


def ketalearn(home: Path, *words: str) -> bytes:
    made = subprocess.run(
        [sys.executable, "-m", "ketalearn", *words], cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "KETALEARN_HOME": str(home), "KETALEARN_TODAY": TODAY.isoformat(), "KETALEARN_REGION": ""},
    )  # fmt: skip
    return made.stdout


def paper(home: Path, where: Path) -> str:
    """The words of the PDF, page by page, with white space collapsed."""
    ketalearn(home, "sheet", "-o", str(where))
    return " ".join(pdf_text(where.read_bytes()).split())


def places(words: list[str], text: str) -> list[int]:
    return [text.index(" ".join(one.split())) for one in words]


def test_the_same_journey_by_keys_and_over_a_pipe_ends_in_the_same_sheet(tmp_path: Path) -> None:
    by_lines(tmp_path)
    sheet = json.loads(ketalearn(tmp_path, "sheet", "--format", "json"))
    assert sheet == json.loads(json.dumps(asyncio.run(by_keys())))

    front, back = sheet["front"], sheet["back"]
    assert front[0]["topic"] == "blood_pressure"
    assert front[0]["pinned"]
    topics = {one["topic"]: one for one in (*front, *back)}
    assert {"ride_home", "benzodiazepine"} <= {one["topic"] for one in front}
    assert topics["driving"]["because"] == ["You want to understand this better: driving after a session"]
    assert topics["long_term_monitoring"]["because"] == ["You want to understand this better: bladder problems"]
    assert sheet["tell"] == [
        "I have high blood pressure that is still high.",
        "I take a calming medicine (benzodiazepine).",
        "I have no one to take me home.",
    ]

    read = paper(tmp_path, tmp_path / "sheet.pdf")
    in_order = [one["text"] for one in (*front, *back)]
    assert places(in_order, read) == sorted(places(in_order, read))
    for said in (*sheet["tell"], MINE, "No clinician has reviewed it.", "Content dated", "Sources",
                 "You want to understand this better: driving after a session"):  # fmt: skip
        assert said in read
    for one in sheet["more"]:
        assert one["text"] not in read


def test_what_leaves_by_export_comes_back_as_the_same_sheet(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    by_lines(here)
    (tmp_path / "all.json").write_bytes(ketalearn(here, "data", "export"))
    ketalearn(there, "data", "import", str(tmp_path / "all.json"))
    assert ketalearn(here, "sheet", "--format", "json") == ketalearn(there, "sheet", "--format", "json")
