"""What is past its review date says so, on every screen with facts and on every paper; today nothing does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ketalearn.clinic.completion import content_of, parts_of
from ketalearn.clinic.roster import Roster, new_assignment
from ketalearn.decision.blank import blank_form
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import build_sheet
from ketalearn.journey import HOME, Begin, Choose, Journey, Place
from ketalearn.learning.past_date import banner, due, facts_of_page
from ketalearn.plain import words
from ketalearn.render.choices import choices_page
from ketalearn.render.clinic import brief, handout, paper
from ketalearn.render.formats import rendered
from ketalearn.render.wording import STALE
from tests.clinic.support import NOW
from tests.render.reading import pdf_text
from tests.support import ROOT, TODAY, Clock, journey, real_pack
from tests.ui.support import SMALL_SCREEN, app_for, at, sync, words_of

FAR = dt.date(2028, 1, 1)
PAST = "Past its date:"
PAGE = Place("page", module="06-risks", page="cut-off")
FEEDBACK = Place("feedback", module="06-risks", item="risks-common")
PLACES = [PAGE, FEEDBACK, Place("choice", screen="esketamine-spray"), Place("compare"), Place("fit")]


def someone(day: dt.date) -> Journey:
    """Someone who answered an item and chose a value, on `day`."""
    clock = Clock()
    clock.time = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    one = journey(ROOT, clock=clock)
    item = one.workspace.pack.items[FEEDBACK.item]
    assert item.type in ("single", "truefalse")
    one.advance(FEEDBACK._replace(kind="item"), Choose(item.correct))
    one.keep(replace(one.profile(), values=("speed",)))
    return one


@pytest.mark.parametrize("size", [(80, 24), SMALL_SCREEN, (120, 40)])
@pytest.mark.parametrize(("day", "said"), [(FAR, True), (TODAY, False)])
@sync
async def test_each_screen_with_facts_says_so(size: tuple[int, int], day: dt.date, said: bool) -> None:
    async with app_for(someone(day)).run_test(size=size) as pilot:
        for place in PLACES:
            app = await at(pilot, place)
            assert (f"Important: {PAST}" in words_of(app)) is said, place
        app = await at(pilot, Place("questions"))
        assert ("past its review date" in words_of(app)) is said


def test_plain_mode_says_it_too() -> None:
    for day, said in ((FAR, True), (TODAY, False)):
        one = someone(day)
        lesson = one.lesson(PAGE)
        view = one.item(FEEDBACK)
        assert view.answer is not None
        told = {
            "page": words.lesson(one, PAGE, lesson),
            "feedback": words.feedback(one, view, one.row(view.answer)),
            "choice": words.choice(one, "esketamine-spray"),
            "compare": words.side_by_side(one, ()),
            "fit": words.fit_words(one),
        }
        for name, text in told.items():
            assert (f"Important: {PAST}" in text) is said, name
        assert (f"Important: {STALE}" in words.questions(one)) is said


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "pdf"])
@pytest.mark.parametrize("kind", ["sheet", "today", "blank"])
def test_every_paper_says_that_it_is_past_its_date(form: Any, kind: str) -> None:
    from ketalearn.decision.narrow import top_three

    for day, said in ((FAR, True), (TODAY, False)):
        pack = real_pack()
        made: Any = blank_form(pack, day) if kind == "blank" else build_sheet(pack, Profile(), day)
        if kind == "today":
            made = top_three(made)
        data = rendered(made, form)
        text = pdf_text(data) if form == "pdf" else data.decode()
        wanted = '"stale": true' if form == "json" else STALE
        assert (wanted in " ".join(text.split())) is said


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_the_page_of_choices_says_it_too(form: Any) -> None:
    for day, said in ((FAR, True), (TODAY, False)):
        sheet = build_sheet(real_pack(), Profile(), day)
        data = rendered(sheet, form, choices=choices_page(real_pack(), day))
        text = pdf_text(data) if form == "pdf" else data.decode()
        assert (PAST in " ".join(text.split())) is said


def test_a_banner_begins_the_day_after_the_first_date_and_names_it() -> None:
    facts = facts_of_page(real_pack(), "06-risks", "cut-off")
    first = due(real_pack(), facts)
    assert first is not None
    assert banner(real_pack(), facts, first) == ""
    assert first.isoformat() in banner(real_pack(), facts, first + dt.timedelta(days=1))
    assert banner(real_pack(), (), FAR) == ""


def test_every_page_with_facts_has_a_date() -> None:
    pack = real_pack()
    dated = [
        due(pack, facts_of_page(pack, module, page))
        for module in pack.info.modules
        for page in pack.module(module).pages
    ]
    assert sum(date is not None for date in dated) > len(dated) * 3 // 4
    assert min(date for date in dated if date is not None) > TODAY


def test_home_asks_for_no_date() -> None:
    """The banner reads facts, so it must not be looked for where no fact is shown."""
    one = journey(ROOT)
    one.home()
    assert "pack" not in vars(one.workspace)
    one.past_date(PAGE)
    assert "pack" in vars(one.workspace)


def test_every_paper_of_a_clinic_says_so(tmp_path: Path) -> None:
    for day, said in ((FAR, True), (TODAY, False)):
        one = someone(day)
        roster = Roster(tmp_path / str(day))
        asked = new_assignment(
            roster, patient="P-17", modules=("06-risks",), known_modules=("06-risks",), due="", questions=(), note="",
            clinic="Riverside Clinic", phone="", now=lambda: NOW,
        )  # fmt: skip
        roster.keep_assignment(asked)
        parts = parts_of(one, asked)
        papers = (
            handout(asked, one.workspace, "file"),
            brief(roster.view("P-17"), one.workspace),
            paper(asked, parts, {"completion"}, content_of(asked, parts, {"completion"}, day), one).pdf,
        )
        for made in papers:
            assert (PAST in pdf_text(made)) is said


@pytest.mark.parametrize("form", ["text", "markdown", "pdf"])
def test_an_answered_visit_says_so_even_when_its_date_passed_after_the_visit(form: Any) -> None:
    from ketalearn.render.answered import answered_of
    from ketalearn.render.answered import rendered as answered

    clock = Clock()
    one = journey(ROOT, clock=clock)
    one.advance(HOME, Begin())
    visit = one.visit()
    assert visit.review_by > TODAY.isoformat()
    for day, said in ((TODAY, False), (FAR, True)):
        clock.time = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
        data = answered(answered_of(one, visit), form)
        text = pdf_text(data) if form == "pdf" else data.decode()
        assert (STALE in " ".join(text.split())) is said
    # a visit that was kept before it held its date goes by the sheet of the day
    data = answered(answered_of(one, visit._replace(review_by="")), "text")
    assert STALE in " ".join(data.decode().split())


def test_the_qr_code_says_so() -> None:
    from ketalearn.render.qr import payload

    for day, said in ((FAR, True), (TODAY, False)):
        assert (STALE in payload(build_sheet(real_pack(), Profile(), day))) is said


@sync
async def test_the_page_of_the_qr_code_says_so() -> None:
    from ketalearn.ui.sharing import shown

    for day, said in ((FAR, True), (TODAY, False)):
        one = someone(day)
        app = app_for(one)
        async with app.run_test(size=(200, 120)) as pilot:
            await pilot.pause()
            _, words_shown = shown(app, one, one.sheet())
            assert (STALE in words_shown.plain) is said
            assert any(mark in words_shown.plain for mark in "▀▄█")
