"""What a learner has opened, and which clinics' keys matched the paper. Kept with their answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ketalearn.clinic.assignment import NOT_WHOLE, Assignment, read_assignment
from ketalearn.clinic.pasted import assignment_in
from ketalearn.errors import KetalearnError
from ketalearn.learning.records import Memory

ASSIGNMENTS = "assignments"
CLINICS = "clinics"
ASSIGNED = "assigned_modules"
"""Kept beside the files, so that Home can put these modules first without reading a file."""
ASKED = "asked_by_clinic"
"""Those of ASSIGNED whose clinic's six words matched, so that Home can say who asks."""
PHONE_THEM = "This may not be from your clinic: phone them on the number on your paper."


@dataclass(frozen=True)
class Opened:
    """One opened assignment; `matched` once the person said that the six words are those on their paper."""

    assignment: Assignment
    matched: bool

    def told(self, titles: dict[str, str], today: dt.date) -> list[str]:
        """Who asks for what until when, line by line."""
        one = self.assignment
        phone = f", phone {one.clinic.phone}" if one.clinic.phone else ""
        lines = [f"From {one.clinic.name}{phone}. Not written or checked by ketalearn."]
        lines.append(
            f"For the code {one.patient_code}, made on {one.issued}" + (f", due {one.due}." if one.due else ".")
        )
        if one.from_the_future(today):
            lines.append(
                "Take care: the date on it is later than today. Check this computer's date, or phone the clinic."
            )
        if one.past_due(today):
            lines.append("The day it was due is past. You can still do it.")
        lines.append("They ask you to read:")
        for module in one.modules:
            here = titles.get(module)
            lines.append(f"- {here}" if here else f"- {module} (not in this ketalearn; it may need an update)")
        if not one.whole_picture:
            lines.append(NOT_WHOLE)
        if one.questions:
            lines.append("Their own questions:")
            lines += [f"- {question.text}" for question in one.questions]
        if one.note:
            lines.append(f"Their note: {one.note}")
        return lines


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


class Assignments:
    """All that a learner opened, oldest first."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def all(self) -> tuple[Opened, ...]:
        """Everything opened that can still be read and verified."""
        found = []
        for text in self._memory.get(ASSIGNMENTS) or ():
            try:
                one = read_assignment(str(text).encode())
            except KetalearnError:
                continue
            found.append(Opened(one, self._matched(one)))
        return tuple(found)

    def trusted(self) -> tuple[Opened, ...]:
        return tuple(one for one in self.all() if one.matched)

    def modules(self) -> tuple[str, ...]:
        """Assigned modules, in the order asked for; reading them needs no match."""
        return tuple(dict.fromkeys(module for one in self.all() for module in one.assignment.modules))

    def one(self, assignment_id: str = "") -> Opened:
        """The assignment of that id, or the newest. Raises KetalearnError when there is none."""
        known = self.all()
        fitting = [one for one in known if assignment_id in ("", one.assignment.id)]
        if not fitting:
            have = ", ".join(one.assignment.id for one in known)
            raise KetalearnError(
                f"No assignment '{assignment_id}' was opened; these were: {have}"
                if known
                else "No assignment was opened yet; open the file of your clinic first: ketalearn open FILE"
            )
        return fitting[-1]

    def look(self, data: bytes, name: str = "This file") -> Opened:
        """Read a file, or text that holds it, without keeping anything. Raises KetalearnError, also for a known name
        with another key."""
        one = read_assignment(assignment_in(data, name), name)
        kept = self._clinics().get(_folded(one.clinic.name))
        if kept and kept.get("matched") and kept.get("sign_key") != one.clinic.sign_key:
            raise KetalearnError(PHONE_THEM)
        return Opened(one, self._matched(one))

    def keep(self, data: bytes, *, matches: bool | None = None) -> Opened:
        """Keep an opened file or text; `matches` is what the person said about the six words, None when not said."""
        data = assignment_in(data)
        one = self.look(data).assignment
        if matches is not None:
            self.say(one, matches)
        texts: list[str] = list(self._memory.get(ASSIGNMENTS) or ())
        others = [text for text in texts if _id_of(text) != one.id]
        self._memory.put(ASSIGNMENTS, [*others, data.decode("utf-8")])
        self._memory.put(ASSIGNED, list(self.modules()))
        self._keep_asked()
        return Opened(one, self._matched(one))

    def say(self, one: Assignment, matches: bool) -> None:
        """Remember for this clinic whether the six words match the paper."""
        clinics = self._clinics()
        clinics[_folded(one.clinic.name)] = {"sign_key": one.clinic.sign_key, "matched": matches}
        self._memory.put(CLINICS, clinics)
        self._keep_asked()

    def _keep_asked(self) -> None:
        asked = dict.fromkeys(module for one in self.trusted() for module in one.assignment.modules)
        self._memory.put(ASKED, list(asked))

    def _clinics(self) -> dict[str, Any]:
        return dict(self._memory.get(CLINICS) or {})

    def _matched(self, one: Assignment) -> bool:
        kept = self._clinics().get(_folded(one.clinic.name)) or {}
        return bool(kept.get("matched")) and kept.get("sign_key") == one.clinic.sign_key


def _id_of(text: str) -> str:
    try:
        return read_assignment(str(text).encode()).id
    except KetalearnError:
        return ""
