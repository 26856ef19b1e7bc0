"""What the person's own words made us think of: values that they may choose to add. Nothing is added by itself.

The rules are data in `questions/suggest.toml`. Nothing of the text is kept here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ketalearn.content.models import Suggestions
from ketalearn.decision.safety import normalised, pattern_of

_CLAUSE = re.compile(r"[.,;:!?()\n]+")


def suggested(rules: Suggestions, text: str, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The facts that `text` speaks of, in the order of the rules, those in `without` left out.

    A phrase counts as denied when one of the rules' `denials` stands at most `reach` words before it, in the same
    part of the sentence ("no seizures").
    """
    left_out = frozenset(without)
    breaks = re.compile("|".join(f" {re.escape(word)} " for word in rules.breaks)) if rules.breaks else None
    parts = [
        f" {part.strip()} "
        for clause in _CLAUSE.split(text)
        for part in (breaks.split(normalised(clause)) if breaks else [normalised(clause)])
    ]
    return tuple(
        rule.fact
        for rule in rules.suggest
        if rule.fact not in left_out and any(_says(rules, rule.phrases, part) for part in parts)
    )


def _says(rules: Suggestions, phrases: Iterable[str], part: str) -> bool:
    return any(
        not _denied(rules, part[: found.start()]) for phrase in phrases for found in pattern_of(phrase).finditer(part)
    )


def _denied(rules: Suggestions, before: str) -> bool:
    words = before.split()[-rules.reach :]
    return any(word in rules.denials for word in words)
