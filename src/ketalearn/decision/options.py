"""The options side by side, and next to what matters to a person. The words are the same for everyone.

Which rows and values are shown depends on the person; no word of an option does. Nothing here scores, ranks or sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from ketalearn.learning.lesson import CITATION, cited

if TYPE_CHECKING:
    from ketalearn.content.models import Choice, ChoiceCell, Term
    from ketalearn.content.pack import Pack
    from ketalearn.decision.profile import Profile

FIT_WORDS = {"fits": "✓ fits", "partly": "~ partly", "does-not": "✗ does not", "not-known": "? not known"}
"""A sign and a word for each `fit`, so that neither colour nor the sign carries it alone."""

LEAN_ASKED = "Where do you lean now?"
LEAN_HELP = (
    "Only if you like, in your own words: to start, not to start, to wait, or not sure. "
    "It is printed on your sheet, and changes nothing else."
)
ONLY_YOU = "Only you can say how each choice goes with this."


PICTURE_KEY = "Each mark is 10 of 100 people."
"""Stands with every row of pictures, on every face."""

NO_SECOND_ARM = "There was no comparison group."


class Bar(NamedTuple):
    """One arm of a count: how many of how many, and who they were."""

    people: float
    of: int
    label: str

    @property
    def words(self) -> str:
        return f"{self.people:g} of {self.of} {self.label}"


LINKS = ("with", "on", "after", "in")
"""Words that belong to an arm and not to the outcome, where both arms share them."""


class Picture(NamedTuple):
    """A count of the evidence with its comparison: this option's own arm first. `note` says what differs."""

    bars: tuple[Bar, ...]
    note: str

    @property
    def words(self) -> str:
        """The same as a sentence, for faces that draw nothing."""
        told = "; ".join(bar.words for bar in self.bars)
        return f"{self.note} {told}.".strip() + (f" {NO_SECOND_ARM}" if len(self.bars) == 1 else "")

    @property
    def _outcome(self) -> list[str]:
        """The words that both arms begin with: what is counted. None with one arm."""
        if len(self.bars) < 2:
            return []
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(*(bar.label.split() for bar in self.bars), strict=False))
        shared = [word for word, _ in pairs]
        return shared[:-1] if shared and shared[-1] in LINKS else shared

    @property
    def outcome(self) -> str:
        """What both arms count; "" with one arm."""
        return " ".join(self._outcome)

    @property
    def arms(self) -> tuple[tuple[Bar, str], ...]:
        """Each arm with the words that set it apart, to stand below the outcome."""
        shared = len(self._outcome)
        return tuple((bar, " ".join(bar.label.split()[shared:])) for bar in self.bars)


def titles(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """What stands above the marks of each picture of a cell: its note, and what is counted when that is new."""
    told, before = [], ""
    for one in pictures:
        parts = [part for part in (one.note.rstrip(":"), one.outcome if one.outcome != before else "") if part]
        told.append(f"{parts[0][:1].upper()}{', '.join(parts)[1:]}:" if parts else "")
        before = one.outcome
    return tuple(told)


class Cell(NamedTuple):
    """What one option answers to one row: plain words, the ids of its sources, and the counts that it draws."""

    option: Choice
    text: str
    sources: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()


class RowView(NamedTuple):
    """One question, and the answer of each option that is compared. `key` explains pictures and words; "" without."""

    heading: str
    cells: tuple[Cell, ...]
    key: str = ""


class FitView(NamedTuple):
    """How one option goes with one value: a sign and a word, the reason, its sources."""

    option: Choice
    fit: str
    why: str
    sources: tuple[str, ...]


class ValueView(NamedTuple):
    """One value that a person chose, and every option in the order of the pack."""

    label: str
    fits: tuple[FitView, ...]


def plain(text: str) -> str:
    """A text without its citations."""
    return CITATION.sub("", text).replace(" .", ".").strip()


def compared(pack: Pack, ids: Sequence[str] = ()) -> tuple[RowView, ...]:
    """Each row with the cells of the options `ids`, in that order; all options without `ids`."""
    known = {option.id: option for option in pack.options}
    chosen = [known[name] for name in ids if name in known] or list(pack.options)
    rows = []
    for row in pack.choices.row:
        cells = tuple(
            Cell(option, plain(cell.text), tuple(dict.fromkeys(cited(cell.text))), pictures_of(pack, cell))
            for option in chosen
            for cell in option.cell
            if cell.row == row.id
        )
        drawn = PICTURE_KEY if any(cell.pictures for cell in cells) else ""
        key = f"{drawn} {row.note}".strip()
        rows.append(RowView(row.heading, cells, key))
    return tuple(rows)


def pictures_of(pack: Pack, cell: ChoiceCell) -> tuple[Picture, ...]:
    """The counts that a cell draws, as the evidence has them; a comparison group stands beside each that has one."""
    drawn = []
    for picture in cell.picture:
        fact = pack.facts[picture.fact]
        if fact.count is None or fact.of is None:
            continue
        bars = [Bar(fact.count, fact.of, fact.arm or "")]
        if fact.comparator is not None and not isinstance(fact.comparator, str):
            bars.append(Bar(fact.comparator.count, fact.comparator.of, fact.comparator.arm))
        drawn.append(Picture(tuple(reversed(bars) if picture.first == "comparator" else bars), picture.note))
    return tuple(drawn)


def fits(pack: Pack, profile: Profile) -> tuple[ValueView, ...]:
    """Each value of the person with all options; the order is that of the pack, whatever the fit."""
    values = (value for value in pack.personal_values if value.id in profile.values)
    return tuple(
        ValueView(
            value.label,
            tuple(
                FitView(option, FIT_WORDS[fit.fit], fit.why, fit.sources)
                for option in pack.options
                for fit in option.fit
                if fit.value == value.id
            ),
        )
        for value in values
    )


def numbered(sources: Iterable[Iterable[str]]) -> dict[str, int]:
    """Each source id and its number, from 1, in the order in which they are met."""
    return {name: at for at, name in enumerate(dict.fromkeys(name for some in sources for name in some), start=1)}


def terms_in(pack: Pack, text: str) -> tuple[Term, ...]:
    """The glossary's terms that stand in a text, one or many of them: a term with a short form by either form."""
    found = []
    for term in pack.glossary.values():
        forms = "|".join(re.escape(form.strip()) for form in re.split(r"[()]", term.term) if form.strip())
        if re.search(rf"\b(?:{forms})s?\b", text, re.IGNORECASE):
            found.append(term)
    return tuple(found)


HOW_TO_READ = "Find the rows that matter to you. Compare two choices. Note what surprises you, and ask about it."
"""How to use a table of choices, on the screen and on paper; and in one line."""
HOW_TO_READ_SHORT = "Find the rows that matter to you. Ask about what surprises you."


class Grouped(Protocol):
    """What may stand under a heading of its list."""

    @property
    def group(self) -> str: ...


T = TypeVar("T", bound=Grouped)


def grouped(things: Iterable[T]) -> list[tuple[str, list[T]]]:
    """Things under their headings, both in the order of the file; without headings, one run under ""."""
    found: dict[str, list[T]] = {}
    for one in things:
        found.setdefault(one.group, []).append(one)
    return list(found.items())
