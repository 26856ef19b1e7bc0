"""The clinic's papers stay on one page, however much there is to say."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from ketalearn.clinic.roster import CodeView, Roster, new_assignment
from ketalearn.render.clinic import brief, handout
from tests.clinic.support import NOW
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
