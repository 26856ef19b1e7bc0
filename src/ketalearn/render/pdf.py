"""The sheet as a PDF that conforms to PDF/UA-1, made by Typst from shipped fonts alone.

What a person typed is data, never markup. A character that no shipped font holds prints as □, with a line saying so.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from ketalearn.decision.sheet import Question, Sheet
from ketalearn.render import wording
from ketalearn.render.fit import flows, writing_lines
from ketalearn.render.wording import clean

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "templates" / "sheet.typ"
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


def document(sheet: Sheet, *, paper: str, large_print: bool) -> dict[str, Any]:
    """All words of the paper as plain strings and lists, for the template."""
    box, over = wording.tell_box(sheet)
    crisis_first = wording.crisis_comes_first(sheet)
    front = list(wording.numbered(sheet.front))
    status = wording.status(sheet)
    data = {
        "title": wording.title(sheet),
        "only_top": sheet.only_top,
        "lines": writing_lines(sheet),
        "paper": PAPERS[paper],
        "large": large_print,
        "flow": large_print or flows(sheet),
        "decision": sheet.content.decision,
        "about": f"{wording.about(sheet)} {status[0]} {status[1]}",
        "crisis": [*sheet.crisis.lines, *sheet.crisis.notes] if crisis_first else [],
        "footer": wording.footer(sheet),
        "notices": [notice.text for notice in sheet.notices],
        "tell": box,
        "tell_over": over,
        "keep_medicines": wording.KEEP_MEDICINES if wording.names_a_medicine(sheet) else "",
        "top": [_row(sheet, at, one) for at, one in front[: wording.TOP]],
        "then": [_row(sheet, at, one) for at, one in front[wording.TOP :]],
        "own_front": list(sheet.own_front),
        "back": [
            {"title": title, "rows": [_row(sheet, at, one) for at, one in group]}
            for title, group in wording.back_groups(sheet)
        ],
        "own_back": list(sheet.own_back),
        "own_extra": list(sheet.own_extra),
        "values": list(sheet.values),
        "notes": [line for line in (wording.more_words(sheet), *sheet.left_out, *status[2:]) if line],
        "sources": [f"[{at}] {line}" for at, line in wording.paper_sources(sheet)],
        "words": {
            "tell": wording.TELL_HEADING,
            "tell_over": f"{wording.TELL_HEADING}, continued",
            "first": wording.FIRST_HEADING,
            "then": wording.THEN_HEADING,
            "own": wording.OWN_HEADING,
            "extra": wording.EXTRA_HEADING,
            "say_back": wording.SAY_BACK,
            "next_step": wording.NEXT_STEP,
            "who_decides": wording.WHO_DECIDES,
            "matters": wording.MATTERS_HEADING,
            "sources": wording.SOURCES_HEADING,
        },
    }
    shown: dict[str, Any] = _each(data, printable)
    if MISSING in json.dumps(shown, ensure_ascii=False) and MISSING not in json.dumps(data, ensure_ascii=False):
        shown["notes"].append(MISSING_WORDS)
    return shown


def _row(sheet: Sheet, number: int, question: Question) -> dict[str, Any]:
    return {
        "number": number,
        "mark": wording.marks(question),
        "text": question.text,
        "more": f"{wording.reason(question)} {wording.who(question)} {wording.source_words(sheet, question)}",
    }


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    return value


def to_pdf(sheet: Sheet, *, paper: str = "letter", large_print: bool = False) -> bytes:
    """The PDF; the same sheet gives the same bytes."""
    import typst

    data = document(sheet, paper=paper, large_print=large_print)
    when = dt.datetime.combine(dt.date.fromisoformat(sheet.today), dt.time(12), tzinfo=dt.UTC)

    def made(values: dict[str, Any]) -> bytes:
        pdf: bytes = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
            pdf_standards="ua-1",
            timestamp=when,
        )
        return pdf

    try:
        return made(data)
    except typst.TypstError:
        # a mark that a font holds but cannot place (a stray accent, say): print what Latin, Greek and Cyrillic hold
        plain: dict[str, Any] = _each(data, lambda text: "".join(c if _simple(c) else MISSING for c in text))
        plain["notes"].append(MISSING_WORDS)
        return made(plain)


def _simple(char: str) -> bool:
    code = ord(char)
    return 0x20 <= code < 0x7F or 0xA0 < code < 0x250 or 0x386 <= code < 0x483 or char in "★□•–—‘’“”…"
