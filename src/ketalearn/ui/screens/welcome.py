"""The first screen of a first run: what this is, what it is not, that nothing leaves, and where help is."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.journey import Next, Place
from ketalearn.ui.widgets.pane import Hint, Pane

WHAT_IT_IS = "ketalearn helps you prepare; it will not tell you yes or no."


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
                ("Welcome.\n\n", "bold $accent"),
                (f"{head.main_message}\n\n" if head.main_message else "", "bold"),
                f"{head.decision} {WHAT_IT_IS}\n\n",
                "Nothing you answer leaves this computer unless you send it. ",
                f"{head.review_status}\n\n",
                # no promise of "any screen": in a field ! types, and the line under each field says what to press
                ("In crisis? Press !", "bold"),
            )
        )

    def title(self) -> str:
        return "ketalearn"

    def hints(self) -> list[Hint]:
        return [("enter", "more" if self.more_below else "begin")]

    def watch_virtual_size(self) -> None:
        super().watch_virtual_size()
        self.call_after_refresh(self.tell_keys)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.call_after_refresh(self.tell_keys)

    def action_begin(self) -> None:
        """Go on; but first bring into sight what stands below the edge: all of it is to be seen once."""
        if self.more_below:
            self.scroll_page_down(animate=False)
        else:
            self.go(Next())
