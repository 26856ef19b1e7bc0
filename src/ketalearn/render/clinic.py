"""Two papers of the clinic, each on one page: the handout for a person, and the brief for a visit. PDF/UA-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ketalearn.clinic.assignment import ENDORSEMENT, NOT_WHOLE, Assignment
from ketalearn.render.formats import paper_for
from ketalearn.render.typeset import typeset

if TYPE_CHECKING:
    from ketalearn.clinic.roster import CodeView
    from ketalearn.workspace import Workspace

LINES = 6
LINE_LENGTH = 110
SIZES = (12, 11, 10, 9, 8)
"""Sizes of type in points: the largest with which all stands on one page is taken."""


def handout(one: Assignment, workspace: Workspace, file_name: str) -> bytes:
    """The page that a person takes home with the file."""
    titles = {head.id: head.title for head in workspace.heads.modules}
    due = [f"Please do it by {one.due}. Later is fine too."] if one.due else []
    phone = f"Our phone: {one.clinic.phone}" if one.clinic.phone else ""
    blocks: list[dict[str, Any]] = [
        {"title": "What to read", "lines": [*(titles.get(module, module) for module in one.modules), *due]},
        {
            "title": "How to begin",
            "lines": [
                "Put ketalearn on your computer. We can help, or give it to you on a stick. It works offline.",
                f"Save the file that we gave you: {file_name}",
                f"In a terminal, type: ketalearn open {file_name}",
                "It shows six words. Say yes only if they are the six words on this page. If they are not, phone us.",
            ],
        },
        {"title": "The six words", "words": " ".join(one.words), "lines": []},
        {
            "title": "What is sent to us, and what is not",
            "lines": [
                "ketalearn sends nothing. You make a file, and you decide whether to give it to us.",
                "It shows you each line first. You tick what goes in.",
                "What you say about yourself stays with you, unless you tick that line.",
                f"We know you in it only by this code: {one.patient_code}",
            ],
        },
    ]
    if one.note:
        blocks.append({"title": f"A note from {one.clinic.name}", "lines": [one.note]})
    if not one.whole_picture:
        blocks.append({"title": "Not the whole picture", "lines": [NOT_WHOLE]})
    return _page(
        {
            "title": f"From {one.clinic.name}",
            "lead": f"{ENDORSEMENT} {phone}".strip(),
            "blocks": blocks,
            "crisis": _crisis(workspace),
        },
        workspace,
    )


def brief(view: CodeView, workspace: Workspace) -> bytes:
    """The page for the visit; long parts are cut and say how much is left out."""
    from ketalearn.clinic.making import brief_parts

    blocks = []
    for title, lines in brief_parts(view, workspace):
        shown = [line if len(line) <= LINE_LENGTH else f"{line[:LINE_LENGTH]} ..." for line in lines[:LINES]]
        if left := len(lines) - LINES:
            shown += [f"and {left} more: ketalearn roster show {view.code}"] if left > 0 else []
        blocks.append({"title": title, "lines": shown})
    return _page(
        {
            "title": f"Visit brief for {view.code}",
            "lead": "What this person chose to send. It helps a talk; it does not grade anyone.",
            "blocks": blocks,
            "crisis": [],
        },
        workspace,
    )


def _crisis(workspace: Workspace) -> list[str]:
    from ketalearn.decision.safety import crisis_for

    return list(crisis_for(workspace.pack, workspace.region).lines)


def _page(data: dict[str, Any], workspace: Workspace) -> bytes:
    day = workspace.today.isoformat()
    pdf = b""
    for size in SIZES:
        shown = {**data, "size": size, "notes": [], "footer": f"ketalearn, {day}"}
        pdf = typeset("clinic.typ", shown, paper=paper_for(workspace.region), large_print=False, day=day)
        if b"/Type/Pages/Count 1/" in pdf:
            break
    return pdf
