"""What matters to me: up to three of twelve, and one's own words."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision.options import LEAN_ASKED, LEAN_HELP, grouped
from ketalearn.decision.profile import MOST_VALUES
from ketalearn.journey import Back, Next, Place, Said, Typed
from ketalearn.ui.messages import AskText
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

Part = str | tuple[str, str]

OWN = "own"
LEAN = "lean"
OWN_HEADING = "In my own words"
GO_ON = "go-on"


class MattersPane(Pane):
    """Choose what matters most."""

    ABOUT = "Choose up to three things that matter most to you now. There is no right answer."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "next", show=False),
        Binding("left", "before", show=False),
        Binding("u", "undo", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Rows(digits=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._meaning_of = ""

    def draw(self, place: Place) -> None:
        super().draw(place)
        profile = self.journey.profile()
        self.query_one("#head", Static).update(
            Content.assemble(
                ("What matters most to me?", "bold $accent"),
                f"\nUp to three. You have chosen {len(profile.values)} of {MOST_VALUES}.",
            )
        )
        listed = self.query_one(Rows)
        listed.fill(self._rows(listed.key))
        if listed.key != self._meaning_of:
            self._show_meaning()

    def _rows(self, marked: str) -> list[Row]:
        """The rows; what the marked value means stands under it, and under no other."""
        profile = self.journey.profile()
        self._meaning_of = marked
        rows = []
        for heading, values in grouped(self.journey.workspace.pack.personal_values):
            rows += [Row(Content(heading), heading=True)] if heading else []
            for value in values:
                on = value.id in profile.values
                parts: list[Part] = [("[x] ", "bold $accent") if on else "[ ] ", value.label]
                if value.id == marked and value.help:
                    parts.append(f"\n    This means: {value.help}")
                rows.append(Row(Content.assemble(*parts), value.id, hang=4))
        rows.append(Row(Content(OWN_HEADING), heading=True))
        own = profile.own_value or "in your own words"
        rows.append(Row(Content(f"✎ Something else: {own}"), OWN, hang=2))
        lean = profile.leaning or "only if you like"
        rows.append(Row(Content(f"✎ Where I lean now: {lean}"), LEAN, hang=2))
        rows.append(Row(Content("→ Go on: my questions"), GO_ON))
        return rows

    def _show_meaning(self) -> None:
        listed = self.query_one(Rows)
        listed.fill(self._rows(listed.key))
        listed.call_after_refresh(listed.scroll_to_highlight)

    def on_option_list_option_highlighted(self) -> None:
        if self.query_one(Rows).key != self._meaning_of:
            self._show_meaning()

    def title(self) -> str:
        return "What matters to me"

    def hints(self) -> list[Hint]:
        return [("enter", "choose"), ("→", "next"), ("u", "undo last change")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key == GO_ON:
            self.go(Next())
            return
        profile = self.journey.profile()
        if event.key == OWN:
            self.post_message(
                AskText(
                    "What else matters to you?",
                    "In your own words. It is printed on your sheet.",
                    lambda text: self.go(Typed("own_value", text)),
                    profile.own_value,
                )
            )
            return
        if event.key == LEAN:
            self.post_message(
                AskText(LEAN_ASKED, LEAN_HELP, lambda text: self.go(Typed("leaning", text)), profile.leaning)
            )
            return
        chosen = list(profile.values)
        if event.key in chosen:
            chosen.remove(event.key)
        elif len(chosen) >= MOST_VALUES:
            self.redraw(f"You have chosen {MOST_VALUES} already. Take one off first.")
            return
        else:
            chosen.append(event.key)
        self.go(Said("values", tuple(chosen)))

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    def action_undo(self) -> None:
        self.redraw("Undone." if self.journey.undo() else "There is nothing to undo.")
