"""A list of rows that wraps, takes text as it is, and shows every state by a glyph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ketalearn.ui.messages import Scrolled
from ketalearn.ui.widgets.hanging import Hanging

if TYPE_CHECKING:
    from textual.geometry import Size

POINTER = "►"
"""Stands beside the highlighted row, and for nothing else: seen without colour, too."""
GUTTER = 2
"""Cells at the left of the rows in which the pointer stands, so that the words keep the left edge of the page."""
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

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--pointer"}
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
        self._width = 0
        super().__init__(*(Option(row.drawn, disabled=row.heading) for row in rows), markup=False)
        self._rows: list[Row] = list(rows)
        self.digits = digits
        """Whether digits choose; where they do not, the pane may use them."""
        self._unnumbered = unnumbered
        self.numbered = DIGITS
        """How many rows a digit chooses, where fewer than ten carry one."""

    # ------------------------------------------------------------ the pointer

    def _get_left_gutter_width(self) -> int:
        return GUTTER

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return super().get_content_height(container, viewport, width - GUTTER)

    def render_line(self, y: int) -> Strip:
        """The row's line with the pointer beside its first; on the bar all words have one colour, which can be read."""
        strip = super().render_line(y)
        at = self.scroll_offset.y + y
        index, line = self._lines[at] if at < len(self._lines) else (None, 0)
        marked = index is not None and index == self.highlighted and not self._rows[index].heading
        if marked and self.has_focus and not self.app.no_color:
            style = self.get_visual_style("option-list--option", "option-list--option-highlighted").rich_style
            strip = Strip([Segment(strip.text, style)], strip.cell_length).apply_meta({"option": index})
        mark = POINTER.ljust(GUTTER) if marked and line == 0 else " " * GUTTER
        beside = Strip([Segment(mark, self.get_component_rich_style("rows--pointer"))], GUTTER)
        return Strip.join([beside if index is None else beside.apply_meta({"option": index}), strip])

    def _update_lines(self) -> None:
        width = self.scrollable_content_region.width
        if width != self._width:
            # a scroll bar came or went: what was counted for the other width would cut a line off
            self._width = width
            self._clear_caches()
        super()._update_lines()

    def on_resize(self) -> None:
        # a line less, as when "more below" appears, must not cut the highlighted row
        self.call_after_refresh(self.scroll_to_highlight)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the highlighted row into sight; above it no row stands cut, where there is room."""
        before = self.scroll_target_y
        super().scroll_to_highlight(top)
        at = round(self.scroll_target_y)
        if at and self._first_fits_below_its_heading:
            # the first row that can be chosen is never without the heading above it, where both have room
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
            return
        if at <= before or self.highlighted is None or at >= len(self._lines):
            return
        index, line = self._lines[at]
        whole = at + self._heights[index] - line
        if line and whole <= self._index_to_line[self.highlighted]:
            self.scroll_to(y=whole, animate=False, force=True, immediate=True)

    @property
    def _first_fits_below_its_heading(self) -> bool:
        """Whether the highlight is on the first row that can be chosen, and is seen whole from the top of the list."""
        at = self.highlighted
        if at is None or at >= len(self._rows) or not all(row.heading for row in self._rows[:at]):
            return False
        return self._index_to_line[at] + self._heights[at] <= self.scrollable_content_region.height

    # ------------------------------------------------------------ the rows

    def fill(
        self,
        rows: Sequence[Row],
        highlight: str | None = None,
        *,
        unnumbered: int | None = None,
        unmarked: bool = False,
    ) -> None:
        """Show `rows`; the highlight stays on its key where that is still there. `unmarked`: on none yet."""
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
        if unmarked:
            self.highlighted = None
            return
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

    def action_select(self) -> None:
        """Choose the marked row; with none marked, enter and space are the pane's."""
        if self.highlighted is None:
            raise SkipAction
        super().action_select()

    def action_choose(self, number: int) -> None:
        """Choose the row that carries this number: the nth that is no heading."""
        if not self.digits:
            raise SkipAction
        choosable = [place for place, row in enumerate(self._rows) if not row.heading][self._unnumbered :]
        if number <= min(self.numbered, len(choosable)):
            self.highlighted = choosable[number - 1]
            self.action_select()

    def watch_virtual_size(self) -> None:
        # rows came or went, with no other word to the frame: there may be more below now, or less
        self.post_message(Scrolled())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Scrolled())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self, self._rows[event.option_index].key))
