"""Pages beside the journey: words to read, words to type, a list to choose from. Escape leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ketalearn.ui.messages import AskOne, AskText, Inform
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.ui.app import KetalearnApp


class WordsPane(Pane):
    """Words to read."""

    ABOUT = "Read, and press esc to go back."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def ask(self, message: Inform) -> None:
        self._title = message.title
        self.query_one(Static).update(Content.assemble((message.title, "bold"), "\n\n", message.words))

    def title(self) -> str:
        return self._title

    async def action_close(self) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside()


class TextPane(Pane):
    """One line to type. The words go to whoever asked, and nowhere else."""

    ABOUT = "Type, then press enter. Esc leaves the words as they were."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Input(select_on_focus=False)
        yield Static("Enter keeps it. Esc, then ! for crisis help.", classes="gap quiet", markup=False)

    def ask(self, message: AskText) -> None:
        self._asked = message
        self.query_one(Static).update(Content.assemble((message.title, "bold"), "\n\n", message.help))
        field = self.query_one(Input)
        field.value = message.text
        field.cursor_position = len(message.text)

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "keep")]

    def focus_target(self) -> Widget:
        return self.query_one(Input)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        text, then = event.value, self._asked.then
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside(lambda: then(text))


class ListPane(Pane):
    """A list to choose one row from."""

    ABOUT = "Choose with the arrow keys and enter, or press the number."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def ask(self, message: AskOne) -> None:
        self._asked = message
        words = [f"\n\n{message.words}"] if message.words else []
        self.query_one(Static).update(Content.assemble((message.title, "bold"), *words))
        rows = [
            Row(Content(f"{place:>2}  {words}"), key=str(place - 1), hang=4)
            for place, words in enumerate(message.rows, start=1)
        ]
        self.query_one(Rows).fill(rows, highlight="0")

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "choose")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        then = self._asked.then
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside(lambda: then(int(event.key)))
