"""What answers say: right, wrong or unsure; and which topics are missed, unsure, mended, or wrong while very sure.

What `chosen` and `text` hold for each type of item stands in `records.Answer`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ketalearn.content.models import (
    Chosen,
    Item,
    MatchItem,
    MultipleItem,
    NumberItem,
    OneOf,
    OrderItem,
    SingleItem,
    TeachbackItem,
    TrueFalseItem,
)
from ketalearn.learning.records import Answer

LOW, RIGHT, HIGH = 0, 1, 2
"""What `chosen` says of a number."""
MOST_DIGITS = 6
DAY = dt.timedelta(days=1)


def number_of(text: str) -> int | None:
    """The whole number typed, or None when it is none."""
    word = text.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS else None


def placed(item: NumberItem, number: int) -> int:
    """LOW, RIGHT or HIGH."""
    if abs(number - item.answer) <= item.tolerance:
        return RIGHT
    return LOW if number < item.answer else HIGH


def reply(item: Item, chosen: Iterable[int], text: str = "") -> tuple[int, ...] | None:
    """`chosen` as it is kept for this item, or None when it is no answer to it.

    Several chosen options or points are sorted; a match or an order names every place once; a number comes as `text`.
    """
    places = tuple(chosen)
    match item:
        case NumberItem():
            number = number_of(text)
            return None if number is None or number > item.of else (placed(item, number),)
        case MatchItem() | OrderItem():
            size = len(item.pair) if isinstance(item, MatchItem) else len(item.step)
            return places if sorted(places) == list(range(size)) else None
        case MultipleItem():
            several = tuple(sorted(set(places)))
            return several if several and several[0] >= 0 and several[-1] < len(item.option) else None
        case TeachbackItem():
            ticked = tuple(sorted(set(places)))
            return ticked if all(0 <= place < len(item.point) for place in ticked) else None
        case SingleItem() | TrueFalseItem():
            return places if len(places) == 1 and 0 <= places[0] < len(item.option) else None


def is_correct(item: Item, chosen: tuple[int, ...]) -> bool:
    """Whether `chosen` is exactly right. A teach-back is right when the person found every point in their words."""
    match item:
        case NumberItem():
            return chosen == (RIGHT,)
        case MatchItem():
            return chosen == tuple(range(len(item.pair)))
        case OrderItem():
            return chosen == tuple(range(len(item.step)))
        case TeachbackItem():
            return chosen == tuple(range(len(item.point)))
        case Chosen():
            return chosen == item.right


def shuffled(count: int, seed: str, item: str) -> tuple[int, ...]:
    """`count` places in an order that depends on (seed, id) alone and is never the solved one."""

    def key(place: int) -> bytes:
        return hashlib.sha256(f"{seed}\0{item}\0{place}".encode()).digest()

    order = sorted(range(count), key=key)
    if count > 1 and order == list(range(count)):
        order = [*order[1:], order[0]]
    return tuple(order)


def explained(item: OneOf) -> str:
    """The right option's feedback as it reads after another answer: without the "Yes" it opens with."""
    return without_yes(item.option[item.correct].feedback)


def without_yes(feedback: str) -> str:
    """Feedback without the "Yes" it opens with."""
    rest = re.sub(r"^(?:Yes|Right|That is right)[.,!:]\s+", "", feedback)
    return rest[:1].upper() + rest[1:]


def moment(stamp: str) -> dt.datetime | None:
    """The time of an answer in UTC, or None when it cannot be read."""
    try:
        at = dt.datetime.fromisoformat(stamp)
        return at.astimezone(dt.UTC) if at.tzinfo else at.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Topics:
    """Quiz topics by what the answers say about them; `sure` beside them, no topic stands in two of the others."""

    missed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()


def topics_of(items: Mapping[str, Item], answers: Iterable[Answer], set_aside: Collection[str] = ()) -> Topics:
    """Sort quiz topics by the latest answer to each of their items.

    A topic is missed when the latest answer to any of its items is wrong, unsure when one is "I'm not sure" or a
    teach-back that left a point out, mended when an earlier answer was wrong or unsure and all latest are right. It is
    `sure` when an answer was wrong while very sure, until that item is answered right a day or more later. Guesses
    before the lesson, answers to an older revision of an item, and items in `set_aside` (the person took back what a
    miss added) do not count; right once more minutes after its answer was read changes nothing.
    """
    last: dict[str, Answer] = {}
    surely_wrong: dict[str, Answer] = {}
    stumbled: set[str] = set()
    for answer in answers:
        item = items.get(answer.item)
        if item is None or answer.revision != item.revision or answer.item in set_aside or answer.guess:
            continue
        if answer.sure_but_wrong:
            surely_wrong[answer.item] = answer
        if answer.practice and answer.correct:
            continue
        last[answer.item] = answer
        if not answer.correct:
            stumbled.add(item.topic)
        elif answer.item in surely_wrong and _a_day_apart(surely_wrong[answer.item], answer):
            del surely_wrong[answer.item]
    missed: set[str] = set()
    unsure: set[str] = set()
    for name, answer in last.items():
        if not answer.correct:
            (unsure if answer.unsure or items[name].type == "teachback" else missed).add(items[name].topic)
    unsure -= missed
    return Topics(
        missed=tuple(sorted(missed)),
        unsure=tuple(sorted(unsure)),
        mended=tuple(sorted(stumbled - missed - unsure)),
        sure=tuple(sorted({items[name].topic for name in surely_wrong})),
    )


def _a_day_apart(earlier: Answer, later: Answer) -> bool:
    one, other = moment(earlier.answered), moment(later.answered)
    return one is not None and other is not None and other - one >= DAY
