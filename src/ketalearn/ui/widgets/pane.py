"""What every pane is: a scrolling column that draws one place and says which keys it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from ketalearn.ui.messages import Go, Inform, Redraw, Scrolled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ketalearn.journey import AnswerTo, Journey, Place
    from ketalearn.ui.app import KetalearnApp

SHORT = 20
"""Rows of a terminal below which each line counts."""
BESIDE_TITLE = 18
"""Cells of the top line that are not the title's: margins and Crisis help."""
Hint = tuple[str, str]
"""A key as shown and one word for what it does."""


class Pair(Container):
    """A list and what its highlighted row holds: one below the other, or side by side where there is room."""


class Pane(VerticalScroll, can_focus=True):
    """One kind of place. `draw` may be called again and again; it must be quick."""

    ABOUT: ClassVar[str] = ""
    """What `?` says about this pane, in plain words."""

    place: Place
    begun = False
    """Whether `compose` already draws the place, so that the first frame needs no second layout."""

    def begin(self, journey: Journey, place: Place) -> None:
        """Hear of the first place before the pane is mounted."""
        self.place = place

    @property
    def journey(self) -> Journey:
        app: KetalearnApp = self.app  # type: ignore[assignment]
        return app.journey

    def draw(self, place: Place) -> None:
        """Show `place`."""
        self.place = place

    def hints(self) -> list[Hint]:
        """At most three keys for the footer, the most useful first; the rest stands under `?`."""
        return []

    def more_keys(self) -> list[Hint]:
        """Keys that only `?` lists."""
        return []

    def title(self) -> str:
        """Where one is, for the top line."""
        return ""

    @property
    def typing(self) -> bool:
        """Whether what is pressed now is typed into a field, so that `!` and `?` are letters."""
        return False

    def focus_target(self) -> Widget:
        """What takes the keys when the pane opens."""
        return self

    # ------------------------------------------------------------ more above and below

    def _scrolling(self) -> list[Widget]:
        """What can scroll here: the pane and the lists in it."""
        return [self, *(one for one in self.query("*") if one.max_scroll_y > 0 and one.display)]

    @property
    def more_below(self) -> bool:
        """Whether something of this pane stands below the edge of the screen."""
        return any(one.scroll_y < one.max_scroll_y for one in self._scrolling())

    @property
    def more_above(self) -> bool:
        """Whether something of this pane stands above the edge of what is seen."""
        return any(one.scroll_y > 0 and one.max_scroll_y > 0 for one in self._scrolling())

    def watch_virtual_size(self) -> None:
        self.post_message(Scrolled())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Scrolled())

    # ------------------------------------------------------------ words to the app

    def go(self, answer: AnswerTo, then: Callable[[], None] | None = None) -> None:
        self.post_message(Go(answer, then))

    def redraw(self, words: str = "") -> None:
        self.post_message(Redraw(words))

    def told_path(self, path: Path) -> str:
        """Where a file is, short enough to read."""
        from ketalearn.store.folders import shown

        return shown(path, self.journey.workspace.home)

    def typed_path(self, text: str) -> Path:
        """The path that someone typed, perhaps over one that `told_path` gave."""
        from ketalearn.store.folders import typed_path

        return typed_path(text, self.journey.workspace.home)

    def headed(self, title: str, words: str) -> Content:
        """Words under their title; on a short screen the top line alone has a title that fits there."""
        width, height = self.app.size
        above = height < SHORT and len(title) <= width - BESIDE_TITLE
        parts: list[str | tuple[str, str]] = [] if above else [(title, "bold")]
        if words:
            parts.append(f"\n\n{words}" if parts else words)
        return Content.assemble(*parts)

    def tell_keys(self) -> None:
        """Write the footer again, where a key means something else on the row that is highlighted now."""
        if self.display and self.is_mounted:
            app: KetalearnApp = self.app  # type: ignore[assignment]
            app.draw_keys()

    def inform(self, title: str, words: Content, *, broad: bool = False) -> None:
        self.post_message(Inform(title, words, broad))
