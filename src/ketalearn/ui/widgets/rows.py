"""A list of rows that wraps, takes text as it is, and shows every state by a glyph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ketalearn.ui.messages import Scrolled
from ketalearn.ui.widgets.hanging import Hanging

DIGITS = 10
"""Rows that a digit chooses: 1 to 9, and 0 for the tenth."""


class Row(NamedTuple):
    """One row. `key` is what the pane knows it by (never a widget id); a heading cannot be chosen."""

    words: Content
    key: str = ""
    heading: bool = False
    hang: int = 0
    """Cells of the mark at the left that wrapped lines stay clear of."""

    @property
    def drawn(self) -> Content | Hanging:
        """What the list draws."""
        return Hanging(self.words, self.hang) if self.hang else self.words


class Rows(OptionList):
    """Rows to choose from by arrow, enter, space, digit or mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", show=False),
        *(Binding(str(n % 10), f"choose({n})", show=False) for n in range(1, DIGITS + 1)),
    ]

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A row was chosen."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            return self.rows

    def __init__(self, *, digits: bool = True, unnumbered: int = 0, rows: Sequence[Row] = ()) -> None:
        """`unnumbered`: how many leading rows carry no digit."""
        super().__init__(*(Option(row.drawn, disabled=row.heading) for row in rows), markup=False)
        self._rows: list[Row] = list(rows)
        self.digits = digits
        """Whether digits choose; where they do not, the pane may use them."""
        self._unnumbered = unnumbered

    def fill(self, rows: Sequence[Row], highlight: str | None = None, *, unnumbered: int | None = None) -> None:
        """Show `rows`; the highlight stays on its key where that is still there."""
        if unnumbered is not None:
            self._unnumbered = unnumbered
        before = highlight if highlight is not None else self.key
        at_before = self.highlighted
        keys = [row.key for row in rows]
        if [row.key for row in self._rows] == keys and [row.heading for row in self._rows] == [
            row.heading for row in rows
        ]:
            for place, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
                if old.words != new.words:
                    self.replace_option_prompt_at_index(place, new.drawn)
            self._rows = list(rows)
        else:
            self._rows = list(rows)
            self.clear_options()
            self.add_options([Option(row.drawn, disabled=row.heading) for row in rows])
        choosable = [place for place, row in enumerate(rows) if not row.heading]
        if not choosable:
            return
        if before and before in keys:
            self.highlighted = keys.index(before)
        elif at_before is not None and highlight is None:
            self.highlighted = min(choosable, key=lambda place: abs(place - at_before))
        else:
            self.highlighted = choosable[0]

    @property
    def key(self) -> str:
        """The key of the highlighted row, "" when there is none."""
        at = self.highlighted
        return self._rows[at].key if at is not None and at < len(self._rows) else ""

    def action_choose(self, number: int) -> None:
        """Choose the row that carries this number: the nth that is no heading."""
        if not self.digits:
            raise SkipAction
        choosable = [place for place, row in enumerate(self._rows) if not row.heading][self._unnumbered :]
        if number <= len(choosable):
            self.highlighted = choosable[number - 1]
            self.action_select()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Scrolled())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self, self._rows[event.option_index].key))
