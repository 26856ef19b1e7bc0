"""The self-rating: every criterion once, nothing met that cannot be seen, no claim that needs people without them."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ketalearn.arguments import parser
from ketalearn.content.check import check_pack
from ketalearn.content.models import CRITERIA, NEEDS_PEOPLE, Criterion, FormScore, Ratings
from ketalearn.content.pack import Pack
from ketalearn.content.rating import rated_rows, tallies
from ketalearn.decision.options import compared
from ketalearn.findings import Finding
from ketalearn.render.rating import evidence_words, rating_lines
from tests.support import ROOT, SMALL, real_pack

RATING = real_pack().self_rating
assert RATING is not None
EVIDENCE = sorted({(row.id, evidence) for row in RATING.criterion for evidence in row.evidence})


def row(**given: Any) -> Criterion:
    said = {"id": "Q1", "level": "qualifying", "dimension": "information", "text": "It says.", "status": "partly",
            "why": "Seen.", "date": dt.date(2026, 11, 25), "rater": "us"}  # fmt: skip
    return Criterion.model_validate({**said, **given})


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The shipped pack, to break."""
    for name in ("modules", "questions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def found(root: Path, old: str, new: str) -> list[Finding]:
    path = root / "modules" / "ipdas.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return [one for one in check_pack(root) if one.path == "modules/ipdas.toml"]


# ---------------------------------------------------------------- what ships


def test_all_44_criteria_stand_there_once_and_in_order() -> None:
    assert RATING is not None
    assert [one.id for one in RATING.criterion] == list(CRITERIA)
    assert len(CRITERIA) == 44


def test_what_needs_people_is_not_called_met() -> None:
    assert RATING is not None
    for one in RATING.criterion:
        if one.id in NEEDS_PEOPLE:
            assert one.status == "needs-people" or one.evaluation_ref


@pytest.mark.parametrize(("criterion", "evidence"), EVIDENCE)
def test_the_evidence_is_there(criterion: str, evidence: str) -> None:
    """Files, pages and screens are checked by `ketalearn check`; here commands, tests and documents, too."""
    kind, _, name = evidence.partition(": ")
    if kind == "test":
        path, _, test = name.partition("::")
        names = {one.name for one in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
                 if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}  # fmt: skip
        assert test in names
    elif kind == "command":
        assert parser().parse_args(name.split()).command == name.split()[0]
    elif kind == "document":
        assert (ROOT / name).is_file()
    assert evidence_words(real_pack(), evidence)


def test_the_table_of_choices_has_one_base_number() -> None:
    bases = {of for line in compared(real_pack()) for cell in line.cells
             for of in re.findall(r"\b\d+ (?:in|of|out of) (\d+)\b", cell.text)}  # fmt: skip
    assert bases == {"100"}


def test_nobody_is_said_to_have_certified_it_and_the_rater_is_named() -> None:
    text = "\n".join(rating_lines(real_pack()))
    assert not re.search(r"IPDAS[^.]*\b(certified|approved)\b", text, re.IGNORECASE)
    assert "AI-drafted self-rating" in text
    assert "No clinician has reviewed" in text


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("status", ["met", "partly"])
@pytest.mark.parametrize("name", sorted(NEEDS_PEOPLE))
def test_people_are_needed_and_not_claimed(name: str, status: str) -> None:
    given = {"id": name, "status": status, "evidence": ("screen: about",)}
    with pytest.raises(ValidationError, match="needs real people"):
        row(**given)
    assert row(**given, evaluation_ref="a trial").status == status


def test_met_without_evidence_is_refused() -> None:
    with pytest.raises(ValidationError, match="names no evidence"):
        row(status="met")
    assert row(status="met", evidence=("screen: about",)).evidence


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ('id = "K16"\nlevel = "quality"\ndimension = "development"\ntext = "It was tried by people who face the '
         'decision."\nstatus = "needs-people"',
         'id = "K16"\nlevel = "quality"\ndimension = "development"\ntext = "It was tried by people who face the '
         'decision."\nstatus = "met"\nevidence = ["screen: about"]', "E016", "evaluation_ref"),
        ('"file: modules/pack.toml"', '"file: modules/gone.toml"', "E069", "there is no file 'modules/gone.toml'"),
        ('"file: modules/pack.toml"', '"file: /etc/passwd"', "E069", "there is no file"),
        ('"page: 01-decision/problems"', '"page: 01-decision/gone"', "E069", "there is no page"),
        ('"screen: welcome"', '"screen: gone"', "E069", "there is no screen 'gone'"),
        ('"screen: welcome"', '"somewhere"', "E014", "evidence"),
        ('id = "K28"', 'id = "K27"', "E044", "stands twice"),
        ('id = "K28"', 'id = "K29"', "E068", "no criterion 'K29'"),
        ('id = "K28"', 'id = "K29"', "E068", "'K28' is missing"),
        ("IPDAS itself does not certify anyone.", "It is IPDAS certified.", "E060", "nobody certifies"),
        ('status = "partly"', 'status = "mostly"', "E013", "status"),
    ],
)  # fmt: skip
def test_a_fault_is_found_with_its_place_and_its_mend(pack: Path, old: str, new: str, code: str, words: str) -> None:
    faults = [one for one in found(pack, old, new) if one.code == code and words in f"{one.message} {one.fix}"]
    assert faults
    assert all(one.line >= 1 and one.level == "error" and one.fix for one in faults)
    text = (pack / "modules" / "ipdas.toml").read_text("utf-8").splitlines()
    if code == "E069":
        assert text[faults[0].line - 1].startswith("evidence")


def test_the_same_file_unbroken_gives_none(pack: Path) -> None:
    assert found(pack, 'status = "partly"', 'status = "not-met"') == []


# ---------------------------------------------------------------- with fresh readers


def test_the_worse_of_our_own_answer_and_the_readers_counts(pack: Path) -> None:
    ratings = pack / "modules" / "ratings.toml"
    ratings.unlink()
    ours = {one.criterion.id: one for one in rated_rows(Pack(pack))}
    half = next(name for name, row in ours.items() if row.status == "partly")
    ratings.write_text(
        """
[[form]]
form = "ipdas"
title = "IPDASi"
same = 1
items = 2
[[form.reader]]
name = "Reader 1"
kind = "ai"
words = "A program."
date = 2026-11-25
[[form.scale]]
name = "qualifying"
points = 1
of = 2
each = [50]
[[form.low]]
id = "Q2"
text = "It names the decision."
answer = "partly"
reasons = ["Reader 1: partly. Not on every page."]
[[form.low]]
id = "HALF"
text = "It is so in part."
answer = "partly"
reasons = ["Reader 1: partly. Same."]
""".replace("HALF", half),
        "utf-8",
    )
    both = {one.criterion.id: one for one in rated_rows(Pack(pack))}
    assert (ours["Q2"].status, both["Q2"].status) == ("met", "partly")
    assert both["Q2"].readers == ("Reader 1: partly. Not on every page.",)
    assert both[half].status == ours[half].status == "partly"
    assert tallies(tuple(both.values()))[0].met == tallies(tuple(ours.values()))[0].met - 1
    text = "\n".join(rating_lines(Pack(pack)))
    assert "Reader 1 (AI, not a person, 2026-11-25)" in text
    assert "qualifying: 1 of 2, which is 50 of 100".casefold() in text.casefold()


def test_a_pack_without_a_rating_says_so() -> None:
    assert rating_lines(Pack(SMALL))[-1] == "This content has no rating of itself."
    assert Ratings().form == ()
    assert FormScore.model_fields["reader"].is_required()
