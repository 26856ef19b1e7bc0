"""Sources in full, and words explained, as pages beside the journey."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from ketalearn.render.wording import KIND_WORDS
from ketalearn.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from ketalearn.content.models import Term

Part = str | tuple[str, str]


def sources_words(pane: Pane, names: tuple[str, ...]) -> Content:
    """A list of sources in full, numbered as cited."""
    sources = pane.journey.workspace.pack.sources
    parts: list[Part] = []
    for number, name in enumerate(names, start=1):
        source = sources[name]
        more = f" PMID {source.pmid}." if source.pmid else f" doi:{source.doi}." if source.doi else ""
        parts += [(f"[{number}] ", "bold"), f"{source.citation}{more}\n", (f"{KIND_WORDS[source.kind]}.\n\n", "$quiet")]
    return Content.assemble(*parts)


def terms_words(terms: Iterable[Term]) -> Content:
    """Each term with its plain meaning."""
    parts: list[Part] = []
    for term in terms:
        parts += [(term.term, "bold"), f"\n{term.plain}\n\n"]
    return Content.assemble(*(parts or ["No new words on this page."]))
