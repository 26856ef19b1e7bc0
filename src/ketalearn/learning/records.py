"""What is remembered about learning: answers, pages read, and where the person was. Plain values, no storage."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple, Protocol


class Answer(NamedTuple):
    """One answer to one item. None of this can be recovered later, so all of it is kept.

    `chosen` holds positions of options as the author wrote them, from 0; empty means "I'm not sure".
    Times are ISO 8601 with offset. `sitting` counts the takings of a module's quiz, from 1.
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

    @property
    def unsure(self) -> bool:
        return not self.chosen


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
