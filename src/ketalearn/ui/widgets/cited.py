"""Sources in full, and words explained, as pages beside the journey: the same two keys wherever something is cited."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ketalearn.decision.cites import Cites, source_words, terms_of
from ketalearn.render.wording import kind_words, sure_words
from ketalearn.ui.widgets.pane import Hint, Pane

Part = str | tuple[str, str]

CITED_KEYS: list[Hint] = [("s", "sources of this page"), ("g", "words of this page")]
NO_SOURCES = "No sources on this page."
NO_WORDS = "No new words on this page."


class CitedPane(Pane):
    """A pane whose words have sources: `s` lists them, `g` explains the words of the glossary."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sources", show=False),
        Binding("g", "words", show=False),
    ]

    def cites(self) -> Cites:
        """What stands behind the words that are shown."""
        raise NotImplementedError

    def action_sources(self) -> None:
        pack = self.journey.workspace.pack
        cites = self.cites()
        parts: list[Part] = []
        for number, name in enumerate(cites.sources, start=1):
            words = source_words(pack, name, cites.facts)
            told = " ".join(filter(None, (kind_words(words), sure_words(words))))
            # the plain name first; the record, as it is cited, for those who want to find it
            parts += [(f"[{number}] {pack.sources[name].short}\n", "bold"), f"{told}\n"]
            parts.append((f"In full: {words.citation}\n\n", "$quiet"))
        self.inform("Sources of this page", Content.assemble(*(parts or [NO_SOURCES])))

    def action_words(self) -> None:
        parts: list[Part] = []
        for term in terms_of(self.journey.workspace.pack, self.cites()):
            parts += [(term.term, "bold"), f"\n{term.plain}\n\n"]
        self.inform("Words on this page", Content.assemble(*(parts or [NO_WORDS])))
