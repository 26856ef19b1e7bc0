"""Plain words and a template to a PDF that conforms to PDF/UA-1, made by Typst.

What a person typed is data, never markup. A character that no font holds prints as □, with a line saying so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ketalearn.render.wording import clean

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
PAPERS = {"letter": "us-letter", "a4": "a4"}
MISSING = "□"
MISSING_WORDS = "□ stands for a letter or sign that this paper could not print."


@cache
def font_table() -> dict[str, Any]:
    """What the shipped fonts hold (made by scripts/font_table.py)."""
    table: dict[str, Any] = json.loads((FONTS / "table.json").read_text("utf-8"))
    return table


@cache
def _covered() -> frozenset[int]:
    return frozenset(code for first, last in font_table()["covered"] for code in range(first, last + 1))


def printable(text: str) -> str:
    """Text with every character that no shipped font holds put as □."""
    held = _covered()
    return "".join(char if ord(char) in held else MISSING for char in clean(text))


def typeset(template: str, data: dict[str, Any], *, paper: str, large_print: bool, day: str) -> bytes:
    """The PDF of `template` filled with `data`; the same words give the same bytes.

    `data` holds strings, numbers, lists and dicts, and a list `notes` to which a line about what could not be printed
    is added. `day` is the date of the document, YYYY-MM-DD.
    """
    import typst

    path = TEMPLATES / template
    shown: dict[str, Any] = _each(data, printable)
    if MISSING in _written(shown) and MISSING not in _written(data):
        shown["notes"].append(MISSING_WORDS)
    shown |= {"paper": PAPERS[paper], "large": large_print}
    when = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), tzinfo=dt.UTC)

    def made(values: dict[str, Any]) -> bytes:
        pdf: bytes = typst.compile(
            str(path),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=when,
        )
        return pdf

    try:
        return made(shown)
    except typst.TypstError:
        # a mark that a font holds but cannot place (a stray accent, say): print what Latin, Greek and Cyrillic hold
        plain: dict[str, Any] = _each(shown, lambda text: "".join(c if _simple(c) else MISSING for c in text))
        plain["notes"].append(MISSING_WORDS)
        return made(plain)


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _each(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return value


def _simple(char: str) -> bool:
    code = ord(char)
    return 0x20 <= code < 0x7F or 0xA0 < code < 0x250 or 0x386 <= code < 0x483 or char in "★□•–—‘’“”…"
