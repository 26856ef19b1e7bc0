"""What answers say: right, wrong or unsure; and which topics are missed, unsure or mended."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ketalearn.content.models import Item, OneOf
from ketalearn.learning.records import Answer


def is_correct(item: OneOf, chosen: tuple[int, ...]) -> bool:
    """Whether `chosen` (positions of options, from 0) is exactly the right one."""
    return chosen == (item.correct,)


def explained(item: OneOf) -> str:
    """The right option's feedback as it reads after another answer: without the "Yes" it opens with."""
    feedback = item.option[item.correct].feedback
    rest = re.sub(r"^(?:Yes|Right|That is right)[.,!:]\s+", "", feedback)
    return rest[:1].upper() + rest[1:]


@dataclass(frozen=True)
class Topics:
    """Quiz topics by what the answers say about them; no topic stands in two of the lists."""

    missed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def topics_of(items: Mapping[str, Item], answers: Iterable[Answer], set_aside: Collection[str] = ()) -> Topics:
    """Sort quiz topics by the latest answer to each of their items.

    A topic is missed when the latest answer to any of its items is wrong, unsure when one is "I'm not sure", mended
    when an earlier answer was wrong or unsure and all latest are right. Answers to an older revision of an item, and
    items in `set_aside` (the person took back what a miss added), do not count.
    """
    last: dict[str, Answer] = {}
    stumbled: set[str] = set()
    for answer in answers:
        item = items.get(answer.item)
        if item is None or answer.revision != item.revision or answer.item in set_aside:
            continue
        last[answer.item] = answer
        if not answer.correct:
            stumbled.add(item.topic)
    missed = {items[name].topic for name, answer in last.items() if not answer.correct and not answer.unsure}
    unsure = {items[name].topic for name, answer in last.items() if answer.unsure} - missed
    return Topics(
        missed=tuple(sorted(missed)),
        unsure=tuple(sorted(unsure)),
        mended=tuple(sorted(stumbled - missed - unsure)),
    )
