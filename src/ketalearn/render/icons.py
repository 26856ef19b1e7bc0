"""The icon array as text: one mark for each person, so that a count can be seen as well as read."""

from __future__ import annotations

FULL, EMPTY = "█", "·"


def icon_rows(count: float, of: int = 100, columns: int = 20, marks: tuple[str, str] = (FULL, EMPTY)) -> list[str]:
    """Rows of `columns` marks, `of` in all; `count` of them full, rounded to the nearest whole person."""
    full = min(max(int(count + 0.5), 0), of)
    row = marks[0] * full + marks[1] * (of - full)
    return [row[at : at + columns] for at in range(0, of, columns)]
