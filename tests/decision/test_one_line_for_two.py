"""Two questions that ask the same share one line: the rule, its use in the bank, and how alike what is printed is."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ketalearn.content.models import Covered
from ketalearn.decision.explain import explain
from ketalearn.decision.profile import Profile, read_profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet, said_in
from ketalearn.decision.triggers import Rank, Said, raise_all, sharing_lines
from ketalearn.render.fit import fit
from tests.decision.test_rules import prompt
from tests.support import ROOT, TODAY, all_topics, profiles, real_pack, vocabulary

PACK = real_pack()
FILES = sorted((ROOT / "tests" / "profiles").glob("*.toml"))
BANK = [one for group in PACK.groups for one in group.prompt]

SMALL_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        """
        a about after also an and any are as at be before by can could did do does for from get give goes had has have
        how i if in into is it its many me more most much my need no not of on one or other our out should since so some
        such take than that the their them then there they this to too up us was we what when where which who why will
        with would you your session treatment
        """,
    )
)
ALIKE = 0.6
"""Two questions of which the shorter shares this part of its words with the other (three at least) say the same."""


def content_words(text: str) -> frozenset[str]:
    """The words that carry the meaning, without their endings; a blood pressure is one thing."""
    words = re.findall(r"[a-z]+", text.lower().replace("blood pressure", "bloodpressure"))
    return frozenset(re.sub(r"(?<=\w{4})(?:ing|ed|es|s)$", "", word) for word in words if word not in SMALL_WORDS)


def alike(one: str, other: str) -> float:
    """The part of the shorter question's words that the other has too; 0 where fewer than three are shared."""
    first, second = content_words(one), content_words(other)
    shared = first & second
    return len(shared) / min(len(first), len(second)) if len(shared) > 2 else 0.0


def twins(sheet: Sheet) -> list[tuple[str, str, float]]:
    pairs = combinations(sheet.on_paper, 2)
    return [(one.topic, other.topic, how) for one, other in pairs if (how := alike(one.text, other.text)) >= ALIKE]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_sheet_of_the_thirty_asks_the_same_twice(path: Path) -> None:
    profile = read_profile(path, "profile", vocabulary(), all_topics(PACK))
    assert twins(fit(build_sheet(PACK, profile, TODAY))) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Who watches me, and what will staff do if my breathing slows or my blood pressure goes too high?",
            "What is your plan if my blood pressure goes too high, my breathing slows or I panic?",
            True,
        ),
        (
            "I have used ketamine that was not prescribed. Could that change it, and what support would I have?",
            "I have used ketamine that was not prescribed. How does that change risks, and what support is there?",
            True,
        ),
        ("How will you check my bladder?", "With repeat treatment, how will you check my bladder and liver?", False),
        ("How do I get home?", "What will the whole course cost me?", False),
    ],
)  # fmt: skip
def test_the_measure_tells_twins_from_others(one: str, other: str, same: bool) -> None:
    assert (alike(one, other) >= ALIKE) is same


def raised(*facts: str, starred: frozenset[str] = frozenset(), **rule: Any) -> dict[str, tuple[Rank, str]]:
    """Rank and stand-in of two prompts, `twin` being asked by `host` where the fact cond:both holds."""
    host = prompt(id="host", topic="host", must_if=["cond:x"], should_if=["cond:y"])
    cover = Covered(by="host", when=("cond:both",), unless=("cond:own",))
    twin = prompt(**{"id": "twin", "topic": "twin", "must_if": ["cond:x"], "base": "nice", "covered": (cover,)} | rule)
    all_facts = frozenset(facts)
    found = sharing_lines(raise_all([twin, host], Said(all_facts), starred), all_facts, starred)
    return {one.prompt.topic: (one.rank, one.asked_by) for one in found}


def test_what_another_question_asks_stands_last_and_the_other_stays() -> None:
    assert raised("cond:x") == {"twin": (Rank.OWN_MUST, ""), "host": (Rank.OWN_MUST, "")}
    assert raised("cond:x", "cond:both") == {"twin": (Rank.NICE, "host"), "host": (Rank.OWN_MUST, "")}


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (("cond:x", "cond:both", "cond:own"), {}),
        # the other question ranks lower, or is not there
        (("cond:y", "cond:both"), {"must_if": ["cond:y"]}),
        (("cond:both",), {}),
        (("cond:x", "cond:both"), {"red_flag_if": ["cond:x"]}),
    ],
)
def test_what_keeps_its_own_line(facts: tuple[str, ...], rule: dict[str, Any]) -> None:
    assert raised(*facts, **rule)["twin"][1] == ""


def test_a_starred_or_reworded_question_keeps_its_line_and_stands_in_for_none() -> None:
    for kept in ("twin", "host"):
        assert raised("cond:x", "cond:both", starred=frozenset({kept}))["twin"][1] == ""


def test_a_question_that_stands_in_for_another_is_never_moved_itself() -> None:
    one = prompt(id="one", topic="one", must_if=["cond:x"], covered=(Covered(by="two"),))
    two = prompt(id="two", topic="two", must_if=["cond:x"], covered=(Covered(by="one"),))
    found = sharing_lines(raise_all([one, two], Said(frozenset({"cond:x"}))), frozenset())
    assert [each.asked_by for each in found] == ["two", ""]


