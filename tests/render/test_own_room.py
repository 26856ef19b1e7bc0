"""Room to write under a person's own questions, on the back and on the extra page, whatever their script."""

from __future__ import annotations

import pytest

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, build_sheet
from ketalearn.render import wording
from ketalearn.render.fit import extra_lines, fit, own_lines
from ketalearn.render.formats import rendered
from tests.render.test_layout import MM, lines_of, rules_of
from tests.support import TODAY, real_pack

ARABIC = "هل يمكنني إحضار أختي؟"
HINDI = "क्या मैं अपनी बहन को ला सकता हूँ?"


def paper(*own: str, **said: object) -> Sheet:
    return fit(build_sheet(real_pack(), Profile(own_questions=own, **said), TODAY))  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["May my sister come?", ARABIC, HINDI])
def test_an_own_question_stands_first_on_the_back_with_a_line_to_write_on(words: str) -> None:
    sheet = paper(words, region="UK")
    assert own_lines(sheet) == 1
    without = rules_of(rendered(paper(region="UK"), "pdf"))
    data = rendered(sheet, "pdf")
    assert len(rules_of(data)[1]) == len(without[1]) + 1
    lines = sorted((line for line in lines_of(data)[0] if line.page == 1), key=lambda line: line.top)
    assert lines[0].words == wording.OWN_HEADING
    heading = next(line for line in lines if line.words.startswith(wording.MUSTS_HEADING))
    above = max(line.top for line in lines if line.top < heading.top)
    assert above > lines[0].top
    assert heading.top - above > (7 + 4) * MM  # a line of type, then the line to write on
    text = rendered(sheet, "text").decode()
    assert text.index(words) < text.index(wording.MUSTS_HEADING.upper())
    assert text.split(words)[1].strip().startswith("____")


def test_a_further_warning_question_still_leads_the_back() -> None:
    flags = ("aneurysm", "psychosis", "mania", "blood_in_urine", "angina", "porphyria", "liver_severe",
             "substance_use_current", "ketamine_allergy")  # fmt: skip
    sheet = paper("May my sister come?", conditions=flags)
    assert sheet.back[0].pinned
    groups = wording.back_groups(sheet)
    assert groups[0][0].startswith(wording.WARNINGS_HEADING) and all(one.pinned for _, one in groups[0][1])
    for heading, group in groups:
        needed = any(one.pinned or one.base_must or one.priority == "must" for _, one in group)
        assert heading.startswith(wording.BACK_HEADING) != needed
    assert len({heading for heading, _ in groups}) == len(groups)
    text = " ".join(rendered(sheet, "text").decode().split())
    assert text.index(sheet.back[0].text) < text.index("May my sister come?")


@pytest.mark.parametrize(("count", "lines"), [(9, 1), (40, 0)])
def test_the_extra_page_has_lines_where_all_questions_fit_with_them(count: int, lines: int) -> None:
    sheet = paper(*(f"My own question number {n}, which I would like to have answered?" for n in range(count)))
    assert extra_lines(sheet) == lines
    pages = rules_of(rendered(sheet, "pdf"))
    assert len(pages) == 3
    assert len(pages[2]) == lines * len(sheet.own_extra)


def test_the_main_lines_of_a_crisis_stand_large_and_all_others_small_below() -> None:
    sheet = paper(region="CA", safety=("recent_attempt",))
    main, rest = wording.crisis_main(sheet), wording.crisis_rest(sheet)
    assert [line.split(":")[0] for line in main] == ["Is someone in danger now? Call 911.", "9-8-8"]
    for line in sheet.crisis.lines:
        assert line in main or line.rstrip(".") in rest
    lines, _ = lines_of(rendered(sheet, "pdf"))
    tall = {line.words: line.bottom - line.top for line in lines if line.page == 0}
    large = next(height for words, height in tall.items() if "Call 911" in words and "danger" in words)
    small = next(height for words, height in tall.items() if words.startswith("More lines:"))
    assert large > small * 1.3


@pytest.mark.parametrize("region", ["US", "UK", "CA", "AU", "IE", "NZ", "EU", "other", ""])
def test_the_main_lines_are_the_emergency_number_and_lines_for_anyone_there(region: str) -> None:
    sheet = paper(region=region, safety=("suicidal_plan",))
    main = [entry for entry in sheet.crisis.entries if entry.main]
    assert main[0].emergency
    assert 2 <= len(main) <= 3
    for entry in main[1:]:
        assert not any(word in entry.for_whom for word in ("Indigenous", "Veterans", "Young", "Ireland.", "Scotland"))


def test_in_large_print_a_question_and_its_room_to_write_stay_on_one_page() -> None:
    sheet = paper(
        goal=("supporting_someone", "depression"), conditions=("high_bp", "cognitive"), age_band="65_plus",
        region="CA", stage="considering", medicines=("antidepressant",), medicine_names=("Zoloft",),
    )  # fmt: skip
    lines, _ = lines_of(rendered(sheet, "pdf", large_print=True))
    # a line to write on that was parted from its question would push the first words of a page down
    for page in (1, 2, 3):
        assert min(line.top for line in lines if line.page == page) < 15 * MM
