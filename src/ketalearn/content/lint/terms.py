"""A glossary word is explained where it first stands in a module (design, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ketalearn.content import models
from ketalearn.learning.lesson import CITATION, FACT, TERM

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint


class FirstUse(NamedTuple):
    """A term that first stands unmarked: the page's position in the module, the offset in its Markdown, the words."""

    page: int
    offset: int
    term: str
    words: str


def _blank(match: re.Match[str]) -> str:
    """As many characters, none of them a word: places stay."""
    return re.sub(r"[^\n]", "\0", match[0])


@lru_cache(maxsize=512)
def name_of(term: str) -> re.Pattern[str]:
    """Finds a term's name, one or more of it; "ECT (electroconvulsive therapy)" is looked for as ECT.

    Capitals (IV, IM) are looked for as they stand. "off-label" holds no "label".
    """
    name = term.partition(" (")[0]
    return re.compile(
        r"(?<![\w-])" + r"\s+".join(map(re.escape, name.split())) + r"s?\b", 0 if name.isupper() else re.IGNORECASE
    )


def unmarked_first_uses(pages: Sequence[models.Page], terms: Iterable[models.Term]) -> Iterator[FirstUse]:
    """Terms whose first mention in a module's pages, in order, is not marked `[[term|words]]`.

    Only the pages' own words count: a fact's words are the ledger's, and a citation is no mention.
    """
    left = list(terms)
    for at, page in enumerate(pages):
        body = FACT.sub(_blank, page.body)
        marked: dict[str, int] = {}
        for match in TERM.finditer(body):
            marked.setdefault(match[1], match.start())
        plain = CITATION.sub(_blank, TERM.sub(_blank, body))
        low = plain.casefold()
        for term in list(left):
            found = name_of(term.term).search(plain) if _may_stand(term.term, low) else None
            if found is not None and found.start() < marked.get(term.id, len(body)):
                yield FirstUse(at, found.start(), term.id, found[0])
            if found is not None or term.id in marked:
                left.remove(term)


def _may_stand(term: str, low: str) -> bool:
    """A quick look: the first word of the name is there."""
    return term.partition(" ")[0].casefold() in low


def defined_at_first_use(lint: Lint) -> None:
    """In each module a glossary term is marked where it first stands (design, section 4; CDC Index: define terms)."""
    for _, module in lint.checked.modules:
        pages = lint.pages_of(module)
        if len(pages) < len(module.pages):
            # a page that does not read may be where the term is marked
            continue
        for use in unmarked_first_uses([page for _, page in pages], lint.checked.terms):
            path, page = pages[use.page]
            line = page.body_line + page.body[: use.offset].count("\n")
            col = use.offset - page.body.rfind("\n", 0, use.offset)
            words = " ".join(use.words.split())
            lint.say(
                path,
                (line, col),
                "W343",
                f"{module.id}/{page.front.id}",
                f"'{words}' stands here first in this module, and is not marked",
                f"write [[{use.term}|{words}]]",
            )


PACK_RULES = (defined_at_first_use,)
