"""About ketalearn: who made it, who paid, who has and has not checked it, and what it rests on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ketalearn.commands import about_lines
from ketalearn.journey import Place
from ketalearn.ui.widgets.pane import Pane

HEADINGS = frozenset(
    {
        "The decision",
        "What this is",
        "Who has checked it",
        "Who made it and who paid",
        "How it is kept up to date",
        "Your privacy",
        "Licence",
    }
)


class AboutPane(Pane):
    """Words to read."""

    ABOUT = "Who made this, who paid, and where its facts come from. Scroll with the arrow keys."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        parts: list[str | tuple[str, str]] = []
        for line in about_lines(self.journey.workspace.pack):
            heading = line in HEADINGS or line.startswith("Sources (")
            parts += [(line, "bold $accent") if heading else line, "\n"]
        self.query_one(Static).update(Content.assemble(*parts))

    def title(self) -> str:
        return "About ketalearn"
