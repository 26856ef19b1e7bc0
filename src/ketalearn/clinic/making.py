"""What every face of the clinic's side needs: making an assignment with what is remembered, and a code in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketalearn.clinic.assignment import Assignment, write_assignment
from ketalearn.clinic.completion import STATES
from ketalearn.clinic.roster import CodeRow, CodeView, Roster, new_assignment
from ketalearn.clinic.text import fault_in, harmless
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.workspace import Workspace

SUFFIX = ".ketalearn-assign"


SHORTLY = {"mastered": "mastered", "right": "right so far", "started": "not all right yet", "not_started": "not tried"}
"""STATES in a word or two, for counts."""


@dataclass(frozen=True)
class Made:
    """An assignment with its file, not saved yet."""

    roster: Roster
    assignment: Assignment
    file: bytes

    def save(self, path: Path, handout_path: Path | None, handout: bytes | None, *, force: bool = False) -> list[Path]:
        """Save the file and the handout, and keep the assignment; when a name is taken nothing is kept."""
        from ketalearn.store.folders import FileInTheWay, save_new

        if handout_path is not None and handout_path.exists() and not force:
            raise FileInTheWay(f"{handout_path} is there already; choose another name, or add --force to write over it")
        saved = [save_new(path, self.file, force=force)]
        if handout_path is not None and handout is not None:
            saved.append(save_new(handout_path, handout, force=force))
        self.roster.keep_assignment(self.assignment)
        return saved


def make(
    roster: Roster,
    workspace: Workspace,
    *,
    patient: str,
    modules: Sequence[str],
    due: str,
    questions: Sequence[str],
    note: str | None,
    clinic: str | None,
    phone: str | None,
    template: str | None,
) -> Made:
    """Make an assignment from what was given, a template, and the clinic's remembered name and phone."""
    begun: dict[str, Any] = {"modules": [], "questions": [], "note": ""}
    if template is not None:
        known = roster.templates()
        if template not in known:
            have = ", ".join(known) or "none yet; make one: ketalearn assign template NAME --module ID"
            raise KetalearnError(f"There is no template '{template}'; there are: {have}")
        begun = known[template]
    name = clinic if clinic is not None else str(roster.get("clinic") or "")
    number = phone if phone is not None else str(roster.get("phone") or "")
    one = new_assignment(
        roster,
        patient=patient,
        modules=[*begun["modules"], *modules],
        known_modules=[head.id for head in workspace.heads.modules],
        due=due,
        questions=[*begun["questions"], *questions],
        note=begun["note"] if note is None else note,
        clinic=name,
        phone=number,
        now=workspace.now,
    )
    if (roster.get("clinic"), roster.get("phone")) != (name, number):
        roster.put("clinic", name)
        roster.put("phone", number)
    return Made(roster, one, write_assignment(one, roster.keys))


def check_template(
    name: str, modules: Sequence[str], questions: Sequence[str], note: str, known: Sequence[str]
) -> None:
    """Raises KetalearnError when a template could not be assigned."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        raise KetalearnError(f"'{harmless(name)}' is no name for a template; use up to 40 letters, digits, - or _")
    if not modules:
        raise KetalearnError(f"Choose at least one module with --module ID; there are: {', '.join(known)}")
    for module in modules:
        if module not in known:
            raise KetalearnError(f"There is no module '{module}'; there are: {', '.join(known)}")
    for label, text in (("The note", note), *((f"Question {at}", text) for at, text in enumerate(questions, start=1))):
        if fault := fault_in(text):
            raise KetalearnError(f"{label} cannot stand on the sheet: {fault}")


# ---------------------------------------------------------------- a code, in words


def told_shortly(row: CodeRow) -> str:
    """What came back, in a line: counts alone."""
    mastered = f"{row.mastered} of {row.objectives} objectives mastered" if row.objectives else "no objectives sent"
    wrong = "no quiz answers sent" if row.sure_but_wrong is None else f"{row.sure_but_wrong} sure but wrong"
    return f"{mastered}, {wrong}, {row.to_ask} to talk about"


def topic_words(workspace: Workspace, topics: Iterable[str]) -> list[str]:
    """Prompts' own words for topics of the bank; a topic that is not here stays as it is."""
    known = {prompt.topic: prompt.text for group in workspace.pack.groups for prompt in group.prompt}
    return [known.get(topic, topic) for topic in topics]


def quiz_words(workspace: Workspace, topics: Iterable[str]) -> list[str]:
    known = workspace.vocabulary.values["quiz_misses"]
    return [known[topic].label if topic in known else topic for topic in topics]


def brief_parts(view: CodeView, workspace: Workspace) -> list[tuple[str, list[str]]]:
    """What to look at before the visit, as headings with lines; what was not sent says so."""
    heads = {head.id: head.title for head in workspace.heads.modules}
    modules, states, missed = [], [], []
    for module_id, row in view.modules.items():
        title = heads.get(module_id, module_id)
        done = {True: "read to the end", False: "not read to the end", None: "not sent"}[row["done"]]
        modules.append(f"{title}: {done}")
        if module_id in heads and row["objectives"]:
            texts = {one.id: one.text.rstrip(".") for one in workspace.pack.module(module_id).objective}
            found = list(row["objectives"].values())
            counts = [f"{found.count(state)} {words}" for state, words in SHORTLY.items() if found.count(state)]
            states.append(f"{title}, of {len(found)}: {', '.join(counts)}")
            missed += [
                f"{title}: {texts.get(name, name)} ({STATES[state]})"
                for name, state in row["objectives"].items()
                if state == "started"
            ]
    assigned = view.assigned[-1]
    due = f", due {assigned['due']}" if assigned["due"] else ""
    came = f"{len(view.returns)}, last on {view.returns[-1]['returned']}" if view.returns else "none yet"
    wrong = quiz_words(workspace, view.sure_but_wrong) or (
        ["Nothing, in the answers they sent."] if view.quiz_sent else []
    )
    parts = [
        ("They want to talk about", [*view.own_questions, *topic_words(workspace, view.talk_about)]),
        ("Very sure, but wrong", wrong),
        ("What they can do, by their quiz answers", [*missed, *states]),
        ("What they read", modules),
    ]
    if view.said:
        parts.append(("They chose to tell you", [_said(workspace, row) for row in view.said]))
    questions = [one["text"] for one in assigned["questions"]]
    if questions:
        parts.append(("Your own questions to them", questions))
    parts.append(("Assigned and returned", [f"Assigned {assigned['issued']}{due}", f"Returns: {came}"]))
    return [(title, [harmless(line) for line in lines] or ["Nothing was sent about this."]) for title, lines in parts]


def _said(workspace: Workspace, row: dict[str, Any]) -> str:
    if row["kind"] == "profile":
        known = workspace.vocabulary.values.get(row["field"], {})
        label = known[row["value"]].label if row["value"] in known else row["value"]
        field = workspace.vocabulary.fields.get(row["field"])
        return f"{field.label if field else row['field'].replace('_', ' ')}: {label}"
    if row["kind"] == "teachback":
        item = workspace.pack.items.get(row["item"])
        return f"{item.stem if item else row['item']} In their own words: {row['text']}"
    return f"{row['kind'].replace('_', ' ')}: {row['text']}"


def told_of(view: CodeView, workspace: Workspace) -> list[str]:
    """One code for the screen."""
    lines = [f"Code {view.code}"]
    for title, rows in brief_parts(view, workspace):
        lines += ["", title, *(f"- {row}" for row in rows)]
    return lines
