"""What came back: the codes with a filter, and one code with its visit brief. The work itself is in `clinic.desk`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from ketalearn.errors import KetalearnError
from ketalearn.journey import Open, Place
from ketalearn.ui.messages import Scrolled
from ketalearn.ui.printing import SheetPrinting
from ketalearn.ui.widgets.desk import DeskPane
from ketalearn.ui.widgets.hanging import DOT, Hanging
from ketalearn.ui.widgets.pane import Hint, Pair
from ketalearn.ui.widgets.table import NO_MARK, Table

if TYPE_CHECKING:
    from ketalearn.clinic.roster import CodeRow

SIDE_BY_SIDE = 76
WIDE = 110
FIND = "type to find"
FIND_LONG = "type a code, or: waiting, late, returned, wrong, first, ask"
ON_PAPER = "It is about someone's health: be there when it comes out."


def told(lines: list[str]) -> Hanging:
    """A code in words: headings stand out, and wrapped lines hang."""
    parts: list[str | tuple[str, str]] = []
    for at, line in enumerate(lines):
        if line.startswith("- "):
            parts.append(f"{DOT}{line[2:]}")
        else:
            parts.append((line, "bold $accent" if line and (at == 0 or not lines[at - 1]) else ""))
        parts.append("\n")
    return Hanging(Content.assemble(*parts))


class FilterField(Input):
    """A line that no code needs `!` or `?` in: they keep their meaning."""

    async def _on_key(self, event: events.Key) -> None:
        if action := {"!": "crisis", "?": "help"}.get(event.character or ""):
            event.stop()
            event.prevent_default()
            await self.app.run_action(action)


class RosterPane(DeskPane):
    """The list of codes."""

    ABOUT = (
        "Every code you made, the newest return first. Type a part of a code, or a word: waiting, late, returned, "
        "wrong (sure but wrong), first, ask (wants to talk about something). FIRST marks who was very sure of "
        "something wrong about safety and has not put it right since. Understood counts what was right so far, of "
        "what was sent; sure but wrong counts quiz questions, those put right since too. A dash: not sent, or not "
        "tried. late finds who is overdue and who came late. The arrow keys move, enter opens one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._all: list[CodeRow] = []
        self._shown: list[int] = []
        self._lines: list[str] = []
        self._hay: list[str] = []
        self._counts = Content("")
        self._aside = 0
        self._beside: str | None = None
        """The code that stands beside the list; None before any does."""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield FilterField(id="find", select_on_focus=False)
        yield Static(id="columns", classes="quiet", markup=False)
        with Pair():
            yield Table()
            yield Static(id="detail", markup=False)

    def draw(self, place: Place) -> None:
        from ketalearn.clinic.desk import columns, haystacks

        super().draw(place)
        # a return may have come in since
        self._beside = None
        width, today = self.app.size.width, self.journey.workspace.today
        with self.desk() as desk:
            self._all, self._aside = desk.rows(), desk.roster.aside()
            first = desk.talk_first(self._all)
        head, self._lines = columns(self._all, today, narrow=width < SIDE_BY_SIDE, first=first)
        self._hay = haystacks(self._all, today, first)
        self.query_one("#columns", Static).update(f"{NO_MARK}{head}")
        self.query_one("#find", Input).placeholder = FIND_LONG if width >= SIDE_BY_SIDE else FIND
        self._fill()

    def _fill(self) -> None:
        from ketalearn.clinic.desk import matching

        self._shown = matching(self._hay, self.query_one("#find", Input).value)
        self.query_one(Table).fill([self._lines[at] for at in self._shown], [self._all[at].code for at in self._shown])
        above, before = self.query_one("#head", Static), self._counts
        self._counts = self._head()
        # on one line as before: nothing below it moves, and each letter of the filter is drawn sooner
        one_line = 0 < max(before.cell_length, self._counts.cell_length) <= above.content_size.width
        above.update(self._counts, layout=not (one_line and before))
        self.post_message(Scrolled())

    def _head(self) -> Content:
        from ketalearn.clinic.desk import counted

        if not self._all:
            return Content("Nothing was assigned yet. Press esc, then choose New assignment.")
        returned = sum(bool(row.returns) for row in self._all)
        parts = [f"{counted(len(self._all))}, {returned} returned"]
        if self._aside:
            parts.append(f"{self._aside} set aside (unknown code)")
        if len(self._shown) < len(self._all):
            parts.append(f"{len(self._shown)} fit" if self._shown else "none fits")
        return Content.assemble(("Your codes: ", "bold $accent"), ", ".join(parts))

    @property
    def more_below(self) -> bool:
        # an empty list may still have the height of the one before it
        below = self.query_one(Table).more_below
        return below or (bool(self._shown) and self.app.size.width >= WIDE and super().more_below)

    def title(self) -> str:
        return "What came back"

    def hints(self) -> list[Hint]:
        return [("enter", "open")]

    def focus_target(self) -> Widget:
        return self.query_one("#find", Input)

    def on_input_changed(self) -> None:
        if self.display and self._all:
            self._fill()

    def on_input_submitted(self) -> None:
        self.query_one(Table).action_choose()

    def action_move(self, by: int) -> None:
        self.query_one(Table).action_move(by)

    def action_page(self, by: int) -> None:
        self.query_one(Table).action_page(by)

    def on_table_moved(self, event: Table.Moved) -> None:
        if self.app.size.width < WIDE or not self.display:
            return
        if event.key == self._beside:
            return
        self._beside = event.key
        detail = self.query_one("#detail", Static)
        if not event.key:
            detail.update("")
            return
        from ketalearn.clinic.making import told_of

        with self.desk() as desk:
            detail.update(told(told_of(desk.view(event.key), self.journey.workspace)))

    def on_table_chosen(self, event: Table.Chosen) -> None:
        self.go(Open(Place("patient", screen=event.key)))


class PatientPane(DeskPane):
    """One code: what to look at before the visit."""

    ABOUT = (
        "What this person chose to send, and nothing else. p prints the one-page brief for the visit, b saves it as a "
        "PDF, a begins another assignment for the same code."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "brief", show=False),
        Binding("p", "print", show=False),
        Binding("a", "again", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        from ketalearn.clinic.making import told_of

        super().draw(place)
        with self.desk() as desk:
            lines = told_of(desk.view(place.screen), self.journey.workspace)
        self.query_one(Static).update(told(lines))

    def title(self) -> str:
        return f"For clinics · {self.place.screen}"

    def hints(self) -> list[Hint]:
        return [("p", "print brief"), ("b", "save brief"), ("a", "assign again")]

    def action_brief(self) -> None:
        try:
            with self.desk() as desk:
                self.app.say(f"Saved: {self.told_path(desk.save_brief(self.place.screen))}")  # type: ignore[attr-defined]
        except KetalearnError as error:
            self.app.say(str(error))  # type: ignore[attr-defined]

    def action_print(self) -> None:
        code = self.place.screen

        def made() -> bytes:
            with self.desk() as desk:
                return desk.brief_pdf(code)

        def keep(data: bytes) -> Path:
            with self.desk() as desk:
                return desk.save_brief(code, data)

        SheetPrinting(self, made, keep=keep, privacy=ON_PAPER, name="brief").begin()

    def action_again(self) -> None:
        with self.desk() as desk:
            desk.keep(desk.fresh(self.place.screen))
        self.go(Open(Place("assign")))
