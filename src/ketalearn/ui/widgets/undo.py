"""The key that takes back what a miss added to My questions, on the quiz and on its results."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketalearn.learning.session import ResultRow
    from ketalearn.ui.widgets.pane import Hint

DONT_ASK, ASK_AFTER_ALL = "don't add it", "add it again"


def undo_hint(row: ResultRow) -> list[Hint]:
    """What `u` would do with the questions that a miss added, where it added any."""
    if not row.missed or not (row.added or row.set_aside):
        return []
    return [("u", ASK_AFTER_ALL if row.set_aside else DONT_ASK)]
