"""My visit: one question at a time, in large and quiet type, with a tick and room for the answer."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from ketalearn.decision.visit import CLOSING, Visit
from ketalearn.journey import Asked, Back, Next, Noted, Open, Place
from ketalearn.ui.widgets.field import TYPING, Field
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

AUTOSAVE_SECONDS = 0.4
"""How much typing a sudden end of the program can lose at most."""
WIDEST_LINE = 46
AIRY = 20


class VisitPane(Pane):
    """One question of the visit."""

    ABOUT = (
        "At the visit: read the question aloud, listen, and write down what you hear. The right arrow goes on; "
        "you can leave any question out. Every word is kept as you type. For larger letters, make the letters of "
        "your terminal larger (often Ctrl and +): this page needs little room."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "next", show=False),
        Binding("left", "before", show=False),
        Binding("n", "note", show=False),
        Binding("k", "asked", show=False),
        Binding("w", "why", show=False),
        Binding("l", "list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._writing = False
        self._autosave: Timer | None = None
        self._typed = ""

    def compose(self) -> ComposeResult:
        yield Static(id="ask", markup=False)
        yield Rows(digits=False)
        yield Field()
        yield Static(f"Enter keeps it. {TYPING}", id="typing", classes="typing", markup=False)

    # ------------------------------------------------------------ what stands there

    def draw(self, place: Place) -> None:
        if self._writing and place != self.place:
            self._stop_writing()
        super().draw(place)
        self.visit: Visit = self.journey.visit()
        self.query_one("#ask", Static).update(self._large())
        self.query_one(Rows).fill(self._rows())
        self._show_field()

    @property
    def _note(self) -> str:
        return self.visit.note(self.place.screen)

    def _large(self) -> Content:
        """The question in bold, in short lines with air between them, in the middle."""
        # the margins, and the empty column before the scroll bar
        room = self.app.size.width - 4
        airy = self.app.size.height >= AIRY
        question = self.visit.question(self.place.screen)
        text = question.text if question else CLOSING[self.place.screen][0]
        lines = textwrap.wrap(text, min(WIDEST_LINE, room), break_on_hyphens=False) or [""]
        gap = "\n\n" if airy else "\n"
        parts: list[str | tuple[str, str]] = ["\n" if airy else "", (gap.join(lines), "bold")]
        quiet = question.mark if question else CLOSING[self.place.screen][1]
        if quiet and not self._writing:
            parts += [gap, (quiet, "$quiet")]
        return Content.assemble(*parts, "\n" if airy else "")

    def _rows(self) -> list[Row]:
        question = self.visit.question(self.place.screen)
        rows = []
        if question:
            tick = "[x] Asked" if question.asked else "[ ] Not asked yet"
            rows.append(Row(Content.assemble(("k  ", "bold $accent"), tick), "asked", hang=3))
        note = " ".join(self._note.split())
        words = f"✎ {note}" if note else "✎ Write the answer here" if question else "✎ Write it here"
        rows.append(Row(Content.assemble(("n  ", "bold $accent"), words), "note", hang=5))
        last = self.place.screen == self.visit.names[-1]
        rows.append(Row(Content.assemble(("→  ", "bold $accent"), "See all my notes" if last else "Next"), "next"))
        return rows

    def _show_field(self) -> None:
        """The list of what one can do, or the field to write in."""
        field, rows = self.query_one(Field), self.query_one(Rows)
        rows.display = not self._writing
        field.display = self._writing
        self.query_one("#typing").display = self._writing

    def title(self) -> str:
        at, of = self.visit.names.index(self.place.screen) + 1, len(self.visit.names)
        return f"My visit · {at} of {of}"

    @property
    def typing(self) -> bool:
        return self._writing

    def hints(self) -> list[Hint]:
        if self._writing:
            return [("enter", "keep")]
        return [("→", "next"), ("n", "note"), ("k", "asked")]

    def more_keys(self) -> list[Hint]:
        return [
            ("←", "the question before"),
            ("w", "why this question is here"),
            ("l", "all my notes, and saving"),
        ]

    def focus_target(self) -> Widget:
        return self.query_one(Field) if self._writing else self.query_one(Rows)

    # ------------------------------------------------------------ what one may do

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        match event.key:
            case "asked":
                self.action_asked()
            case "note":
                self.action_note()
            case _:
                self.action_next()

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    def action_list(self) -> None:
        self.go(Open(Place("notes")))

    def action_asked(self) -> None:
        if question := self.visit.question(self.place.screen):
            self.go(Asked(not question.asked))

    def action_why(self) -> None:
        if (question := self.visit.question(self.place.screen)) and not question.own:
            sources = "; ".join(question.sources)
            words = f"{question.why}\n\n{question.who}\n\nSource: {sources}."
            self.inform("Why this question is here", Content(words))

    # ------------------------------------------------------------ writing

    def action_note(self) -> None:
        field = self.query_one(Field)
        field.text = self._note
        field.move_cursor(field.document.end)
        self._typed = self._note
        self._writing = True
        self.redraw()
        self._show_field()
        field.focus()
        self.scroll_end(animate=False)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._typed = event.text_area.text
        # not put off by more typing: the first change starts the clock
        if self._writing and self._autosave is None:
            self._autosave = self.set_timer(AUTOSAVE_SECONDS, self._save_typed)

    def _save_typed(self) -> None:
        if self._autosave is not None:
            self._autosave.stop()
            self._autosave = None
        if self._writing and self._typed != self.journey.visit().note(self.place.screen):
            self.journey.keep_note(self.place, self._typed)

    def _stop_writing(self) -> None:
        self._save_typed()
        self._writing = False

    def on_field_left(self) -> None:
        self._typed = text = self.query_one(Field).text
        self._stop_writing()
        self.go(Noted(text))

    def on_unmount(self) -> None:
        if self._writing:
            self._stop_writing()
