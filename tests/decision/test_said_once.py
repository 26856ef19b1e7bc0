"""What is hard to read is said once and soon; and a question fits the stage, the home and the job of its reader."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from ketalearn.decision.explain import explain
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Question, Sheet, build_sheet
from tests.decision.test_one_line_for_two import ALIKE, alike
from tests.support import TODAY, real_pack, vocabulary

PACK = real_pack()
BANK = {one.topic: one for group in PACK.groups for one in group.prompt}
IN_DANGER: dict[str, Any] = {"safety": ("suicidal_thoughts", "suicidal_plan"), "goal": ("depression_suicidal",)}


def sheet_of(**said: Any) -> Sheet:
    return build_sheet(PACK, Profile(**said), TODAY)


def every(sheet: Sheet) -> dict[str, Question]:
    return {one.topic: one for one in (*sheet.on_paper, *sheet.more)}


def test_a_plan_says_the_thoughts_too_so_that_no_line_names_them_three_times() -> None:
    sheet = sheet_of(**IN_DANGER)
    assert every(sheet)["safety_today"].because == ("You said: I have a plan to end my life",)
    for one in every(sheet).values():
        assert sum("suicide" in words or "end my life" in words for words in one.because) <= 1, one.topic
    assert sheet.notices[0].text.endswith("You said: I have a plan to end my life.")
    # nothing is lost: the clinician is told all, and why a question is here still names every ground
    assert sheet.tell[:2] == ("I have thoughts of suicide.", "I have a plan to end my life.")
    grounds = {one.fact for one in explain(PACK, Profile(**IN_DANGER), sheet, "safety_today").grounds}
    assert grounds == {"safety:suicidal_thoughts", "safety:suicidal_plan", "goal:depression_suicidal"}


def test_thoughts_alone_are_named_and_an_attempt_does_not_hide_them() -> None:
    thoughts = sheet_of(safety=("suicidal_thoughts",), goal=("depression_suicidal",))
    assert every(thoughts)["safety_today"].because == ("You said: I have thoughts of suicide",)
    both = sheet_of(safety=("suicidal_thoughts", "recent_attempt"))
    assert len(every(both)["safety_today"].because) == 2


def test_what_an_answer_says_too_is_a_fact_that_can_be_said_and_never_the_other_way_round() -> None:
    known = vocabulary()
    says = {
        f"{field.prefix}:{value.id}": set(value.says)
        for field in PACK.interview.field
        for value in field.value
        if value.says
    }
    assert says
    for fact, others in says.items():
        assert fact not in others
        for other in others:
            assert known.value_of(other) is not None, other
            assert fact not in says.get(other, set())


@pytest.mark.parametrize(
    ("said", "when"),
    [
        (IN_DANGER, "today, and before you start or go on."),
        ({**IN_DANGER, "stage": "on_treatment"}, "today, and before your next dose."),
        ({"safety": ("suicidal_plan",), "goal": ("supporting_someone",)}, "today, and before they start or go on."),
        ({"conditions": ("aneurysm",)}, "before you start or go on."),
    ],
)
def test_a_notice_in_a_crisis_says_today(said: dict[str, Any], when: str) -> None:
    assert sheet_of(**said).notices[0].text.startswith(f"Talk with a clinician {when}")


@pytest.mark.parametrize("goal", [(), ("supporting_someone",)])
def test_someone_who_stopped_is_asked_about_having_it_again_and_not_how_to_stop(goal: tuple[str, ...]) -> None:
    asked = every(sheet_of(stage="stopped", goal=goal, concerns=("relapse",), treatments_tried="two_plus"))
    who = "they have" if goal else "I have"
    assert "having this again" in asked["stopping_relapse"].text
    assert f"If {who} this again" in asked["non_response_plan"].text
    assert f"If {who} this again" in asked["duration_maintenance"].text
    assert not any("How would we stop" in one.text for one in asked.values())
    assert "How would we stop" in every(sheet_of(stage="on_treatment"))["stopping_relapse"].text


def test_a_new_symptom_next_to_trouble_when_peeing_is_asked_about_in_words_that_stand_alone() -> None:
    sheet = sheet_of(stage="on_treatment", conditions=("urinary_symptoms", "new_symptom"))
    first = sheet.front[0].text
    assert first.startswith("Besides the trouble when I pee")
    assert "also" not in first


def test_no_reason_opens_with_a_word_for_what_was_not_named() -> None:
    for topic, one in BANK.items():
        for words in (one.why, one.they_why, *(text for row in one.reason for text in (row.text, row.they))):
            assert not words.startswith(("Both ", "They both")), (topic, words)


@pytest.mark.parametrize("goal", [(), ("supporting_someone",)])
def test_a_home_without_staff_is_asked_about_once_each_way(goal: tuple[str, ...]) -> None:
    for condition in ("sleep_apnea", "high_bp", "aneurysm", "angina", "seizures"):
        asked = every(sheet_of(route=("at_home",), conditions=(condition,), goal=goal))
        home = [asked[topic] for topic in ("home_emergency", "monitoring", "home_bp", "home_vs_clinic")]
        for one, other in combinations(home, 2):
            assert alike(one.text, other.text) < ALIKE, (one.text, other.text)
        assert "breathe slowly" in asked["home_emergency"].text
        assert "slow" not in asked["monitoring"].text


def test_a_lock_is_asked_for_because_of_the_home_and_not_of_a_problem_with_drugs() -> None:
    asked = every(sheet_of(route=("at_home",), conditions=("substance_use_current",)))
    assert asked["home_storage"].because == ("You said: taking the drug at home",)


def test_drug_tests_are_asked_about_once_and_what_matters_at_work_too() -> None:
    one = every(sheet_of(circumstances=("drug_testing",)))
    assert [topic for topic, question in one.items() if "drug tests" in question.text] == ["testing_services"]
    sheet = sheet_of(values=("keep_working",))
    assert "work_safety" in {question.topic for question in sheet.on_paper}
    driver = every(sheet_of(circumstances=("safety_job", "drug_testing"), values=("keep_working",)))
    assert driver["work_safety"].asked_by == "driving"


def test_a_form_of_the_drug_is_no_reason_to_ask_what_it_costs() -> None:
    assert every(sheet_of(route=("iv",)))["total_cost"].because == ()


@pytest.mark.parametrize(
    ("said", "topic", "asked"),
    [
        ({"goal": ("wellness",)}, "diagnosis", "I want to feel better in general."),
        ({"treatments_tried": "none"}, "prior_treatments", "I have tried no treatment for this yet."),
        ({"reproductive": ("pregnant",)}, "care_coordination", "doctor or midwife for my pregnancy"),
    ],
)
def test_a_question_speaks_of_what_was_said(said: dict[str, Any], topic: str, asked: str) -> None:
    assert asked in every(sheet_of(**said))[topic].text
    goal = ("supporting_someone", *said.get("goal", ()))
    helped = every(sheet_of(**{**said, "goal": goal}))[topic].text
    assert asked not in helped
    assert " my " not in helped
