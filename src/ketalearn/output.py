"""Standard output that cannot hold every letter (contract: "falls back to ASCII forms where it cannot encode")."""

from __future__ import annotations

import codecs
import json
import sys
from typing import Any

FORMS = {
    "│": "|", "─": "-", "—": "-", "–": "-", "−": "-", "‑": "-", "★": "*", "●": "*", "•": "*", "·": "*", "○": "o",
    "▸": ">", "→": "->", "←": "<-", "↑": "^", "↓": "v", "✓": "[x]", "☐": "[ ]", "✗": "x", "×": "x", "≥": ">=",
    "≤": "<=", "±": "+/-", "≈": "about ", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "£": "GBP ", "€": "EUR ", "©": "(c)", "®": "(R)", "™": "(TM)", "°": " degrees ", "µ": "u", "½": "1/2",
    "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "ł": "l", "Ł": "L", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "\u200b": "",
}  # fmt: skip
"""What stands for a sign in ASCII, where taking its accent off is not enough."""


def ascii_form(sign: str) -> str:
    """One sign in ASCII: its form, else the letter without its accent, else `?`."""
    if sign in FORMS:
        return FORMS[sign]
    import unicodedata

    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return plain or ("" if unicodedata.combining(sign) else "?")


def _handler(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(ascii_form, error.object[error.start : error.end])), error.end


def register() -> None:
    """Make the forms known as the error handler `ketalearn` of text streams."""
    codecs.register_error("ketalearn", _handler)


def can_print(text: str) -> bool:
    """Whether standard output can encode `text` as it is."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def json_text(value: Any) -> str:
    """`value` as readable JSON, whole in any encoding of standard output: `\\u` escapes where it cannot encode."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text if can_print(text) else json.dumps(value, indent=2, ensure_ascii=True)


def printable(text: str, form: str) -> str:
    """A sheet in `form` so that printing it loses nothing a reader of that form can have back."""
    if can_print(text):
        return text
    if form == "json":
        return json_text(json.loads(text)) + "\n"
    if form == "html":
        # the page is then ASCII, which is also UTF-8, as its head says
        return text.encode("ascii", "xmlcharrefreplace").decode()
    return text
