"""Words that a person typed, or that a file says they typed, made safe to show on a terminal."""

from __future__ import annotations

import re

# controls begin terminal escapes, direction marks turn the rest of a line round; neither was meant as a word.
# Line ends and tabs stay: they are words' own spacing
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def as_words(text: str) -> str:
    """`text` without controls and direction marks; every letter, sign and space of it stays."""
    return _UNSEEN.sub("", text)
