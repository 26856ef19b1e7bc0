"""Every kind of paper conforms to PDF/UA-1, and a screen reader hears its questions in the order of the text format."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ketalearn.decision.blank import Blank, blank_form
from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet
from ketalearn.render.fit import fit
from ketalearn.render.formats import rendered
from ketalearn.render.typeset import MISSING_WORDS
from tests.support import TODAY, real_pack

PERSON = Profile(
    region="US", conditions=("high_bp_uncontrolled",), medicines=("benzodiazepine",), circumstances=("no_ride",),
    values=("speed",), quiz_misses=("driving",), starred=("total_cost", "own:1"),
    own_questions=("May I bring my sister?", "¿Puede venir mi hermana?", "هل يمكنني إحضار أختي؟",
                   "क्या मैं अपनी बहन को ला सकता हूँ?", "我可以带我姐姐吗?"),
)  # fmt: skip


def _whole() -> Sheet:
    return fit(build_sheet(real_pack(), PERSON, TODAY))


PAPERS: dict[str, tuple[Callable[[], Sheet | Blank], dict[str, Any]]] = {
    "letter": (_whole, {"paper": "letter"}),
    "a4": (_whole, {"paper": "a4"}),
    "large print": (_whole, {"large_print": True}),
    "today": (lambda: top_three(_whole()), {}),
    "blank": (lambda: blank_form(real_pack(), TODAY, region="US"), {}),
    "blank in large print": (lambda: blank_form(real_pack(), TODAY), {"large_print": True}),
    "for a pharmacist": (lambda: fit(build_sheet(real_pack(), PERSON, TODAY, wishes=Wishes(ask="pharmacist"))), {}),
}


@pytest.fixture(autouse=True)
def _a_computer_without_a_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ketalearn.render.eastasian.found", lambda: ())


def elements(node: Any) -> Iterator[Any]:
    """The elements of a tag tree, each before those inside it."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def is_numbered(element: Any) -> bool:
    return str(element.S) == "/L" and "Decimal" in str(element.get("/A", ""))


def items(element: Any) -> int:
    inside = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return sum(isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/LI" for one in inside)


def heard(data: bytes) -> str:
    """The words of the tag tree in its order, without blanks."""
    tool = shutil.which("pdfinfo")
    if tool is None:
        pytest.skip("needs poppler: apt-get install poppler-utils")
    told = subprocess.run([tool, "-struct-text", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s", "", "".join(re.findall(r'^\s*"(.*)"\s*$', told, re.MULTILINE)))


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_conforms_and_is_heard_in_order(name: str, tmp_path: Path) -> None:
    import pdfua

    make, how = PAPERS[name]
    sheet = make()
    data = rendered(sheet, "pdf", **how)

    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    assert [str(one) for one in pdfua.validate(str(path)).findings if "error" in str(one.severity).lower()] == []

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("en")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"]
        tree = list(elements(root.StructTreeRoot))
        levels = [int(str(one.S)[2:]) for one in tree if re.fullmatch(r"/H\d", str(one.S))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(second <= first + 1 for first, second in pairwise(levels)), levels
        numbered = sum(items(one) for one in tree if is_numbered(one))

    words = heard(data)
    text = re.sub(r"\s", "", rendered(sheet, "text").decode())
    if isinstance(sheet, Blank):
        assert numbered == 10
        questions = sheet.suggested
    else:
        assert numbered == len(sheet.on_paper)
        questions = sheet.on_paper
        lost = any("我" in one for one in sheet.own_questions)
        assert (re.sub(r"\s", "", MISSING_WORDS) in words) is lost
    asked = [re.sub(r"\s", "", one.text) for one in questions]
    assert [words.count(one) for one in asked] == [1] * len(asked)
    assert sorted(asked, key=words.index) == sorted(asked, key=text.index) == asked
