"""Text whose wrapped lines keep the indent of their first line, so that a mark stands alone at the left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content
from textual.strip import Strip
from textual.visual import RenderOptions, Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style

DOT = "· "
MARK = re.compile(
    r" *(?:(?:[·✓✗•○▲+?]|\[[x ]\]|\([✓● ]\)) )?"  # a dot, a verdict, a box
    r"(?:(?:\d{1,2}|[A-F]|[1-6](?:st|nd|rd|th))  |[1-9]\. )?"  # a number, a letter or a place; a step of a list
)
"""What a line may begin with that its wrapped words stay clear of."""
LEAST_ROOM = 12
"""Cells that a line keeps for words; with less, nothing hangs."""


class Hanging(Visual):
    """`words` with each wrapped line indented by `hang` cells, or by the spaces and mark its own line begins with."""

    def __init__(self, words: Content, hang: int = 0) -> None:
        self.words = words
        self._hang = hang

    def _lines(self, width: int) -> list[tuple[Content, Content]]:
        """Each line as what hangs out at the left and what wraps beside it."""
        lines = []
        for line in self.words.split("\n", allow_blank=True):
            text = line.plain
            mark = MARK.match(text)
            hang = max(mark.end() if mark else 0, self._hang)
            hang = hang if width - hang >= LEAST_ROOM and hang < len(text) else 0
            lines.append((line[:hang], line[hang:]) if hang else (Content(""), line))
        return lines

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.words.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(body.get_height(rules, width - mark.cell_length) for mark, body in self._lines(width))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        strips: list[Strip] = []
        for mark, body in self._lines(width):
            hang = mark.cell_length
            beside = body.render_strips(width - hang, None, style, options)
            if not hang:
                strips += beside
                continue
            first = mark.render_strips(hang, 1, style, options)[0]
            blank = Strip.blank(hang, style.rich_style)
            strips += [Strip.join([blank if at else first, strip]) for at, strip in enumerate(beside)]
        return strips if height is None else strips[:height]

    def __str__(self) -> str:
        return self.words.plain
