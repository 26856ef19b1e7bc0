"""What everyone needs stays on paper when room is short."""

from __future__ import annotations

from hypothesis import given, settings

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.text import to_text
from tests.support import TODAY, profiles, real_pack

NINE = (
    "high_bp_uncontrolled", "heart_disease", "stroke", "liver_severe", "bladder", "psychosis", "bipolar", "glaucoma",
    "seizures",
)  # fmt: skip


def base_musts() -> set[str]:
    return {prompt.topic for group in real_pack().groups for prompt in group.prompt if prompt.base == "must"}


@settings(max_examples=60, deadline=None)
@given(profile=profiles())
def test_a_base_must_leaves_the_paper_only_when_nothing_else_can(profile: Profile) -> None:
    whole = build_sheet(real_pack(), profile, TODAY)
    fitted = fit(whole)
    gone = {one.topic for one in whole.on_paper} - {one.topic for one in fitted.on_paper}
    if gone & base_musts():
        kept = [one for one in fitted.on_paper[3:] if not (one.pinned or one.starred or one.base_must)]
        assert kept == []
    assert len(fitted.front) == min(10, len(fitted.on_paper)) or any(one.pinned for one in fitted.back)


def test_nine_conditions_leave_the_way_home_on_paper() -> None:
    known = [value.id for field in real_pack().interview.field if field.id == "conditions" for value in field.value]
    profile = Profile(conditions=tuple(name for name in NINE if name in known))
    assert len(profile.conditions) >= 6
    printed = {one.topic for one in fit(build_sheet(real_pack(), profile, TODAY)).on_paper}
    assert base_musts() <= printed


def test_a_helpers_sheet_never_says_the_danger_as_the_helpers_own() -> None:
    profile = Profile(goal=("supporting_someone",), safety=("suicidal_plan",), conditions=("aneurysm",))
    sheet = fit(build_sheet(real_pack(), profile, TODAY))
    said = " ".join(reason for one in (*sheet.on_paper, *sheet.more) for reason in one.because)
    said += " ".join(notice.text for notice in sheet.notices)
    assert "They have a plan to end their life".casefold() in said.casefold()
    assert "my life" not in said
    assert "They can take time" in to_text(sheet)
