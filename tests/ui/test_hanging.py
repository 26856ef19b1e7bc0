"""Rows that wrap keep clear of their mark."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    ("line", "hang"),
    [
        ("( ) 1  {}", 7), ("(●) 2  {}", 7), ("[x] 12  {}", 8), ("A  {}", 3), ("1st  {}", 5), ("○ missed: {}", 2),
        ("✗ not quite: {}", 2), ("✓ 3rd  {}", 7), ("+ {}", 2), ("    The answer: {}", 4), ("    · {}", 6),
        ("A word and {}", 0), ("12 of 100 {}", 0), ("Ask: {}", 0),
    ],
)  # fmt: skip
def test_at_40_columns_words_hang_under_the_words_beside_a_mark_with_its_number_letter_or_place(
    line: str, hang: int
) -> None:
    words = "words that go on and on until they wrap at the edge of a narrow screen"
    lines = drawn(Hanging(Content(line.format(words))), 36)
    assert len(lines) > 1
    assert [len(one) - len(one.lstrip()) for one in lines[1:]] == [hang] * (len(lines) - 1)


@given(WORDS, st.integers(1, 8), st.integers(8, 80))
def test_no_word_is_lost_and_the_height_is_what_is_drawn(words: str, hang: int, width: int) -> None:
    row = Hanging(Content(f"{'x' * (hang - 1)} {words}"), hang)
    lines = drawn(row, width)
    assert len(lines) == row.get_height({}, width)
    assert "".join("".join(lines).split()) == "".join(str(row).split())
    if width - hang >= LEAST_ROOM:
        assert all(line.startswith(" " * hang) for line in lines[1:])
