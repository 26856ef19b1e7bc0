"""The clinic's papers stay on one page, however much there is to say."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ketalearn.clinic.assignment import Assignment
from ketalearn.clinic.making import FIRST, NOTHING_SENT, brief_parts, sure_but_wrong_lines
from ketalearn.clinic.roster import CodeView, Roster, new_assignment
from ketalearn.render.clinic import brief, handout
from tests.clinic.support import NOW
from tests.render.reading import pdf_text
from tests.support import ROOT, workspace

MODULES = [path.name for path in sorted((ROOT / "modules").iterdir()) if path.is_dir()]
LONG = "word " * 39 + "ends."


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def test_the_fullest_handout_and_brief_are_one_page_each(tmp_path: Path) -> None:
    here = workspace(ROOT, region="US")
    one = new_assignment(
        Roster(tmp_path), patient="P-17", modules=MODULES[:-1], known_modules=MODULES, due="2026-12-08",
        questions=[LONG] * 10, note=LONG, clinic="C" * 80, phone="5" * 80, now=lambda: NOW,
    )  # fmt: skip
    assert pages(handout(one, here, "a.ketalearn-assign")) == 1
    topics = [prompt.topic for group in here.pack.groups for prompt in group.prompt]
    sent = {
        "assignment_id": one.id, "returned": "2026-12-01", "talk_about": topics,
        "modules": [
            {"id": module, "done": False, "objectives": [
                {"id": each.id, "state": "started"} for each in here.pack.module(module).objective]}
            for module in one.modules
        ],
        "answers": [{"kind": "own_question", "text": LONG * 9}] * 30 + [{"kind": "free_text", "text": LONG * 9}] * 30,
    }  # fmt: skip
    assert pages(brief(CodeView("P-17", (one.model_dump(),), (sent,)), here)) == 1


@pytest.mark.parametrize("name", ["handout", "brief", "return"])
def test_each_paper_conforms_to_pdf_ua_and_says_who_has_checked_it(name: str, tmp_path: Path) -> None:
    import pdfua

    from ketalearn.clinic.completion import BY_DEFAULT, content_of, parts_of
    from ketalearn.render.clinic import paper
    from tests.support import TODAY, journey

    roster = Roster(tmp_path)
    one = new_assignment(
        roster, patient="P-17", modules=["06-risks", "04-benefits"], known_modules=MODULES, due="2026-12-08",
        questions=["Who drives you?"], note="Ring us.", clinic="Riverside Clinic", phone="555-0100", now=lambda: NOW,
    )  # fmt: skip
    here = workspace(ROOT, region="US")
    if name == "handout":
        pdf = handout(one, here, "a.ketalearn-assign")
    elif name == "brief":
        pdf = brief(CodeView("P-17", (one.model_dump(),), ()), here)
    else:
        learner = journey(ROOT, region="US")
        parts = parts_of(learner, one)
        pdf = paper(one, parts, BY_DEFAULT, content_of(one, parts, BY_DEFAULT, TODAY), learner).pdf
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    assert [str(found) for found in pdfua.validate(str(path)).findings if "error" in str(found.severity).lower()] == []
    words = " ".join(pdf_text(pdf).split())
    assert "No clinician has reviewed it." in words
    if name == "handout":
        for told in ("Please bring your questions. I want to hear them.", "8 December 2026", "about 10 minutes"):
            assert told in words
        for told in ("988", "P-17", "not the whole picture", " ".join(one.words), "sends nothing"):
            assert told in words


def asked(folder: Path, **more: object) -> Assignment:
    values: dict[str, object] = {
        "modules": ["06-risks", "04-benefits", "08-other-choices"], "due": "2026-12-08", "note": "Ring us.",
        "questions": ["Who can drive you home?", "What would make it worth it for you?"],
    }  # fmt: skip
    return new_assignment(
        Roster(folder), patient="7YH-829", known_modules=MODULES, clinic="Riverside Clinic", phone="555-0100",
        now=lambda: NOW, **(values | more),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("region", ["US", "GB"])
def test_the_handout_says_plainly_what_to_do_and_what_is_sent(region: str, tmp_path: Path) -> None:
    from ketalearn.content.readability import flesch_kincaid, masked

    pdf = handout(asked(tmp_path), workspace(ROOT, region=region), "7YH-829.ketalearn-assign", region=region)
    assert pages(pdf) == 1
    words = " ".join(pdf_text(pdf).split())
    for told in (
        "about ketamine and esketamine treatment", "Name (by hand):", "ask us to set it up", "a computer (not a phone)",
        "Nothing to remember", "choose what to send back", "By 8 December 2026, if you can. Later is fine.",
        "Ticked at first: which lessons you read, and what you understood.",
        "Nothing else goes in unless you tick it. You see every line first.",
        "Who can drive you home?", "What would make it worth it for you?", "About the lessons of ketalearn:",
    ):  # fmt: skip
        assert told in words, told
    own = words.split("If you are in danger")[0].replace("7YH-829.ketalearn-assign", "it")
    own = own.replace("•", ". ").replace(". .", ".")
    assert flesch_kincaid(masked(own, ("ketamine", "esketamine", "ketalearn"))) <= 6


def test_the_brief_says_what_is_so_first_where_it_is_about_safety(tmp_path: Path) -> None:
    here = workspace(ROOT, region="US")
    one = asked(tmp_path)
    quiz = {item.id: item for item in here.pack.quiz("06-risks")}
    objectives = here.pack.module("06-risks").objective
    critical = {each.id for each in objectives if each.critical}
    # an item about safety, one that is not, and one whose words have changed since
    safe = next(item for item in quiz.values() if item.type == "single" and item.objective in critical)
    other = next(
        item for item in quiz.values() if item.type == "number" and item.objective not in critical and not item.critical
    )
    rows = [
        {"kind": "quiz", "item": item.id, "revision": item.revision + old, "module": "06-risks", "topic": item.topic,
         "chosen": [0], "correct": False, "confidence": 3}
        for item, old in ((other, 0), (safe, 0))
    ]  # fmt: skip
    states = ("mastered", "right", "started", "not_started")
    sent = {
        "assignment_id": one.id, "returned": "2026-12-01", "answers": rows,
        "modules": [{"id": "06-risks", "done": True, "objectives": [
            {"id": each.id, "state": state} for each, state in zip(objectives, states, strict=False)]}],
    }  # fmt: skip
    view = CodeView("7YH-829", (one.model_dump(),), (sent,))
    first, others = sure_but_wrong_lines(view, here)
    right = safe.option[safe.right[0]].text.rstrip(".")
    assert first == [f"{safe.stem} The answer: {right}."]
    assert others == [f"{other.stem} The answer: About {other.answer} of {other.of}."]
    assert brief_parts(view, here)[0] == (FIRST, first)
    parts = dict(brief_parts(view, here))
    assert parts["Worth going over"] == [f"Risks: {objectives[2].text.rstrip('.')}"]
    assert parts["Understood so far, by their quiz answers"][0].startswith(
        "Risks, 2 of 4, 1 of them mastered (1 not tried yet): "
    )
    words = " ".join(pdf_text(brief(view, here)).split())
    assert "Name (by hand):" in words and "not all right" not in words and first[0][:60] in words
    # what was put right since is no longer what to talk about first
    rows[1]["later"] = True
    first, others = sure_but_wrong_lines(view, here)
    assert not first and others[1] == f"{safe.stem} The answer: {right}. Right when asked again."
    assert FIRST not in dict(brief_parts(view, here))
    # a key of other words than those that were answered is not told
    rows[1]["revision"] = safe.revision + 1
    assert right not in " ".join(line for told in sure_but_wrong_lines(view, here) for line in told)


def test_what_was_not_sent_stands_in_one_place(tmp_path: Path) -> None:
    here = workspace(ROOT, region="US")
    one = asked(tmp_path)
    few = {"assignment_id": one.id, "returned": "2026-12-01", "talk_about": ["driving"]}
    parts = brief_parts(CodeView("7YH-829", (one.model_dump(),), (few,)), here)
    titles = [title for title, _ in parts]
    assert titles[0] == "They want to talk about" and titles[-1] == "Assigned and returned"
    assert dict(parts)[NOTHING_SENT] == [
        "Very sure, but wrong", "Worth going over", "Understood so far, by their quiz answers"
    ]  # fmt: skip


def test_a_brief_is_cut_only_when_the_page_is_full(tmp_path: Path) -> None:
    here = workspace(ROOT, region="US")
    one = asked(tmp_path)
    said = [{"kind": "own_question", "text": f"Question {at} that is mine?"} for at in range(15)]
    few = {"assignment_id": one.id, "returned": "2026-12-01", "answers": said}
    words = pdf_text(brief(CodeView("7YH-829", (one.model_dump(),), (few,)), here))
    assert "Question 14 that is mine?" in words and "more: ketalearn" not in words
    many = {**few, "answers": [{"kind": "own_question", "text": f"Question {at}?"} for at in range(90)]}
    pdf = brief(CodeView("7YH-829", (one.model_dump(),), (many,)), here)
    assert pages(pdf) == 1 and "and 78 more: ketalearn roster show 7YH-829" in pdf_text(pdf)


def test_what_no_one_tried_is_neither_none_of_five_nor_nothing_to_go_over(tmp_path: Path) -> None:
    here = workspace(ROOT, region="US")
    one = asked(tmp_path)
    untried = [{"id": each.id, "state": "not_started"} for each in here.pack.module("06-risks").objective]
    sent = {
        "assignment_id": one.id, "returned": "2026-12-01",
        "modules": [{"id": "06-risks", "done": True, "objectives": untried}],
    }  # fmt: skip
    parts = dict(brief_parts(CodeView("7YH-829", (one.model_dump(),), (sent,)), here))
    assert parts["Understood so far, by their quiz answers"] == ["Risks: no quiz question tried yet"]
    assert "Worth going over" not in parts and "Worth going over" not in parts[NOTHING_SENT]
    # one that was tried, and is right: then there is nothing to go over
    untried[0]["state"] = "right"
    parts = dict(brief_parts(CodeView("7YH-829", (one.model_dump(),), (sent,)), here))
    assert parts["Worth going over"] == ["Nothing, in what they sent."]


def test_before_anything_came_back_the_brief_tells_nothing_of_the_person(tmp_path: Path) -> None:
    one = asked(tmp_path)
    titles, lines = zip(*brief_parts(CodeView("7YH-829", (one.model_dump(),), ()), workspace(ROOT)), strict=True)
    assert titles == (
        "Nothing came back yet", "You asked them to read", "Your own questions to them", "Assigned and returned",
    )  # fmt: skip
    assert lines[1] == ["Risks", "What it can and cannot do", "Other choices"]
    assert not any("not sent" in line or "not read" in line for told in lines for line in told)


@pytest.mark.parametrize("modules", [["06-risks"], ["06-risks", "04-benefits", "08-other-choices"]])
def test_two_questions_and_a_note_leave_type_that_is_easy_to_read_on_us_letter(
    modules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ketalearn.render.typeset import typeset

    drawn: list[tuple[int, int]] = []

    def watched(template: str, data: dict[str, Any], **more: Any) -> bytes:
        drawn.append((data["size"], next(block["space"] for block in data["blocks"] if "asked" in block)))
        return typeset(template, data, **more)

    monkeypatch.setattr("ketalearn.render.clinic.typeset", watched)
    questions = [
        "Who could drive you home after a session, and stay with you until the evening?",
        "What would have to change in your life so that you would say that it was worth it?",
    ]
    one = asked(tmp_path, modules=modules, questions=questions, note="Ring us if you cannot come.")
    assert pages(handout(one, workspace(ROOT, region="US"), "7YH-829.ketalearn-assign", region="US")) == 1
    # the last that was drawn is the one that fits: points, and lines to write on
    assert drawn[-1][0] >= 10 and drawn[-1][1] >= 1
