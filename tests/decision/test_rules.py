"""Ranks, priorities, reasons and wordings, one rule at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ketalearn.content.models import Prompt, Variant
from ketalearn.decision.profile import Profile, Vocabulary, kept
from ketalearn.decision.sheet import Wishes, build_sheet
from ketalearn.decision.triggers import Rank, Said, raise_prompt, wording
from tests.support import TODAY, small_pack


def prompt(**rule: Any) -> Prompt:
    given: dict[str, Any] = {
        "id": "one", "topic": "one", "revision": 1, "text": "Text?", "why": "Why.", "ask": ("prescriber",),
        "base": "", "sources": ("lamp-2020",), "review_by": dt.date(2027, 1, 1),
    }  # fmt: skip
    return Prompt(**(given | rule))


def facts(*names: str) -> Said:
    return Said(frozenset(names))


@pytest.mark.parametrize(
    ("rule", "said", "rank", "priority"),
    [
        ({"must_if": ["cond:x"], "red_flag_if": ["cond:x"]}, facts("cond:x"), Rank.RED_FLAG, "must"),
        ({"must_if": ["cond:x"]}, facts("cond:x"), Rank.OWN_MUST, "must"),
        ({"must_if": ["route:at_home"]}, facts("route:at_home"), Rank.OWN_MUST, "must"),
        ({"must_if": ["route:iv"]}, facts("route:iv"), Rank.OTHER_MUST, "must"),
        ({"must_if": ["goal:supporting_someone"]}, facts("goal:supporting_someone"), Rank.OWN_MUST, "must"),
        ({"base": "must"}, facts(), Rank.BASE_MUST, "must"),
        ({"base": "must", "must_if": ["cond:x"]}, facts("cond:x"), Rank.OWN_MUST, "must"),
        ({"must_if": ["quiz:t"]}, Said(frozenset(), missed=frozenset({"t"})), Rank.QUIZ_MUST, "must"),
        ({"must_if": ["quiz:t"]}, Said(frozenset(), unsure=frozenset({"t"})), Rank.QUIZ_MUST, "must"),
        ({"must_if": ["quiz:t"]}, Said(frozenset(), mended=frozenset({"t"})), Rank.OTHER_SHOULD, "should"),
        ({"must_if": ["value:v"]}, facts("value:v"), Rank.OTHER_MUST, "must"),
        ({"should_if": ["med:m"]}, facts("med:m"), Rank.OWN_SHOULD, "should"),
        ({"should_if": ["value:v"]}, facts("value:v"), Rank.OTHER_SHOULD, "should"),
        ({"base": "should"}, facts(), Rank.OTHER_SHOULD, "should"),
        ({"base": "nice"}, facts(), Rank.NICE, "nice"),
        ({"base": "nice", "should_if": ["circ:c"]}, facts("circ:c"), Rank.OWN_SHOULD, "should"),
    ],
)
def test_the_rank_of_a_raised_prompt(rule: dict[str, Any], said: Said, rank: Rank, priority: str) -> None:
    raised = raise_prompt(prompt(**rule), said)
    assert raised is not None
    assert (raised.rank, raised.priority) == (rank, priority)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"must_if": ["cond:x"]}, facts()),
        ({"must_if": ["cond:x"], "gate_any": ["cond:y"]}, facts("cond:x")),
        ({"must_if": ["cond:x"], "gate_all": ["cond:x", "cond:y"]}, facts("cond:x")),
        ({"base": "must", "never_if": ["cond:x"]}, facts("cond:x")),
        ({"base": "must", "gate_any": ["cond:x"]}, facts()),
        ({"red_flag_if": ["cond:x"], "never_if": ["repro:not_able"]}, facts("cond:x", "repro:not_able")),
    ],
)  # fmt: skip
def test_what_does_not_raise_a_prompt(rule: dict[str, Any], said: Said) -> None:
    assert raise_prompt(prompt(**rule), said) is None


def test_a_star_ranks_second_and_never_above_a_red_flag() -> None:
    starred = raise_prompt(prompt(base="nice"), facts(), starred=True)
    flagged = raise_prompt(prompt(red_flag_if=["cond:x"]), facts("cond:x"), starred=True)
    assert starred is not None
    assert starred.rank == Rank.STARRED
    assert flagged is not None
    assert flagged.rank == Rank.RED_FLAG


def test_the_first_variant_that_fits_is_printed() -> None:
    one = prompt(
        variant=[
            Variant(when=("cond:x", "stage:booked"), text="both"),
            Variant(when=("cond:x",), text="x"),
        ]
    )
    assert wording(one, frozenset({"cond:x", "stage:booked"})) == "both"
    assert wording(one, frozenset({"cond:x"})) == "x"
    assert wording(one, frozenset({"stage:booked"})) == "Text?"


def sheet_of(wishes: Wishes | None = None, **said: Any) -> Any:
    return build_sheet(small_pack(), Profile(**said), TODAY, wishes=wishes)


def test_reasons_say_what_the_person_said() -> None:
    sheet = sheet_of(
        conditions=("sore_eyes",), quiz_misses=("driving",), quiz_unsure=("evidence",), values=("low_cost",)
    )
    because = {question.topic: question.because for question in (*sheet.on_paper, *sheet.more)}
    assert because["sore_eyes"] == ("You said: sore eyes",)
    assert because["driving"] == ("You want to understand this better: driving after the lamp",)
    assert because["evidence_certainty"] == ("You were not sure about: how good the proof is",)
    assert because["total_cost"] == ("What matters to you: low cost",)
    assert because["options_including_none"] == ()


def test_a_red_flag_is_pinned_with_a_notice_that_fits_the_stage() -> None:
    sheet = sheet_of(conditions=("blind_spot",))
    assert sheet.level == "red_flag"
    assert sheet.front[0].topic == "sore_eyes"
    assert sheet.front[0].pinned
    assert sheet.front[0].text.startswith("I have a blind spot")
    assert sheet.notices[0].topics == ("sore_eyes",)
    assert sheet.notices[0].text == "Talk with a clinician before you start or go on. You said: a blind spot."
    booked = sheet_of(conditions=("blind_spot",), stage="booked")
    assert "before your next dose" in booked.notices[0].text
    someone = sheet_of(conditions=("blind_spot",), goal=("supporting_someone",))
    assert "before they start or go on" in someone.notices[0].text


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({}, "none"),
        ({"region": "US", "age_band": "40_64"}, "none"),
        ({"conditions": ("sore_eyes",)}, "caution"),
        ({"conditions": ("blind_spot",)}, "red_flag"),
        ({"safety": ("suicidal_thoughts",), "conditions": ("blind_spot",)}, "crisis_first"),
        ({"goal": ("depression_suicidal",)}, "crisis_first"),
        ({"safety": ("medical_emergency_now", "suicidal_plan")}, "emergency_now"),
        ({"safety": ("prefer_not_to_say",)}, "none"),
    ],
)
def test_the_level_is_the_highest_that_applies(said: dict[str, Any], level: str) -> None:
    assert sheet_of(**said).level == level


def test_tell_lines_name_medicines_as_typed_red_flags_first() -> None:
    eyes = ("sore_eyes", "blind_spot")
    sheet = sheet_of(conditions=eyes, medicine_names=("Wetty", "Zzz"), medicines=("pills",))
    assert sheet.tell == (
        "I have a blind spot.", "I have sore eyes.", "I take Wetty (eye drops).", "I take sleeping pills.",
        "I take Zzz.",
    )  # fmt: skip
    someone = sheet_of(conditions=("sore_eyes",), goal=("supporting_someone",), medicine_names=("Wetty",))
    assert someone.tell == ("They have sore eyes.", "They take Wetty (eye drops).")


def test_hidden_questions_are_gone_and_hidden_red_flags_stay_in_more() -> None:
    sheet = sheet_of(hidden=("driving", "sore_eyes"), conditions=("blind_spot",))
    assert "driving" not in {question.topic for question in (*sheet.on_paper, *sheet.more)}
    assert [question.topic for question in sheet.more][:1] == ["sore_eyes"]


def test_a_starred_question_that_no_longer_applies_says_so() -> None:
    sheet = sheet_of(starred=("ride_home",))
    question = next(one for one in sheet.front if one.topic == "ride_home")
    assert question.because == ("You starred this. It no longer fits what you said now.",)


def test_edited_words_replace_the_text_and_keep_reason_and_source() -> None:
    sheet = sheet_of(edited={"driving": "May I drive on Sunday?"})
    question = next(one for one in sheet.front if one.topic == "driving")
    assert question.text == "May I drive on Sunday?"
    assert question.sources == ("lamp-label",)


def test_own_questions_go_front_back_and_extra() -> None:
    own = tuple(f"Question {number}?" for number in range(1, 9))
    sheet = sheet_of(own_questions=own, starred=("own:3",))
    assert sheet.own_front == ("Question 3?",)
    assert len(sheet.own_back) == 5
    assert len(sheet.own_extra) == 2
    assert sheet.own_questions == (*sheet.own_front, *sheet.own_back, *sheet.own_extra)


def test_for_a_person_prints_only_what_they_can_answer() -> None:
    sheet = sheet_of(Wishes(ask="billing"))
    assert [question.topic for question in (*sheet.on_paper, *sheet.more)] == ["total_cost"]


def test_hiding_leaves_out_own_words_that_name_a_hidden_thing() -> None:
    sheet = sheet_of(
        Wishes(hide_sensitive=True), conditions=("sore_eyes",), medicine_names=("Wetty",),
        own_questions=("Can I take wetty?", "May I eat?"), edited={"driving": "Drive with sore eyes?"},
    )  # fmt: skip
    assert sheet.tell == ()
    assert sheet.own_questions == ("May I eat?",)
    assert "1 question of your own is not printed" in sheet.left_out[0]
    texts = {question.topic: question.text for question in sheet.front}
    assert texts["sore_eyes"] == "Does anything about my eyes change the risk?"
    assert texts["driving"] == "When can I drive again?"


def test_past_its_date_the_content_is_stale() -> None:
    fresh = build_sheet(small_pack(), Profile(), dt.date(2027, 5, 31)).content
    old = build_sheet(small_pack(), Profile(), dt.date(2027, 6, 1)).content
    assert (fresh.review_by, fresh.stale, old.stale) == ("2027-05-31", False, True)


def test_an_exclusive_answer_stands_alone_and_the_last_choice_wins() -> None:
    known = Vocabulary(small_pack().interview)
    assert kept("safety", ["suicidal_plan", "prefer_not_to_say"], known) == ("prefer_not_to_say",)
    assert kept("safety", ["prefer_not_to_say", "suicidal_plan"], known) == ("suicidal_plan",)
    assert kept("age_band", ["under_18", "40_64"], known) == ("40_64",)


def test_order_moves_questions_within_their_rank_only() -> None:
    plain = [question.topic for question in sheet_of().front]
    wanted = [question.topic for question in sheet_of(order=("evidence_certainty", "total_cost")).front]
    assert plain == ["options_including_none", "driving", "total_cost", "evidence_certainty"]
    assert wanted == ["total_cost", "options_including_none", "driving", "evidence_certainty"]


def test_numbers_of_sources_stand_in_order_of_use() -> None:
    sheet = sheet_of()
    assert [line.number for line in sheet.source_key] == list(range(1, len(sheet.source_key) + 1))
    assert sheet.source_key[0].text == "Lamp 2020. PMID 12345"
    assert replace(sheet).number_of("lamp-2020") == 1
