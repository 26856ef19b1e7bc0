"""Pages beside the journey: words to read, words to type, a list to choose from. Escape leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ketalearn.journey import Open
from ketalearn.ui.messages import AskMany, AskOne, AskText, FindOne, Inform
from ketalearn.ui.widgets.field import Field
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
        words = self.query_one(Static)
        words.set_class(message.broad, "-broad")
        words.update(Content.assemble((message.title, "bold"), "\n\n", message.words))

    def title(self) -> str:
        return self._title

    async def action_close(self) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside()


class TextPane(Pane):
    """Words to type. They go to whoever asked, and nowhere else."""

    ABOUT = "Type, then press enter. Esc leaves the words as they were."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Field()
        yield Static("Enter keeps it. Esc, then ! for crisis help.", classes="gap quiet", markup=False)

    def ask(self, message: AskText) -> None:
        self._asked = message
        self.query_one(Static).update(Content.assemble((message.title, "bold"), "\n\n", message.help))
        field = self.query_one(Field)
        field.text = message.text
        field.move_cursor(field.document.end)

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "keep")]

    def focus_target(self) -> Widget:
        return self.query_one(Field)

    async def on_field_left(self, event: Field.Left) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        if not event.kept:
            await app.close_beside()
            return
        asked = self._asked
        text = event.field.text if asked.lines else " ".join(event.field.text.splitlines())
        await app.close_beside(lambda: asked.then(text))


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


DONE = "done"


class TicksPane(Pane):
    """A list to tick rows of. Nothing is ticked before the person does."""

    ABOUT = "Enter ticks a row. The last row keeps what is ticked. Esc changes nothing."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def ask(self, message: AskMany) -> None:
        self._asked = message
        self._ticked: set[int] = set()
        words = [f"\n{message.words}"] if message.words else []
        self.query_one(Static).update(Content.assemble((message.title, "bold"), *words))
        self._fill("0")

    def _fill(self, highlight: str | None = None) -> None:
        rows = []
        for at, words in enumerate(self._asked.rows):
            box = ("[x] ", "bold $accent") if at in self._ticked else "[ ] "
            rows.append(Row(Content.assemble(box, words), str(at), hang=4))
        rows.append(Row(Content(f"▸ {self._asked.done}"), DONE, hang=2))
        self.query_one(Rows).fill(rows, highlight=highlight)

    def title(self) -> str:
        return "Your words"

    def hints(self) -> list[Hint]:
        return [("enter", "tick")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key != DONE:
            self._ticked ^= {int(event.key)}
            self._fill()
            return
        then, ticked = self._asked.then, sorted(self._ticked)
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside(lambda: then(ticked))


class FindPane(Pane):
    """A long list with a line to search it by."""

    ABOUT = "Type a word to find, press enter, then choose with the arrow keys and enter."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Input(placeholder="type a word, then enter")
        yield Rows(digits=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def ask(self, message: FindOne) -> None:
        self._asked = message
        self.query_one(Static).update(Content.assemble((message.title, "bold")))
        self.query_one(Input).value = ""
        self._fill("")

    def _fill(self, found: str) -> None:
        word = found.strip().casefold()
        rows = [
            Row(Content(f"· {words}"), key, hang=2)
            for key, words in self._asked.rows
            if word in f"{words} {key.replace('_', ' ')}".casefold()
        ]
        none = [Row(Content("Nothing here fits. Try another word."), heading=True)]
        self.query_one(Rows).fill(rows or none, highlight=rows[0].key if rows else None)

    def title(self) -> str:
        return "Not on your sheet"

    def hints(self) -> list[Hint]:
        return [("enter", "choose")]

    def focus_target(self) -> Widget:
        return self.query_one(Input)

    def on_input_changed(self, event: Input.Changed) -> None:
        if self.display:
            self._fill(event.value)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        # all typed words are looked at for a cry for help, and kept nowhere
        if crisis := self.journey.crisis_after(event.value, self.place):
            await app.close_beside(lambda: self.go(Open(crisis)))
            return
        self.query_one(Rows).focus()

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        then = self._asked.then
        app: KetalearnApp = self.app  # type: ignore[assignment]
        if event.key:
            await app.close_beside(lambda: then(event.key))
