"""The page of choices: every option and every question about it as a table, after the sheet. The same for everyone."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.decision.options import HOW_TO_READ_SHORT, NO_SECOND_ARM, Picture, compared, numbered, titles
from ketalearn.learning.past_date import banner, facts_of_options
from ketalearn.render.icons import of_ten, ten_marks
from ketalearn.render.markdown import escaped

if TYPE_CHECKING:
    from ketalearn.content.pack import Pack

HEADING = "My choices, side by side"
NO_WINNER = "The same questions for each choice. None is best for everyone. These words are the same for everyone."
QUESTION = "Question"
SOURCES = "Sources of this table"
# four columns of words are the most that can be read across one page
ACROSS = 4


class ChoicesPage(NamedTuple):
    """Names of the options, each row as (heading, one text for each option), the sources by number, what stands
    above the table, and, by the heading of a row that draws, the pictures of each option and the key to them."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    words: str = NO_WINNER
    pictures: Mapping[str, tuple[tuple[Picture, ...], ...]] = MappingProxyType({})
    keys: Mapping[str, str] = MappingProxyType({})


def choices_page(pack: Pack, today: dt.date) -> ChoicesPage:
    """All options of the pack; no profile goes in, so that it cannot differ between people. On paper, too, what is past
    its date on `today` says so."""
    past = banner(pack, facts_of_options(pack.options), today)
    rows = compared(pack)
    numbers = numbered(cell.sources for row in rows for cell in row.cells)
    return ChoicesPage(
        tuple(option.name for option in pack.options),
        tuple(
            (
                row.heading,
                tuple(f"{cell.text} [{','.join(str(numbers[name]) for name in cell.sources)}]" for cell in row.cells),
            )
            for row in rows
        ),
        tuple(f"[{number}] {pack.sources[name].short}" for name, number in numbers.items()),
        f"{NO_WINNER} {HOW_TO_READ_SHORT} {past}".strip(),
        {
            row.heading: tuple(cell.pictures for cell in row.cells)
            for row in rows
            if any(cell.pictures for cell in row.cells)
        },
        {row.heading: row.key for row in rows if row.key},
    )


def _pictures(page: ChoicesPage, heading: str, name: str) -> tuple[Picture, ...]:
    """What one option draws in one row."""
    return page.pictures[heading][page.names.index(name)] if heading in page.pictures else ()


def _titled(page: ChoicesPage, heading: str, name: str) -> list[tuple[Picture, str]]:
    """The same, each with what stands above its marks."""
    drawn = _pictures(page, heading, name)
    return list(zip(drawn, titles(drawn), strict=True))


def tables(page: ChoicesPage) -> list[tuple[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]]:
    """The table in parts of at most four options: (names, rows)."""
    return [
        (page.names[at : at + ACROSS], [(heading, texts[at : at + ACROSS]) for heading, texts in page.rows])
        for at in range(0, len(page.names), ACROSS)
    ]


def to_text(page: ChoicesPage, width: int = 78) -> str:
    """Row by row, each option on a line of its own: a table of words cannot be read aloud."""
    out = ["", HEADING.upper(), "", *textwrap.wrap(page.words, width)]
    for heading, texts in page.rows:
        out += ["", heading]
        if heading not in page.pictures:
            out += textwrap.wrap(page.keys.get(heading, ""), width)
        for name, text in zip(page.names, texts, strict=True):
            out += textwrap.wrap(
                f"{name}: {text}", width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
            )
            for picture in _pictures(page, heading, name):
                out += textwrap.wrap(
                    f"In numbers: {picture.words}",
                    width,
                    initial_indent="  ",
                    subsequent_indent="  ",
                    break_on_hyphens=False,
                )
    out += ["", SOURCES]
    for source in page.sources:
        out += textwrap.wrap(source, width, subsequent_indent="  ")
    return "\n".join(out) + "\n"


