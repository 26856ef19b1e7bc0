"""The clinic's papers stay on one page, however much there is to say."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

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