@settings(max_examples=60, deadline=None)
@given(profiles())
def test_what_a_question_stands_in_for_is_never_better_placed_than_it(profile: Profile) -> None:
    sheet = build_sheet(PACK, profile, TODAY)
    ranks = {one.topic: one.rank for one in (*sheet.on_paper, *sheet.more)}
    said = said_in(vocabulary().recognised(profile), vocabulary())
    before = {one.prompt.topic: one.rank for one in raise_all(BANK, said)}
    for one in (*sheet.on_paper, *sheet.more):
        if one.asked_by:
            assert not one.pinned
            assert not one.starred
            assert ranks[one.asked_by] <= before[one.topic]
    assert not any(one.asked_by for one in build_sheet(PACK, profile, TODAY, wishes=Wishes(hide_sensitive=True)).more)


def test_why_a_question_shares_a_line_is_said() -> None:
    profile = Profile(conditions=("sleep_apnea",))
    sheet = build_sheet(PACK, profile, TODAY)
    words = explain(PACK, profile, sheet, "emergency_plan").place_why
    assert "Another question asks this too" in words
    assert "if my breathing slows" in words


COVERED = [(one, cover) for one in BANK for cover in one.covered]
SHARED: list[tuple[dict[str, object], str, str]] = [
        ({"conditions": ("sleep_apnea",)}, "monitoring", "what will staff do if my breathing slows"),
        ({"conditions": ("alcohol_problem",)}, "substance_use", "who can help me go without"),
        ({"conditions": ("ketamine_misuse",)}, "ketamine_misuse_history", "check my bladder"),
        ({"conditions": ("alcohol_daily",)}, "safe_reduction", "plan alcohol around a session"),
        ({"conditions": ("cognitive",)}, "decision_support", "Could this make it worse"),
        ({"conditions": ("liver", "kidney")}, "liver", "liver and kidney disease"),
        ({"conditions": ("heart_disease", "stroke_tia")}, "heart", "stroke or mini-stroke"),
        ({"medicines": ("methadone", "z_drug")}, "opioid_sedative", "methadone and a calming or sleeping pill"),
        ({"medicines": ("stimulant", "prazosin")}, "treatment_day_medicines", "my stimulant and prazosin"),
        ({"medicines": ("insulin", "bp_medicine")}, "diabetes_fasting", "insulin and blood pressure pills"),
        ({"circumstances": ("no_ride", "carer")}, "ride_home", "how long should another adult be in charge"),
    (
        {"medicines": ("methadone",), "circumstances": ("treatment_program",)},
        "opioid_sedative",
        "write to the program",
    ),
    ({"circumstances": ("no_ride", "carer")}, "ride_home", "how long should another adult be in charge"),
    (
        {"medicines": ("methadone",), "circumstances": ("treatment_program",)},
        "opioid_sedative",
        "write to the program",
    ),
    ({"stage": "stopped"}, "after_stopping", "what else could keep me well"),
        ({"circumstances": ("lives_alone", "no_ride")}, "ride_home", "should someone stay with me"),
        ({"circumstances": ("lives_alone", "child_care")}, "caregiving", "Should someone stay with me"),
        ({"circumstances": ("safety_job",)}, "driving", "go back to work where I must be alert"),
        ({"circumstances": ("saw_ad",), "stage": "booked"}, "baseline_tests", "or only an online form"),
        (
            {"circumstances": ("treatment_program",), "conditions": ("substance_use_past",)},
            "substance_use",
            "plan this with my program",
        ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "stands_in", "asks"), SHARED)
def test_the_line_that_is_shared_asks_both(said: dict[str, tuple[str, ...]], stands_in: str, asks: str) -> None:
    sheet = build_sheet(PACK, Profile(**said), TODAY)  # type: ignore[arg-type]
    assert stands_in in {one.asked_by for one in sheet.more}
    assert asks in next(one.text for one in sheet.on_paper if one.topic == stands_in)
    helped = Profile(**said, goal=("supporting_someone",))  # type: ignore[arg-type]
    text = next(one.text for one in build_sheet(PACK, helped, TODAY).on_paper if one.topic == stands_in)
    assert re.search(r"\b(?:they|them|their)\b", text, re.IGNORECASE)


def test_every_stand_in_of_the_bank_is_one_of_those() -> None:
    assert {cover.by for _, cover in COVERED} == {stands_in for _, stands_in, _ in SHARED}


def test_a_paper_for_one_reader_asks_once_and_says_not_whom_to_ask() -> None:
    from ketalearn.render.formats import rendered

    profile = Profile(medicines=("opioid", "benzodiazepine"))
    sheet = fit(build_sheet(PACK, profile, TODAY, wishes=Wishes(ask="pharmacist")))
    assert [one.topic for one in sheet.on_paper] == ["opioid_sedative", "medicine_check"]
    assert sheet.front[0].because == (
        "You said: strong pain medicine (opioid)", "You said: calming medicine (benzodiazepine)",
    )  # fmt: skip
    assert {one.asked_by for one in sheet.more if one.topic == "benzodiazepine"} == {"opioid_sedative"}
    text = rendered(sheet, "text").decode()
    assert "Ask the prescriber" not in text
    assert ".  [" not in text
    assert "Ask the prescriber" in rendered(fit(build_sheet(PACK, profile, TODAY)), "text").decode()
