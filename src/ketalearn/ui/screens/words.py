"""Pages beside the journey: words to read, words to type, a list to choose from. Escape leads back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from ketalearn.journey import Open
from ketalearn.ui.messages import AskFile, AskMany, AskOne, AskText, FindOne, Inform
from ketalearn.ui.widgets.field import TYPING, Field
from ketalearn.ui.widgets.hanging import DOT, Hanging
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.ui.app import KetalearnApp


KEEPS = "Enter keeps it. Esc does not."
MOST_TYPED = 200_000
KEYED = 9


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
        self.set_class(message.broad, "-broad")
        told = Content.assemble((message.title, "bold"), "\n\n", message.words)
        words.update(told if message.broad else Hanging(told))

    def title(self) -> str:
        return self._title

    async def action_close(self) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside()


class TextPane(Pane):
    """Words to type. They go to whoever asked, and nowhere else."""

    ABOUT = (
        "Type, then press enter. Esc leaves the words as they were. While you type, F1 opens help and F2 crisis help."
    )
    typing = True

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Field()
        yield Static(f"{KEEPS}\n{TYPING}", classes="typing", markup=False)

    def ask(self, message: AskText) -> None:
        self._asked = message
        self.query_one(Static).update(self.headed(message.title, message.help))
        field = self.query_one(Field)
        field.text = message.text
        field.move_cursor(field.document.end)
        self.call_after_refresh(field.scroll_visible, animate=False)

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "keep")]

    def focus_target(self) -> Widget:
        return self.query_one(Field)

    async def on_field_left(self, event: Field.Left) -> None:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        if not event.kept:
            app.keep_draft()
            await app.close_beside()
            return
        asked = self._asked
        text = event.field.text if asked.lines else " ".join(event.field.text.splitlines())
        await app.close_beside(lambda: asked.then(text))


class PasteField(Input):
    """One line to type; text of several lines that is pasted is handed on whole."""

    @dataclass(eq=False, repr=False)
    class Pasted(Message):
        """Several lines were pasted."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.prevent_default()
            event.stop()
            # terminals send either line end
            self.post_message(self.Pasted("\n".join(event.text.splitlines())))


def counted(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines} lines"


class FilePane(Pane):
    """The path of a file, or its text. A terminal that pastes key by key sends line after line: all are waited for."""

    ABOUT = "Type where the file is, then press enter. Or paste its text here. Esc changes nothing."
    typing = True

    def compose(self) -> ComposeResult:
        yield Static(id="help", markup=False)
        yield PasteField(select_on_focus=False)
        yield Static(id="typing", classes="typing", markup=False)

    def ask(self, message: AskFile) -> None:
        self._asked = message
        self._lines: list[str] = []
        self.query_one("#help", Static).update(self.headed(message.title, message.help))
        self.query_one("#typing", Static).update(TYPING)
        field = self.query_one(PasteField)
        field.value = message.text
        field.cursor_position = len(message.text)
        self.call_after_refresh(field.scroll_visible, animate=False)

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "next")]

    def focus_target(self) -> Widget:
        return self.query_one(PasteField)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        await self._take(event.value)

    async def on_paste_field_pasted(self, event: PasteField.Pasted) -> None:
        await self._take(event.text)

    async def _take(self, text: str) -> None:
        from ketalearn.clinic.pasted import complete

        ends = not text.strip() and bool(self._lines)
        self._lines.append(text)
        whole = "\n".join(self._lines)
        if not complete(whole) and not ends and len(whole) < MOST_TYPED:
            self.query_one(PasteField).value = ""
            self.query_one("#typing", Static).update(
                f"{counted(len(whole.splitlines()))} so far. Go on with the next one; an empty line ends it. {TYPING}"
            )
            return
        then = self._asked.then
        app: KetalearnApp = self.app  # type: ignore[assignment]
        await app.close_beside(lambda: then(whole))


