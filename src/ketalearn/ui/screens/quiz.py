"""An item: choose, then see the verdict, why, and where it says so."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.journey import Back, Choose, ItemView, Next, Open, Place, ResultRow
from ketalearn.learning.grading import explained
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.past_date import banner_parts
from ketalearn.ui.widgets.rows import Row, Rows

Part = str | tuple[str, str]

NOT_SURE = "I'm not sure"
UNSURE = "unsure"


class QuizPane(Pane):
    """One item before and after its answer."""

    ABOUT = (
        "This is a quiz question. Nobody sees your answers. Press a number, or move with the arrows and press enter. "
        "If you do not know, say so: that is a good answer too."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "next", show=False),
        Binding("left", "before", show=False),
        Binding("o", "open_page", show=False),
        Binding("u", "undo", show=False),
    ]

    view: ItemView

    def compose(self) -> ComposeResult:
        yield Static(id="stem", markup=False)
        yield Rows()
        yield Static(id="after", markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.view = self.journey.item(place)
        rows = self.query_one(Rows)
        after = self.query_one("#after", Static)
        answered = self.view.answer is not None
        self.set_class(not answered, "-list")
        note = "This question has changed since you answered it.\n" if self.view.changed and not answered else ""
        self.query_one("#stem", Static).update(Content.assemble((note, "$quiet"), (self.view.item.stem, "bold")))
        if answered:
            rows.display = False
            after.display = True
            after.update(Content.assemble(*self._after()))
            if self.has_focus_within:
                self.focus(scroll_visible=False)
            return
        after.display = False
        rows.display = True
        options = [
            Row(Content(f"( ) {number}  {option.text}"), str(number - 1), hang=7)
            for number, option in enumerate(self.view.item.option, start=1)
        ]
        last = Row(Content(f"( ) {len(options) + 1}  {NOT_SURE}"), UNSURE)
        rows.fill([*options, last], highlight="0")

    # ------------------------------------------------------------ after the answer

    def _after(self) -> list[Part]:
        view = self.view
        answer = view.answer
        assert answer is not None
        item = view.item
        chosen = answer.chosen[0] if answer.chosen else None
        parts: list[Part] = ["\n", *banner_parts(self.journey.past_date(self.place))]
        for at, option in enumerate(item.option):
            if option.correct:
                mark, verdict = "(✓)", "  ✓ this one"
            elif at == chosen:
                mark, verdict = "(●)", "  ✗ not quite"
            else:
                mark, verdict = "( )", ""
            look = "bold $accent" if option.correct else "bold $caution" if at == chosen else "$quiet"
            parts += [(f"{mark} {at + 1}  {option.text}{verdict}\n", look)]
        parts.append((f"{'(●)' if chosen is None else '( )'} {len(item.option) + 1}  {NOT_SURE}\n",
                      "bold" if chosen is None else "$quiet"))  # fmt: skip
        parts.append("\n")
        if answer.correct:
            parts += [("✓ Yes. ", "bold $accent"), explained(item)]
        elif chosen is None:
            parts += [("You were not sure, and that is worth knowing. ", "bold"), explained(item)]
        else:
            parts += [("✗ Not quite. ", "bold $caution"), item.option[chosen].feedback, "\n\n",
                      ("✓ What is so: ", "bold $accent"), explained(item)]  # fmt: skip
        sources = self.journey.workspace.pack.sources
        named = "; ".join(sources[name].short for name in item.sources)
        parts += ["\n", (f"Source: {named}", "$quiet"), "\n"]
        if not answer.correct:
            parts += ["\n", *added_parts(self.journey.row(self.place.module, answer))]
        return parts

    def title(self) -> str:
        view = self.view
        if self.app.size.width < 60:
            return f"{view.module_title} {view.number}/{view.of}"
        return f"Check myself · {view.module_title} · {view.number} of {view.of}"

    def hints(self) -> list[Hint]:
        if self.view.answer is None:
            return [("enter", "choose"), ("→", "skip")]
        if self.view.answer.correct:
            return [("enter", "next"), ("o", "lesson")]
        return [("enter", "next"), ("o", "lesson"), ("u", "undo")]

    def more_keys(self) -> list[Hint]:
        return [("1-5", "choose by number"), ("←", "question before")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows) if self.view.answer is None else self

    # ------------------------------------------------------------ keys

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.go(Choose(None if event.key == UNSURE else int(event.key)))

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    def action_open_page(self) -> None:
        self.go(Open(Place("page", module=self.place.module, page=self.view.item.page)))

    def action_undo(self) -> None:
        answer = self.view.answer
        if answer is None or answer.correct:
            return
        aside = self.journey.toggle_set_aside(answer.item)
        self.redraw("Taken back: this adds nothing to My questions." if aside else "Added again.")


def added_parts(row: ResultRow) -> list[Part]:
    """What a miss added to My questions, in words."""
    if row.set_aside:
        return [("Not added to My questions, as you chose.", "$quiet"), "\n"]
    if not row.added:
        return [f"Nothing to ask here: read page {row.page_number} again.\n"]
    parts: list[Part] = [("Added to My questions:\n", "bold")]
    for question in row.added[:2]:
        parts += [f"+ {question.text}\n"]
    if len(row.added) > 2:
        parts.append((f"and {len(row.added) - 2} more\n", "$quiet"))
    return parts
