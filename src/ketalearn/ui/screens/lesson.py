"""A lesson page, painted as one block of text, with its icon array when it has a number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.decision.cites import Cites, of_lesson
from ketalearn.journey import Back, Next, Open, Place
from ketalearn.learning.lesson import Block, IconArray, Lesson, Span
from ketalearn.learning.records import BEFORE
from ketalearn.render.icons import EMPTY, FULL, icon_rows
from ketalearn.ui.widgets.cited import CitedPane
from ketalearn.ui.widgets.hanging import DOT, Hanging
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.past_date import banner_parts

Part = str | tuple[str, str]

ARRAY_COLUMNS = 20
WIDEST_TEXT = 74
FRAME_LINES = 5
ROOM = (
    (3, True, 1),
    (2, True, 1),
    (1, True, 1),
    (1, False, 1),
    (1, True, 0),
    (1, False, 0),
    (0, True, 0),
    (0, False, 0),
)
"""Empty lines around the picture, whether its key is said, and the empty lines below the title: the first that fits the
screen is drawn."""
SIDE_BY_SIDE = 60
WIDEST_ARM = 36


def span_part(span: Span) -> Part:
    """A span with its look: bold and italic words, quiet source numbers, underlined terms."""
    looks = [name for name, on in (("bold", span.bold), ("italic", span.italic), ("underline", bool(span.term))) if on]
    if span.cites:
        looks.append("$quiet")
    return (span.text, " ".join(looks)) if looks else span.text


def block_parts(block: Block) -> list[Part]:
    """A block as parts; list entries hang on a dot, steps on their number."""
    parts: list[Part] = []
    for at, line in enumerate(block.lines):
        if mark := block.mark(at, DOT):
            parts.append(mark)
        parts += [span_part(span) for span in line]
        parts.append("\n")
    return [*parts, "\n"]


ONE_PERSON = f"Each mark is one person: {FULL} yes, {EMPTY} no."
"""Tells both marks of a picture; what yes means stands in the caption."""


def array_parts(array: IconArray, width: int, *, keyed: bool = True, gap_below: bool = False) -> list[Part]:
    """The icon array under its caption: two arms side by side where there is room, each five rows of twenty marks with
    what it shows below, and its count where the caption does not say it; then who was counted."""
    drawn = [(arm, icon_rows(arm.count, arm.of, columns=ARRAY_COLUMNS)) for arm in array.arms]
    said = all(f"{arm.count:g} of {arm.of}" in array.caption for arm in array.arms)
    labels_of = {arm: arm.label if said else f"{arm.count:g} of {arm.of} {arm.label}" for arm in array.arms}
    parts: list[Part] = [(array.caption, "bold"), "\n"]
    if width >= SIDE_BY_SIDE and len(drawn) == 2:
        gap = min((width - 2) // 2, WIDEST_ARM)
        (left, left_rows), (right, right_rows) = drawn
        for one, other in zip(left_rows, right_rows, strict=True):
            parts += ["  ", (one, "$accent"), " " * (gap - len(one)), (other, "$accent"), "\n"]
        labels = [_wrapped(labels_of[arm], gap - 2) for arm in (left, right)]
        for at in range(max(map(len, labels))):
            cells = [lines[at] if at < len(lines) else "" for lines in labels]
            parts.append(f"  {cells[0]:<{gap}}{cells[1]}\n")
    else:
        for arm, rows in drawn:
            for row in rows:
                parts += ["  ", (row, "$accent"), "\n"]
            parts.append(f"  {labels_of[arm]}\n")
    if gap_below:
        parts.append("\n")
    if array.no_comparison:
        parts += [array.no_comparison, "\n"]
    if keyed:
        time = f" Time: {array.timeframe}." if array.timeframe else ""
        about = f"{ONE_PERSON} These are {array.population}.{time}"
    else:
        # the shortest form, where a page has no line to spare
        about = ", ".join(filter(None, (array.population, array.timeframe))) + "."
        about = about[:1].upper() + about[1:]
    return [*parts, (f"{about} How sure are we? {array.certainty}", "$quiet"), "\n"]


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)


class LessonPane(CitedPane):
    """One page of a module."""

    ABOUT = (
        "This is a lesson page. Press the right arrow for the next page, the left arrow for the one before. "
        "Small numbers in [ ] are sources: s lists them. g explains the underlined words."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter", "next", show=False),
        Binding("left", "before", show=False),
        Binding("space", "page_or_next", show=False),
        Binding("b", "guess", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.lesson: Lesson = self.journey.lesson(place)
        self.query_one(Static).update(self._painted())

    def _painted(self) -> Hanging:
        """The page; one with a number is seen whole, so its empty lines and its key come as there is room."""
        array = self.lesson.array
        if array is None:
            parts: list[Part] = [part for block in self.lesson.blocks for part in block_parts(block)]
            return self._framed(parts[:-1])
        width = min(self.app.size.width - 4, WIDEST_TEXT)
        words = Hanging(Content(""))
        for gaps, keyed, below_title in ROOM:
            before, after = ("\n" if gaps else ""), ("\n" if gaps > 1 else "")
            parts = [part for block in self.lesson.blocks[:-1] for part in block_parts(block)[:-1]]
            picture = array_parts(array, width, keyed=keyed, gap_below=gaps > 2)
            parts += [before, *picture, after, *block_parts(self.lesson.blocks[-1])[:-2]]
            words = self._framed(parts, below_title)
            if words.get_height({}, width) <= self.app.size.height - FRAME_LINES:
                break
        return words

    def _framed(self, parts: list[Part], gap: int = 1) -> Hanging:
        """The title above, what to take care of below."""
        cautions = [(f"\nTake care: {caution}", "$quiet") for caution in self.lesson.cautions]
        above = banner_parts(self.journey.past_date(self.place))
        title = f"{self.lesson.title}\n" + "\n" * gap
        words = Content.assemble(*above, (title, "bold $accent"), *parts, *cautions)
        return Hanging(words)

    def _position(self) -> tuple[int, int]:
        pages = self.journey.head(self.place.module).pages
        return pages.index(self.place.page) + 1, len(pages)

    def title(self) -> str:
        at, of = self._position()
        name = self.journey.head(self.place.module).title
        if self.app.size.width < 60:
            return f"{name} {at}/{of}"
        return f"{name} · page {at} of {of}   {'●' * at}{'○' * (of - at)}"

    def hints(self) -> list[Hint]:
        if self._may_guess():
            return [("→", "next"), ("b", "guess first"), ("g", "words")]
        return [("→", "next"), ("g", "words"), ("s", "sources")]

    def more_keys(self) -> list[Hint]:
        guess: list[Hint] = [("b", "guess first: a few questions, no marks")] if self._may_guess() else []
        return [("←", "the page before"), ("g", "words"), ("s", "sources"), *guess]

    def _may_guess(self) -> bool:
        """On the first page of a lesson not begun, a few questions may be guessed at before it is read."""
        return self._position()[0] == 1 and self.journey.quiz.may_guess(self.place.module)

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    def action_page_or_next(self) -> None:
        if self.is_vertical_scroll_end:
            self.go(Next())
        else:
            self.scroll_page_down(animate=False)

    def action_guess(self) -> None:
        if self._may_guess():
            self.go(Open(Place("item", module=self.place.module, screen=BEFORE)))

    def cites(self) -> Cites:
        return of_lesson(self.journey.workspace.pack, self.lesson)
