"""Rules for running text: reading level, numbers, tone, lists. Each takes plain text and says what it found, or "".

Sources: FKGL and SMOG as in `readability.py`; numbers by IPDAS (Trevena 2013, 2021), the CDC Clear Communication Index
and Zipkin 2014: natural frequencies with one denominator and a comparison, no "1 in X", no relative risk alone; plain
words by the CDC's and the NHS's lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ketalearn.content.lint.words import sentences, word_count
from ketalearn.learning.lesson import FACT

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint

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
COUNTED = re.compile(r"\b(\d[\d,]*(?:\.\d+)?) of (\d[\d,]*)\b")
DENOMINATORS = ("10", "100", "1000", "10000")
DENOMINATOR_PARTS = ("10", "1,000")
"""One of these stands in every way to write a denominator."""
TONE = re.compile(
    r"\bpatients? (?:should|must|need to)\b|\bit is recommended\b|\bwe recommend\b"
    r"|\byou (?:should|must) (?:take|have|start|choose)\b|\bmiracle\b|\bgame.?changer\b|\bbreakthrough treatment\b"
    r"|\bhas no side effects\b|\brisk.free\b|\bfailed (?:treatment|to respond)\b"
    r"|\bcommit(?:ted|ting)? suicide\b|\baddict(?:s)?\b|\bincorrect!|\boops\b|\bgreat job\b",
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
    # no sentence is longer than the whole
    if text.count(" ") < LONG_SENTENCE:
        return ""
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
    if not any(map(text.__contains__, DENOMINATOR_PARTS)):
        return ""
    found = sorted({one.replace(",", "") for one in COUNT.findall(text) if one.replace(",", "") in DENOMINATORS})
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


class ProseRule(NamedTuple):
    """A rule with its code and mend. It fires only on a text that holds one of `parts` (small letters; () for any).

    A pattern of many words is slow over a long text, and nearly all texts hold none of them.
    """

    code: str
    rule: Callable[[str], str]
    parts: tuple[str, ...]
    fix: str

    def may_fire(self, low: str) -> bool:
        """Whether the rule can fire on a text whose small letters are `low`, or on a part of it."""
        return not self.parts or any(map(low.__contains__, self.parts))


PROSE_RULES: tuple[ProseRule, ...] = (
    ProseRule("W323", long_sentence, (), "split it in two"),
    ProseRule("E330", one_in, ("1 ", "one "), "write '10 of 100'"),
    ProseRule(
        "W331", relative_alone, ("twice", "times", "double", "triple", "halves"), "give both counts out of 100"
    ),
    ProseRule("W332", bare_percent, ("%", "cent"), "write '41 of 100', and with what it is compared"),
    ProseRule("W333", mixed_denominators, DENOMINATOR_PARTS, "use one denominator"),
    ProseRule(
        "E350",
        tone,
        (
            "patient", "recommend", "you should", "you must", "miracle", "changer", "breakthrough", "side effects",
            "risk", "failed", "suicide", "addict", "incorrect!", "oops", "great job",
        ),
        "say what is so, and what to ask",
    ),
)  # fmt: skip


def may_hold_jargon(low: str) -> bool:
    """Whether a text whose small letters are `low` may hold a word of :data:`PLAINER`."""
    return any(map(low.__contains__, PLAINER))


def every_text(lint: Lint) -> None:
    """The rules above, wherever a reader may read."""
    for _, group in groupby(lint.texts(), key=lambda one: (one[0], one[2])):
        texts = list(group)
        low = "\n".join(text for *_, text in texts).lower()
        for code, rule, _, fix in (one for one in PROSE_RULES if one.may_fire(low)):
            for path, at, subject, text in texts:
                if found := rule(text):
                    lint.say(path, at, code, subject, f"{subject}: {found}", fix)
        if not may_hold_jargon(low):
            continue
        for path, at, subject, text in texts:
            word, plainer = jargon(text, lint.defined)
            if word:
                lint.say(path, at, "I324", subject, f"{subject}: '{word}' is jargon", f"try '{plainer}'")


def long_lists(lint: Lint) -> None:
    """Lists of more than seven entries on pages (IPDAS, plain language)."""
    for path, module, page in lint.checked.pages:
        if found := long_list(page.body):
            lint.say(path, (page.body_line, 1), "W342", f"{module.id}/{page.front.id}", found,
                     "split the list, or say less")  # fmt: skip


def typed_counts(lint: Lint) -> None:
    """A count on a page is one that a fact of the page holds: numbers stand in the ledger once (design, section 4)."""
    for path, module, page in lint.checked.pages:
        named = (*page.front.facts, *(match[1] for match in FACT.finditer(page.body)), page.front.array)
        held = " ".join(lint.checked.facts[name].statement for name in named if name in lint.checked.facts)
        held = held.replace(" in 100", " of 100")
        for found in COUNTED.finditer(page.body):
            rest = f"{float(found[2].replace(',', '')) - float(found[1].replace(',', '')):g} of {found[2]}"
            if found[0] not in held and rest not in held:
                line = page.body_line + page.body[: found.start()].count("\n")
                col = found.start() - page.body.rfind("\n", 0, found.start())
                lint.say(path, (line, col), "I335", f"{module.id}/{page.front.id}",
                         f"no fact of this page says '{found[0]}'", "name the fact in facts")  # fmt: skip


PACK_RULES = (every_text, long_lists, typed_counts)
