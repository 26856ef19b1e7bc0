"""About ketalearn: who made it, who paid, who has and has not checked it, and what it rests on."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.commands import about_lines
from ketalearn.journey import Open, Place
from ketalearn.render.rating import TITLE
from ketalearn.ui.widgets.pane import Hint, Pane

HEADINGS = frozenset(
    {
        "In brief",
        "The decision",
        "What this is",
        "Who has checked it",
        "Who made it and who paid",
        "How the facts were found",
        "How hard it is to read",
        "How it is kept up to date",
        "Your privacy",
        "Crisis lines",
        "Licence",
    }
)


class AboutPane(Pane):
    """Words to read."""

    ABOUT = (
        "Who made this, who paid, and where its facts come from. Scroll with the arrow keys. "
        "Enter says how good this tool is, and what nobody has checked yet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "rating", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        parts: list[str | tuple[str, str]] = [("enter", "bold $accent"), (f"  {TITLE}\n\n", "bold")]
        for line in about_lines(self.journey.workspace.pack):
            heading = line in HEADINGS or line.startswith("Sources (")
            parts += [(line, "bold $accent") if heading else line, "\n"]
        self.query_one(Static).update(Content.assemble(*parts))

    def title(self) -> str:
        return "About ketalearn"

    def hints(self) -> list[Hint]:
        return [("enter", "how good is it?")]

    def action_rating(self) -> None:
        self.go(Open(Place("rating")))
