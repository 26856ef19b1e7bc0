"""The plan and the diary to fill in: in every format, with room to write, and nothing of the person on them."""

from __future__ import annotations

import datetime as dt
import io
from html import unescape
from pathlib import Path

import pikepdf
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


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_past_its_date_it_says_so_on_paper_and_before_it_does_not(form: Format) -> None:
    sheet, _ = made(Profile(region="US"))
    assert PACK.plan is not None
    last = PACK.plan.review_by
    for today, said in ((last, False), (last + dt.timedelta(1), True)):
        raw = rendered(sheet, form, plan=plan_page(PACK, sheet.crisis, today))
        text = pdf_text(raw, "-raw") if form == "pdf" else unescape(raw.decode()).replace("\\", "")
        assert (f"This form was to be checked again by {last}." in " ".join(text.split())) is said


def test_each_source_of_the_form_is_named_once() -> None:
    _, page = made(Profile(region="US"))
    assert PACK.plan is not None
    names = [PACK.sources[name].short for _, sources in PACK.plan.cites() for name in sources]
    assert len(set(names)) >= 3 and all(page.sources.count(name) == 1 for name in names)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("region", ["US", "UK", "AU"])
def test_the_plan_and_the_diary_fill_one_page(paper: str, region: str) -> None:
    sheet, page = made(Profile(region=region))
    data = rendered(sheet, "pdf", plan=page, paper=paper)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(rendered(sheet, "pdf", paper=paper))) as alone:  # type: ignore[arg-type]
        assert len(pdf.pages) - len(alone.pages) == 1
    at = [number for number, text in enumerate(pdf_text(data).split("\f")) if page.form.step[0].text in text]
    last = [number for number, text in enumerate(pdf_text(data).split("\f")) if page.form.step[-1].text in text]
    assert at == last and len(at) == 1


def test_two_people_of_one_region_get_the_same_form() -> None:
    assert made(Profile(region="US"))[1] == made(Profile(region="US", conditions=("bipolar",)))[1]
    assert made(Profile(region="US"))[1].crisis != made(Profile(region="UK"))[1].crisis


def test_the_command_adds_it_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sheet", "--plan"]) == 0
    assert "MY PLAN IF THINGS GET WORSE" in capsys.readouterr().out
    assert run(["sheet"]) == 0
    assert "MY PLAN IF THINGS GET WORSE" not in capsys.readouterr().out
    assert run(["sheet", "--plan", "--format", "json"]) == 2


@pytest.mark.parametrize("order", [["--plan", "--blank"], ["--blank", "--plan"]])
def test_the_blank_form_and_the_plan_are_refused_together(
    order: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "both.pdf"
    assert run(["sheet", *order, "-o", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.splitlines()) == 1
    assert "--blank is a form of its own; give --plan without it" in told.err
    assert not path.exists()
