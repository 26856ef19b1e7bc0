"""Safety levels, crisis lines and the phrases that open Crisis help. All rules are data in `questions/safety.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ketalearn.content.models import AskedField, HelpLine, LevelId, Phrase, Safety
from ketalearn.content.pack import Pack

ELSEWHERE = "other"
CHECKED = ("operator", "authority")
"""How good the proof of a number is where no mark stands: the line's own page, or that of a public body."""
WEB = "Web"
UNCHECKED_MARK = "You can use this number (not checked with them)."
"""Stands in words beside such a number: a bare sign asks for a search, a doubt alone would keep one from calling."""
UNCHECKED = "If no one answers, use another line here."
"""Said once, below the lines, where one has the mark."""
NEUTRAL_LINES = (
    "Is someone in danger now? Call your local emergency number (112 works in many countries).",
    "To find a crisis line in your country: findahelpline.com",
)


@dataclass(frozen=True)
class CrisisEntry:
    """One line of help, whole and in parts. `region` tags it: no other region's line is ever shown with it."""

    region: str
    name: str
    reach: str
    hours: str
    for_whom: str
    mark: str
    """`UNCHECKED_MARK` where the line itself, or a public body, did not confirm the number; else nothing."""
    emergency: bool = False
    main: bool = False
    """One of the few that paper shows first and large: the emergency number and the lines for anyone."""
    ways: tuple[str, ...] = ()
    """`reach` in its parts, each a way by itself: Call 988, Text 988, Web 988lifeline.org."""

    @property
    def line(self) -> str:
        """The line on one line, as printed."""
        name = self.name if self.name.endswith("?") else f"{self.name}:"
        return self.reach if self.emergency else f"{name} {self.reach}"


@dataclass(frozen=True)
class Crisis:
    """The help of one region, in the order to show it."""

    region: str
    label: str
    entries: tuple[CrisisEntry, ...]
    notes: tuple[str, ...] = ()
    review_by: str = ""

    @property
    def unchecked(self) -> str:
        """What to do should a line with the mark not answer, "" where no line has it."""
        return UNCHECKED if any(entry.mark for entry in self.entries) else ""

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(entry.line for entry in self.entries)

    @property
    def main(self) -> tuple[str, ...]:
        """The lines to see at a glance, in order; all of them where none is marked."""
        return tuple(entry.line for entry in self.entries if entry.main) or self.lines

    @property
    def others(self) -> tuple[str, ...]:
        """All other lines of the region, in order."""
        main = self.main
        return tuple(line for line in self.lines if line not in main)


def level_of(safety: Safety, facts: frozenset[str], *, red_flag: bool, tells: bool) -> LevelId:
    """The highest level that applies."""
    for level in safety.level:
        if any(fact in facts for fact in level.raised_by):
            return level.id
    if red_flag:
        return "red_flag"
    return "caution" if tells else "none"


def grave(safety: Safety, fields: Iterable[AskedField]) -> bool:
    """Whether answers to `fields` open Crisis help by themselves: more than one, so not one grave among plain ones."""
    raising = {fact for level in safety.level for fact in level.raised_by}
    facts = {f"{field.prefix}:{value.id}" for field in fields for value in field.value}
    return len(facts & raising) > 1


def emergency_first(safety: Safety, facts: frozenset[str]) -> bool:
    """Whether the emergency number stands above the crisis lines (a plan, an attempt, an emergency now)."""
    for level in safety.level:
        if level.id == "emergency_now" and any(fact in facts for fact in level.raised_by):
            return True
        if any(fact in facts for fact in level.with_emergency):
            return True
    return False


def crisis_for(pack: Pack, region: str, facts: frozenset[str] = frozenset()) -> Crisis:
    """The help of `region` and of no other; an unknown or unsaid region gives the neutral lines."""
    found = pack.help_regions.get(region)
    if found is None or region == ELSEWHERE:
        neutral = (
            CrisisEntry(ELSEWHERE, "Emergency", NEUTRAL_LINES[0], "", "", "", emergency=True, main=True),
            CrisisEntry(ELSEWHERE, "Find A Helpline", "findahelpline.com", "A website, open at all times",
                        "Anyone who wants to find a crisis line in their country.", "", main=True),
        )  # fmt: skip
        return Crisis(region=ELSEWHERE, label="", entries=neutral)
    emergency = CrisisEntry(region, "Emergency", found.emergency_words, "", "", "", emergency=True, main=True)
    ready = [line for line in found.lines if line.ready]
    first = [line for line in ready if line.main] or ready[:1]
    lines = [_entry(region, line, main=line in first) for line in ready]
    # without a plan, an attempt or an emergency, the people to talk with come first
    calm = (
        facts
        and not emergency_first(pack.safety, facts)
        and level_of(pack.safety, facts, red_flag=False, tells=False) == "crisis_first"
    )
    entries = (*lines[:1], emergency, *lines[1:]) if calm else (emergency, *lines)
    return Crisis(
        region=region,
        label=found.label,
        entries=entries,
        notes=(found.notes,) if found.notes else (),
        review_by=found.review_by.isoformat(),
    )


def _entry(region: str, line: HelpLine, *, main: bool) -> CrisisEntry:
    ways = [f"call {line.call}"] if line.call else []
    if line.text:
        ways.append(f"text {line.text}")
    if line.web:
        ways.append(line.web)
    reach = ", ".join(ways)
    if line.call or line.text:
        reach = reach[:1].upper() + reach[1:]
    mark = "" if line.level in CHECKED else UNCHECKED_MARK
    each = (("Call", line.call), ("Text", line.text), (WEB, line.web))
    apart = tuple(f"{way} {told}" for way, told in each if told)
    return CrisisEntry(region, line.name, reach, line.hours, line.for_whom, mark, main=main, ways=apart)


# ---------------------------------------------------------------- phrases

_APOSTROPHES = re.compile("['’‘`´]")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def normalised(text: str) -> str:
    """Lower case, apostrophes gone, all other punctuation one space; with a space at both ends."""
    words = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", text.casefold()))
    return f" {words.strip()} "


class Phrases:
    """Matches typed text against the phrases of a pack. Keeps nothing of the text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], Phrase, tuple[str, ...]]]:
        return [
            (pattern_of(phrase.pattern), phrase, tuple(normalised(words) for words in phrase.not_after))
            for phrase in self._phrases
        ]

    def match(self, text: str) -> Literal["suicide", "emergency"] | None:
        """What the text made us think of, or None. An emergency outranks thoughts of suicide."""
        plain = normalised(text)
        found: set[str] = set()
        for pattern, phrase, cancels in self._compiled:
            hay = plain
            for words in cancels:
                hay = hay.replace(words, " ")
            if pattern.search(hay):
                found.add(phrase.kind)
        if "emergency" in found:
            return "emergency"
        return "suicide" if "suicide" in found else None


def pattern_of(words: str) -> re.Pattern[str]:
    """A phrase as a pattern over `normalised` text; `*` at the end of a word stands for any ending."""
    parts = []
    for word in words.split():
        ending = r"\w*" if word.endswith("*") else ""
        parts.append(re.escape(normalised(word.rstrip("*")).strip()) + ending)
    return re.compile(" " + " ".join(parts) + " ")