def to_markdown(page: ChoicesPage) -> str:
    """Tables of at most four options."""

    def row(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(escaped(cell).replace("|", "\\|") for cell in cells) + " |"

    out = ["", f"## {HEADING}", "", page.words]
    for names, rows in tables(page):
        out += ["", row((QUESTION, *names)), "|" + " --- |" * (len(names) + 1)]
        out += [row((heading, *texts)) for heading, texts in rows]
        for heading, key in page.keys.items():
            out += ["", f"{heading} {key}", ""]
            out += [
                f"- {escaped(name)}: " + " ".join(f"{picture.note} {marks}".strip() for picture, marks in drawn)
                for name in names
                if (drawn := [(one, _marked(one)) for one in _pictures(page, heading, name)])
            ]
    out += ["", f"## {SOURCES}", "", *(f"- {escaped(source)}" for source in page.sources)]
    return "\n".join(out) + "\n"


def _marked(picture: Picture) -> str:
    """Both arms in one line, marks and words."""
    arms = "; ".join(f"{ten_marks(bar.people, bar.of)} {bar.words}" for bar in picture.bars)
    return f"{arms}." + (f" {NO_SECOND_ARM}" if len(picture.bars) == 1 else "")


def _drawn(picture: Picture, title: str) -> str:
    """A picture in HTML: the marks are hidden from a screen reader, as the words beside them say the same."""
    lines = [escape(title)] if title else []
    lines += [
        f"<span aria-hidden='true'>{ten_marks(bar.people, bar.of)}</span> {bar.people:g} of {bar.of} {escape(who)}"
        for bar, who in picture.arms
    ]
    if len(picture.bars) == 1:
        lines.append(NO_SECOND_ARM)
    return "<p class='bars'>" + "<br>".join(lines) + "</p>"


def to_html(page: ChoicesPage) -> str:
    """A section with tables whose headers say what they head."""
    out = ["<section class='page choices'>", f"<h2>{HEADING}</h2>", f"<p>{page.words}</p>"]
    for names, rows in tables(page):
        heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in (QUESTION, *names))
        out.append(f"<table><thead><tr>{heads}</tr></thead><tbody>")
        for heading, texts in rows:
            cells = "".join(
                f"<td>{escape(text)}{''.join(_drawn(*one) for one in _titled(page, heading, name))}</td>"
                for name, text in zip(names, texts, strict=True)
            )
            key = f"<p>{escape(page.keys[heading])}</p>" if heading in page.keys else ""
            out.append(f"<tr><th scope='row'>{escape(heading)}{key}</th>{cells}</tr>")
        out.append("</tbody></table>")
    lines = "".join(f"<li>{escape(source)}</li>" for source in page.sources)
    out += [f"<h2>{SOURCES}</h2>", f"<ul class='sources'>{lines}</ul>", "</section>"]
    return "\n".join(out) + "\n"


def data(page: ChoicesPage) -> dict[str, Any]:
    """The page as plain strings and lists, for the template."""
    return {
        "heading": HEADING,
        "words": page.words,
        "keys": [f"{heading} {key}" for heading, key in page.keys.items() if heading in page.pictures],
        "question": QUESTION,
        "tables": [
            {
                "names": list(names),
                "rows": [
                    {
                        "heading": heading,
                        "cells": [
                            {"text": text, "pictures": [_data(*one) for one in _titled(page, heading, name)]}
                            for name, text in zip(names, texts, strict=True)
                        ],
                    }
                    for heading, texts in rows
                ],
            }
            for names, rows in tables(page)
        ],
        "sources_heading": SOURCES,
        "sources": list(page.sources),
    }


def _data(picture: Picture, title: str) -> dict[str, Any]:
    """A picture for the template: what both arms count, and each arm as full marks of ten and words."""
    return {
        "title": title,
        "bars": [
            {"full": of_ten(bar.people, bar.of), "words": f"{bar.people:g} of {bar.of} {who}"}
            for bar, who in picture.arms
        ],
        "alone": NO_SECOND_ARM if len(picture.bars) == 1 else "",
    }
