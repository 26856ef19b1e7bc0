"""What stands behind the words of one place: its sources with kind, year and how sure, and its words explained.

Faces list them by a key or a word. A place is described by the ids of its sources, its text, and its facts, whose
certainty says how sure we are of what rests on a source here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ketalearn.decision.options import compared, fits, terms_in
from ketalearn.learning.lesson import Lesson, cited
from ketalearn.learning.past_date import facts_of_options, facts_of_page

if TYPE_CHECKING:
    from ketalearn.content.models import Certainty, Choice, ItemBase, Term
    from ketalearn.content.pack import Pack
    from ketalearn.decision.profile import Profile
    from ketalearn.decision.sheet import Question

SURE: dict[Certainty, str] = {
    "high": "high",
    "moderate": "moderate",
    "low": "low",
    "very-low": "very low",
    "expert-consensus": "experts agree, few studies",
}
"""How sure, in one or two words, the surest first."""

CARD = ("what", "good", "bad", "sure")
"""The fields of an option's card in the order in which they are read."""


class Cites(NamedTuple):
    """Ids of sources in the order of their numbers, the text that was read, the ids of its facts and of its terms."""

    sources: tuple[str, ...] = ()
    text: str = ""
    facts: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


class SourceWords(NamedTuple):
    """One source: its citation with a number to find it by, its year, and how sure what rests on it here is."""

    citation: str
    kind: str
    year: str
    sure: str


def source_words(pack: Pack, name: str, facts: Iterable[str] = ()) -> SourceWords:
    """`sure` is empty where no fact of the place rests on the source. `kind` is the id of the kind."""
    source = pack.sources[name]
    number = f" PMID {source.pmid}." if source.pmid else f" doi:{source.doi}." if source.doi else ""
    here = {pack.facts[fact].certainty for fact in facts if fact in pack.facts and name in pack.facts[fact].sources}
    return SourceWords(
        f"{source.citation}{number}",
        source.kind,
        str(source.year or ""),
        " to ".join(words for certainty, words in SURE.items() if certainty in here),
    )


def terms_of(pack: Pack, cites: Cites) -> tuple[Term, ...]:
    """The glossary's entries that a place marks, or that its text holds."""
    marked = [pack.glossary[name] for name in cites.terms if name in pack.glossary]
    return tuple(dict.fromkeys([*marked, *terms_in(pack, cites.text)])) if cites.text else tuple(marked)


# ---------------------------------------------------------------- places


def of_lesson(pack: Pack, lesson: Lesson) -> Cites:
    return Cites(lesson.sources, "", facts_of_page(pack, lesson.module, lesson.id), lesson.terms)


def of_items(pack: Pack, items: Iterable[tuple[str, ItemBase]]) -> Cites:
    """Items, each with its module, and all that they may say; the facts are those of the pages that teach them."""
    read = list(items)
    return Cites(
        tuple(dict.fromkeys(name for _, item in read for name in item.sources)),
        " ".join(text for _, item in read for _, text in item.words()),
        tuple(dict.fromkeys(fact for module, item in read for fact in facts_of_page(pack, module, item.page))),
    )


def of_choice(option: Choice) -> Cites:
    """An option's card."""
    texts = [getattr(option, field) for field in CARD]
    sources = dict.fromkeys([*(name for text in texts for name in cited(text)), *option.sources])
    return Cites(tuple(sources), " ".join([option.name, *texts]), facts_of_options((option,)))


def of_compared(pack: Pack, ids: Iterable[str]) -> Cites:
    """Options side by side, row by row."""
    rows = compared(pack, list(ids))
    shown = {cell.option.id: cell.option for row in rows for cell in row.cells}
    return Cites(
        tuple(dict.fromkeys(name for row in rows for cell in row.cells for name in cell.sources)),
        " ".join(cell.text for row in rows for cell in row.cells),
        facts_of_options(shown.values()),
    )


def of_fits(pack: Pack, profile: Profile) -> Cites:
    """All options next to what matters to a person."""
    views = fits(pack, profile)
    return Cites(
        tuple(dict.fromkeys(name for view in views for one in view.fits for name in one.sources)),
        " ".join(one.why for view in views for one in view.fits),
        facts_of_options(pack.options) if views else (),
    )


def of_questions(questions: Iterable[Question]) -> Cites:
    """Questions for the doctor with their reasons."""
    read = list(questions)
    return Cites(
        tuple(dict.fromkeys(name for one in read for name in one.sources)),
        " ".join(f"{one.text} {one.why}" for one in read),
    )
