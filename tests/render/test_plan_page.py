"""The plan and the diary to fill in: in every format, with room to write, and nothing of the person on them."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import Format, rendered
from ketalearn.render.plan import PlanPage, plan_page
from tests.render.reading import pdf_text
from tests.support import TODAY, real_pack

PACK = real_pack()


def made(profile: Profile) -> tuple[Sheet, PlanPage]:
    sheet = fit(build_sheet(PACK, profile, TODAY))
    return sheet, plan_page(PACK, sheet.crisis, TODAY)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_each_step_and_the_regions_line_stand_in_each_format(form: Format) -> None:
    sheet, page = made(Profile(region="US"))
    raw = rendered(sheet, form, plan=page)
    text = pdf_text(raw, "-raw") if form == "pdf" else unescape(raw.decode()).replace("\\", "")
    words = " ".join(text.replace("\n- ", " ").split()).casefold()
    assert all(step.text.casefold() in words for step in page.form.step)
    assert all(name.casefold() in words for name in page.form.diary_columns)
    assert page.form.title.casefold() in words
    assert "988" in words[words.rindex(page.form.title.casefold()) :]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_pdf_with_the_plan_has_no_fault_of_pdf_ua(tmp_path: Path, paper: str, large: bool) -> None:
    import pdfua

    sheet, page = made(Profile())
    path = tmp_path / "sheet.pdf"
    path.write_bytes(rendered(sheet, "pdf", plan=page, paper=paper, large_print=large))  # type: ignore[arg-type]
    report = pdfua.validate(str(path))
    assert [str(one) for one in report.findings if "error" in str(one.severity).lower()] == []


def test_two_people_of_one_region_get_the_same_form() -> None:
    assert made(Profile(region="US"))[1] == made(Profile(region="US", conditions=("bipolar",)))[1]
    assert made(Profile(region="US"))[1].crisis != made(Profile(region="UK"))[1].crisis


def test_the_command_adds_it_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sheet", "--plan"]) == 0
    assert "MY PLAN IF THINGS GET WORSE" in capsys.readouterr().out
    assert run(["sheet"]) == 0
    assert "MY PLAN IF THINGS GET WORSE" not in capsys.readouterr().out
    assert run(["sheet", "--plan", "--format", "json"]) == 2
