"""Rows that wrap keep clear of their mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from ketalearn.ui.widgets.hanging import LEAST_ROOM, Hanging

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=25).map(" ".join)


def drawn(row: Hanging, width: int) -> list[str]:
    options = RenderOptions(lambda style: Style.null() if isinstance(style, str) else style, {})
    return [strip.text for strip in row.render_strips(width, None, Style.null(), options)]


def test_wrapped_lines_stand_under_the_words_and_not_under_the_mark() -> None:
    row = Hanging(Content("[ ] A row of words that wraps\n    and its help, which wraps as well"), 4)
    assert [line.rstrip() for line in drawn(row, 20)] == [
        "[ ] A row of words",
        "    that wraps",
        "    and its help,",
        "    which wraps as",
        "    well",
    ]


@given(WORDS, st.integers(1, 8), st.integers(8, 80))
def test_no_word_is_lost_and_the_height_is_what_is_drawn(words: str, hang: int, width: int) -> None:
    row = Hanging(Content(f"{'x' * (hang - 1)} {words}"), hang)
    lines = drawn(row, width)
    assert len(lines) == row.get_height({}, width)
    assert "".join("".join(lines).split()) == "".join(str(row).split())
    if width - hang >= LEAST_ROOM:
        assert all(line.startswith(" " * hang) for line in lines[1:])
