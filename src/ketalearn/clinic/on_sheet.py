"""The clinic's own words on the sheet: in one box for each clinic, after all else, and only once the six words matched.

A clinic is its key: two assignments of one share a box, with each question and note once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ketalearn.decision.sheet import FromClinic, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketalearn.clinic.assignment import Assignment
    from ketalearn.learning.records import Memory

KEPT_BACK = "What your clinic wrote is on the full sheet only."


def with_clinics(sheet: Sheet, memory: Memory) -> Sheet:
    """The sheet with the boxes of clinics; a sheet that hides things or is for one person alone says it has none."""
    if not memory.get("assignments"):
        return sheet
    from ketalearn.clinic.trust import Assignments

    by_key: dict[str, list[Assignment]] = {}
    for opened in Assignments(memory).trusted():
        by_key.setdefault(opened.assignment.clinic.sign_key, []).append(opened.assignment)
    if not by_key:
        return sheet
    if sheet.hides_sensitive or sheet.ask is not None:
        return replace(sheet, left_out=(*sheet.left_out, KEPT_BACK))
    return replace(sheet, from_clinics=tuple(_box(asked) for asked in by_key.values()))


def _box(asked: Sequence[Assignment]) -> FromClinic:
    """What one clinic wrote, oldest first; its name and phone as they were said last."""
    return FromClinic(
        name=asked[-1].clinic.name,
        phone=next((one.clinic.phone for one in reversed(asked) if one.clinic.phone), ""),
        questions=tuple(dict.fromkeys(question.text for one in asked for question in one.questions)),
        notes=tuple(dict.fromkeys(one.note for one in asked if one.note)),
    )
