"""What Home says of learning, from small kept values alone: no item, no schedule and no model is read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ketalearn.learning.records import Memory

LEARNED = "learned"
"""Kept: what it was made from (`basis`), questions by the day on which they are due, and objectives mastered."""
VISIT_DAY = "visit_day"


def due(memory: Memory, today: dt.date) -> int:
    """How many questions come back by today."""
    kept: dict[str, Any] = memory.get(LEARNED) or {}
    until = today.isoformat()
    return sum(count for day, count in (kept.get("due") or {}).items() if day <= until)


def mastered(memory: Memory) -> dict[str, tuple[int, int, bool]]:
    """Module to objectives mastered, objectives in all, and whether the module is."""
    kept: dict[str, Any] = memory.get(LEARNED) or {}
    return {module: (done, of, whole) for module, (done, of, whole) in (kept.get("mastered") or {}).items()}


def visit_day(memory: Memory) -> dt.date | None:
    """The day of the visit as the person gave it."""
    try:
        return dt.date.fromisoformat(str(memory.get(VISIT_DAY)))
    except ValueError:
        return None
