"""Each value that a profile may hold, the topics that it raises and how; or the written reason why it raises none.

Run: python scripts/fact_table.py. Exit status 1 when a value raises nothing and says no reason for that.
Marks: ! red flag, m must, s should, g only opens the gate, w picks the words alone, - takes the question away.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ketalearn.content.models import Prompt
from ketalearn.content.pack import Pack

ROOT = Path(__file__).resolve().parent.parent
RAISES = "!msg"


class Row(NamedTuple):
    """One value: its fact, the topics with their marks, and the reason written where it raises none."""

    fact: str
    topics: tuple[tuple[str, str], ...]
    reason: str

    @property
    def raised(self) -> tuple[str, ...]:
        return tuple(topic for topic, mark in self.topics if mark in RAISES)


def mark(prompt: Prompt, fact: str) -> str:
    """The strongest thing that `fact` does to `prompt`, or an empty string."""
    if fact in prompt.red_flag_if:
        return "!"
    if fact in prompt.must_if:
        return "m"
    if fact in prompt.should_if:
        return "s"
    if fact in prompt.never_if:
        return "-"
    # a base prompt behind a gate is raised by what opens the gate
    if fact in prompt.gate_all or (prompt.base and fact in prompt.gate_any):
        return "g"
    words = (fact in (*one.when, *one.any) for one in (*prompt.wordings, *prompt.reason))
    return "w" if any(words) else ""


def rows(pack: Pack) -> Iterator[Row]:
    """Every value of the interview and of the quizzes, in the order of the interview."""
    bank = [prompt for group in pack.groups for prompt in group.prompt]
    for field in pack.interview.field:
        for value in field.value:
            fact = f"{field.prefix}:{value.id}"
            topics = tuple((prompt.topic, found) for prompt in bank if (found := mark(prompt, fact)))
            yield Row(fact, topics, value.raises_nothing)


def main() -> int:
    """Print the table and what is wrong with it."""
    bad = []
    for row in rows(Pack(ROOT)):
        words = ", ".join(f"{topic} {found}" for topic, found in row.topics if found != "w")
        picked = sum(found == "w" for _, found in row.topics)
        tail = f" (and picks words of {picked})" if picked else ""
        why = "" if row.raised else f" | raises none: {row.reason or 'NO REASON'}"
        print(f"{row.fact:32} {len(row.raised):2}  {words}{why}{tail}")
        if not row.raised and not row.reason:
            bad.append(row.fact)
    print(f"\n{len(bad)} values raise nothing and say no reason{': ' + ', '.join(bad) if bad else ''}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
