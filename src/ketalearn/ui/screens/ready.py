"""Am I ready to choose? A few short statements: yes, not sure, no. Not a score; a no adds its question."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.journey import Back, Next, Place, Ready
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

GO_ON = "go-on"
NARROW = 60
ANSWERS = {"": "", "yes": "yes", "not_sure": "not sure", "no": "no"}
AFTER = {"": "yes", "yes": "not_sure", "not_sure": "no", "no": ""}
MARK = 11
BLANK = " "


class ReadyPane(Pane):
    """What one can and cannot say yet."""

    ABOUT = (
        "Five short statements. Say yes, not sure or no; you can skip them all. It is not a test and gives no score: "
        "what you cannot say yet adds a question to your sheet."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer('yes')", show=False),
        Binding("2", "answer('not_sure')", show=False),
        Binding("3", "answer('no')", show=False),
        Binding("x", "answer('')", show=False),
        Binding("right", "next", show=False),
        Binding("left", "before", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows(digits=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.query_one(Static).update(
            Content.assemble(("Am I ready to choose?", "bold $accent"), "\nNot a test. A no adds a question to ask.")
        )
        rows = []
        for statement in self.journey.workspace.pack.statements:
            said = ANSWERS[self.journey.readiness(statement.id)]
            mark = (f"[{said or BLANK}]".ljust(MARK), "bold $accent" if said else "$quiet")
            rows.append(Row(Content.assemble(mark, statement.text), statement.id, hang=MARK))
        rows.append(Row(Content("→ Go on: my questions"), GO_ON))
        self.query_one(Rows).fill(rows)

    def title(self) -> str:
        return "What matters to me" if self.app.size.width < NARROW else "What matters to me · am I ready to choose?"

    def hints(self) -> list[Hint]:
        if self.app.size.width < NARROW:
            return [("enter", "answer")]
        return [("1", "yes"), ("2", "unsure"), ("3", "no")]

    def more_keys(self) -> list[Hint]:
        return [("enter", "the next answer"), ("x", "take the answer back"), ("→", "next"), ("←", "the page before")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key == GO_ON:
            self.go(Next())
        else:
            self.go(Ready(event.key, AFTER[self.journey.readiness(event.key)]))

    def action_answer(self, answer: str) -> None:
        key = self.query_one(Rows).key
        if key and key != GO_ON:
            self.go(Ready(key, answer))

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())
