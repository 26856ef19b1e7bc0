"""The words of the person's region wherever the sheet speaks, and blanks that what they chose fills."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import LONGEST_FILL, Question, Sheet, Wishes, build_sheet
from tests.support import TODAY, profiles, real_pack

PACK = real_pack()


def sheet_of(wishes: Wishes | None = None, **said: Any) -> Sheet:
    return build_sheet(PACK, Profile(**said), TODAY, wishes=wishes)


def question(sheet: Sheet, topic: str) -> Question:
    return next(one for one in (*sheet.on_paper, *sheet.more) if one.topic == topic)


@pytest.mark.parametrize(("region", "word"), [("UK", "sleep apnoea"), ("AU", "sleep apnoea"), ("US", "sleep apnea")])
def test_tell_lines_and_reasons_use_the_regions_words(region: str, word: str) -> None:
    sheet = sheet_of(region=region, conditions=("sleep_apnea",))
    assert sheet.tell == (f"I have {word}.",)
    assert question(sheet, "breathing").because == (f"You said: {word}",)


def test_a_name_that_was_typed_is_never_changed() -> None:
    sheet = sheet_of(region="UK", medicine_names=("Depo shot",))
    assert sheet.tell == ("I take Depo shot.",)


@settings(max_examples=80, deadline=None)
@given(profiles(), st.sampled_from([one.where[0] for one in PACK.region_words]))
def test_no_sheet_says_a_word_of_another_region(profile: Profile, region: str) -> None:
    sheet = build_sheet(PACK, profile.with_field("region", [region]), TODAY)
    words = [one.word for one in PACK.region_words if region in one.where and one.word not in one.say]
    ours = [one for one in (*sheet.on_paper, *sheet.more) if not one.edited]
    said = " ".join([*sheet.tell, *(one.text for one in sheet.notices)])
    said += " ".join(f"{one.text} {one.why} {' '.join(one.because)}" for one in ours)
    assert [word for word in words if f" {word} " in said or f" {word}." in said] == []


@pytest.mark.parametrize("region", ["US", "UK", "IE", "EU", "CA", "AU", "NZ", "other"])
def test_where_the_region_is_known_no_reason_speaks_of_some_places(region: str) -> None:
    sheet = sheet_of(region=region)
    for one in (*sheet.on_paper, *sheet.more):
        assert "some places" not in one.why
    helped = sheet_of(region=region, goal=("supporting_someone",))
    assert " you " not in question(helped, "approval_status").why
    assert "In some places" in question(sheet_of(), "approval_status").why


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, "What matters most to me: ______. How well does each option fit that?"),
        ({"values": ("low_cost",)}, "What matters most to me: low cost. How well does each option fit that?"),
        (
            {"values": ("low_cost", "speed"), "own_value": "my garden."},
            "What matters most to me: feeling better fast; low cost; my garden. How well does each option fit that?",
        ),
        (
            {"own_value": "x" * (LONGEST_FILL + 1)},
            "What matters most to me: ______. How well does each option fit that?",
        ),
        (
            {"values": ("low_cost",), "goal": ("supporting_someone",)},
            "What matters most to them: low cost. How well does each option fit that?",
        ),
        ({"values": ("low_cost",), "edited": {"values_fit": "Mine: ______?"}}, "Mine: ______?"),
    ],
)
def test_what_matters_fills_the_blank(said: dict[str, Any], asked: str) -> None:
    assert question(sheet_of(None, **said), "values_fit").text == asked


def test_what_matters_is_said_once_in_the_question_that_names_it() -> None:
    sheet = sheet_of(values=("low_cost",))
    assert question(sheet, "values_fit").because == ()
    assert question(sheet, "total_cost").because == ("What matters to you: low cost",)


def test_what_matters_stays_unsaid_on_a_sheet_that_hides() -> None:
    hidden = sheet_of(Wishes(hide_sensitive=True), values=("low_cost",), own_value="my garden")
    assert "______" in question(hidden, "values_fit").text


def test_that_one_helps_someone_is_in_the_title_and_no_reason() -> None:
    sheet = sheet_of(goal=("supporting_someone",))
    assert [one.topic for one in sheet.front[:3]] == ["supporter", "supporter_emergency", "supporter_consent"]
    for one in (*sheet.on_paper, *sheet.more):
        assert not any("help someone" in words for words in one.because)
        assert one.because or one.why
    assert "supporter" not in {one.topic for one in (*sheet_of().on_paper, *sheet_of().more)}
