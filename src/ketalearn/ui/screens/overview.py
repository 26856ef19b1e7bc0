"""All answers of About me on one page, to change or clear."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision.safety import grave
from ketalearn.journey import Next, Open, Place, Said, Typed
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

GO_ON = "go-on"
ASKED = 30
SAID = 44
GAP = 2
"""Cells of what was asked, of what was said and between them, where both stand side by side."""
SIDE_BY_SIDE = 80


class OverviewPane(Pane):
    """What you said about yourself."""

    ABOUT = "All you said, on one page. Enter changes an answer, x clears it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "next", show=False),
        Binding("x", "clear", show=False),
        Binding("u", "undo", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows(digits=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.query_one(Static).update(
            Content.assemble(("What you said", "bold $accent"), "\nOnly on this computer. Change or clear any of it.")
        )
        profile = self.journey.profile()
        vocabulary = self.journey.workspace.vocabulary
        rows = [Row(Content("→ Go on: what matters to me"), GO_ON)]
        for screen in self.journey.workspace.pack.interview.screen:
            asks_if_safe = grave(self.journey.workspace.pack.safety, [vocabulary.fields[one] for one in screen.fields])
            for name in screen.fields:
                field = vocabulary.fields[name]
                labels = [vocabulary.values[name][value].label for value in profile.chosen(name)]
                if name == "medicines":
                    labels += [f"typed: {one}" for one in profile.medicine_names]
                if name == "concerns" and profile.free_text:
                    labels.append("something in your own words")
                said = "; ".join(labels) or "not said"
                asked = field.label if field.label.endswith("?") else f"{field.label}:"
                look = "bold" if labels else "$quiet"
                if asks_if_safe and not labels:
                    # what may matter most is not the faintest thing on the page
                    said, look = "not said (! help lines any time)", ""
                if self.app.size.width >= SIDE_BY_SIDE:
                    rows.append(Row(side_by_side(asked.rstrip(":"), said, look), f"{screen.id}:{name}"))
                else:
                    rows.append(Row(Content.assemble(f"{asked} ", (said, look)), f"{screen.id}:{name}", hang=2))
        self.query_one(Rows).fill(rows)

    def title(self) -> str:
        return "About me · all answers"

    def hints(self) -> list[Hint]:
        # → goes on from any row; on the row that does the same there is nothing to change or clear
        if self.query_one(Rows).key in ("", GO_ON):
            return [("enter", "next")]
        return [("enter", "change"), ("→", "next"), ("x", "clear this answer")]

    def on_option_list_option_highlighted(self) -> None:
        self.tell_keys()

    def more_keys(self) -> list[Hint]:
        return [("x", "clear the marked answer"), ("u", "undo the last change")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key == GO_ON:
            self.go(Next())
        else:
            self.go(Open(Place("interview", screen=event.key.partition(":")[0])))

    def action_next(self) -> None:
        self.go(Next())

    def action_clear(self) -> None:
        name = self.query_one(Rows).key.partition(":")[2]
        if not name:
            return
        self.go(Said(name, ()))
        if name == "medicines":
            self.go(Typed("medicine_names", ""))
        if name == "concerns":
            self.go(Typed("free_text", ""))

    def action_undo(self) -> None:
        self.redraw("Undone." if self.journey.undo() else "There is nothing to undo.")


def side_by_side(asked: str, said: str, look: str) -> Content:
    """What was asked and what was said, in two columns."""
    left, right = textwrap.wrap(asked, ASKED), textwrap.wrap(said, SAID)
    lines: list[Content] = []
    for one, other in zip_longest(left, right, fillvalue=""):
        lines.append(Content.assemble(one.ljust(ASKED + GAP), (other, look)))
    return Content("\n").join(lines)
