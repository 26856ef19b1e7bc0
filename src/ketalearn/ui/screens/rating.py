"""How good is this tool? The self-rating row by row, what readers said, reading levels, and what was not done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from ketalearn.journey import Place
from ketalearn.render.rating import STATUS_WORDS, TITLE, Line, rating_page
from ketalearn.ui.widgets.hanging import DOT, Hanging
from ketalearn.ui.widgets.pane import Pane

Part = str | tuple[str, str]

LOOKS = {"met": "bold $accent", "partly": "bold $caution", "not-met": "bold $caution", "needs-people": "bold"}


class RatingPane(Pane):
    """Words to read, from the whole to the single criterion."""

    ABOUT = (
        "How this tool rates itself against an international list, who has read it, and what nobody has done yet. "
        "Scroll with the arrow keys."
    )

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        parts: list[Part] = []
        for line in rating_page(self.journey.workspace.pack, tests=False):
            parts += line_parts(line)
        self.query_one(Static).update(Hanging(Content.assemble(*parts)))

    def title(self) -> str:
        return TITLE


def line_parts(line: Line) -> list[Part]:
    """A line with its look."""
    match line.look:
        case "title":
            return [(f"{line.text}\n", "bold $accent")]
        case "heading":
            return [(f"\n{line.text}\n", "bold $accent")]
        case "group":
            return [(f"\n{line.text}\n", "bold")]
        case "list":
            return [f"{DOT}{line.text}\n"]
        case "row":
            sign, word = STATUS_WORDS[line.status or "not-met"]
            return [(f"{sign} {word}: ", LOOKS.get(line.status or "", "$quiet")), f"{line.text}\n"]
        case "note":
            return [(f"  {line.text}\n", "$quiet")]
        case _:
            return [f"{line.text}\n"]
