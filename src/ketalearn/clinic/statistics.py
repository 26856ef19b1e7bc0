"""Pooled statistics of quiz items, from first answers alone and with no code of any person.

Small numbers: under 10 answers counts alone are shown; from 10 the share right with its Wilson interval, how sure
people were and what later answers gained; from 30 the discrimination, D, the options that no one takes, and for a
module the alpha. Nothing ranks a person: scores are made to be pooled and leave this module with no one's name on them.
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
TAIL = 0.27
"""The share of people in the upper and in the lower group of D (Kelley 1939)."""
RARELY = 0.05
"""A wrong option that fewer take does no work (Tarrant, Ware and Mohammed 2009)."""
LIKELY = {1: 0.5, 2: 0.75, 3: 0.9}
"""How likely an answer is right, as its confidence says: a guess, fairly sure, very sure. A rule of ours, near the
middle of the bands for which Moodle's certainty-based marks pay best (under 67, 67 to 80, over 80 of 100)."""
Z = 1.959963984540054

Interval = tuple[float, float]


@dataclass(frozen=True)
class Tried:
    """A person's first answer to an item; `person` only tells people apart while counting.

    `before` says whether their guess before the lesson was right, `later` whether their latest answer was; None when
    there was none.
    """

    person: str
    module: str
    item: str
    revision: int
    chosen: tuple[int, ...]
    correct: bool
    confidence: int | None
    before: bool | None = None
    later: bool | None = None


@dataclass(frozen=True)
class Shape:
    """What the pack says of an item: how many options it has (0 when it is not answered from options), the positions
    of the right ones, and whether its objective is critical."""

    revision: int
    options: int
    right: tuple[int, ...]
    critical: bool


@dataclass(frozen=True)
class Sureness:
    """How sure people were, from first answers that came with a confidence."""

    n: int
    mean: float
    brier: float
    """Mean squared distance between LIKELY and what came: 0 is best, 0.25 what a coin would get."""
    sure: int
    sure_wrong_share: float | None
    sure_wrong_interval: Interval | None
    """Of the very sure answers the share that was wrong; None under 10 of them."""


@dataclass(frozen=True)
class Gain:
    """An earlier answer against a later one of the same people: shares right, and the change."""

    n: int
    earlier: float
    later: float
    change: float
    interval: Interval


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
    """Corrected point-biserial: right or wrong here against the share right on the module's other items."""
    upper_lower: float | None
    """D: share right in the upper 27 % by module score less that in the lower 27 %."""
    idle: tuple[int, ...] | None
    """Positions of wrong options that fewer than 5 in 100 took; None where there are too few answers, or no options."""
    sureness: Sureness | None
    gain: Gain | None
    """From the guess before the lesson to the first answer after it."""
    retake: Gain | None
    """From the first answer to the latest."""
    critical: bool

    @property
    def too_easy(self) -> bool:
        """Nearly all are right, so it tells little; never said of a critical objective, where that is the aim."""
        return not self.critical and self.n >= SPREAD_FROM and (self.share_interval or (0.0, 1.0))[0] > 0.9


@dataclass(frozen=True)
class ModuleFigures:
    """One module: how many answered every one of its items that anyone answered, and their alpha (which is KR-20, as
    every item is right or wrong)."""

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


def upper_lower(rows: Sequence[tuple[float, bool]]) -> float | None:
    """D of (module score, right here) for each person; None when all score alike.

    People with the score at the edge of a group share its last places, so that no order of rows changes the figure.
    """
    places = max(1, math.floor(len(rows) * TAIL + 0.5))
    if len({round(score, 12) for score, _ in rows}) < 2:
        return None

    def share(best_first: bool) -> float:
        found, left = 0.0, places
        tied: dict[float, list[bool]] = defaultdict(list)
        for score, right in rows:
            tied[round(score, 12)].append(right)
        for score in sorted(tied, reverse=best_first):
            group = tied[score]
            taken = min(left, len(group))
            found += taken * sum(group) / len(group)
            left -= taken
            if left <= 0:
                break
        return found / places

    return share(True) - share(False)


