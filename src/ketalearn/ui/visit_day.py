"""The day of the visit, asked by `d` wherever it matters: what comes back is due before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ketalearn.journey import VisitOn
from ketalearn.ui.messages import AskText

if TYPE_CHECKING:
    from ketalearn.ui.widgets.pane import Pane


def ask_day(pane: Pane) -> None:
    """Ask when the visit is; the answer goes to the journey, which says what is no date."""
    day = pane.journey.quiz.visit_day()
    pane.post_message(
        AskText(
            "When is your visit?",
            "What you may want to go over comes back before that day. Write it as 2026-12-31. Empty takes it away.",
            lambda text: pane.go(VisitOn(text)),
            day.isoformat() if day else "",
        )
    )
