"""A letter means one thing on every screen, so that what was learned on one holds on the next."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual.binding import Binding

from ketalearn.content.models import OneOf
from ketalearn.journey import HOME, Choose, Place
from ketalearn.ui.app import PANES, KetalearnApp
from ketalearn.ui.screens.home import STEP_ROWS
from ketalearn.ui.widgets.pane import Pane
from tests.learning.test_retold import told_back
from tests.support import ROOT, journey, real_pack
from tests.ui.support import LARGE, app_for, at, foot, screen_text, settle, sync

CLINIC = {"AssignPane", "RosterPane", "PatientPane", "ClinicsPane"}
"""Panes for a clinic's staff, who are not the same people."""

LETTERS: dict[str, set[str]] = {
    "a": {"add", "again"},
    "b": {"guess"},
    "c": {"check", "country"},
    "d": {"day"},
    "e": {"edit"},
    "f": {"open('clinic')"},
    "g": {"words"},
    "h": {"hint"},
    "i": {"open('about')"},
    "j": {"open('choices')", "open('compare')", "compare"},
    "k": {"asked"},
    "l": {"list", "more", "enough"},
    "m": {"open('matters')", "open('fit')", "fit", "matters"},
    "n": {"note", "next"},
    "o": {"open_page"},
    "p": {"open('questions')", "print", "save", "keep"},
    "q": {"quit"},
    "r": {"review"},
    "s": {"sources"},
    "t": {"theme"},
    "u": {"undo"},
    "v": {"open('visit')", "visit"},
    "w": {"why"},
    "x": {"clear", "off", "answer('')"},
    "y": {"open('interview')"},
    "z": {"open('clinics')"},
}
"""Letter to the actions it may do. Actions of one letter do the same kind of thing: `j` leads to the choices and sets
them side by side, `m` to what matters, `l` lists all, `p` is paper, `x` takes away. `c` is the quiz on Home, and the
country in Crisis help, which keeps the letter that stands for it."""


def panes() -> dict[str, type[Pane]]:
    return {name: getattr(import_module(f"ketalearn.ui.screens.{module}"), name) for module, name in PANES.values()}


def letters(of: type[object]) -> dict[str, str]:
    """Letter to action of the bindings of a class and of those it comes from."""
    found: dict[str, str] = {}
    for one in of.__mro__:
        for binding in vars(one).get("BINDINGS", ()):
            if isinstance(binding, Binding):
                found |= {key: binding.action for key in binding.key.split(",") if len(key) == 1 and key.isalpha()}
    return found


@pytest.mark.parametrize("name", sorted(set(panes()) - CLINIC))
def test_a_letter_means_the_same_on_every_screen(name: str) -> None:
    for letter, action in letters(panes()[name]).items():
        assert action in LETTERS[letter], f"{letter} on {name}"
        assert action == letters(KetalearnApp).get(letter, action), f"{letter} means something else in the whole app"


def test_the_letters_of_home_open_no_other_thing_elsewhere() -> None:
    rows = {letter for letter, *_ in STEP_ROWS}
    assert len(rows) == len(STEP_ROWS)
    assert not rows & set(letters(KetalearnApp))


@pytest.mark.parametrize(
    "place",
    [
        HOME,
        Place("page", module="06-risks", page="cut-off"),
        Place("choices"),
        Place("choice", screen="esketamine-spray"),
        Place("compare"),
        Place("fit"),
        Place("interview", screen="conditions"),
        Place("overview"),
        Place("matters"),
        Place("questions"),
        Place("about"),
        Place("crisis", returns=HOME),
    ],
    ids=lambda place: place.kind,
)
@sync
async def test_help_names_every_letter_that_works(place: Place) -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=(LARGE[0], 60)) as pilot:
        await at(pilot, place)
        wanted = set(letters(type(app.pane)))
        await pilot.press("question_mark")
        await settle(pilot)
        named = {line.split()[0] for line in screen_text(app).splitlines() if line.strip()}
        unsaid = {"b"} if place.kind == "page" else set()
        assert wanted - unsaid <= named


@sync
async def test_a_choice_leads_to_the_row_of_serious_harms_by_the_key_it_names() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("choice", screen="ketamine-home"))
        assert "j shows serious harms" in " ".join(screen_text(app).split())
        await pilot.press("j")
        await settle(pilot)
        assert app.place.kind == "compare"


@pytest.mark.parametrize("option", [one.id for one in real_pack().options])
@sync
async def test_each_card_is_seen_whole_at_80_by_24(option: str) -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("choice", screen=option))
        assert app.pane.max_scroll_y == 0
        assert "j compare" in foot(app)


@sync
async def test_what_one_said_in_own_words_goes_to_paper_by_the_key_of_paper() -> None:
    one, place = told_back()
    app = app_for(one)
    async with app.run_test(size=(80, 60)) as pilot:
        await at(pilot, place)
        assert "[ ] p  Print my words with my sheet" in screen_text(app)
        await pilot.press("p")
        await settle(pilot)
        assert "[x] p  Print my words with my sheet" in screen_text(app)
        assert len(one.sheet().retold) == 1


@sync
async def test_help_names_crisis_help_first_and_says_where_a_letter_is_told() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=(LARGE[0], 60)) as pilot:
        await at(pilot, HOME)
        await pilot.press("question_mark")
        await settle(pilot)
        words = " ".join(screen_text(app).split())
        assert "Each screen's footer says what its letters do there." in words
        assert "A letter means the same" not in words
        keys = [
            line.split()[0] for line in screen_text(app).splitlines() if line.startswith("       ") and line.split()
        ]
        assert keys[0] == "!"


@sync
async def test_on_home_no_words_touch_the_scroll_bar() -> None:
    one = journey(ROOT)
    items = [item for item in one.workspace.pack.quiz("06-risks") if isinstance(item, OneOf)]
    for item in items:
        one.advance(Place("item", module="06-risks", item=item.id), Choose(item.correct))
    for page in one.head("06-risks").pages[:3]:
        one.memory.mark_page("06-risks", page, 1)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, HOME)
        (line,) = [line for line in screen_text(app).splitlines() if "answered" in line]
        assert len(line) < LARGE[0] - 3
