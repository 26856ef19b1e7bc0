"""When something counts as learned: one rule, for the app, `ketalearn progress` and what is sent to a clinic.

The rule is ours, after work on successive relearning (Rawson and Dunlosky): right twice, with a day between, and not
by luck. It says what was practised, not what a person is fit for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from ketalearn.learning.records import FAIRLY_SURE, Answer

if TYPE_CHECKING:
    from ketalearn.content.models import Item, Objective

RIGHTS = 2
APART = dt.timedelta(days=1)
LEAST_SURE = FAIRLY_SURE
SHARE_OF_OTHERS = 0.8

State = Literal["mastered", "right", "started", "not_started"]


def objective_state(items: Iterable[Item], answers: Sequence[Answer]) -> State:
    """How an objective stands, from all answers of a person in the order given and the items that test it.

    mastered: RIGHTS right answers to its items without a hint, APART or more between them, the later one given at
    least fairly sure, and no item of it whose latest answer is wrong or unsure. right: the latest answer to each of its
    items is right. started: any answer. Answers to an older revision, guesses before the lesson, and right answers
    minutes after reading the solution do not count.
    """
    from ketalearn.learning.grading import moment

    current = {item.id: item.revision for item in items}
    own = [
        answer
        for answer in answers
        if current.get(answer.item) == answer.revision and not answer.guess and not (answer.practice and answer.correct)
    ]
    if not own:
        return "not_started"
    last = {answer.item: answer for answer in own}
    if not all(answer.correct for answer in last.values()):
        return "started"
    right = [(at, answer) for answer in own if answer.correct and not answer.hinted and (at := moment(answer.answered))]
    for place, (at, answer) in enumerate(right):
        earlier = sum(at - before >= APART for before, _ in right[:place])
        if earlier >= RIGHTS - 1 and (answer.confidence or 0) >= LEAST_SURE:
            return "mastered"
    return "right" if len(last) == len(current) else "started"


class ModuleMastery(NamedTuple):
    """How a module's objectives stand, by id."""

    states: dict[str, State]
    mastered: bool
    """All `critical` objectives mastered, and SHARE_OF_OTHERS of the others."""

    @property
    def done(self) -> int:
        return sum(state == "mastered" for state in self.states.values())


def module_mastery(objectives: Iterable[Objective], items: Iterable[Item], answers: Sequence[Answer]) -> ModuleMastery:
    """The state of each objective, and whether the module as a whole is mastered."""
    by_objective: dict[str, list[Item]] = {}
    for item in items:
        by_objective.setdefault(item.objective, []).append(item)
    wanted = list(objectives)
    states = {one.id: objective_state(by_objective.get(one.id, ()), answers) for one in wanted}
    return ModuleMastery(states, is_mastered(wanted, states))


def is_mastered(objectives: Iterable[Objective], states: Mapping[str, str]) -> bool:
    """Whether all `critical` objectives are mastered and at least SHARE_OF_OTHERS of the others."""
    wanted = list(objectives)
    others = [one for one in wanted if not one.critical]
    done = sum(states[one.id] == "mastered" for one in others)
    return (
        bool(wanted)
        and all(states[one.id] == "mastered" for one in wanted if one.critical)
        and done >= SHARE_OF_OTHERS * len(others)
    )
