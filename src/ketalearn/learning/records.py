"""What is remembered about learning: answers, pages read, and where the person was. Plain values, no storage."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple, Protocol

QUIZ, AGAIN, REVIEW, REVIEW_AGAIN, BEFORE = "quiz", "again", "review", "review-again", "before"
OCCASIONS = (QUIZ, AGAIN, REVIEW, REVIEW_AGAIN, BEFORE)
"""When an item was asked: in its module's quiz; once more at that sitting's end; in a review; once more at the end of
the review; as a guess before the lesson."""

GUESSING, FAIRLY_SURE, VERY_SURE = 1, 2, 3
SURENESS = ("Just guessing", "Fairly sure", "Very sure")
"""How sure a person says they are, 1 to 3."""


class Answer(NamedTuple):
    """One answer to one item. None of this can be recovered later, so all of it is kept.

    `chosen` holds positions as the author wrote them, from 0: of the options, of the right side for each left one, of
    the steps in the order given, of the key points ticked; for a number 0 is too low, 1 right, 2 too high. `text` is
    the number as typed, or the words of a teach-back. Times are ISO 8601 with offset. `sitting` counts the takings of
    a module's quiz, or the reviews, from 1. `not_sure` is None in rows older than this field: there, nothing chosen
    meant "I'm not sure".
    """

    item: str
    revision: int
    module: str
    chosen: tuple[int, ...]
    correct: bool
    started: str
    answered: str
    sitting: int
    confidence: int | None = None
    hinted: bool = False
    not_sure: bool | None = None
    text: str = ""
    asked: str = QUIZ

    @property
    def unsure(self) -> bool:
        """Whether the person said "I'm not sure"."""
        return not self.chosen if self.not_sure is None else self.not_sure

    @property
    def guess(self) -> bool:
        """A guess before the lesson: it counts nowhere."""
        return self.asked == BEFORE

    @property
    def practice(self) -> bool:
        """Asked again minutes after its answer was read: right proves little, so it neither mends nor masters."""
        return self.asked in (AGAIN, REVIEW_AGAIN)

    @property
    def sure_but_wrong(self) -> bool:
        return not self.correct and not self.unsure and self.confidence == VERY_SURE


class Memory(Protocol):
    """What the core asks of a store. Every write is lasting when the call returns, or `saved` is False."""

    @property
    def saved(self) -> bool:
        """False when the last write could not be made lasting (disk full, read-only): shown as "not saved"."""
        ...

    @property
    def notice(self) -> str:
        """What the person must hear about their file (it was damaged, it cannot be written), or ""."""
        ...

    def answers(self) -> tuple[Answer, ...]:
        """All answers in the order in which they were given."""
        ...

    def add_answer(self, answer: Answer) -> None: ...

    def pages_read(self) -> dict[tuple[str, str], int]:
        """(module id, page id) to the revision that was read."""
        ...

    def mark_page(self, module: str, page: str, revision: int) -> None: ...

    def get(self, key: str) -> Any:
        """A kept JSON value (profile, place, settings), or None."""
        ...

    def put(self, key: str, value: Any) -> None: ...


class ShortMemory:
    """A memory that ends with the process: for `--private`, and for commands that keep nothing."""

    saved = True
    notice = ""

    def __init__(self) -> None:
        self._answers: list[Answer] = []
        self._pages: dict[tuple[str, str], int] = {}
        self._kept: dict[str, Any] = {}

    def answers(self) -> tuple[Answer, ...]:
        return tuple(self._answers)

    def add_answer(self, answer: Answer) -> None:
        self._answers.append(answer)

    def pages_read(self) -> dict[tuple[str, str], int]:
        return dict(self._pages)

    def mark_page(self, module: str, page: str, revision: int) -> None:
        self._pages[module, page] = revision

    def get(self, key: str) -> Any:
        return copy.deepcopy(self._kept.get(key))

    def put(self, key: str, value: Any) -> None:
        self._kept[key] = copy.deepcopy(value)