def sureness(rows: Iterable[Tried]) -> Sureness | None:
    """How sure people were; None under 10 answers with a confidence."""
    said = [(row.confidence, row.correct) for row in rows if row.confidence is not None]
    if len(said) < SHARE_FROM:
        return None
    sure = [correct for confidence, correct in said if confidence == SURE]
    wrong = len(sure) - sum(sure)
    enough = len(sure) >= SHARE_FROM
    return Sureness(
        n=len(said),
        mean=sum(confidence for confidence, _ in said) / len(said),
        brier=sum((LIKELY[confidence] - correct) ** 2 for confidence, correct in said) / len(said),
        sure=len(sure),
        sure_wrong_share=wrong / len(sure) if enough else None,
        sure_wrong_interval=wilson(wrong, len(sure)) if enough else None,
    )


def gain(pairs: Sequence[tuple[bool, bool]]) -> Gain | None:
    """What (earlier, later) answers gained; None under 10 pairs. The interval of the paired difference is the adjusted
    Wald of Bonett and Price (2012): one is added to each of the two groups who changed, two to all."""
    n = len(pairs)
    if n < SHARE_FROM:
        return None
    mended = sum(later and not earlier for earlier, later in pairs)
    lost = sum(earlier and not later for earlier, later in pairs)
    up, down = (mended + 1) / (n + 2), (lost + 1) / (n + 2)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return Gain(
        n=n,
        earlier=sum(earlier for earlier, _ in pairs) / n,
        later=sum(later for _, later in pairs) / n,
        change=(mended - lost) / n,
        interval=(max(-1.0, up - down - half), min(1.0, up - down + half)),
    )


def item_figures(tried: Iterable[Tried], shapes: Mapping[str, Shape] | None = None) -> tuple[ItemFigures, ...]:
    """Figures of every item and revision, by module. `shapes` by item id; an item that is not there, or has another
    revision by now, gets no word about its options."""
    first = _first(tried)
    scores: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_item: dict[tuple[str, str, int], list[Tried]] = defaultdict(list)
    for one in first:
        scores[one.person, one.module].append(int(one.correct))
        by_item[one.module, one.item, one.revision].append(one)
    known = shapes or {}
    return tuple(_figures(key, rows, scores, known.get(key[1])) for key, rows in sorted(by_item.items()))


def _figures(
    key: tuple[str, str, int], rows: list[Tried], scores: Mapping[tuple[str, str], list[int]], shape: Shape | None
) -> ItemFigures:
    n, right = len(rows), sum(row.correct for row in rows)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        for place in row.chosen:
            counts[place] += 1
    r = interval = d = idle = None
    if shape is not None and shape.revision != key[2]:
        shape = None
    if shape is not None and shape.options:
        for place in range(shape.options):
            counts.setdefault(place, 0)
        if n >= SPREAD_FROM:
            wrong = (place for place in range(shape.options) if place not in shape.right)
            idle = tuple(place for place in wrong if counts[place] < RARELY * n)
    if n >= SPREAD_FROM:
        own, rest = [], []
        for row in rows:
            others = scores[row.person, row.module]
            if len(others) > 1:
                own.append(float(row.correct))
                rest.append((sum(others) - row.correct) / (len(others) - 1))
        if len(own) >= SPREAD_FROM and (r := correlation(own, rest)) is not None:
            interval = fisher(r, len(own))
        if len(own) >= SPREAD_FROM:
            scored = [
                (sum(each) / len(each), row.correct) for row in rows if len(each := scores[row.person, row.module]) > 1
            ]
            d = upper_lower(scored)
    return ItemFigures(
        module=key[0], item=key[1], revision=key[2], n=n, right=right,
        unsure=sum(not row.chosen for row in rows),
        sure_wrong=sum(not row.correct and row.confidence == SURE for row in rows),
        chosen=tuple(sorted(counts.items())),
        share=right / n if n >= SHARE_FROM else None,
        share_interval=wilson(right, n) if n >= SHARE_FROM else None,
        discrimination=r, discrimination_interval=interval, upper_lower=d, idle=idle,
        sureness=sureness(rows), gain=gain([(row.before, row.correct) for row in rows if row.before is not None]),
        retake=gain([(row.correct, row.later) for row in rows if row.later is not None]),
        critical=shape is not None and shape.critical,
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
