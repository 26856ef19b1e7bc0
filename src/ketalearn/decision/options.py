"""The options side by side, and next to what matters to a person. The words are the same for everyone.

Which rows and values are shown depends on the person; no word of an option does. Nothing here scores, ranks or sorts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ketalearn.learning.lesson import CITATION, cited

if TYPE_CHECKING:
    from ketalearn.content.models import Choice, Term
    from ketalearn.content.pack import Pack
    from ketalearn.decision.profile import Profile

FIT_WORDS = {"fits": "✓ fits", "partly": "~ partly", "does-not": "✗ does not", "not-known": "? not known"}
"""A sign and a word for each `fit`, so that neither colour nor the sign carries it alone."""

ONLY_YOU = "Only you can say how each choice goes with this."


class Cell(NamedTuple):
    """What one option answers to one row: plain words and the ids of its sources."""

    option: Choice
    text: str
    sources: tuple[str, ...]


class RowView(NamedTuple):
    """One question, and the answer of each option that is compared."""

    heading: str
    cells: tuple[Cell, ...]


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
        cells = (
            Cell(option, plain(cell.text), tuple(dict.fromkeys(cited(cell.text))))
            for option in chosen
            for cell in option.cell
            if cell.row == row.id
        )
        rows.append(RowView(row.heading, tuple(cells)))
    return tuple(rows)


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
