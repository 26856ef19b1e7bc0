"""Reasons under a question: about the person helped on a helper's sheet, true where the person lives, and kind."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from ketalearn.content.models import Prompt, Reason
from ketalearn.content.rules.prompts import TO_THE_READER
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Question, build_sheet
from ketalearn.decision.triggers import FOR_ANOTHER, why_of
from tests.decision.test_rules import prompt
from tests.support import TODAY, all_topics, profiles, real_pack

PACK = real_pack()
OF_THE_US = re.compile(r"\bUS\b|\bFDA\b|\bREMS\b|\bDEA\b|\bMedicare\b|\bMedicaid\b|\b911\b|\b988\b")
# the AVM is named in the US label alone, and a person who has one needs to know; it says whose label it is
SAYS_WHERE = {"aneurysm_avm_bleed"}
# where a study was done is a fact about the study
A_STUDY = re.compile(r"\b(In a US survey|A review in one US state)\b")
TO_THE_HELPER = {"supporter", "supporter_emergency", "supporter_consent"}


def everything(profile: Profile, region: str = "") -> list[Question]:
    sheet = build_sheet(PACK, profile, TODAY, region=region)
    return [*sheet.front, *sheet.back, *sheet.more]


def test_the_first_reason_that_fits_is_printed_else_the_prompts_own() -> None:
    one: Prompt = prompt(
        why="You may be slow.",
        they_why="They may be slow.",
        reason=(
            Reason(when=("region:US", "cond:x"), text="Both."),
            Reason(when=("region:US",), text="You in the US.", they="They in the US."),
        ),
    )
    assert why_of(one, frozenset()) == "You may be slow."
    assert why_of(one, frozenset({FOR_ANOTHER})) == "They may be slow."
    assert why_of(one, frozenset({"region:US"})) == "You in the US."
    assert why_of(one, frozenset({"region:US", FOR_ANOTHER})) == "They in the US."
    assert why_of(one, frozenset({"region:US", "cond:x", FOR_ANOTHER})) == "Both."


@settings(deadline=None)
@given(profiles())
def test_no_reason_on_a_helpers_sheet_speaks_to_the_person_helped(profile: Profile) -> None:
    helper = replace(profile, goal=tuple(dict.fromkeys((*profile.goal, "supporting_someone"))))
    for question in everything(helper):
        if question.topic not in TO_THE_HELPER:
            assert not TO_THE_READER.search(question.why), (question.topic, question.why)
        # what was said of the person helped is said of them; "You said" is the helper
        for words in question.because:
            said = words.removeprefix("You said: ") if words.startswith("You said: ") else ""
            assert not re.search(r"\b(I have|I take|my life|my pee)\b", said), words


@pytest.mark.parametrize("region", ["UK", "CA", "AU", "IE", "NZ", "EU"])
def test_what_holds_in_the_us_alone_is_not_printed_elsewhere(region: str) -> None:
    every = replace(Profile(region=region), starred=tuple(all_topics(PACK)))
    for helped in ((), ("supporting_someone",)):
        for question in everything(replace(every, goal=helped)):
            if question.topic not in SAYS_WHERE and question.topic != "rems":
                assert not OF_THE_US.search(A_STUDY.sub("", f"{question.text} {question.why}")), question


@settings(deadline=None)
@given(profiles())
def test_nor_with_any_other_answers(profile: Profile) -> None:
    if profile.region in ("US", "", "other"):
        profile = replace(profile, region="UK")
    for question in everything(replace(profile, starred=(), edited={})):
        if question.topic not in SAYS_WHERE:
            assert not OF_THE_US.search(A_STUDY.sub("", f"{question.text} {question.why}")), question


def test_a_region_of_the_environment_picks_words_and_raises_nothing() -> None:
    plain = {one.topic: one for one in everything(Profile())}
    there = {one.topic: one for one in everything(Profile(), region="US")}
    assert set(plain) == set(there)
    assert "two hours" in there["monitoring"].why
    assert "two hours" not in plain["monitoring"].why


def test_a_quiz_answer_never_reads_as_a_fault() -> None:
    profile = Profile(quiz_misses=("abuse_potential",), quiz_unsure=("pregnancy",), quiz_mended=("bladder",))
    reasons = [words for one in everything(profile) for words in one.because]
    assert "You want to understand this better: misuse and getting hooked" in reasons
    assert "You were not sure about: pregnancy and breastfeeding" in reasons
    assert "You went over this in a quiz, and have it now: bladder problems" in reasons
    assert not re.search(r"missed|wrong|fail", " ".join(reasons), re.IGNORECASE)
