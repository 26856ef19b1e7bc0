"""How hard a text is to read, by two published formulas.

Flesch-Kincaid grade level: Kincaid JP, Fishburne RP, Rogers RL, Chissom BS (1975), "Derivation of New Readability
Formulas ... for Navy Enlisted Personnel", Research Branch Report 8-75:
    0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
SMOG: McLaughlin GH (1969), "SMOG Grading: a New Readability Formula", Journal of Reading 12(8), 639-646:
    1.0430 * sqrt(polysyllables * 30 / sentences) + 3.1291
Both give a US school grade. SMOG was derived on 30 sentences; on a short text it is a rough guide only.
Syllables are counted from the hyphenation points of pyphen (en_US), never fewer than the groups of vowels that sound.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

WORD = re.compile(r"[A-Za-z]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
# a sentence may end inside quotation marks
SENTENCE_END = re.compile(r"[.!?]+[\"”]?(?=\s|$)")
_PIECE = re.compile(r"\w+")
VOWELS = re.compile(r"[aeiouy]+")
MASK = "thing"
"""What a drug or condition name counts as where names are masked: one syllable, so that a name weighs nothing."""


@cache
def _hyphens() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@cache
def syllables(word: str) -> int:
    """Syllables of one word, at least 1. A number counts as one; capitals alone (MAOI) are read letter by letter."""
    if word[0].isdigit():
        return 1
    if word.isupper() and 1 < len(word) <= 4:
        return len(word)
    total = 0
    for part in re.split(r"-", word.casefold()):
        silent = re.sub(r"(?:(?<=[^aeiouyl])e|(?<=[aeiouy]l)e|(?<=[^dt])ed)$", "", part) or part
        sounding = len(VOWELS.findall(silent)) or 1
        total += max(sounding, len(_hyphens().positions(part)) + 1 if len(part) > 4 and sounding > 1 else 1)
    return total


def masked(text: str, names: Iterable[str]) -> str:
    """`text` with each of `names` (whole words, letters' case aside) replaced by :data:`MASK`."""
    return _mask(tuple(names)).over(text)


class _Mask:
    """Names by their first word: a text is walked once, not tried against some hundred names at each letter."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in sorted({name.casefold() for name in names if name}, key=len, reverse=True):
            if (first := _PIECE.match(name)) is not None:
                self._names.setdefault(first[0], []).append(name)

    def over(self, text: str) -> str:
        """`text` with the longest name that begins at a word taken out, from left to right."""
        # most texts hold no name
        if self._names.keys().isdisjoint(_PIECE.findall(text.casefold())):
            return text
        parts: list[str] = []
        done = 0
        for piece in _PIECE.finditer(text):
            start = piece.start()
            if start < done:
                continue
            for name in self._names.get(piece[0].casefold(), ()):
                end = start + len(name)
                if text[start:end].casefold() == name and not _PIECE.match(text, end):
                    parts += [text[done:start], MASK]
                    done = end
                    break
        return "".join([*parts, text[done:]]) if parts else text


@lru_cache(maxsize=8)
def _mask(names: tuple[str, ...]) -> _Mask:
    return _Mask(names)


class Counts(NamedTuple):
    """What both formulas count in a text: words, sentences (1 or more), syllables, words of three syllables or more.

    Counts of texts that end with a sentence add up to those of the texts together.
    """

    words: int
    sentences: int
    syllables: int
    hard: int


def counted(text: str) -> Counts:
    """The counts of a text."""
    spoken = list(map(syllables, WORD.findall(text)))
    return Counts(
        words=len(spoken),
        sentences=len(SENTENCE_END.findall(text)) or 1,
        syllables=sum(spoken),
        hard=len(spoken) - spoken.count(1) - spoken.count(2),
    )


def grade_of(counts: Counts) -> float:
    """Flesch-Kincaid grade of a text with these counts (0.0 for no words)."""
    if not counts.words:
        return 0.0
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog_of(counts: Counts) -> float:
    """SMOG grade of a text with these counts (3.1 for none that is hard)."""
    return 1.0430 * math.sqrt(counts.hard * 30 / counts.sentences) + 3.1291


def flesch_kincaid(text: str) -> float:
    """US grade of `text` (0.0 for none). Raises nothing."""
    return grade_of(counted(text))


def smog(text: str) -> float:
    """US grade of `text` by its words of three or more syllables (3.1 for none)."""
    return smog_of(counted(text))
