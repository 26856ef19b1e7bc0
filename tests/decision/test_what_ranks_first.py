"""What could hurt most leads the sheet: danger, red flags, the setting; and what every value of the vocabulary does."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from hypothesis import given, settings

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, build_sheet
from ketalearn.decision.triggers import Rank
from ketalearn.render import wording
from ketalearn.render.fit import DENSEST, fit
from tests.support import ROOT, TODAY, profiles, real_pack

PACK = real_pack()
GETTING_READY = ("baseline_tests", "preparation", "session_walkthrough", "time_travel")


def paper(profile: Profile) -> Sheet:
    return fit(build_sheet(PACK, profile, TODAY))


def places(sheet: Sheet) -> dict[str, int]:
    every = (*sheet.front, *sheet.back, *sheet.more)
    return {one.topic: at for at, one in enumerate(every)}


@pytest.mark.parametrize("helped", [(), ("supporting_someone",)])
@pytest.mark.parametrize("stage", ["considering", "booked", "on_treatment"])
@pytest.mark.parametrize("danger", ["suicidal_thoughts", "suicidal_plan", "recent_attempt", ""])
def test_what_to_do_today_and_a_safer_home_come_before_getting_ready(
    helped: tuple[str, ...], stage: str, danger: str
) -> None:
    goal = helped if danger else (*helped, "depression_suicidal")
    sheet = paper(Profile(goal=goal, stage=stage, safety=(danger,) if danger else (), circumstances=("lives_alone",)))
    at = places(sheet)
    first = sheet.front[0]
    assert (first.topic, first.pinned, sheet.level) == ("safety_today", True, "crisis_first")
    assert max(at["home_safety"], at["safety_plan_family"], at["suicidality_plan"]) < len(sheet.on_paper)
    if danger:
        # the goal alone is no own fact (contract, "Order"), so that these then follow the base musts
        assert sheet.front[1].topic == "home_safety"
        assert all(at["home_safety"] < at[topic] for topic in GETTING_READY if topic in at)
        assert at["safety_plan_family"] < 10
    assert ("They tried" if helped else "I tried") in first.text if danger == "recent_attempt" else True


def test_someone_with_no_danger_is_not_asked_about_today() -> None:
    at = places(paper(Profile(goal=("supporting_someone",))))
    assert "safety_today" not in at
    assert at["supporter"] == 0


def test_psychosis_in_the_family_is_on_the_front() -> None:
    sheet = paper(Profile(conditions=("family_psychosis",), age_band="18_24", stage="considering"))
    one = next(question for question in sheet.front if question.topic == "psychosis")
    assert one.rank == Rank.OWN_MUST
    assert not one.pinned
    assert "past psychosis" not in one.why


@pytest.mark.parametrize(
    ("said", "level", "topic"),
    [
        ({"conditions": ("alcohol_daily",)}, "red_flag", "safe_reduction"),
        ({"route": ("at_home",)}, "red_flag", "home_emergency"),
        # the ledger asks to tell the team, and holds nothing on methadone itself
        ({"medicines": ("methadone",)}, "caution", "opioid_sedative"),
        ({"medicines": ("benzodiazepine",)}, "caution", "benzodiazepine"),
    ],
)
def test_a_notice_stands_where_the_evidence_bears_it(said: dict[str, tuple[str, ...]], level: str, topic: str) -> None:
    sheet = paper(Profile(**said))  # type: ignore[arg-type]
    assert sheet.level == level
    one = next(question for question in sheet.front if question.topic == topic)
    assert one.pinned == (level == "red_flag")
    assert bool(sheet.notices) == one.pinned


def test_the_plan_for_slow_breathing_is_on_the_sheet_of_all_whom_it_bears_on() -> None:
    bears = next(one for group in PACK.groups for one in group.prompt if one.topic == "emergency_plan")
    facts = [fact for fact in bears.should_if if fact.startswith(("cond:", "med:", "age:"))]
    assert len(facts) > 20
    for fact in facts:
        prefix, _, value = fact.partition(":")
        field = {"cond": "conditions", "med": "medicines", "age": "age_band"}[prefix]
        sheet = paper(Profile().with_field(field, [value]))
        one = next(question for question in sheet.on_paper if question.topic == "monitoring")
        assert "breathing slows" in one.text, fact
        assert one.rank == Rank.OWN_MUST, fact


@settings(deadline=None)
@given(profiles())
def test_reasons_grow_shorter_before_a_must_of_ones_own_leaves_the_paper(profile: Profile) -> None:
    whole = build_sheet(PACK, profile, TODAY)
    made = fit(whole)
    kept = {one.topic for one in made.on_paper}
    if any(one.rank <= Rank.OWN_MUST and one.topic not in kept for one in whole.on_paper):
        assert made.dense >= 2
    for one in made.on_paper:
        shortest = wording.reason(one, DENSEST)
        assert shortest
        assert not one.because or shortest.startswith(one.because[0].rstrip("."))


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_every_wording_with_its_reason_reads_at_grade_six_or_below() -> None:
    level = script("prompt_grades")
    rows = level.printed(PACK)
    assert len(rows) > 500
    assert [row for row in level.graded(rows, level.NAMES) if row[0] > 6] == []
    # long names are masked, not hard words
    assert (
        level.graded([("x", "Do you necessitate multidisciplinary psychopharmacological care?")], level.NAMES)[0][0] > 6
    )


def test_every_value_raises_a_topic_or_says_why_it_raises_none() -> None:
    table = list(script("fact_table").rows(PACK))
    assert len(table) == sum(len(field.value) for field in PACK.interview.field) > 150
    for row in table:
        assert bool(row.raised) != bool(row.reason), row.fact
    by_fact = {row.fact: dict(row.topics) for row in table}
    assert by_fact["cond:alcohol_daily"]["safe_reduction"] == "!"
    assert by_fact["repro:not_able"] == {"pregnancy": "-"}
    assert by_fact["region:US"]["rems"] == "g"
