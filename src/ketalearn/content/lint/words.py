"""Words as the rules compare them: lower case, without endings that only grammar asks for."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|\d+(?:[.,]\d+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))\s+")

# words that carry no content of their own
_SMALL = """
a about above after again all also am an and any are as ask at be because been before being below between both but by
can could did do does doing done down during each else even ever every few for from get gets give given go goes going
had has have having help helps her here him his how i if in into is it its just know less like made make makes many may
me means might more most much must my need needs no none not now of off often on once one only or other our out over
people person same say says she should so some someone something still such take takes tell than that the their them
then there these they thing things this those time times to too under until up us use used very was way we well were
what when where which while who why will with without would yes yet you your
"""
SMALL = frozenset(_SMALL.split())


def first_word(text: str) -> str:
    """The first word of a text in small letters, "" for none: what begins otherwise is not the same when folded."""
    found = WORD.search(text.casefold())
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Text with case, punctuation and spacing gone, for telling two texts the same."""
    return " ".join(WORD.findall(text.casefold()))


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """A word without its commonest endings; good enough to see that two words are one."""
    for ending in ("ings", "ing", "ness", "ies", "ied", "es", "ed", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=4096)
def content_words(text: str, least: int = 4) -> frozenset[str]:
    """Stems of the words of `least` letters or more that carry content; numbers are left out."""
    words = {word for word in WORD.findall(text.casefold()) if len(word) >= least}
    return frozenset(stem_of(word) for word in words - SMALL if not word[0].isdigit())


def sentences(text: str) -> list[str]:
    """The sentences of a text without marks."""
    return [part.strip() for part in SENTENCE.split(text) if part.strip()]


def word_count(text: str) -> int:
    """Words as a reader counts them: what stands between spaces."""
    return len(text.split())
