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
