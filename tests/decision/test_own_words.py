"""Medicine names as typed, what free words suggest, and readiness: recognised, shown, and never assumed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.decision.medicines import distance, folded
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import build_sheet
from ketalearn.decision.suggest import suggested
from tests.support import TODAY, real_pack, vocabulary

PACK = real_pack()
NAMES = vocabulary().medicine_names
ALL_NAMES = sorted({name for value in vocabulary().values["medicines"].values() for name in value.names})


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("xanx", "Xanax", "benzodiazepine"),
        ("Zolofft", "Zoloft", "antidepressant"),
        ("lamotrigene", "lamotrigine", "lamotrigine"),
        ("ritlain", "Ritalin", "stimulant"),
        ("Xanax 0.5 mg at night", "Xanax", "benzodiazepine"),
        ("buproprion", "bupropion", "antidepressant"),
    ],
)
def test_a_small_slip_is_asked_about_and_never_assumed(typed: str, name: str, value: str) -> None:
    guess = NAMES.guess(typed)
    assert guess is not None
    assert (guess.known.name, guess.known.value) == (name, value)
    assert vocabulary().class_of(typed) is None
    sheet = build_sheet(PACK, Profile(medicine_names=(typed,)), TODAY)
    assert sheet.tell == (f"I take {typed}.",)


@pytest.mark.parametrize("typed", ["metformin", "ibuprofen", "lamisil", "HRR", "cat", "", "  ", "risperidol"])
def test_other_words_and_a_slip_between_two_names_give_no_guess(typed: str) -> None:
    assert NAMES.guess(typed) is None


@pytest.mark.parametrize("typed", ["XANAX", "st johns wort", "efexor xr", "Theo 24", "amfetamine", "amphetamine"])
def test_case_spaces_hyphens_and_both_spellings_are_exact(typed: str) -> None:
    assert vocabulary().class_of(typed) is not None
    assert NAMES.near(typed) is None


@given(st.sampled_from(ALL_NAMES), st.data())
def test_a_name_with_one_slip_is_never_taken_for_a_farther_one(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    typed = name[:at] + letter + name[at + 1 :]
    guess = NAMES.guess(typed)
    if guess is not None and " " not in typed:
        slips = distance(folded(typed), folded(guess.known.name), 2)
        assert slips is not None
        assert all(
            other == guess.known.name or (distance(folded(typed), folded(other), 2) or 9) > slips
            for other in ALL_NAMES
            if len(folded(other)) >= 4 and folded(other) != folded(guess.known.name) and slips == 1
        )


@given(st.text(alphabet="abcd", max_size=6), st.text(alphabet="abcd", max_size=6))
def test_the_distance_is_the_same_both_ways_and_nought_for_the_same_word_alone(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("I had a bladder infection, and seizures as a child.", ("cond:seizures", "cond:bladder")),
        ("No seizures, no bladder trouble", ()),
        ("I have never had any seizures but my liver is bad", ("cond:liver",)),
        ("I do not sleep because my bladder hurts", ("cond:bladder",)),
        ("I don't have glaucoma", ()),
        ("I have no one to take me home", ("circ:no_ride",)),
        ("GLAUCOMA!", ("cond:glaucoma",)),
        ("My outfits are nice", ()),
        ("", ()),
    ],
)
def test_what_words_suggest(text: str, facts: tuple[str, ...]) -> None:
    assert suggested(PACK.suggestions, text) == facts


@given(st.text(max_size=80))
def test_any_text_suggests_only_what_can_be_added_and_what_was_declined_stays_out(text: str) -> None:
    found = suggested(PACK.suggestions, f"{text} bladder")
    for fact in found:
        assert vocabulary().value_of(fact) is not None
    assert suggested(PACK.suggestions, f"{text} bladder", found) == ()


@pytest.mark.parametrize("statement", [one.id for one in PACK.statements])
def test_each_readiness_statement_raises_its_questions_and_says_so(statement: str) -> None:
    wanted = next(one for one in PACK.statements if one.id == statement)
    before = build_sheet(PACK, Profile(), TODAY)
    sheet = build_sheet(PACK, Profile(readiness=(statement,)), TODAY)
    there = {question.topic: question for question in (*sheet.on_paper, *sheet.more)}
    for topic in wanted.raises:
        assert any(wanted.text.rstrip(".") in reason for reason in there[topic].because)
    assert sheet.level == before.level
    assert sheet.tell == ()
