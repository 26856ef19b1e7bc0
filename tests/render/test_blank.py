"""The empty form: everyone's questions as suggestions, room to write, and nothing about a person."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ketalearn.decision.blank import OWN_LINES, Blank, blank_form
from ketalearn.render.formats import FORMATS, rendered
from tests.render.reading import pdf_text
from tests.support import TODAY, real_pack

BASE_MUSTS = {
    "options_including_none", "chance_of_benefit", "medicine_check", "monitoring", "side_effects", "warning_signs",
    "driving", "measuring_response", "suicidality_plan", "total_cost", "alternatives",
}  # fmt: skip


def form(region: str = "") -> Blank:
    return blank_form(real_pack(), TODAY, region=region)


def words_of(kind: Any, region: str = "") -> str:
    import html

    data = rendered(form(region), kind)
    text = pdf_text(data) if kind == "pdf" else html.unescape(data.decode())
    return " ".join(text.replace("\\", "").split())


def test_the_eleven_that_everyone_gets_are_suggested_each_with_its_source() -> None:
    made = form()
    assert {one.topic for one in made.suggested} == BASE_MUSTS
    assert len(made.suggested) == 11
    for one in made.suggested:
        assert made.numbers(one).strip("[]")
        assert not one.because


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "json"])
def test_each_format_holds_all_parts_in_order(kind: Any) -> None:
    text = words_of(kind).casefold()
    at = 0
    for words in (
        "My questions for my visit", "does not say yes or no to treatment", "No clinician has reviewed it.",
        "Tell your clinician", *(one.text for one in form().suggested), "My own questions", "10.",
        "Can I say back what I heard?", "My next step, and by when", "Who decides: me, with my clinician.", "Sources",
    ):  # fmt: skip
        if words == "10." and kind == "html":
            assert text.count("<li><div class='write'>") == OWN_LINES
            continue
        at = text.index(" ".join(words.casefold().split()), at) + 1


@pytest.mark.parametrize("kind", FORMATS)
def test_crisis_lines_are_those_of_the_region_and_of_no_other(kind: Any) -> None:
    assert "999" in words_of(kind, "UK")
    assert "911" not in words_of(kind, "UK")
    assert "findahelpline.com" in words_of(kind)


def test_as_json_it_is_a_small_dict_with_a_name() -> None:
    made = json.loads(rendered(form("US"), "json"))
    assert made["schema"] == "ketalearn/blank@1"
    assert {one["topic"] for one in made["suggested"]} == BASE_MUSTS
    assert made["own_lines"] == 10
    assert made["crisis"]["region"] == "US"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_it_is_one_sheet_of_paper_with_room_to_write(paper: Any) -> None:
    with pikepdf.open(io.BytesIO(rendered(form("AU"), "pdf", paper=paper))) as pdf:
        assert len(pdf.pages) == 2
    with pikepdf.open(io.BytesIO(rendered(form(), "pdf", paper=paper, large_print=True))) as pdf:
        assert len(pdf.pages) > 2


@pytest.mark.parametrize("large", [False, True])
def test_the_checker_finds_no_fault_with_pdf_ua(large: bool, tmp_path: Path) -> None:
    import pdfua

    path = tmp_path / "blank.pdf"
    path.write_bytes(rendered(form(), "pdf", large_print=large))
    report = pdfua.validate(str(path))
    assert [str(one) for one in report.findings if "error" in str(one.severity).lower()] == []


def test_the_same_day_gives_the_same_bytes_and_plain_letters_where_asked() -> None:
    assert rendered(form(), "pdf") == rendered(form(), "pdf")
    assert rendered(form(), "text", ascii_only=True).isascii()
