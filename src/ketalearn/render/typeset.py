"""Plain words and a template to a PDF that conforms to PDF/UA-1, made by Typst.

What a person typed is data, never markup. A character that no font holds prints as □, with a line saying so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from ketalearn.render.eastasian import Font, families, fonts_for
from ketalearn.render.wording import clean

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
PAPERS = {"letter": "us-letter", "a4": "a4"}
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Symbols 2")
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


def printable(text: str, more: frozenset[int] = frozenset()) -> str:
    """Text with every character that neither a shipped font nor `more` holds put as □."""
    held = _covered() | more if more else _covered()
    return "".join(char if ord(char) in held else MISSING for char in clean(text))


def typeset(template: str, data: dict[str, Any], *, paper: str, large_print: bool, day: str) -> bytes:
    """The PDF of `template` filled with `data`; the same words give the same bytes.

    `data` holds strings, numbers, lists and dicts, and a list `notes` to which a line about what could not be printed
    is added. `day` is the date of the document, YYYY-MM-DD.
    """
    import typst

    when = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), tzinfo=dt.UTC)
    text = _written(data)
    fonts = fonts_for(text)

    def made(show: Callable[[str], str], fonts: tuple[Font, ...] = ()) -> bytes:
        shown: dict[str, Any] = _each(data, show)
        if MISSING in _written(shown) and MISSING not in text:
            shown["notes"].append(MISSING_WORDS)
        shown |= {"paper": PAPERS[paper], "large": large_print}
        shown["fonts"] = [*FAMILIES, *(families(text) if fonts else ())]
        pdf: bytes = typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=[str(FONTS), *sorted({str(font.path.parent) for font in fonts})],
            ignore_system_fonts=True,
            sys_inputs={"data": _written(shown)},
            pdf_standards="ua-1",
            timestamp=when,
        )
        return pdf

    if fonts:
        held = frozenset[int]().union(*(font.covered for font in fonts))
        # a font of the computer may still refuse to go into a PDF
        with suppress(typst.TypstError):
            return made(lambda words: printable(words, held), fonts)
    try:
        return made(printable)
    except typst.TypstError:
        # a mark that a font holds but cannot place (a stray accent, say): print what Latin, Greek and Cyrillic hold
        return made(lambda words: "".join(char if _simple(char) else MISSING for char in printable(words)))


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
