"""Crisis lines by region, and the phrases that open Crisis help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ketalearn.commands import about_lines
from ketalearn.decision.profile import Profile
from ketalearn.decision.safety import UNCHECKED, Phrases, crisis_for
from ketalearn.decision.sheet import build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import FORMATS, Format, rendered
from tests.support import TODAY, real_pack

HERE = Path(__file__).parent
PACK = real_pack()
REGIONS = ["US", "UK", "CA", "AU", "IE", "NZ", "EU", "other", ""]
LEVELS: dict[str, dict[str, tuple[str, ...]]] = {
    "none": {},
    "caution": {"conditions": ("high_bp",)},
    "red_flag": {"conditions": ("high_bp_uncontrolled",)},
    "crisis_first": {"safety": ("suicidal_thoughts",)},
    "crisis_first with a plan": {"safety": ("suicidal_plan",)},
    "emergency_now": {"safety": ("medical_emergency_now",)},
}


def digits_of(region: str) -> set[str]:
    """Every number of a region, as bare digits of four or more (shorter ones are looked at as words)."""
    found = PACK.help_regions.get(region)
    if found is None:
        return set()
    return {*found.digits_emergency, *(digits for line in found.lines for digits in line.digits)}


def numbers_in(text: str) -> set[str]:
    """Numbers as they stand in a text, spaces and dashes inside them removed."""
    return {re.sub(r"\D", "", match[0]) for match in re.finditer(r"\+?\d[\d \-()]*\d|\d", text)}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("level", LEVELS)
def test_only_the_lines_of_the_region_are_shown(region: str, level: str) -> None:
    profile = Profile(region=region, **LEVELS[level])  # type: ignore[arg-type]
    sheet = build_sheet(PACK, profile, TODAY)
    assert sheet.level == level.split(maxsplit=1)[0]
    own = digits_of(region)
    others = {digits for code in PACK.help_regions for digits in digits_of(code)} - own
    shown = {number for line in (*sheet.crisis.lines, *sheet.crisis.notes) for number in numbers_in(line)}
    assert not shown & (others - {"112"}), shown & others
    assert sheet.crisis.region == (region if region not in ("", "other") else "other")
    if own:
        assert shown & own
    else:
        assert "112 works in many countries" in sheet.crisis.lines[0]
        assert "findahelpline.com" in " ".join(sheet.crisis.lines)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("region", REGIONS)
def test_every_format_shows_the_same_lines_and_no_other_region_s(form: Format, region: str, tmp_path: Path) -> None:
    sheet = fit(build_sheet(PACK, Profile(region=region, safety=("suicidal_plan",)), TODAY))
    data = rendered(sheet, form)
    if form == "pdf":
        from tests.render.reading import pdf_text

        text = pdf_text(data)
    else:
        text = data.decode()
    long_others = {
        digits for code in PACK.help_regions if code != region for digits in digits_of(code) if len(digits) > 4
    }
    # a short number may be part of a longer one of this region
    long_others = {digits for digits in long_others if not any(digits in own for own in digits_of(region))}
    crushed = re.sub(r"[\s\-]", "", text)
    assert not [digits for digits in long_others if digits in crushed]
    first = re.sub(r"[\s*_#>-]", "", sheet.crisis.lines[0])
    assert first[:30] in re.sub(r"[\s*_#>-]", "", text)


def test_the_emergency_number_is_above_with_a_plan_and_below_without() -> None:
    calm = crisis_for(PACK, "US", frozenset({"safety:suicidal_thoughts"}))
    plan = crisis_for(PACK, "US", frozenset({"safety:suicidal_plan"}))
    assert not calm.entries[0].emergency
    assert "988" in calm.lines[0]
    assert plan.entries[0].emergency
    assert "911" in plan.lines[0]


def test_lines_that_are_not_ready_stay_out() -> None:
    for code, region in PACK.help_regions.items():
        shown = {entry.name for entry in crisis_for(PACK, code).entries}
        for line in region.lines:
            if not line.ready:
                assert line.name not in shown


# ---------------------------------------------------------------- phrases

PHRASES = Phrases(PACK.safety.phrase)


def sentences(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_forty_sentences_of_danger_and_forty_of_every_day() -> None:
    assert len(sentences("crisis_phrases.txt")) >= 40
    assert len(sentences("everyday_sentences.txt")) >= 40


@pytest.mark.parametrize("sentence", sentences("crisis_phrases.txt"))
def test_a_sentence_of_danger_opens_crisis_help(sentence: str) -> None:
    assert PHRASES.match(sentence)


def test_at_most_five_everyday_sentences_open_it() -> None:
    opened = [sentence for sentence in sentences("everyday_sentences.txt") if PHRASES.match(sentence)]
    assert len(opened) <= 5, opened


def test_a_line_that_no_operator_confirmed_has_a_mark_and_what_it_means_is_said_once() -> None:
    marked = 0
    for code, region in PACK.help_regions.items():
        if code == "other":
            continue
        unsure = {line.name for line in region.lines if line.ready and line.level not in ("operator", "authority")}
        crisis = crisis_for(PACK, code)
        assert {entry.name for entry in crisis.entries if entry.mark} == unsure
        assert crisis.unchecked == (UNCHECKED if unsure else "")
        marked += len(unsure)
    assert marked
    # About says how many, so that the doubt stays to be found
    told = " ".join(about_lines(PACK))
    assert f"The other {marked} were read elsewhere, and Crisis help says so beside each." in told
