"""Pooled statistics of quiz items, from first answers alone and with no code of any person.

Small numbers: under 10 answers counts alone are shown; from 10 the share right with its Wilson interval; from 30 the
discrimination, and for a module the alpha, each with an interval. Nothing ranks a person.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHARE_FROM = 10
SPREAD_FROM = 30
SURE = 3
DRAWS = 400
Z = 1.959963984540054

Interval = tuple[float, float]


@dataclass(frozen=True)
class Tried:
    """A person's first answer to an item; `person` only tells people apart while counting."""

    person: str
    module: str
    item: str
    revision: int
    chosen: tuple[int, ...]
    correct: bool
    confidence: int | None


@dataclass(frozen=True)
class ItemFigures:
    """One item's figures; None where there are too few answers to say."""

    module: str
    item: str
    revision: int
    n: int
    right: int
    unsure: int
    sure_wrong: int
    chosen: tuple[tuple[int, int], ...]
    share: float | None
    share_interval: Interval | None
    discrimination: float | None
    discrimination_interval: Interval | None


@dataclass(frozen=True)
class ModuleFigures:
    """One module: how many answered every one of its items that anyone answered, and their alpha."""

    module: str
    n: int
    items: int
    alpha: float | None
    alpha_interval: Interval | None


def wilson(right: int, n: int) -> Interval:
    """The 95 % interval of a share."""
    share = right / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's r; None when one side does not vary."""
    n = len(xs)
    if n < 3:
        return None
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    over_x = sum((x - mean_x) ** 2 for x in xs)
    over_y = sum((y - mean_y) ** 2 for y in ys)
    if over_x <= 1e-12 or over_y <= 1e-12:
        return None
    both = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return both / math.sqrt(over_x * over_y)


def fisher(r: float, n: int) -> Interval:
    """The 95 % interval of a correlation, by Fisher's transformation."""
    at = math.atanh(max(-0.999999, min(0.999999, r)))
    half = Z / math.sqrt(n - 3)
    return math.tanh(at - half), math.tanh(at + half)


def cronbach(rows: Sequence[Sequence[int]]) -> float | None:
    """Alpha of people (rows) by items (columns); None when scores do not vary or there is one item."""
    if len(rows) < 2 or (count := len(rows[0])) < 2:
        return None

    def variance(values: Sequence[float]) -> float:
        mean = sum(values) / len(values)
        return sum((value - mean) ** 2 for value in values) / (len(values) - 1)

    total = variance([float(sum(row)) for row in rows])
    if total <= 1e-12:
        return None
    parts = sum(variance([float(row[at]) for row in rows]) for at in range(count))
    return count / (count - 1) * (1 - parts / total)


def _alpha_interval(rows: Sequence[Sequence[int]]) -> Interval | None:
    """The middle 95 % of alphas of people drawn anew; the same rows give the same interval."""
    draw = random.Random(len(rows))
    found = sorted(alpha for _ in range(DRAWS) if (alpha := cronbach(draw.choices(rows, k=len(rows)))) is not None)
    if len(found) < DRAWS // 2:
        return None
    return found[int(len(found) * 0.025)], found[int(len(found) * 0.975) - 1]


def item_figures(tried: Iterable[Tried]) -> tuple[ItemFigures, ...]:
    """Figures of every item and revision, by module."""
    first = _first(tried)
    scores: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_item: dict[tuple[str, str, int], list[Tried]] = defaultdict(list)
    for one in first:
        scores[one.person, one.module].append(int(one.correct))
        by_item[one.module, one.item, one.revision].append(one)
    return tuple(_figures(key, rows, scores) for key, rows in sorted(by_item.items()))


def _figures(key: tuple[str, str, int], rows: list[Tried], scores: Mapping[tuple[str, str], list[int]]) -> ItemFigures:
    n, right = len(rows), sum(row.correct for row in rows)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        for place in row.chosen:
            counts[place] += 1
    r = interval = None
    if n >= SPREAD_FROM:
        own, rest = [], []
        for row in rows:
            others = scores[row.person, row.module]
            if len(others) > 1:
                own.append(float(row.correct))
                rest.append((sum(others) - row.correct) / (len(others) - 1))
        if len(own) >= SPREAD_FROM and (r := correlation(own, rest)) is not None:
            interval = fisher(r, len(own))
    return ItemFigures(
        module=key[0], item=key[1], revision=key[2], n=n, right=right,
        unsure=sum(not row.chosen for row in rows),
        sure_wrong=sum(not row.correct and row.confidence == SURE for row in rows),
        chosen=tuple(sorted(counts.items())),
        share=right / n if n >= SHARE_FROM else None,
        share_interval=wilson(right, n) if n >= SHARE_FROM else None,
        discrimination=r, discrimination_interval=interval,
    )  # fmt: skip


def module_figures(tried: Iterable[Tried]) -> tuple[ModuleFigures, ...]:
    """Alpha by module, from the people who answered all of its items that anyone answered."""
    people: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in _first(tried):
        people[one.module][one.person][one.item] = int(one.correct)
    found = []
    for module, by_person in sorted(people.items()):
        items = sorted({item for answers in by_person.values() for item in answers})
        rows = [[answers[item] for item in items] for answers in by_person.values() if len(answers) == len(items)]
        enough = len(rows) >= SPREAD_FROM
        alpha = cronbach(rows) if enough else None
        interval = _alpha_interval(rows) if alpha is not None else None
        found.append(ModuleFigures(module, len(rows), len(items), alpha, interval))
    return tuple(found)


def _first(tried: Iterable[Tried]) -> list[Tried]:
    """One answer a person, item and revision: the first."""
    kept: dict[tuple[str, str, int], Tried] = {}
    for one in tried:
        kept.setdefault((one.person, one.item, one.revision), one)
    return list(kept.values())
