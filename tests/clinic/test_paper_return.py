"""A return on paper: what was ticked as lines, and as a QR code that a scanner reads back byte for byte."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ketalearn.clinic.assignment import Assignment
from ketalearn.clinic.completion import BY_DEFAULT, content_of, parts_of
from ketalearn.clinic.pasted import begun, complete, return_in
from ketalearn.clinic.returned import opened, read_return
from ketalearn.clinic.roster import Roster, new_assignment
from ketalearn.decision.profile import Profile
from ketalearn.errors import KetalearnError
from ketalearn.journey import Choose, Journey, Place
from ketalearn.render.clinic import CODE_HOLDS, CODES_HOLD, MOST_CODES, NO_CODE, Paper, paper
from tests.clinic.support import NOW
from tests.render.reading import pdf_text
from tests.render.test_qr import last_page, scanned, tool
from tests.support import ROOT, TODAY, journey

MM = 72 / 25.4
THREE = ("06-risks", "04-benefits", "08-other-choices")


def someone() -> Journey:
    one = journey(ROOT, region="US")
    one.keep(Profile(conditions=("high_bp",), own_questions=("May I bring my sister? ¿Puede venir?",)))
    return one


def asked(folder: Path, modules: tuple[str, ...] = THREE) -> tuple[Roster, Assignment]:
    roster = Roster(folder)
    one = new_assignment(
        roster, patient="P-17", modules=modules, known_modules=modules, due="", questions=(), note="",
        clinic="Riverside Clinic", phone="555-0100", now=lambda: NOW,
    )  # fmt: skip
    roster.keep_assignment(one)
    return roster, one


def printed(learner: Journey, one: Assignment, ticked: set[str]) -> tuple[bytes, Paper]:
    parts = parts_of(learner, one)
    content = content_of(one, parts, ticked, TODAY)
    return content, paper(one, parts, ticked, content, learner)


@pytest.mark.parametrize(
    "ticked",
    [set(BY_DEFAULT), {"completion"}, {*BY_DEFAULT, "own:1", "topic:driving"}, {"profile:conditions:high_bp"}],
    ids=["by default", "completion", "with an own question", "one thing about me"],
)
def test_a_scan_at_150_dpi_holds_exactly_what_was_ticked(tmp_path: Path, ticked: set[str]) -> None:
    roster, one = asked(tmp_path)
    content, made = printed(someone(), one, ticked)
    assert made.told == CODE_HOLDS
    text = scanned(last_page(made.pdf, 150, tmp_path)).text
    assert opened(return_in(text.encode()), roster.keys, "scan") == content
    # a scanner that types its text into the roster does what the file does
    assert roster.add(text.encode(), "scan") == ("added", "P-17")
    words = pdf_text(made.pdf)
    assert ("high blood pressure" in words.casefold()) == ("profile:conditions:high_bp" in ticked)
    assert ("¿Puede venir?" in words) == ("own:1" in ticked)
    assert "My code: P-17" in words and "988" in words


def test_the_code_is_45_mm_or_more_and_on_the_page(tmp_path: Path) -> None:
    for modules in (("06-risks",), THREE):
        _, one = asked(tmp_path / str(len(modules)), modules)
        _, made = printed(someone(), one, {"completion"} if len(modules) == 1 else set(BY_DEFAULT))
        image = last_page(made.pdf, 150, tmp_path)
        position = scanned(image).position
        side = (position.top_right.x - position.top_left.x) / 150 * 25.4
        assert 45 <= side < 170


def test_what_does_not_fit_is_said_and_no_code_is_drawn(tmp_path: Path) -> None:
    modules = tuple(path.name for path in sorted((ROOT / "modules").iterdir()) if path.is_dir())
    _, one = asked(tmp_path, modules)
    learner = answered(modules)
    _, made = printed(learner, one, {part.key for part in parts_of(learner, one)})
    assert made.told == NO_CODE and not all_scanned(made.pdf, tmp_path)
    words = " ".join(pdf_text(made.pdf).split())
    assert NO_CODE in words
    for part in parts_of(learner, one):
        for line in part.lines:
            assert " ".join(line.split()) in words


def test_the_code_can_be_damaged_a_little(tmp_path: Path) -> None:
    roster, one = asked(tmp_path, ("06-risks",))
    content, made = printed(someone(), one, set(BY_DEFAULT))
    image = last_page(made.pdf, 200, tmp_path)
    position = scanned(image).position
    corner = (position.top_left.x + position.bottom_right.x) // 2, (position.top_left.y + position.bottom_right.y) // 2
    blot = (position.top_right.x - position.top_left.x) // 6
    image.paste(Image.new("L", (blot, blot), 0), corner)
    assert opened(return_in(scanned(image).text.encode()), roster.keys, "scan") == content


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_whatever_was_typed_a_page_is_made_and_the_return_reads(typed: str) -> None:
    import tempfile

    learner = journey(ROOT)
    learner.keep(Profile(own_questions=(typed,)))
    with tempfile.TemporaryDirectory() as folder:
        _, one = asked(Path(folder), ("06-risks",))
        content, made = printed(learner, one, {"own:1"})
        assert made.pdf.startswith(b"%PDF")
        sent = read_return(content, "r")
        assert [row.kind for row in sent.answers] == (["own_question"] if typed.strip() else [])


def test_the_page_is_tagged_and_titled(tmp_path: Path) -> None:
    _, one = asked(tmp_path)
    with pikepdf.open(io.BytesIO(printed(someone(), one, set(BY_DEFAULT))[1].pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) <= 2


def answered(modules: tuple[str, ...]) -> Journey:
    """Someone who chose an answer in each quiz of `modules`."""
    one = someone()
    for module in modules:
        for item in one.workspace.pack.quiz(module):
            if item.type in ("single", "truefalse"):
                one.advance(Place("item", module=module, item=item.id), Choose(item.correct))
    return one


def all_scanned(pdf: bytes, folder: Path) -> list[zxingcpp.Barcode]:
    """Every code of every page, each found on its own as with a hand scanner."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        count = len(opened_pdf.pages)
    (folder / "all.pdf").write_bytes(pdf)
    for page in range(1, count + 1):
        subprocess.run(
            [tool("pdftoppm", "poppler-utils"), "-r", "150", "-f", str(page), "-l", str(page), "-gray", "-png",
             "-singlefile", str(folder / "all.pdf"), str(folder / "all")],
            check=True,
        )  # fmt: skip
        with Image.open(folder / "all.png") as image:
            found += zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found


