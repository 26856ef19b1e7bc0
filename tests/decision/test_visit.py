"""The laws of a visit: a note once kept is there, whatever the person, the quizzes or the content become."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.decision.profile import Profile
from ketalearn.decision.visit import CLOSING, as_values, begin, marked, noted, visit_of
from ketalearn.journey import HOME, Journey, Noted, Open, Place
from ketalearn.learning.records import ShortMemory
from ketalearn.render.answered import FORMATS, answered_of, rendered
from ketalearn.store.database import Store
from tests.support import ROOT, Clock, journey, profiles, workspace


@settings(max_examples=20)
@given(profiles(), profiles(), st.text(max_size=80), st.data())
def test_no_change_of_the_profile_loses_a_note(before: Profile, after: Profile, text: str, data: Any) -> None:
    one = journey(ROOT)
    one.keep(before)
    one.advance(HOME, Open(Place("visit")))
    name = data.draw(st.sampled_from(one.visit().names))
    asked = one.visit().question(name)
    one.advance(Place("visit", screen=name), Noted(text))
    one.keep(after)
    again = Journey(workspace(ROOT, memory=one.memory))
    assert again.visit().note(name) == text
    assert [row.text for row in again.visit().questions] == [row.text for row in one.visit().questions]
    assert (again.visit().question(name) is None) == (asked is None)
    for form in FORMATS:
        assert rendered(answered_of(again, again.visit()), form)


@given(st.text(), st.text(), st.booleans())
def test_a_visit_comes_back_from_json_as_it_was(text: str, last: str, asked: bool) -> None:
    sheet = journey().sheet()
    visit = begin(sheet, sheet, number=1, started="2026-11-24T12:00:00+00:00")
    visit = marked(noted(visit, visit.names[0], text, "2026-11-24T12:01:00+00:00"), visit.names[0], asked)
    visit = noted(visit, "say-back", last, "")
    assert visit_of(json.loads(json.dumps(as_values(visit)))) == visit


def test_notes_leave_by_export_and_come_back(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, "here", now=Clock())) as here:
        one = journey(memory=here)
        one.advance(one.advance(HOME, Open(Place("visit"))), Noted("two hours"))
        with closing(Store.open(tmp_path, "there", now=Clock())) as there:
            there.import_(json.loads(json.dumps(here.export())))
            assert journey(memory=there).visit() == one.visit()


def test_the_first_words_tick_a_question_and_the_tick_can_be_taken_off() -> None:
    sheet = journey().sheet()
    visit = begin(sheet, sheet, number=1, started="2026-11-24")
    name = visit.names[0]
    visit = noted(visit, name, "yes", "")
    assert visit.asked == 1
    visit = noted(marked(visit, name, asked=False), name, "yes, two hours", "")
    assert visit.asked == 0


@pytest.mark.parametrize("values", [None, 3, [], {}, {"questions": 1}, {"questions": [{}], "closing": {}}])
def test_what_is_no_visit_counts_as_none_and_is_not_written_over(values: Any) -> None:
    memory = ShortMemory()
    memory.put("visits", 1)
    memory.put("visit:1", values)
    one = journey(memory=memory)
    assert one.visits.newest is None
    one.advance(HOME, Open(Place("visit")))
    assert memory.get("visit:1") == values
    assert one.visit().number == 2


@settings(max_examples=20)
@given(profiles())
def test_a_copy_that_hides_holds_no_note_and_no_tell_line(profile: Profile) -> None:
    one = journey(ROOT)
    one.keep(profile)
    one.advance(HOME, Open(Place("visit")))
    visit = one.visit()
    for name in (visit.names[0], *CLOSING):
        one.advance(Place("visit", screen=name), Noted("zebra crossing"))
    visit = one.visit()
    for form in ("text", "markdown"):
        copy = rendered(answered_of(one, visit, hide=True), form).decode()
        assert "zebra" not in copy
        assert "My notes are not on this copy." in copy
        for line in visit.tell:
            assert line not in copy
    assert "zebra" in rendered(answered_of(one, visit), "text").decode()


@settings(max_examples=60)
@given(st.text())
def test_whatever_is_noted_a_pdf_is_made(text: str) -> None:
    one = journey()
    one.advance(one.advance(HOME, Open(Place("visit"))), Noted(text))
    one.advance(Place("visit", screen="by-when"), Noted(text))
    assert rendered(answered_of(one, one.visit()), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("large", [False, True])
def test_the_checker_finds_no_fault_with_pdf_ua_in_the_answered_sheet(large: bool, tmp_path: Path) -> None:
    import pdfua

    one = journey(ROOT)
    one.keep(Profile(conditions=("high_bp_uncontrolled",), own_questions=("May I bring my sister?",)))
    one.advance(one.advance(HOME, Open(Place("visit"))), Noted("a long note\nof two lines " * 60))
    path = tmp_path / "answered.pdf"
    path.write_bytes(rendered(answered_of(one, one.visit()), "pdf", large_print=large))
    report = pdfua.validate(str(path))
    assert [str(one) for one in report.findings if "error" in str(one.severity).lower()] == []
    assert len(report.outcomes) > 5
