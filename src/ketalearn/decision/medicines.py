"""Medicine names as people type them: exact names give their kind, a small slip gives a name to ask about.

A slip never gives a kind by itself: only the person, or whoever wrote the profile file, says that a name was meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from ketalearn.content.models import Value

LEAST_LETTERS = 4
"""Shorter names (HRT, THC) differ from too many other words by one letter."""
LONG_NAME = 8
MOST_SLIPS = 2
"""From `LONG_NAME` letters on, two slips may be meant; below it, one."""


class Known(NamedTuple):
    """A known name as it is spelt, and the kind of medicine it is (`value` of the field medicines)."""

    name: str
    value: str
    kind_words: str


class Guess(NamedTuple):
    """A typed name that is not known, and the one known name that it may have been meant for."""

    typed: str
    known: Known


def folded(name: str) -> str:
    """Letters and digits alone, small: case, spaces, hyphens and apostrophes do not make another name."""
    return "".join(char for char in name.casefold() if char.isalnum())


def without_strength(name: str) -> str:
    """The words before the first that begins with a digit: "Xanax 0.5 mg at night" is Xanax."""
    words = name.split()
    kept = next((words[:at] for at, word in enumerate(words) if at and word[0].isdigit()), words)
    return " ".join(kept)


class MedicineNames:
    """Every known name of the field medicines."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._values = tuple(values)

    @cached_property
    def _by_fold(self) -> dict[str, Known]:
        return {
            folded(name): Known(name, value.id, value.kind_words or value.label)
            for value in self._values
            for name in value.names
        }

    def exact(self, typed: str) -> Known | None:
        """The known name that `typed` is, or None."""
        return self._by_fold.get(folded(typed))

    def near(self, typed: str) -> Known | None:
        """The one known name a small slip away from `typed`; None for an exact name, and when two are as near."""
        if self.exact(typed):
            return None
        if (bare := without_strength(typed)) != typed and (known := self.exact(bare)):
            return known
        word = folded(bare)
        if len(word) < LEAST_LETTERS:
            return None
        best = MOST_SLIPS + 1
        found: list[Known] = []
        for name, known in self._by_fold.items():
            if len(name) < LEAST_LETTERS:
                continue
            most = min(best, MOST_SLIPS if min(len(name), len(word)) >= LONG_NAME else 1)
            slips = distance(word, name, most)
            if slips is None:
                continue
            if slips < best:
                best, found = slips, []
            found.append(known)
        return found[0] if len(found) == 1 else None

    def guess(self, typed: str) -> Guess | None:
        known = self.near(typed)
        return Guess(typed, known) if known else None


def distance(one: str, other: str, most: int) -> int | None:
    """Letters added, dropped, changed or swapped with their neighbour between two words; None when above `most`."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for to, against in enumerate(other, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != against))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == against:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
