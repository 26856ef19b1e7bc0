"""What counts as an answer, what is right, what is read after it, and what the answers say of topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.content.models import ITEM_TYPES, NumberItem, OneOf, OrderItem
from ketalearn.learning.feedback import (
    lines_of,
    page_says,
    said_of_number,
    so_and_why,
    verdict,
    what_is_so,
    worst_first,
)
from ketalearn.learning.grading import HIGH, LOW, RIGHT, is_correct, number_of, reply, shuffled, topics_of
from ketalearn.learning.records import AGAIN, BEFORE, REVIEW, Answer
from tests.learning.support import answer, item
from tests.support import real_pack

RIGHT_REPLIES = {
    "single": ((1,), ""), "truefalse": ((1,), ""), "multiple": ((2, 0, 2), ""), "match": ((0, 1, 2, 3), ""),
    "order": ((0, 1, 2, 3), ""), "number": ((), " 35 "), "teachback": ((2, 1, 0), "In my words"),
}  # fmt: skip
WRONG_REPLIES = {
    "single": ((0,), ""), "truefalse": ((0,), ""), "multiple": ((0,), ""), "match": ((1, 0, 2, 3), ""),
    "order": ((3, 1, 2, 0), ""), "number": ((), "36"), "teachback": ((), "In my words"),
}  # fmt: skip
NO_REPLIES = [
    ("single", (3,), ""), ("single", (), ""), ("single", (0, 1), ""), ("truefalse", (2,), ""), ("multiple", (), ""),
    ("multiple", (3,), ""), ("multiple", (-1,), ""), ("match", (0, 1, 2), ""), ("match", (0, 0, 1, 2), ""),
    ("order", (0, 1, 2, 4), ""), ("number", (), ""), ("number", (), "x"), ("number", (), "101"), ("number", (), "-1"),
    ("number", (), "²"), ("teachback", (3,), ""), ("teachback", (-1,), ""),
]  # fmt: skip


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_each_type_knows_right_from_wrong(kind: str) -> None:
    one = item(kind)
    right, wrong = reply(one, *RIGHT_REPLIES[kind]), reply(one, *WRONG_REPLIES[kind])
    assert right is not None
    assert wrong is not None
    assert is_correct(one, right)
    assert not is_correct(one, wrong)


@pytest.mark.parametrize(("kind", "chosen", "text"), NO_REPLIES)
def test_what_is_no_answer_is_none(kind: str, chosen: tuple[int, ...], text: str) -> None:
    assert reply(item(kind), chosen, text) is None


def test_a_number_is_low_right_or_high_with_its_own_feedback() -> None:
    one = item("number")
    told = {"22": (LOW, "More."), "23": (RIGHT, "Yes, so."), "35": (RIGHT, "Yes, so."), "36": (HIGH, "Fewer.")}
    for text, (place, words) in told.items():
        chosen = reply(one, (), text)
        assert chosen == (place,)
        line = lines_of(one, answer(chosen=chosen, text=text, right=place == RIGHT))[0]
        assert line.told == words
        assert line.said == f"{text} of 100"
    assert number_of("007") == 7


@given(st.integers(2, 6), st.text(max_size=8), st.text(min_size=1, max_size=8))
def test_the_order_shown_is_whole_the_same_each_time_and_never_the_solved_one(count: int, seed: str, name: str) -> None:
    order = shuffled(count, seed, name)
    assert sorted(order) == list(range(count))
    assert order != tuple(range(count))
    assert order == shuffled(count, seed, name)


def test_adding_an_item_does_not_reshuffle_the_others_and_a_seed_does() -> None:
    orders = {shuffled(5, str(seed), "one") for seed in range(30)}
    assert len(orders) > 10


def test_feedback_stands_at_every_chosen_option_and_every_right_one_missed() -> None:
    lines = lines_of(item("multiple"), answer(chosen=(0, 1), right=False))
    assert [(line.state, bool(line.told)) for line in lines] == [("right", True), ("wrong", True), ("missed", True)]
    assert lines[2].told == "Told 2."
    plain = lines_of(item("multiple"), answer(chosen=(0,), right=False))
    assert (plain[1].state, plain[1].told) == ("plain", "")


def test_feedback_stands_at_every_pair_and_step_with_what_was_given() -> None:
    pairs = lines_of(item("match"), answer(chosen=(0, 2, 1, 3), right=False))
    assert [line.state for line in pairs] == ["right", "wrong", "wrong", "right"]
    assert [line.said for line in pairs] == ["", "R2", "R1", ""]
    assert all(line.told for line in pairs)
    steps = lines_of(item("order"), answer(chosen=(1, 0, 2, 3), right=False))
    assert [(line.label, line.text, line.said) for line in steps[:3]] == [
        ("1st", "S0", "2nd"), ("2nd", "S1", "1st"), ("3rd", "S2", "")]  # fmt: skip
    assert [(line.heading, line.so) for line in steps[:3]] == [
        ("S0", "it comes 1st"), ("S1", "it comes 2nd"), ("3rd  S2", "")]  # fmt: skip
    assert [line.so for line in pairs] == ["R0", "R1", "R2", "R3"]
    unsure = lines_of(item("order"), answer(chosen=(), right=False, not_sure=True))
    assert {line.state for line in unsure} == {"missed"}


def test_key_points_are_said_or_not_and_nothing_grades_them() -> None:
    one = item("teachback")
    lines = lines_of(one, answer(chosen=(1,), right=False, text="x"))
    assert [line.state for line in lines] == ["missed", "right", "missed"]
    assert "✗" not in verdict(one, answer(chosen=(1,), right=False))
    told = "Here are the points, next to your words."
    assert verdict(one, answer(chosen=(1,), right=False, text="x")) == told
    assert [line.words for line in lines] == ["worth adding", "you ticked this", "worth adding"]


def test_of_a_teach_back_that_was_said_aloud_nothing_is_claimed_but_the_ticks() -> None:
    one = item("teachback")
    for chosen, right, words in (
        ((1,), False, "Here are the points."),
        ((), False, "Here are the points."),
        ((0, 1, 2), True, "You ticked every point."),
    ):
        assert verdict(one, answer(chosen=chosen, right=right, not_sure=False)) == words


def test_what_was_missed_is_told_first_and_the_rest_keeps_its_order() -> None:
    several = item("multiple")
    given = answer(chosen=(0, 1), right=False)
    assert [line.state for line in worst_first(several, lines_of(several, given))] == ["missed", "wrong", "right"]
    order = item("order")
    lines = lines_of(order, answer(chosen=(1, 0, 2, 3), right=False))
    assert worst_first(order, lines) == lines


def test_a_number_says_its_answer_once() -> None:
    for feedback, count in (("More.", 1), ("It was about 29 of 100.", 1)):
        one = item("number", feedback_low=feedback, of=100)
        assert isinstance(one, NumberItem)
        (line,) = lines_of(one, answer(chosen=(0,), text="3", right=False))
        said = f"{said_of_number(one, line, 'You said')} {line.told}"
        assert said.startswith("You said 3 of 100.")
        assert said.count("29 of 100") == count


def test_after_not_being_sure_nothing_is_called_missed_or_left_out() -> None:
    lines = lines_of(item("multiple"), answer(chosen=(), right=False, not_sure=True))
    assert {line.words for line in lines} == {"one of them", "not one of them"}
    given = lines_of(item("multiple"), answer(chosen=(0,), right=False))
    assert [line.words for line in given] == ["right", "rightly left out", "missed"]


def test_not_being_sure_is_told_apart_from_nothing_ticked() -> None:
    assert answer(chosen=(), right=False, not_sure=True).unsure
    assert not answer(chosen=(), right=False, not_sure=False).unsure
    assert Answer("a", 1, "m", (), False, "s", "t", 1).unsure


ITEMS = {"one": item(), "two": item(id="two", topic="bladder")}


def test_topics_by_their_latest_answers() -> None:
    def topics(*given: Answer) -> tuple[tuple[str, ...], ...]:
        found = topics_of(ITEMS, given)
        return found.missed, found.unsure, found.mended

    wrong, unsure = answer(right=False), answer(right=False, chosen=(), not_sure=True)
    assert topics(wrong) == (("driving",), (), ())
    assert topics(unsure) == ((), ("driving",), ())
    assert topics(wrong, answer()) == ((), (), ("driving",))
    assert topics(answer(), unsure) == ((), ("driving",), ())
    assert topics(answer(right=False, asked=BEFORE)) == ((), (), ())
    assert topics(wrong, answer(asked=AGAIN)) == (("driving",), (), ())
    assert topics(wrong, answer(asked=REVIEW)) == ((), (), ("driving",))
    assert topics(wrong, answer(right=False, asked=BEFORE), answer(asked=AGAIN)) == (("driving",), (), ())


def test_a_teach_back_with_points_left_out_counts_as_not_sure() -> None:
    found = topics_of({"one": item("teachback")}, [answer(chosen=(), right=False)])
    assert (found.missed, found.unsure) == ((), ("driving",))


def test_very_sure_and_wrong_stands_until_right_on_another_day() -> None:
    surely = answer(right=False, confidence=3)
    assert topics_of(ITEMS, [surely]).sure == ("driving",)
    assert topics_of(ITEMS, [surely, answer(days=0.01, asked=AGAIN)]).sure == ("driving",)
    assert topics_of(ITEMS, [surely, answer(days=0.5)]).sure == ("driving",)
    assert topics_of(ITEMS, [surely, answer(days=1)]).sure == ()
    assert topics_of(ITEMS, [answer(right=False, confidence=2)]).sure == ()
    assert topics_of(ITEMS, [surely], {"one"}).sure == ()
    unsure = answer(right=False, chosen=(), not_sure=True, confidence=3)
    assert topics_of(ITEMS, [unsure]).sure == ()


def test_longer_feedback_is_words_of_the_page_itself() -> None:
    from ketalearn.learning.lesson import plain_words

    pack = real_pack()
    for module in pack.info.modules:
        for one in pack.quiz(module):
            title, text = page_says(pack, module, one)
            page = pack.page(module, one.page)
            assert title == page.front.title
            assert text
            flat = " ".join(plain_words(page.body, pack.facts).split()).replace(" .", ".").replace(" ,", ",")
            assert text.split(". ")[0].split("- ")[0].strip(" .") in flat.replace("- ", ""), one.id


def test_no_order_item_of_the_pack_is_shown_solved() -> None:
    for one in real_pack().items.values():
        if isinstance(one, OrderItem):
            for sitting in range(1, 9):
                assert list(shuffled(len(one.step), str(sitting), one.id)) != list(range(len(one.step)))


def test_what_is_so_is_said_once_and_never_left_out() -> None:
    one_of = [one for one in real_pack().items.values() if isinstance(one, OneOf)]
    assert {so_and_why(one)[0] == "" for one in one_of} == {True, False}
    for one in one_of:
        so, why = so_and_why(one)
        assert so or why.casefold().startswith(what_is_so(one).casefold())
