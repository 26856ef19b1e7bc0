"""What every face of the clinic's side needs: making an assignment with what is remembered, and a code in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketalearn.clinic.assignment import Assignment, write_assignment
from ketalearn.clinic.roster import UNDERSTOOD, CodeRow, CodeView, Roster, new_assignment, put_right
from ketalearn.clinic.text import fault_in, harmless
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.content.models import Item
    from ketalearn.workspace import Workspace

NOTHING_SENT = "Nothing was sent about"
"""The heading of the sections that are empty."""
FIRST = "FIRST: very sure, but wrong about safety"
"""The heading of what to talk about first: not put right since."""
SURE_BUT_WRONG = "Very sure, but wrong"
PUT_RIGHT = "Right when asked again."
AGAIN = "Worth going over"
NOT_BACK = "Nothing came back yet"
NOT_BACK_WORDS = "That says nothing about what they read or know. They may bring a page to the visit."


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
            raise FileInTheWay(handout_path)
        was_there = path.exists()
        saved = [save_new(path, self.file, force=force)]
        if handout_path is not None and handout is not None:
            try:
                saved.append(save_new(handout_path, handout, force=force))
            except KetalearnError:
                # a file that the roster does not know must not reach anyone
                if not was_there:
                    path.unlink()
                raise
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


def told_shortly(row: CodeRow, *, first: bool = False) -> str:
    """What came back, in a line: the counts of the brief's lines, after the word FIRST where it has that heading."""
    if not row.objectives:
        known = "no objectives sent"
    elif not row.tried:
        known = f"none of {row.objectives} objectives tried yet"
    else:
        known = f"{row.understood} of {row.objectives} objectives understood so far, {row.mastered} mastered"
    wrong = "no quiz answers sent" if row.wrong_questions is None else f"{row.wrong_questions} sure but wrong"
    return f"{'FIRST, ' if first else ''}{known}, {wrong}, {row.to_ask} to talk about"


def talk_first(rows: Sequence[CodeRow], workspace: Workspace) -> frozenset[str]:
    """Codes that were very sure of a wrong answer about safety, and have not put it right since."""
    from ketalearn.clinic.figures import critical_items

    if not any(row.wrong_items for row in rows):
        return frozenset()
    critical = critical_items(workspace)
    return frozenset(row.code for row in rows if not critical.isdisjoint(row.wrong_items))


def topic_words(workspace: Workspace, topics: Iterable[str]) -> list[str]:
    """Prompts' own words for topics of the bank; a topic that is not here stays as it is."""
    known = {prompt.topic: prompt.text for group in workspace.pack.groups for prompt in group.prompt}
    return [known.get(topic, topic) for topic in topics]


def quiz_words(workspace: Workspace, topics: Iterable[str]) -> list[str]:
    known = workspace.vocabulary.values["quiz_misses"]
    return [known[topic].label if topic in known else topic for topic in topics]


def what_is_so(item: Item) -> str:
    """The key of an item in words; "" for one that has none."""
    from ketalearn.content import models

    match item:
        case models.Chosen():
            return "; ".join(item.option[place].text.rstrip(".") for place in item.right)
        case models.NumberItem():
            return f"About {item.answer} of {item.of}"
        case models.MatchItem():
            return "; ".join(f"{pair.left}: {pair.right}" for pair in item.pair)
        case models.OrderItem():
            return ", then ".join(step.text.rstrip(".") for step in item.step)
    return ""


def sure_but_wrong_lines(view: CodeView, workspace: Workspace) -> tuple[list[str], list[str]]:
    """What was asked and what is so, for each answer that was wrong while very sure: what to talk about first (about
    safety, and not put right since), and the others, those put right since at their end."""
    from ketalearn.clinic.figures import critical_items

    rows = view.sure_but_wrong_answers
    critical = critical_items(workspace) if rows else frozenset()
    first = {row["item"] for row in rows if row["item"] in critical and not put_right(row)}
    leading: list[str] = []
    others: list[str] = []
    for row in sorted(rows, key=put_right):
        item = workspace.pack.items.get(row["item"])
        if item is None or item.revision != row["revision"]:
            # another wording than the one that was answered: its key may be another, too
            line = quiz_words(workspace, [row["topic"]])[0]
        else:
            line = f"{item.stem} The answer: {what_is_so(item).rstrip('.')}."
        if row["item"] in first:
            leading.append(line)
        else:
            others.append(f"{line} {PUT_RIGHT}" if put_right(row) else line)
    return leading, others


