"""The icon array as text: one mark for each person, so that a count can be seen as well as read."""

from __future__ import annotations

FULL, EMPTY = "●", "·"
"""A person counted, and one not. Full blocks would run into each other, and could not be told one by one."""
TEN = ("●", "○")
"""Full and empty marks of a row of ten; told apart by shape, so that colour carries nothing."""


def icon_rows(count: float, of: int = 100, columns: int = 20, marks: tuple[str, str] = (FULL, EMPTY)) -> list[str]:
    """Rows of `columns` marks, `of` in all; `count` of them full, rounded to the nearest whole person."""
    full = min(max(int(count + 0.5), 0), of)
    row = marks[0] * full + marks[1] * (of - full)
    return [row[at : at + columns] for at in range(0, of, columns)]


def of_ten(count: float, of: int = 100) -> int:
    """How many of ten marks are full for `count` of `of`, to the nearest; the count in words stands beside them."""
    return min(max(int(count / of * 10 + 0.5), 0), 10)


def ten_marks(count: float, of: int = 100) -> str:
    """A row of ten marks, each a tenth of the people."""
    full = of_ten(count, of)
    return TEN[0] * full + TEN[1] * (10 - full)
