"""Pooled figures against values worked out by hand, with pingouin 0.7.0 or SciPy, and the rules for small numbers."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.clinic.figures import NONE_YET, item_lines, shapes, statistics_lines
from ketalearn.clinic.roster import Roster
from ketalearn.clinic.statistics import (
    Shape,
    Tried,
    cronbach,
    gain,
    item_figures,
    module_figures,
    sureness,
    upper_lower,
    wilson,
)
from tests.clinic.support import assigned
from tests.support import ROOT, workspace

# 30 people and 5 items from a rule that anyone can repeat; the oracles below saw the same table
TABLE = [[int((7 * p + 3 * i + p * i) % 11 < 5 + i % 3 or (p > 20 and i < 3)) for i in range(5)] for p in range(30)]


def of_table(people: int = 30) -> list[Tried]:
    return [
        Tried(f"p{p}", "m", f"i{i}", 1, (0,) if TABLE[p][i] else (1,), bool(TABLE[p][i]), None)
        for p in range(people)
        for i in range(5)
    ]


def test_alpha_is_that_of_pingouin_and_of_kr_20() -> None:
    (module,) = module_figures(of_table())
    # pingouin.cronbach_alpha gives 0.05757575757575753
    assert module.alpha == pytest.approx(0.05757575757575753, abs=1e-15)
    # KR-20 by hand: k/(k-1) (1 - sum pq / variance of totals), all with n below
    n, k = 30, 5
    shares = [sum(row[i] for row in TABLE) / n for i in range(k)]
    totals = [sum(row) for row in TABLE]
    spread = sum((total - sum(totals) / n) ** 2 for total in totals) / n
    assert module.alpha == pytest.approx(k / (k - 1) * (1 - sum(p * (1 - p) for p in shares) / spread), abs=1e-12)
    assert module.alpha is not None and module.alpha_interval is not None
    assert module.alpha_interval[0] < module.alpha < module.alpha_interval[1]


def test_alpha_of_a_table_worked_out_on_paper() -> None:
    # totals 4 3 2 1 0: variance 2.5; items right 4, 3, 2, 1 of 5: variances 0.2 0.3 0.3 0.2, sum 1.0
    # 4/3 x (1 - 1.0 / 2.5) = 0.8
    guttman = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    assert cronbach(guttman) == pytest.approx(0.8, abs=1e-15)


# scipy.stats.pearsonr of each item with the rest of its module, and its confidence_interval(0.95)
@pytest.mark.parametrize(
    ("item", "r", "low", "high"),
    [
        ("i0", 0.06894502533266922, -0.2987446470421852, 0.418811485482832),
        ("i1", 0.11026356928399425, -0.2603478602094499, 0.4525552297995808),
        ("i2", 0.339556023699088, -0.02360025555785676, 0.6235458895069996),
        ("i3", -0.26987255061274334, -0.5743040437355035, 0.10013220306085568),
    ],
)
def test_discrimination_is_that_of_scipy(item: str, r: float, low: float, high: float) -> None:
    one = next(one for one in item_figures(of_table()) if one.item == item)
    assert one.discrimination == pytest.approx(r, abs=1e-14)
    assert one.discrimination_interval == pytest.approx((low, high), abs=1e-14)


def test_an_item_that_all_get_right_has_no_discrimination() -> None:
    one = item_figures(of_table())[4]
    assert (one.right, one.n, one.discrimination, one.upper_lower) == (30, 30, None, 0.0)


def test_wilson_is_that_of_scipy() -> None:
    # scipy.stats.binomtest(12, 30).proportion_ci(method="wilson")
    assert wilson(12, 30) == pytest.approx((0.2459062811680185, 0.5767963974667751), abs=1e-14)


def test_d_by_hand() -> None:
    # ten people, so three in each group: 27 in 100 of 10 is 2.7. Upper: scores 10 9 8, all right; lower: 1 2 3, one
    rows = [(float(score), score > 7 or score == 2) for score in range(1, 11)]
    assert upper_lower(rows) == pytest.approx(1 - 1 / 3)
    # two places in the lower group fall on three people of score 1 of whom one is right: 2 x 1/3, and none above
    tied = [(0.0, False), (1.0, True), (1.0, False), (1.0, False), *[(float(s), True) for s in range(2, 8)]]
    assert upper_lower(tied) == pytest.approx(1 - (2 / 3) / 3)
    assert upper_lower([(1.0, True)] * 10) is None


@given(st.lists(st.tuples(st.integers(0, 4).map(float), st.booleans()), min_size=2, max_size=8), st.randoms())
def test_no_order_of_people_changes_d(rows: list[tuple[float, bool]], dice: random.Random) -> None:
    other = rows.copy()
    dice.shuffle(other)
    assert upper_lower(other) == pytest.approx(upper_lower(rows))


def sure(rows: list[tuple[int | None, bool]]) -> list[Tried]:
    return [Tried(f"p{at}", "m", "a", 1, (0,), right, level) for at, (level, right) in enumerate(rows)]


def test_sureness_by_hand() -> None:
    # guesses 1 of 2 right, fairly sure 3 of 4, very sure 8 of 10; one said nothing
    rows = [(1, True), (1, False), *[(2, True)] * 3, (2, False), *[(3, True)] * 8, *[(3, False)] * 2, (None, True)]
    found = sureness(sure(rows))
    assert found is not None
    # 2 x 0.25 + 3 x 0.0625 + 0.5625 + 8 x 0.01 + 2 x 0.81 = 2.95, of 16; levels 2 + 8 + 30 = 40, of 16
    assert (found.n, found.sure) == (16, 10)
    assert found.brier == pytest.approx(2.95 / 16)
    assert found.mean == pytest.approx(2.5)
    assert found.sure_wrong_share == pytest.approx(0.2)
    assert found.sure_wrong_interval == pytest.approx(wilson(2, 10))
    assert sureness(sure(rows[:9])) is None
    fewer = sureness(sure([*[(2, True)] * 9, (3, False)]))
    assert fewer is not None and fewer.sure_wrong_share is None


def test_gain_by_hand() -> None:
    # ten people: 3 right twice, 5 wrong then right, 1 right then wrong, 1 wrong twice: 4 of 10 to 8 of 10
    pairs = [*[(True, True)] * 3, *[(False, True)] * 5, (True, False), (False, False)]
    found = gain(pairs)
    assert found is not None
    assert (found.earlier, found.later, found.change) == pytest.approx((0.4, 0.8, 0.4))
    # Bonett and Price: 6/12 and 2/12; half = 1.96 x sqrt((8/12 - (4/12)^2) / 12) = 1.96 x sqrt(0.0462963)
    half = 1.959963984540054 * 0.046296296296296294**0.5
    assert found.interval == pytest.approx((1 / 3 - half, 1 / 3 + half))
    assert gain(pairs[:9]) is None


def shape(critical: bool = False) -> dict[str, Shape]:
    return {"a": Shape(1, 4, (0,), critical)}


def chosen(counts: tuple[int, ...]) -> list[Tried]:
    places = [place for place, count in enumerate(counts) for _ in range(count)]
    return [Tried(f"p{at}", "m", "a", 1, (place,), place == 0, None) for at, place in enumerate(places)]


def test_an_option_that_fewer_than_5_in_100_take_is_named_from_thirty_answers_on() -> None:
    # of 40: 1 is 2.5 in 100, 2 are 5 in 100
    (one,) = item_figures(chosen((37, 1, 2, 0)), shape())
    assert one.idle == (1, 3)
    assert one.chosen == ((0, 37), (1, 1), (2, 2), (3, 0))
    assert item_figures(chosen((29, 0, 0, 0)), shape())[0].idle is None
    assert item_figures(chosen((40, 0, 0, 0)))[0].idle is None
    other_revision = {"a": Shape(2, 4, (0,), False)}
    assert item_figures(chosen((40, 0, 0, 0)), other_revision)[0].idle is None


def test_too_easy_is_never_said_of_a_critical_objective() -> None:
    assert item_figures(chosen((60, 0, 0, 0)), shape())[0].too_easy
    assert not item_figures(chosen((60, 0, 0, 0)), shape(critical=True))[0].too_easy
    assert not item_figures(chosen((20, 0, 0, 0)), shape())[0].too_easy
    critical = [one for one in shapes(workspace(ROOT)).values() if one.critical]
    assert len(critical) > 20


def told(tried: list[Tried], known: dict[str, Shape] | None = None) -> str:
    return " ".join(item_lines(item_figures(tried, known)[0]))


def test_small_numbers_print_counts_alone() -> None:
    # 9: counts; 10: the share and its interval; 29: no more than that; 30: the rest
    both = [*chosen((6, 1, 1, 1)), *(Tried(f"p{at}", "m", "b", 1, (0,), at % 2 == 0, 3) for at in range(9))]
    words = told(both, shape())
    assert "6 right, 0 not sure, 0 sure but wrong, of 9." in words
    assert words.endswith("Fewer than 10 answers, so counts alone.") and "Share" not in words
    words = told(chosen((6, 2, 1, 1)), shape())
    assert "Share right 0.60 (0.31 to 0.83)." in words and "Goes with" not in words
    assert "Fewer than 30 answers" in words
    words = told(of_table())
    assert "Share right 0.60" in words and "r 0.07 (-0.30 to 0.42)" in words and "; upper less lower 27 in 100" in words


def test_no_figure_is_a_persons(tmp_path: Path) -> None:
    items, modules = item_figures(of_table()), module_figures(of_table())
    words = "\n".join(statistics_lines(items, modules, workspace(ROOT)))
    assert not any(f"p{at}" in words.split() for at in range(30))
    # in words first, the formulas after
    assert words.index("Hardest questions") < words.index("Alpha (KR-20)")
    shares = [int(line.split()[0]) for line in words.splitlines() if " were right, " in line]
    assert shares and shares == sorted(shares)
    assert statistics_lines((), (), workspace(ROOT)) == [NONE_YET]


def test_the_first_of_two_returns_counts_and_the_newest_says_what_came_later(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    row = {"kind": "quiz", "item": "a", "revision": 1, "module": "01-first", "topic": "driving", "chosen": [1],
           "correct": False, "confidence": 3}  # fmt: skip
    import sqlite3

    with closing(sqlite3.connect(roster.path)) as connection, connection:
        for day, answer in (("2026-12-01", row), ("2026-12-08", {**row, "before": True, "later": True})):
            content = {"assignment_id": one.id, "patient_code": "P-17", "returned": day, "answers": [answer]}
            connection.execute(
                "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
                " VALUES (?, ?, 'P-17', ?, 1, ?)",
                (day, one.id, day, json.dumps(content)),
            )
    (tried,) = roster.tried()
    assert (tried.correct, tried.before, tried.later, tried.confidence) == (False, None, True, 3)


def test_what_a_person_guessed_answered_and_answered_later_are_told_apart() -> None:
    from ketalearn.clinic.completion import tries_of
    from ketalearn.learning.records import AGAIN, BEFORE, QUIZ, REVIEW, Answer

    def answer(right: bool, asked: str) -> Answer:
        return Answer("a", 1, "m", (0,), right, "", "", 1, asked=asked)

    guess, first, practice, later = answer(True, BEFORE), answer(False, QUIZ), answer(True, AGAIN), answer(True, REVIEW)
    assert tries_of([guess]) == ()
    assert tries_of([guess, first, practice]) == ((first, guess, None),)
    assert tries_of([first, practice, later]) == ((first, None, later),)


def test_gain_is_from_the_guess_before_the_lesson_to_the_first_answer() -> None:
    rows = [Tried(f"p{at}", "m", "a", 1, (0,), True, None, before=at < 3, later=at < 8) for at in range(10)]
    (one,) = item_figures(rows)
    assert one.gain is not None and (one.gain.earlier, one.gain.later) == (0.3, 1.0)
    assert one.retake is not None and (one.retake.earlier, one.retake.later) == (1.0, 0.8)
    words = told(rows)
    assert "Before the lesson, then after, of 10: 0.30 right, then 1.00; change +0.70" in words
