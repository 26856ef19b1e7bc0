"""The paper, read back: sizes, tags, reading order, and the same questions in every format."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import rendered
from ketalearn.render.icons import FULL, icon_rows
from ketalearn.render.pdf import to_pdf
from ketalearn.render.text import to_text
from tests.render.reading import pdf_text
from tests.support import TODAY, profiles, real_pack

MM = 72 / 25.4
OWN = tuple(
    f"My own question number {n}, which is a little longer than one line would be, is it not so?" for n in range(40)
)
PEOPLE: dict[str, Profile] = {
    "nobody": Profile(),
    "acceptance": Profile(
        region="US", conditions=("high_bp_uncontrolled",), medicines=("benzodiazepine",), circumstances=("no_ride",),
        values=("speed",), quiz_misses=("driving", "bladder"),
    ),
    "many troubles": Profile(
        region="UK", stage="on_treatment", goal=("depression", "ptsd"), route=("at_home", "compounded"),
        conditions=("aneurysm", "psychosis", "mania", "blood_in_urine", "angina", "porphyria", "liver_severe",
                    "substance_use_current", "ketamine_allergy", "sleep_apnea", "diabetes"),
        medicines=("maoi", "opioid", "lithium"), medicine_names=("Xanax", "Priadel"),
        circumstances=("no_ride", "lives_alone", "child_care"), starred=("total_cost", "driving", "own:2"),
        own_questions=OWN[:8],
    ),
    "in crisis": Profile(region="AU", safety=("suicidal_plan",), goal=("depression_suicidal",)),
    "forty of her own": Profile(own_questions=OWN, starred=("own:1", "own:2", "own:3")),
    "names in four scripts": Profile(
        own_questions=("¿Puede venir mi hermana?", "هل يمكنني إحضار أختي؟", "क्या मैं अपनी बहन को ला सकता हूँ?",
                       "我可以带我姐姐吗?", "Μπορώ;", "Можно?"),
    ),
}  # fmt: skip


def sheet_for(name: str) -> Sheet:
    return fit(build_sheet(real_pack(), PEOPLE[name], TODAY))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", PEOPLE)
def test_one_sheet_of_paper_and_an_extra_page_only_for_own_questions(name: str, paper: str) -> None:
    sheet = sheet_for(name)
    with opened(to_pdf(sheet, paper=paper)) as pdf:
        extra = 1 if sheet.own_extra else 0
        assert len(pdf.pages) == 2 + extra
        box = [float(value) for value in pdf.pages[0].mediabox]
        assert (round(box[2]), round(box[3])) == ((612, 792) if paper == "letter" else (595, 842))


@settings(max_examples=60)
@given(profiles())
def test_any_profile_is_one_sheet_on_both_papers(profile: Profile) -> None:
    sheet = fit(build_sheet(real_pack(), profile, TODAY))
    for paper in ("letter", "a4"):
        with opened(to_pdf(sheet, paper=paper)) as pdf:
            assert len(pdf.pages) == 2


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", PEOPLE)
def test_the_pdf_is_tagged_titled_and_says_its_language(name: str, large: bool) -> None:
    data = to_pdf(sheet_for(name), large_print=large)
    with opened(data) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("en")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Questions to ask my doctor"
        tags = list(structure(root.StructTreeRoot))
        headings = [tag for tag in tags if re.fullmatch(r"H\d", tag)]
        assert headings[0] == "H1"
        assert headings.count("H1") == 1
        sheet = sheet_for(name)
        assert tags.count("LI") >= len(sheet.on_paper)


def structure(node: Any) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from structure(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from structure(node.K)


@pytest.mark.parametrize("name", PEOPLE)
def test_text_in_reading_order_holds_every_question_once_and_in_order(name: str) -> None:
    sheet = sheet_for(name)
    crushed = re.sub(r"\s", "", pdf_text(to_pdf(sheet)))
    text = re.sub(r"\s", "", to_text(sheet))
    at_pdf = at_text = 0
    for question in sheet.on_paper:
        words = re.sub(r"\s", "", question.text)
        at_pdf = crushed.index(words, at_pdf) + 1
        at_text = text.index(words, at_text) + 1
        assert crushed.count(words) == 1
    for line in sheet.tell[:8]:
        assert re.sub(r"\s", "", line) in crushed


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_format_holds_the_same_questions_in_order(name: str, form: Any) -> None:
    import html

    sheet = sheet_for(name)
    text = rendered(sheet, form).decode()
    if form == "json":
        made = json.loads(text)
        assert [q["topic"] for q in [*made["front"], *made["back"]]] == [q.topic for q in sheet.on_paper]
        return
    crushed = re.sub(r"[\s\\]", "", html.unescape(text))
    at = 0
    for question in sheet.on_paper:
        at = crushed.index(re.sub(r"\s", "", question.text), at) + 1


def instructions(page: Any) -> Iterator[tuple[Any, Any]]:
    """The drawing steps of a page as (operands, operator)."""
    for step in pikepdf.parse_content_stream(page):
        yield step.operands, step.operator


def sizes_in(data: bytes) -> dict[float, int]:
    """Letters shown by type size in points, read from the content streams."""
    shown: dict[float, int] = {}
    with opened(data) as pdf:
        for page in pdf.pages:
            size = 0.0
            for operands, operator in instructions(page):
                if str(operator) == "Tf":
                    size = float(operands[1])
                elif str(operator) in ("Tj", "TJ"):
                    shown[size] = shown.get(size, 0) + 1
    return shown


def test_type_is_never_smaller_than_promised() -> None:
    from ketalearn.render import wording

    sheet = sheet_for("many troubles")
    sizes = sizes_in(to_pdf(sheet))
    assert min(sizes) == 7.5
    assert {11.0, 9.0, 7.5} <= set(sizes)
    assert len(wording.paper_sources(sheet)) <= sizes[7.5]
    assert min(sizes_in(to_pdf(sheet, large_print=True))) >= 14


def test_writing_lines_are_seven_millimetres_apart_or_more() -> None:
    with opened(to_pdf(sheet_for("acceptance"))) as pdf:
        for page in pdf.pages:
            drawn = []
            shift = [0.0]
            for operands, operator in instructions(page):
                match str(operator):
                    case "q":
                        shift.append(shift[-1])
                    case "Q":
                        shift.pop()
                    case "cm":
                        shift[-1] += float(operands[5])
                    case "l":
                        drawn.append(shift[-1])
            heights = sorted({round(abs(one), 1) for one in drawn})
            gaps = [second - first for first, second in pairwise(heights)]
            assert heights
            assert all(gap >= 7 * MM - 0.2 or gap < 1 for gap in gaps), gaps


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert to_pdf(sheet_for("acceptance")) == to_pdf(sheet_for("acceptance"))


def test_a_letter_that_no_font_has_prints_as_a_box_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketalearn.render.eastasian.found", lambda: ())
    text = pdf_text(to_pdf(sheet_for("names in four scripts")))
    assert "□" in text
    assert "□ stands for a letter or sign that this paper could not print." in " ".join(text.split())
    assert "Можно?" in text
    assert "बहन" in text
    assert "□" not in pdf_text(to_pdf(fit(build_sheet(real_pack(), Profile(values=("speed",)), TODAY))))


@settings(max_examples=150)
@given(st.text())
def test_whatever_is_typed_makes_a_pdf_and_stays_literal(text: str) -> None:
    profile = Profile(own_questions=(text,), own_value=text, medicine_names=(text,), edited={"driving": text})
    sheet = fit(build_sheet(real_pack(), profile, TODAY))
    assert to_pdf(sheet).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "*b* $x$ <script>alert(1)</script>",
        "`code`",
        "[x] @preview",
        "\u0000\ud800\ufffe",
        "=h",
        "\u202eabc",
    ],
)
def test_markup_stays_as_typed_in_every_format(text: str) -> None:
    sheet = fit(build_sheet(real_pack(), Profile(own_questions=(text,), starred=("own:1",)), TODAY))
    page = rendered(sheet, "html").decode()
    assert "<script" not in page
    assert to_pdf(sheet)
    assert rendered(sheet, "markdown")


def test_the_web_page_asks_for_nothing_and_runs_nothing() -> None:
    page = rendered(sheet_for("many troubles"), "html").decode()
    assert "default-src 'none'" in page
    for word in ("<script", "src=", "@import", "url(", "href="):
        assert word not in page
    assert page.count("<h1") == 1
    assert "lang='en'" in page


def test_crisis_lines_come_first_in_a_crisis_and_at_the_foot_otherwise() -> None:
    first = " ".join(pdf_text(to_pdf(sheet_for("in crisis"))).split())
    assert first.startswith("• Is someone in danger now? Call Triple Zero: 000.")
    calm = " ".join(pdf_text(to_pdf(sheet_for("acceptance"))).split())
    assert calm.startswith("Questions to ask my doctor")
    assert calm.count("Call 911") == 2


def test_the_paper_says_what_it_is_and_is_not() -> None:
    text = " ".join(pdf_text(to_pdf(sheet_for("acceptance"))).split())
    for words in (
        "Should I start (or keep going with) ketamine or esketamine treatment, choose something else, or wait?",
        "This sheet does not say yes or no to treatment.", "No clinician has reviewed it.",
        "It was not tested with patients.",
        "Content dated 2026.11.", "Can I say back what I heard?",
        "more questions are kept in the app.", "To be checked again by 2027-05-31.",
        "Do not stop or change a medicine",
    ):  # fmt: skip
        assert words in text, words


@given(st.floats(0, 100), st.sampled_from([5, 10, 20, 25]))
def test_an_icon_array_has_one_mark_a_person_and_the_count_is_full(count: float, columns: int) -> None:
    rows = icon_rows(count, 100, columns)
    assert {len(row) for row in rows} == {columns}
    assert sum(map(len, rows)) == 100
    assert abs("".join(rows).count(FULL) - count) <= 0.5


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", PEOPLE)
def test_the_checker_finds_no_fault_with_pdf_ua(name: str, large: bool, tmp_path: Path) -> None:
    import pdfua

    path = tmp_path / "sheet.pdf"
    path.write_bytes(to_pdf(sheet_for(name), large_print=large))
    report = pdfua.validate(str(path))
    worst = [str(finding) for finding in report.findings if "error" in str(finding.severity).lower()]
    assert worst == []
    assert len(report.outcomes) > 5


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", PEOPLE)
def test_the_first_three_alone_are_one_side_with_room_to_write(name: str, paper: str) -> None:
    whole = sheet_for(name)
    sheet = top_three(whole)
    assert sheet.front == whole.front[:3]
    assert {q.topic for q in sheet.more} >= {q.topic for q in whole.on_paper[3:]}
    data = to_pdf(sheet, paper=paper)
    with opened(data) as pdf:
        assert len(pdf.pages) == 1
    text = " ".join(pdf_text(data).split())
    assert "Only the first questions are here" in text
    assert "Can I say back what I heard?" not in text
    for question in whole.on_paper[3:]:
        assert question.text not in text


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_a_sheet_for_someone_says_so_and_holds_only_what_they_can_answer(form: Any) -> None:
    profile = Profile(own_questions=("May I bring my sister?",))
    sheet = build_sheet(real_pack(), profile, TODAY, wishes=Wishes(ask="pharmacist"))
    assert all("pharmacist" in question.ask for question in (*sheet.on_paper, *sheet.more))
    data = rendered(sheet, form)
    text = " ".join((pdf_text(data) if form == "pdf" else data.decode()).split())
    assert "questions to ask a pharmacist" in text.casefold()
    assert "Only what a pharmacist can answer is here." in text
    assert "my sister" not in text
    assert "Your own questions are on the full sheet only." in text


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_a_sheet_for_billing_says_nothing_about_health_and_says_why(form: Any) -> None:
    profile = Profile(
        region="US", stage="on_treatment", conditions=("high_bp_uncontrolled", "psychosis"), medicines=("maoi",),
        medicine_names=("Xanax",), circumstances=("no_ride",), values=("speed",), own_value="to see my son again",
    )  # fmt: skip
    sheet = build_sheet(real_pack(), profile, TODAY, wishes=Wishes(ask="billing"))
    assert sheet.front
    assert sheet.tell == sheet.values == ()
    assert not any(question.because for question in (*sheet.on_paper, *sheet.more))
    data = rendered(sheet, form)
    text = " ".join((pdf_text(data) if form == "pdf" else data.decode()).split())
    assert "They need no health details, so nothing from About me is here." in text
    for words in ("Xanax", "blood pressure", "psychosis", "my son", "You said", "Tell your clinician"):
        assert words.casefold() not in text.casefold(), words
