"""The page of choices after the sheet: the same words in every format, tagged as a table, alike for everyone."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, build_sheet
from ketalearn.render import choices as page_module
from ketalearn.render.choices import choices_page
from ketalearn.render.fit import fit
from ketalearn.render.formats import Format, Paper, rendered
from tests.render.reading import pdf_text
from tests.support import TODAY, real_pack

PACK = real_pack()
PAGE = choices_page(PACK, TODAY)


def sheet(profile: Profile | None = None) -> Sheet:
    return fit(build_sheet(PACK, profile or Profile(), TODAY))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_cell_stands_in_every_format(form: Format) -> None:
    from html import unescape

    made = " ".join(unescape(rendered(sheet(), form, choices=PAGE).decode()).replace("\\", "").split())
    for heading, texts in PAGE.rows:
        assert heading in made
        assert all(text in made for text in texts)
    assert page_module.HEADING.casefold() in made.casefold()


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_pdf_has_the_table_with_its_headers(paper: Paper) -> None:
    data = rendered(sheet(), "pdf", paper=paper, choices=PAGE)
    words = " ".join(pdf_text(data, "-raw").split())
    assert all(name.split()[0] in words for name in PAGE.names)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        plain = len(pikepdf.open(io.BytesIO(rendered(sheet(), "pdf", paper=paper))).pages)
        assert len(pdf.pages) <= plain + 4
    assert tags.count("/TH") >= len(PAGE.names)
    assert tags.count("/Table") == 2


def test_the_pdf_has_no_fault_of_pdf_ua(tmp_path: Path) -> None:
    import pdfua

    path = tmp_path / "sheet.pdf"
    path.write_bytes(rendered(sheet(), "pdf", choices=PAGE))
    report = pdfua.validate(str(path))
    assert [str(one) for one in report.findings if "error" in str(one.severity).lower()] == []
    assert len(report.outcomes) > 5


def test_two_people_with_opposite_wishes_get_the_same_page() -> None:
    wants, fears = sheet(Profile(values=("speed",))), sheet(Profile(values=("few_side_effects",)))
    for form in ("text", "markdown"):
        made = [rendered(one, form, choices=PAGE).decode() for one in (wants, fears)]
        first, second = (text[text.casefold().rindex(page_module.HEADING.casefold()) :] for text in made)
        assert first == second


def circles(data: bytes, page: int) -> tuple[int, int]:
    """How many round marks a PDF page draws: full and empty."""
    full = empty = 0
    round_path = False
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[page]):
            name = str(step.operator)
            if name == "c":
                round_path = True
            elif name in ("B", "S", "f", "n"):
                full += round_path and name in ("B", "f")
                empty += round_path and name == "S"
                round_path = False
    return full, empty


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_paper_draws_every_count_of_every_choice(paper: Paper) -> None:
    """Both counts of a choice that has two are drawn, so that no trial is seen at the cost of another."""
    data = rendered(sheet(), "pdf", paper=paper, choices=PAGE)
    start = len(pikepdf.open(io.BytesIO(rendered(sheet(), "pdf", paper=paper))).pages)
    (by_option,) = PAGE.pictures.values()
    assert sorted(map(len, by_option)) == [1, 1, 1, 1, 1, 2, 2, 2]
    for page, options in ((start, by_option[:4]), (start + 1, by_option[4:])):
        people = [bar.people for pictures in options for picture in pictures for bar in picture.bars]
        full = sum(int(one / 10 + 0.5) for one in people)
        assert circles(data, page) == (full, 10 * len(people) - full)
    words = " ".join(pdf_text(data, "-raw").split())
    for pictures in by_option:
        for picture in pictures:
            assert all(f"{bar.people:g} of {bar.of} {who}" in words for bar, who in picture.arms)


def test_the_web_page_draws_every_count_and_says_it() -> None:
    made = page_module.to_html(PAGE)
    (by_option,) = PAGE.pictures.values()
    people = [bar.people for pictures in by_option for picture in pictures for bar in picture.bars]
    assert made.count("●") == sum(int(one / 10 + 0.5) for one in people)
    assert made.count("●") + made.count("○") == 10 * len(people)
    assert "In hospital, had few or no symptoms left:" in made
