"""The clinic's own words on the sheet: in a box of their own, after all else, and only once the six words matched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ketalearn.decision.sheet import FromClinic, Sheet

if TYPE_CHECKING:
    from ketalearn.learning.records import Memory

KEPT_BACK = "What your clinic wrote is on the full sheet only."


def with_clinics(sheet: Sheet, memory: Memory) -> Sheet:
    """The sheet with the boxes of clinics; a sheet that hides things or is for one person alone says it has none."""
    if not memory.get("assignments"):
        return sheet
    from ketalearn.clinic.trust import Assignments

    boxes = tuple(
        FromClinic(
            name=one.clinic.name,
            phone=one.clinic.phone,
            questions=tuple(question.text for question in one.questions),
            note=one.note,
        )
        for one in (opened.assignment for opened in Assignments(memory).trusted())
    )
    if not boxes:
        return sheet
    if sheet.hides_sensitive or sheet.ask is not None:
        return replace(sheet, left_out=(*sheet.left_out, KEPT_BACK))
    return replace(sheet, from_clinics=boxes)
