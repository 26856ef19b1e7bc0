"""What comes back, and when: FSRS over the answers, replayed from the first. Nothing of the schedule is stored.

Settings: desired retention 0.90, no learning steps, no fuzz, so that the same answers always give the same days.
`Card()` without an id sleeps a millisecond, hence `card_id`; the library wants UTC and accepts a clock set back, hence
`settled_times`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

from ketalearn.content.models import Item
from ketalearn.learning.grading import moment, shuffled
from ketalearn.learning.records import GUESSING, VERY_SURE, Answer

RETENTION = 0.90
MOST_IN_SITTING = 10
"""A review is short: what else is due waits for the next one."""
DAY = dt.timedelta(days=1)


@cache
def scheduler() -> Scheduler:
    """The one scheduler; it holds no state."""
    return Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def rating(answer: Answer) -> Rating:
    """Wrong or unsure: Again. Right: Hard for a guess, Easy when very sure and without a hint, else Good."""
    if not answer.correct:
        return Rating.Again
    if answer.confidence == GUESSING:
        return Rating.Hard
    return Rating.Easy if answer.confidence == VERY_SURE and not answer.hinted else Rating.Good


def settled_times(answers: Sequence[Answer], now: dt.datetime) -> list[dt.datetime]:
    """When each answer was given, in UTC: never later than one that follows it, nor than now.

    A clock that was wrong for a while can so make things come back too soon, but never too late.
    """
    latest = now.astimezone(dt.UTC)
    times = []
    for answer in reversed(answers):
        latest = min(latest, moment(answer.answered) or latest)
        times.append(latest)
    return times[::-1]


def card_of(history: Iterable[tuple[dt.datetime, Rating]]) -> Card:
    """The memory of one item after its answers (times in UTC, in order); at least one."""
    card: Card | None = None
    for at, given in history:
        if card is None:
            card = Card(card_id=1, due=at)
        card, _ = scheduler().review_card(card, given, at)
    assert card is not None
    return card


ObjectiveKey = tuple[str, str]
"""Module and objective: ids of objectives are used again in other modules."""


class Bank(NamedTuple):
    """All items by id, and the module of each."""

    items: Mapping[str, Item]
    module_of: Mapping[str, str]

    def objective(self, item: str) -> ObjectiveKey:
        return self.module_of[item], self.items[item].objective


class Due(NamedTuple):
    """An item that comes back, and the day on which it does."""

    item: str
    day: dt.date


def schedule(
    bank: Bank,
    answers: Sequence[Answer],
    now: dt.datetime,
    *,
    done: Callable[[ObjectiveKey], bool],
    visit: dt.date | None = None,
) -> tuple[Due, ...]:
    """Every item that comes back, earliest first, then in the order of the bank.

    What was ever missed, not known, guessed or right with a hint comes back; of an objective where nothing was, the one
    item seen longest ago. All of it ends once the objective is `done` (mastered). No day is later than the visit, once
    a day has passed since the answer.
    """
    zone = now.tzinfo
    times = settled_times(answers, now)
    histories: dict[str, list[tuple[dt.datetime, Rating]]] = {}
    shaky: set[str] = set()
    for answer, at in zip(answers, times, strict=True):
        item = bank.items.get(answer.item)
        if item is None or answer.revision != item.revision or answer.guess or answer.practice:
            continue
        histories.setdefault(answer.item, []).append((at, rating(answer)))
        if not answer.correct or answer.hinted or answer.confidence == GUESSING:
            shaky.add(answer.item)
    firm: dict[ObjectiveKey, str] = {}
    unsettled = {bank.objective(name) for name in shaky}
    for name in sorted(set(histories) - shaky, key=lambda name: histories[name][-1][0]):
        key = bank.objective(name)
        if key not in unsettled:
            firm.setdefault(key, name)
    back = shaky | set(firm.values())
    found = []
    for name in bank.items:
        if name not in back or done(bank.objective(name)):
            continue
        card = card_of(histories[name])
        answered = histories[name][-1][0].astimezone(zone).date()
        day = max(card.due.astimezone(zone).date(), answered + DAY)
        if visit is not None and visit > answered:
            day = min(day, visit)
        found.append(Due(name, day))
    return tuple(sorted(found, key=lambda due: due.day))


def sitting(bank: Bank, due: Iterable[Due], today: dt.date, seed: str) -> tuple[str, ...]:
    """The items of one review: the most overdue, critical ones first, mixed so that what is alike stands together.

    After each item comes one of the same topic and another objective or module, if there is one: things that are easily
    confused are told apart best side by side. Else one of another topic. Never two of one objective in a row where that
    can be helped.
    """
    waiting = [one for one in due if one.day <= today]
    waiting.sort(key=lambda one: (not bank.items[one.item].critical, one.day))
    left = [one.item for one in waiting[:MOST_IN_SITTING]]
    tie = {name: at for at, name in zip(shuffled(len(left), seed, ""), left, strict=True)}
    order: list[str] = []
    while left:
        before = order[-1] if order else ""

        def fit(name: str, before: str = before) -> tuple[bool, bool, int]:
            same_objective = bool(before) and bank.objective(name) == bank.objective(before)
            alike = bool(before) and bank.items[name].topic == bank.items[before].topic
            return same_objective, not alike, tie[name]

        order.append(min(left, key=fit))
        left.remove(order[-1])
    return tuple(order)