class RowsBelow(Rows):
    """Rows under words that may be longer than the screen: the keys read to the end first, then choose.

    Words and rows scroll as one, so that one scroll bar serves both.
    """

    def _edge(self, row: int) -> tuple[int, int]:
        """Lines of a row above the top of what is shown (or 0), and below its bottom (or 0)."""
        shown = self.parent.scrollable_content_region  # type: ignore[union-attr]
        top = self.region.y + self._index_to_line.get(row, 0)
        bottom = top + self._heights.get(row, 1)
        return max(0, shown.y - top), max(0, bottom - shown.bottom)

    def _read_on(self, by: int) -> None:
        pane = self.parent
        if isinstance(pane, Pane):
            pane.scroll_to(y=pane.scroll_y + by, animate=False, force=True, immediate=True)

    def _show(self) -> None:
        above, below = self._edge(self.highlighted or 0)
        if above or below:
            self._read_on(below or -above)

    def action_cursor_down(self) -> None:
        if self._edge(self.highlighted or 0)[1]:
            self._read_on(2)
        elif self.highlighted != self.option_count - 1:
            super().action_cursor_down()
            self._show()

    def action_cursor_up(self) -> None:
        if self.highlighted == 0:
            self._read_on(-2)
        else:
            super().action_cursor_up()
            self._show()

    def action_page_down(self) -> None:
        self._read_on(max(1, self.parent.size.height - 1))  # type: ignore[union-attr]

    def action_page_up(self) -> None:
        self._read_on(-max(1, self.parent.size.height - 1))  # type: ignore[union-attr]

    def action_last(self) -> None:
        super().action_last()
        self._show()

    def action_first(self) -> None:
        super().action_first()
        self._show()

    def action_select(self) -> None:
        """Choose; but first bring into sight what would be chosen."""
        below = self._edge(self.highlighted or 0)[1]
        if below >= self._heights.get(self.highlighted or 0, 1):
            self.action_page_down()
            return
        super().action_select()


class ListPane(Pane):
    """A list to choose one row from."""

    ABOUT = "Choose with the arrow keys and enter, or press the number."

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield RowsBelow()

    def ask(self, message: AskOne) -> None:
        self._asked = message
        self.query_one(Static).update(Hanging(self.headed(message.title, message.words)))
        # a row after the ninth has no key of one digit, so it shows none
        rows = [
            Row(Content(f"{place if place <= KEYED else ' '}  {words}"), key=str(place - 1), hang=3)
            for place, words in enumerate(message.rows, start=1)
        ]
        self.query_one(Rows).numbered = KEYED
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
    """A list to tick rows of. What is ticked from the start says whoever asks."""

    ABOUT = "Enter ticks a row. The last row keeps what is ticked. Esc changes nothing."

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def ask(self, message: AskMany) -> None:
        self._asked = message
        self._ticked = set(message.ticked)
        words = [f"\n{message.words}"] if message.words else []
        self.query_one(Static).update(Content.assemble((message.title, "bold"), *words))
        self._fill("0")

    def _fill(self, highlight: str | None = None) -> None:
        rows = []
        for at, words in enumerate(self._asked.rows):
            box = ("[x] ", "bold $accent") if at in self._ticked else "[ ] "
            first, *more = words.split("\n")
            rows.append(Row(Content.assemble(box, first), str(at), hang=4))
            # a row for each line, so that the arrow keys lead past every one of them
            rows += [
                Row(Content.assemble(f"    {DOT}", (line, "$quiet")), f"{at}:{line_at}", hang=6)
                for line_at, line in enumerate(more)
            ]
        rows.append(Row(Content(f"→ {self._asked.done}"), DONE, hang=2))
        self.query_one(Rows).fill(rows, highlight=highlight)

    def title(self) -> str:
        return self._asked.title

    def hints(self) -> list[Hint]:
        return [("enter", "tick")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key != DONE:
            self._ticked ^= {int(event.key.partition(":")[0])}
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
        yield Static(TYPING, classes="quiet", markup=False)
        yield Rows(digits=False)

    @property
    def typing(self) -> bool:
        return not self.query_one(Rows).has_focus

    def on_descendant_focus(self) -> None:
        self.tell_keys()

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
        return self._asked.title

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