def test_what_is_too_much_for_one_code_stands_in_numbered_ones_in_any_order(tmp_path: Path) -> None:
    modules = ("06-risks",)
    roster, one = asked(tmp_path, modules)
    learner = answered(modules)
    content, made = printed(learner, one, {part.key for part in parts_of(learner, one)})
    codes = all_scanned(made.pdf, tmp_path)
    texts = [code.text for code in codes]
    assert 2 <= len(texts) <= MOST_CODES and made.told == CODES_HOLD.format(count=len(texts))
    for code in codes:
        assert 45 <= (code.position.top_right.x - code.position.top_left.x) / 150 * 25.4 <= 85
    words = " ".join(pdf_text(made.pdf).split())
    assert all(f"Code {at} of {len(texts)}" in words for at in range(1, len(texts) + 1))
    # a clinic scans one after the other: the app waits for all of them
    shuffled = [*reversed(texts), texts[0]]
    assert not complete("\n".join(shuffled[: len(texts) - 1])) and complete("\n".join(shuffled))
    assert begun(shuffled[0])
    joined = "\r\n".join(shuffled).encode()
    assert opened(return_in(joined), roster.keys, "scan") == content
    assert roster.add(joined, "scan") == ("added", "P-17")
    with pytest.raises(KetalearnError, match=rf"^Code 1 of {len(texts)} is missing; scan all"):
        roster.add("\n".join(texts[1:]).encode(), "scan")
    _, other = printed(learner, one, {part.key for part in parts_of(learner, one)})
    mixed = [*texts[1:], all_scanned(other.pdf, tmp_path)[0].text]
    with pytest.raises(KetalearnError, match="more than one return"):
        roster.add("\n".join(mixed).encode(), "scan")
