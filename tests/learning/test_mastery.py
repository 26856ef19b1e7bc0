"""One rule says when something is learned; the same for the app, for progress and for a return."""

from __future__ import annotations

from typing import Any

import pytest

from ketalearn.clinic import completion
from ketalearn.content.models import Objective
from ketalearn.learning import mastery
from ketalearn.learning.mastery import is_mastered, module_mastery, objective_state
from ketalearn.learning.records import AGAIN, BEFORE, Answer
from tests.learning.support import answer, item

ITEMS = [item(), item(id="two")]


def state(*answers: Answer) -> str:
    return objective_state(ITEMS, answers)


def test_two_right_a_day_apart_the_second_at_least_fairly_sure() -> None:
    assert state() == "not_started"
    assert state(answer()) == "started"
    assert state(answer(), answer("two")) == "right"
    assert state(answer(), answer(days=1, confidence=2)) == "mastered"
    assert state(answer(confidence=1), answer("two", days=3, confidence=3)) == "mastered"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"days": 0.99, "confidence": 3}),
        ({}, {"days": 1, "confidence": 1}),
        ({}, {"days": 1, "confidence": None}),
        ({"hinted": True}, {"days": 1, "confidence": 3}),
        ({}, {"days": 1, "confidence": 3, "hinted": True}),
        ({"revision": 0}, {"days": 1, "confidence": 3}),
        ({"asked": BEFORE}, {"days": 1, "confidence": 3}),
        ({"asked": AGAIN}, {"days": 1, "confidence": 3}),
        ({"days": 2}, {"days": 0, "confidence": 3}),
        ({"answered": "no time"}, {"days": 1, "confidence": 3}),
    ],
)
def test_what_does_not_master(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert state(answer(**first), answer(**second)) in ("right", "started")


def test_a_later_miss_opens_it_again_until_it_is_right() -> None:
    done = (answer(), answer(days=1, confidence=2))
    assert state(*done, answer("two", days=2, right=False)) == "started"
    assert state(*done, answer("two", days=2, right=False), answer("two", days=3)) == "mastered"
    assert state(*done, answer("two", days=2, right=False), answer("two", days=3, asked=AGAIN)) == "started"


def test_times_without_a_zone_do_no_harm() -> None:
    assert state(answer(answered="2026-11-20T10:00:00"), answer(confidence=2)) == "mastered"


def test_all_critical_objectives_and_four_of_five_others() -> None:
    objectives = [Objective(id="safe", text="x", critical=True), *(Objective(id=f"o{n}", text="x") for n in range(5))]
    states = {one.id: "mastered" for one in objectives}
    assert is_mastered(objectives, states)
    assert is_mastered(objectives, states | {"o1": "right"})
    assert not is_mastered(objectives, states | {"o1": "right", "o2": "started"})
    assert not is_mastered(objectives, states | {"safe": "right"})
    assert is_mastered(objectives[:1], {"safe": "mastered"})
    assert not is_mastered([], {})


def test_a_module_counts_its_own_objectives() -> None:
    wanted = [Objective(id="know", text="x"), Objective(id="other", text="x")]
    found = module_mastery(wanted, ITEMS, [answer(), answer(days=1, confidence=2)])
    assert found.states == {"know": "mastered", "other": "not_started"}
    assert (found.done, found.mastered) == (1, False)


def test_a_return_uses_the_same_rule() -> None:
    assert vars(completion)["objective_state"] is mastery.objective_state
