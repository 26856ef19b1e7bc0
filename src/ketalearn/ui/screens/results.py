"""The results of a quiz: misses first, with what each added to My questions. They stay until the person goes on."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision.cites import Cites, of_items
from ketalearn.journey import Again, Next, Open, Place
from ketalearn.learning.feedback import known, what_is_so
from ketalearn.learning.session import ResultRow, ResultsView
from ketalearn.ui.widgets.cited import CITED_KEYS, CitedPane
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.rows import Row, Rows
from ketalearn.ui.widgets.undo import undo_hint

Part = str | tuple[str, str]
LEFT = "left"
"""The row that goes on with what is not answered yet; no item has this name."""


class ResultsPane(CitedPane):
    """What the answers say, and what they are good for."""

    ABOUT = (
        "These are your answers, those to look at again first. A miss is no mark against you: "
        "it becomes a question for your doctor. Enter on a row opens the lesson page."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "next", show=False),
        Binding("u", "undo", show=False),
        Binding("a", "again", show=False),
    ]

    view: ResultsView

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows(digits=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.view = view = self.journey.results(place)
        answered = len(view.rows)
        if answered == 0:
            words = "You have not answered yet. Press a to take the quiz."
        elif view.right == answered and not view.left:
            words = f"All {answered} right. That is a good ground to ask from."
        else:
            words = f"{answered} answered; {sum(row.missed for row in view.rows)} to ask about."
        parts: list[Part] = [(words, "bold")]
        if view.next_due:
            parts.append(f"\nThe next question comes back on {view.next_due.isoformat()}.")
        if any(row.missed for row in view.rows):
            parts.append(("\nWhat you missed is worth asking about:", "bold"))
        self.query_one(Static).update(Content.assemble(*parts))
        rows = self.query_one(Rows)
        left = [Row(Content(f"→ Answer the {view.left} left"), LEFT, hang=2)] if view.left and view.rows else []
        first = None if rows.key or not view.rows else view.rows[0].item.id
        rows.fill([*left, *(Row(self._words(row), row.item.id, hang=2) for row in view.rows)], highlight=first)

    def _words(self, row: ResultRow) -> Content:
        if row.answer.correct:
            return Content.assemble(("✓ right: ", "bold $accent"), known(row.item))
        word = "not sure" if row.answer.unsure else "not quite"
        mark = "?" if row.answer.unsure else "✗"
        if row.item.type == "teachback" and not row.answer.unsure:
            mark, word = "○", "to look at again"
        retold = row.item.type == "teachback"
        parts: list[Part] = [(f"{mark} {word}: ", "bold" if retold else "bold $caution"), row.item.stem]
        parts += [("\n    One way to say it: " if retold else "\n    The answer: ", "bold"), what_is_so(row.item)]
        if row.later is not None and row.later.correct:
            parts.append(("\n    ✓ Right when asked once more.", "$accent"))
        if row.set_aside:
            parts.append(("\n    Not added to My questions, as you chose.", "$quiet"))
        elif row.added:
            parts.append((f"\n    Added: {row.added[0].text}", ""))
            if len(row.added) > 1:
                parts.append((f" (and {len(row.added) - 1} more)", "$quiet"))
        else:
            parts.append((f"\n    Nothing to ask here: read page {row.page_number} again.", "$quiet"))
        return Content.assemble(*parts)

    def title(self) -> str:
        name = f"{self.view.title} · results"
        return name if self.app.size.width < 60 else f"Quiz · {name}"

    def hints(self) -> list[Hint]:
        row = self._row()
        if self.query_one(Rows).key == LEFT:
            return [("enter", "answer"), ("→", "next")]
        return [("enter", "lesson"), ("→", "next"), *(undo_hint(row) if row else [])]

    def more_keys(self) -> list[Hint]:
        return [*([] if self.view.screen else [("a", "take the quiz again")]), *CITED_KEYS]

    def cites(self) -> Cites:
        """Those of the marked question."""
        row = self._row()
        return of_items(self.journey.workspace.pack, [(row.module, row.item)]) if row else Cites()

    def focus_target(self) -> Widget:
        return self.query_one(Rows) if self.view.rows else self

    def _row(self) -> ResultRow | None:
        key = self.query_one(Rows).key
        return next((row for row in self.view.rows if row.item.id == key), None)

    def on_option_list_option_highlighted(self) -> None:
        """`u` is for a miss alone."""
        self.tell_keys()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key == LEFT:
            self.go(Open(Place("item", module=self.place.module, screen=self.view.screen)))
            return
        row = next(row for row in self.view.rows if row.item.id == event.key)
        self.go(Open(Place("page", module=row.module, page=row.item.page)))

    def action_next(self) -> None:
        self.go(Next())

    def action_again(self) -> None:
        if not self.view.screen:
            self.go(Again(self.place.module))

    def action_undo(self) -> None:
        row = self._row()
        if row is None or row.answer.correct:
            self.redraw("Move to a missed question first, then press u.")
            return
        aside = self.journey.toggle_set_aside(row.item.id)
        self.redraw("Taken back: this miss adds nothing to My questions." if aside else "Added again.")
