"""The first screen of a first run: what this is, what it is not, that nothing leaves, and where help is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.journey import Next, Place
from ketalearn.ui.widgets.pane import Hint, Pane


class WelcomePane(Pane):
    """Shown once."""

    ABOUT = "This is the welcome. Press enter to begin."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space,right", "begin", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        head = self.journey.workspace.heads
        self.query_one(Static).update(
            Content.assemble(
                ("Welcome. Stop anytime: nothing's lost.\n\n", "bold $accent"),
                (f"{head.main_message}\n\n" if head.main_message else "", "bold"),
                f"{head.decision} ketalearn will not tell you yes or no.\n\n",
                "Nothing you answer leaves this computer. ",
                f"{head.review_status}\n\n",
                # no promise of "any screen": in a field ! types, and the line under each field says what to press
                "Help? Press !\n\n",
                ("Press enter to begin.", "bold $accent"),
                " Arrows move.",
            )
        )

    def title(self) -> str:
        return "ketalearn"

    def hints(self) -> list[Hint]:
        return [("enter", "begin")]

    def action_begin(self) -> None:
        self.go(Next())
