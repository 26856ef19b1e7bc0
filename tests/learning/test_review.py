"""What comes back and when: the library's own numbers, never after the visit, and no harm from a wrong clock."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from pathlib import Path

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.learning.grading import moment
from ketalearn.learning.mastery import objective_state
from ketalearn.learning.records import AGAIN, BEFORE, Answer
from ketalearn.learning.review import (
    DAY,
    MOST_IN_SITTING,
    Bank,
    Due,
    ObjectiveKey,
    card_of,
    rating,
    schedule,
    settled_times,
    sitting,
)
from tests.learning.support import START, answer, item

BANK = Bank(
    {name: item(id=name, objective=objective, topic=topic) for name, objective, topic in (
        ("a1", "x", "driving"), ("a2", "x", "bladder"), ("b1", "x", "driving"), ("b2", "y", "bladder"))},
    {"a1": "a", "a2": "a", "b1": "b", "b2": "b"},
)  # fmt: skip


def never(_key: ObjectiveKey) -> bool:
    return False


def due(*answers: Answer, now: dt.datetime = START, visit: dt.date | None = None) -> dict[str, dt.date]:
    return {one.item: one.day for one in schedule(BANK, answers, now, done=never, visit=visit)}


def day(number: int) -> dt.date:
    return START.date() + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ({"right": False}, Rating.Again),
        ({"right": False, "confidence": 3}, Rating.Again),
        ({"right": False, "chosen": (), "not_sure": True}, Rating.Again),
        ({"confidence": 1}, Rating.Hard),
        ({}, Rating.Good),
        ({"confidence": 2}, Rating.Good),
        ({"confidence": 3}, Rating.Easy),
        ({"confidence": 3, "hinted": True}, Rating.Good),
    ],
)
def test_the_rating_map(given_: dict[str, object], wanted: Rating) -> None:
    assert rating(answer(**given_)) == wanted  # type: ignore[arg-type]


def test_stability_and_difficulty_are_the_library_s_own_on_500_random_histories() -> None:
    """Each history goes through our answers, times and ratings; beside it the library alone, set up by hand."""
    draw = random.Random(20261124)
    alone = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for number in range(500):
        at = START
        answers: list[Answer] = []
        theirs = Card(card_id=number, due=START)
        for _ in range(draw.randint(1, 12)):
            right = draw.random() < 0.7
            sure = draw.choice([None, 1, 2, 3])
            hinted = draw.random() < 0.2
            answers.append(answer(right=right, confidence=sure, hinted=hinted, answered=at.isoformat()))
            grade = 1 if not right else 2 if sure == 1 else 4 if sure == 3 and not hinted else 3
            theirs, _ = alone.review_card(theirs, Rating(grade), at)
            at += dt.timedelta(minutes=draw.choice([3, 700, 1440, 4000, 90000]) * draw.random() + 1)
        times = settled_times(answers, at)
        ours = card_of(zip(times, map(rating, answers), strict=True))
        assert ours.stability == theirs.stability
        assert ours.difficulty == theirs.difficulty
        assert ours.due == theirs.due


def test_the_known_days_of_four_good_answers() -> None:
    at, days = START, []
    history = []
    for _ in range(4):
        history.append((at, Rating.Good))
        card = card_of(history)
        days.append((card.due - at).days)
        at = card.due
    assert days == [2, 11, 46, 163]
    assert (card_of([(START, Rating.Again)]).due - START).days == 1


def test_what_was_missed_unsure_guessed_or_hinted_comes_back() -> None:
    assert due(answer("a1", right=False)) == {"a1": day(1)}
    assert set(due(answer("a1", chosen=(), right=False, not_sure=True))) == {"a1"}
    assert set(due(answer("a1", confidence=1), answer("a2", confidence=2))) == {"a1"}
    assert set(due(answer("a1", hinted=True), answer("a2"))) == {"a1"}
    assert due(answer("a1", right=False, asked=BEFORE)) == {}
    assert due(answer("a1", right=False, revision=0)) == {}
    assert due(answer("gone", right=False)) == {}


def test_where_nothing_was_missed_one_item_of_each_objective_comes_back() -> None:
    assert due(answer("a1"), answer("a2", days=0.1), now=START + dt.timedelta(days=1)) == {"a1": day(2)}
    assert set(due(answer("a1"), answer("b1"), answer("b2"))) == {"a1", "b1", "b2"}


def test_once_more_in_the_sitting_changes_no_day() -> None:
    wrong = answer("a1", right=False, confidence=3)
    assert due(wrong, answer("a1", days=0.01, asked=AGAIN)) == due(wrong)


def test_it_ends_with_mastery() -> None:
    answers = [answer("a1", right=False), answer("a1", days=1), answer("a1", days=3, confidence=2)]
    items = [BANK.items["a1"], BANK.items["a2"]]
    assert objective_state(items, answers) == "mastered"
    done = schedule(BANK, answers, START + dt.timedelta(days=3), done=lambda key: key == ("a", "x"))
    assert done == ()


@given(st.lists(st.tuples(st.sampled_from(["a1", "a2", "b1", "b2"]), st.booleans(), st.none() | st.integers(1, 3),
                          st.floats(0, 30)), min_size=1, max_size=9), st.integers(0, 40))  # fmt: skip
def test_nothing_comes_back_after_the_visit(rows: list[tuple[str, bool, int | None, float]], visit: int) -> None:
    rows.sort(key=lambda row: row[3])
    answers = [answer(name, right=right, confidence=sure, days=days) for name, right, sure, days in rows]
    now = START + dt.timedelta(days=30)
    last = {one.item: moment(one.answered) for one in answers}
    for name, when in due(*answers, now=now, visit=day(visit)).items():
        answered = last[name]
        assert answered is not None
        assert when > answered.date()
        if day(visit) > answered.date():
            assert when <= day(visit)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.integers(-4000, 4000)), min_size=1, max_size=8), st.integers(-800, 800))
def test_a_clock_set_back_or_far_ahead_never_puts_a_question_out_of_reach(
    rows: list[tuple[bool, int]], now: int
) -> None:
    answers = [answer("a1", right=right, days=days) for right, days in rows]
    here = START + dt.timedelta(days=now)
    times = settled_times(answers, here)
    assert times == sorted(times)
    assert times[-1] <= here
    found = due(*answers, now=here)
    if found:
        # no farther off than the same number of good answers, each forty days after the last, would put it
        honest = card_of([(here + dt.timedelta(days=40 * at), Rating.Easy) for at in range(len(rows))])
        assert found["a1"] <= (honest.due + DAY).date()


def test_a_clock_that_was_a_year_ahead_for_one_answer() -> None:
    ahead = answer("a1", right=False, days=365)
    assert due(ahead, now=START) == {"a1": day(1)}
    assert due(ahead, answer("b1", days=1), now=START + dt.timedelta(days=1))["a1"] == day(2)


def test_a_year_away_brings_short_sittings_not_all_at_once() -> None:
    bank = Bank({f"m{n}": item(id=f"m{n}", objective=f"o{n}") for n in range(40)}, {f"m{n}": "m" for n in range(40)})
    answers = [answer(f"m{n}", right=False) for n in range(40)]
    back = schedule(bank, answers, START + dt.timedelta(days=365), done=never)
    assert len(back) == 40
    picked = sitting(bank, back, day(365), "1")
    assert len(picked) == MOST_IN_SITTING
    assert picked == sitting(bank, back, day(365), "1")


def test_a_sitting_takes_what_is_due_critical_first_and_sets_what_is_alike_side_by_side() -> None:
    back = [Due(name, day(0)) for name in BANK.items]
    for seed in range(12):
        order = sitting(BANK, back, day(0), str(seed))
        assert sorted(order) == sorted(BANK.items)
        keys = [BANK.objective(name) for name in order]
        topics = [BANK.items[name].topic for name in order]
        assert all(one != other for one, other in itertools.pairwise(keys)), order
        # the two on driving teach different things: they are told apart best one after the other
        assert abs(order.index("a1") - order.index("b1")) == 1 or topics[1] == topics[0]
    late = [Due("a1", day(0)), Due("a2", day(1))]
    assert sitting(BANK, late, day(0), "1") == ("a1",)


def test_the_day_that_a_clinic_asks_for_counts_as_the_visit(tmp_path: Path) -> None:
    from ketalearn.clinic.roster import Roster
    from ketalearn.clinic.trust import Assignments
    from tests.clinic.support import assigned
    from tests.support import Clock, journey

    one = journey(clock=Clock())
    assert one.quiz.visit_by() is None
    _, data = assigned(Roster(tmp_path))
    Assignments(one.memory).keep(data)
    assert str(one.quiz.visit_by()) == "2026-12-08"
    one.quiz.set_visit_day("1 December 2026")
    assert str(one.quiz.visit_by()) == "2026-12-01"
    one.quiz.set_visit_day("2026-12-20")
    assert str(one.quiz.visit_by()) == "2026-12-08"
    one.quiz.set_visit_day("2020-01-01")
    assert str(one.quiz.visit_by()) == "2026-12-08"
    one.quiz.set_visit_day("")
    assert one.quiz.visit_day() is None
