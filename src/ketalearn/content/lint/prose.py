"""Rules for running text: reading level, numbers, tone, lists. Each takes plain text and says what it found, or "".

Sources: FKGL and SMOG as in `readability.py`; numbers by IPDAS (Trevena 2013, 2021), the CDC Clear Communication Index
and Zipkin 2014: natural frequencies with one denominator and a comparison, no "1 in X", no relative risk alone; plain
words by the CDC's and the NHS's lists.
"""

from __future__ import annotations

import re

from ketalearn.content.lint.words import sentences, word_count

LONG_SENTENCE = 25
LONG_LIST = 7

ONE_IN = re.compile(r"\b(?:1|one) (?:in|out of) (?:every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten)", re.I)
PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per ?cent\b)", re.I)
RELATIVE = re.compile(
    r"\b(?:twice|\d+ times|three times|four times|double|triple) (?:as |more |the )?(?:likely|common|risk|often)\b"
    r"|\b(?:doubles|triples|halves) (?:the |your )?(?:risk|chance|odds)\b",
    re.I,
)
COUNT = re.compile(r"\b\d+(?:\.\d+)? (?:of|out of|in) (?:every )?(\d[\d,]*)\b")
TONE = re.compile(
    r"\bpatients? (?:should|must|need to)\b|\bit is recommended\b|\bwe recommend\b"
    r"|\byou (?:should|must) (?:take|have|start|choose)\b|\bmiracle\b|\bgame.?changer\b|\bbreakthrough treatment\b"
    r"|\bhas no side effects\b|\brisk.free\b|\bfailed (?:treatment|to respond)\b"
    r"|\bcommit(?:ted|ting)? suicide\b|\baddict(?:s)?\b|\bincorrect!\b|\boops\b|\bgreat job\b",
    re.I,
)

PLAINER: dict[str, str] = {
    "adverse": "bad", "administer": "give", "administration": "giving", "approximately": "about", "assess": "check",
    "commence": "start", "comprise": "hold", "contraindicated": "not to be used", "discontinue": "stop",
    "efficacy": "how well it works", "elevate": "raise", "elevated": "high", "facilitate": "help",
    "frequently": "often",
    "hypertension": "high blood pressure", "incidence": "how many get it", "initiate": "start", "mitigate": "lessen",
    "modality": "kind of treatment", "monitor": "watch", "nausea": "feeling sick", "numerous": "many", "onset": "start",
    "participants": "people", "physician": "doctor", "prior to": "before", "prolonged": "long",
    "remission": "few or no symptoms left",
    "subsequent": "later", "sufficient": "enough", "therapeutic": "that treats", "utilize": "use", "via": "by",
}  # fmt: skip
"""Jargon and its plainer word (CDC Everyday Words; NHS content guide; the project's own wording)."""
_JARGON = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(PLAINER, key=len, reverse=True))) + r")\b", re.I)


def long_sentence(text: str) -> str:
    """A sentence above 25 words is read twice, or not at all."""
    for one in sentences(text):
        if (count := word_count(one)) > LONG_SENTENCE:
            return f"a sentence has {count} words: '{' '.join(one.split()[:6])} ...'"
    return ""


def jargon(text: str, defined: frozenset[str] = frozenset()) -> tuple[str, str]:
    """(the word, a plainer one) for the first jargon word that the glossary does not define; ("", "") for none."""
    for found in _JARGON.finditer(text):
        word = found[0].casefold()
        if word not in defined:
            return found[0], PLAINER[word]
    return "", ""


def one_in(text: str) -> str:
    """ "1 in X" is misjudged: the X changes and the bigger X looks like more (Zikmund-Fisher 2014)."""
    found = ONE_IN.search(text)
    return f"'{found[0]}' is hard to compare" if found else ""


def bare_percent(text: str) -> str:
    """A percent without its count and comparison is not understood by many readers."""
    found = PERCENT.search(text)
    return f"'{found[0]}' is a bare percent" if found else ""


def relative_alone(text: str) -> str:
    """A relative risk alone makes small things look large; with counts beside it, it may stand."""
    found = RELATIVE.search(text)
    return f"'{found[0]}' is a relative risk with no counts" if found and not COUNT.search(text) else ""


def mixed_denominators(text: str) -> str:
    """One text counts out of one number: 5 of 100 beside 3 of 1,000 cannot be compared at a glance."""
    found = sorted(
        {one.replace(",", "") for one in COUNT.findall(text) if one.replace(",", "") in ("100", "1000", "10000", "10")}
    )
    return f"counts are out of {' and '.join(found)}" if len(found) > 1 else ""


def tone(text: str) -> str:
    """Words that order, sell, scold or label."""
    found = TONE.search(text)
    return f"we do not say '{found[0]}'" if found else ""


def long_list(body: str) -> str:
    """More than seven entries in one list are not taken in (IPDAS plain language; the contract's groups of seven)."""
    longest = run = 0
    for line in body.splitlines():
        if re.match(r"\s*(?:[-*+]|\d+\.)\s", line):
            run += 1
            longest = max(longest, run)
        elif line.strip() and not line.startswith(" "):
            run = 0
    return f"a list has {longest} entries" if longest > LONG_LIST else ""
