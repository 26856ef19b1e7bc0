"""Places of the journey, kept by ids. Read before the first frame, so plain named tuples."""

from __future__ import annotations

from typing import Literal, NamedTuple

STEPS = ("Learn", "Quiz", "My choices", "About me", "What matters", "My questions")

Kind = Literal[
    "welcome", "home", "page", "item", "feedback", "results", "choices", "choice", "compare", "fit", "interview",
    "overview", "matters", "ready", "questions", "visit", "notes", "crisis", "about", "rating", "clinic",
    "clinics", "assign", "roster", "patient",
]  # fmt: skip
Why = Literal["", "asked", "words", "safety", "emergency", "start"]

STEP_OF: dict[str, int] = {
    "page": 0, "item": 1, "feedback": 1, "results": 1, "choices": 2, "choice": 2, "compare": 2, "fit": 2,
    "interview": 3, "overview": 3, "matters": 4, "ready": 4, "questions": 5, "visit": 5, "notes": 5,
}  # fmt: skip
CLINIC_KINDS: tuple[Kind, ...] = ("clinics", "assign", "roster", "patient")
"""Places of a clinic, which is not on the path."""
STEP_KINDS: tuple[Kind, ...] = ("page", "item", "choices", "interview", "matters", "questions")
"""What each of STEPS opens."""


class Place(NamedTuple):
    """A place of the journey, by ids. `returns` and `why` belong to Crisis help.

    At an item, its feedback and the results, `screen` says on what occasion it is asked (see `learning.records`):
    "" is the module's quiz.
    """

    kind: Kind
    module: str = ""
    page: str = ""
    item: str = ""
    screen: str = ""
    returns: Place | None = None
    why: Why = ""

    @property
    def step(self) -> int | None:
        """Position on the path (see STEPS), or None beside it."""
        return STEP_OF.get(self.kind)


HOME = Place("home")