def brief_parts(view: CodeView, workspace: Workspace) -> list[tuple[str, list[str]]]:
    """What to look at before the visit, as headings with lines; what was not sent says so."""
    heads = {head.id: head.title for head in workspace.heads.modules}
    if not view.returns:
        return _waited_for(view, heads)
    modules, understood, again, tried = [], [], [], False
    for module_id, row in view.modules.items():
        title = heads.get(module_id, module_id)
        done = {True: "read to the end", False: "not read to the end", None: "not sent"}[row["done"]]
        modules.append(f"{title}: {done}")
        if module_id in heads and row["objectives"]:
            texts = {one.id: one.text.rstrip(".") for one in workspace.pack.module(module_id).objective}
            named: dict[str, list[str]] = {state: [] for state in (*UNDERSTOOD, "started", "not_started")}
            for name, state in row["objectives"].items():
                named[state].append(texts.get(name, name))
            known = [text for state in UNDERSTOOD for text in named[state]]
            untried = len(named["not_started"])
            again += [f"{title}: {text}" for text in named["started"]]
            if untried == len(row["objectives"]):
                understood.append(f"{title}: no quiz question tried yet")
                continue
            tried = True
            left = f" ({untried} not tried yet)" if untried else ""
            mastered = f", {len(named['mastered'])} of them mastered" if named["mastered"] else ""
            told = f": {'; '.join(known)}" if known else ""
            understood.append(f"{title}, {len(known)} of {len(row['objectives'])}{mastered}{left}{told}")
    came = f"{len(view.returns)}, last on {view.returns[-1]['returned']}"
    leading, others = sure_but_wrong_lines(view, workspace)
    if view.quiz_sent and not others:
        others = ["Nothing else, in the answers they sent." if leading else "Nothing, in the answers they sent."]
    if tried and not again:
        again = ["Nothing, in what they sent."]
    parts = [
        *([(FIRST, leading)] if leading else []),
        ("They want to talk about", [*view.own_questions, *topic_words(workspace, view.talk_about)]),
        (SURE_BUT_WRONG, others),
        (AGAIN, again),
        ("Understood so far, by their quiz answers", understood),
        ("What they read", modules),
    ]
    if view.said:
        parts.append(("They chose to tell you", [_said(workspace, row) for row in view.said]))
    parts += _asked(view, f"Returns: {came}")
    # one section for all that is empty: a reader with minutes looks for what is there
    if empty := [title for title, lines in parts if not lines and not (title == AGAIN and understood)]:
        parts.insert(-1, (NOTHING_SENT, empty))
    return [(title, [harmless(line) for line in lines]) for title, lines in parts if lines]


def _waited_for(view: CodeView, heads: dict[str, str]) -> list[tuple[str, list[str]]]:
    """The parts while nothing came back: what was asked, and no word on what the person did or kept back."""
    asked = [heads.get(module, module) for module in view.modules]
    parts = [(NOT_BACK, [NOT_BACK_WORDS]), ("You asked them to read", asked), *_asked(view, "Returns: none yet")]
    return [(title, [harmless(line) for line in lines]) for title, lines in parts]


def _asked(view: CodeView, came: str) -> list[tuple[str, list[str]]]:
    """The clinic's own questions, where there are some, and the days."""
    assigned = view.assigned[-1]
    due = f", due {assigned['due']}" if assigned["due"] else ""
    questions = [one["text"] for one in assigned["questions"]]
    return [
        *([("Your own questions to them", questions)] if questions else []),
        ("Assigned and returned", [f"Assigned {assigned['issued']}{due}", came]),
    ]


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
