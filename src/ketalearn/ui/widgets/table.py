"""A list of plain lines in columns, drawn line by line: ten thousand cost no more than ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ketalearn.ui.messages import Scrolled
from ketalearn.ui.widgets.rows import GUTTER, POINTER

MARK, NO_MARK = POINTER.ljust(GUTTER), " " * GUTTER


class Table(ScrollView, can_focus=True):
    """Lines to choose one from by arrow, page key, enter or mouse. Lines are drawn as they are, cut at the edge."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--line", "table--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter,space", "choose", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A line was chosen."""

        key: str

    @dataclass(eq=False, repr=False)
    class Moved(Message):
        """Another line is marked; the key is "" when there is none."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()
        self._keys: Sequence[str] = ()
        self._at = 0

    def fill(self, lines: Sequence[str], keys: Sequence[str]) -> None:
        """Show `lines`; the mark stays on its key where that is still there, else goes to the first line."""
        before = self.key
        self._lines, self._keys = lines, keys
        self.virtual_size = Size(0, len(lines))
        self._at = keys.index(before) if before and before in keys else 0
        self._show_mark()

    @property
    def key(self) -> str:
        """The key of the marked line, "" when there is none."""
        return self._keys[self._at] if self._at < len(self._keys) else ""

    @property
    def more_below(self) -> bool:
        """Whether lines stand below the edge."""
        return self.scroll_offset.y + self.size.height < len(self._lines)

    def action_move(self, by: int) -> None:
        """Move the mark by lines."""
        self._at = max(0, min(len(self._lines) - 1, self._at + by))
        self._show_mark()

    def action_page(self, by: int) -> None:
        """Move the mark by screens."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_edge(self, place: int) -> None:
        """Move the mark to the first line, or the last."""
        self._at = 0 if place == 0 else max(0, len(self._lines) - 1)
        self._show_mark()

    def action_choose(self) -> None:
        if self.key:
            self.post_message(self.Chosen(self.key))

    def _show_mark(self) -> None:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self._at < top or self._at >= top + height:
            self.scroll_to(y=max(0, self._at if self._at < top else self._at - height + 1), animate=False)
        self.refresh()
        self.post_message(self.Moved(self.key))

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y
        width = self.size.width
        if place >= len(self._lines):
            return Strip.blank(width, self.get_component_rich_style("table--line"))
        marked = place == self._at
        style = self.get_component_rich_style("table--cursor" if marked else "table--line")
        line = f"{MARK if marked else NO_MARK}{self._lines[place]}"
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)

    def on_click(self, event: events.Click) -> None:
        place = self.scroll_offset.y + event.y
        if place < len(self._lines):
            self._at = place
            self._show_mark()
            self.action_choose()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Scrolled())
