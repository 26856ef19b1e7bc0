"""The QR code, read back by a scanner's library from the page, the pictures and the screen."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ketalearn.decision.narrow import top_three
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import Sheet, Wishes, build_sheet
from ketalearn.render import qr
from ketalearn.render.fit import fit
from ketalearn.render.formats import rendered
from ketalearn.render.wording import clean
from tests.render.reading import pdf_text
from tests.render.test_paper import PEOPLE, sheet_for
from tests.support import TODAY, profiles, real_pack

MM = 72 / 25.4
STARRED = Profile(
    own_questions=("¿Puede venir mi hermana? هل يمكنني", "我可以带我姐姐吗?"), starred=("own:1", "own:2"),
    medicines=("benzodiazepine",),
)  # fmt: skip


def scanned(image: Image.Image) -> zxingcpp.Barcode:
    # in the noise of sealed bytes a reader of all kinds sometimes sees a second, linear code
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    assert len(found) == 1
    return found[0]


def tool(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}: apt-get install {package}")
    return path


def last_page(pdf: bytes, dots: int, folder: Path) -> Image.Image:
    """The last page as a scan of so many dots per inch."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        at = str(len(opened.pages))
    program = tool("pdftoppm", "poppler-utils")
    subprocess.run(
        [program, "-r", str(dots), "-f", at, "-l", at, "-gray", "-png", "-singlefile", "-", str(folder / "page")],
        input=pdf,
        check=True,
    )
    with Image.open(folder / "page.png") as image:
        return image.copy()


@pytest.mark.parametrize("dots", [150, 200])
@pytest.mark.parametrize("name", PEOPLE)
def test_a_scan_of_the_page_gives_the_words_back(name: str, dots: int, tmp_path: Path) -> None:
    sheet = sheet_for(name)
    pdf = rendered(sheet, "pdf", qr=True, large_print=dots == 200)
    assert scanned(last_page(pdf, dots, tmp_path)).text == qr.payload(sheet)


def test_other_scripts_survive_the_scan(tmp_path: Path) -> None:
    sheet = fit(build_sheet(real_pack(), STARRED, TODAY))
    read = scanned(last_page(rendered(sheet, "pdf", qr=True), 150, tmp_path)).text
    assert read == qr.payload(sheet)
    assert "* 我可以带我姐姐吗?" in read.splitlines()


@pytest.mark.parametrize("name", PEOPLE)
def test_the_pictures_give_the_words_back(name: str, tmp_path: Path) -> None:
    import typst

    sheet = sheet_for(name)
    with Image.open(io.BytesIO(qr.picture(sheet, ".png"))) as image:
        assert scanned(image).text == qr.payload(sheet)
    (tmp_path / "code.svg").write_bytes(qr.picture(sheet, ".svg"))
    (tmp_path / "one.typ").write_text('#set page(width: auto, height: auto, margin: 5mm)\n#image("code.svg")')
    with Image.open(io.BytesIO(typst.compile(str(tmp_path / "one.typ"), format="png"))) as image:
        assert scanned(image.convert("L")).text == qr.payload(sheet)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_is_one_more_and_a_screen_reader_hears_what_it_is(name: str, large: bool, tmp_path: Path) -> None:
    import pdfua

    sheet = sheet_for(name)
    without = rendered(sheet, "pdf", large_print=large)
    data = rendered(sheet, "pdf", large_print=large, qr=True)
    with pikepdf.open(io.BytesIO(without)) as before, pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == len(before.pages) + 1
        alts = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert alts == [qr.ALT]
    words = " ".join(pdf_text(data).split())
    assert qr.WARNING in words
    assert qr.WARNING not in " ".join(pdf_text(without).split())
    path = tmp_path / "sheet.pdf"
    path.write_bytes(data)
    report = pdfua.validate(str(path))
    assert [str(one) for one in report.findings if "error" in str(one.severity).lower()] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_the_square_is_large_enough_for_a_cheap_scan(name: str) -> None:
    code = qr.drawn(sheet_for(name))
    modules = code.symbol_size(border=0)[0]
    whole = code.symbol_size(border=qr.QUIET)[0]
    assert qr.side(code) >= 45
    assert qr.side(code) <= 120
    # three dots of a 150 dpi scan for each module
    assert qr.side(code) / whole * 150 / 25.4 > 3
    assert code.error in ("M", "Q", "H")
    assert modules > 20


@settings(max_examples=100)
@given(st.text(max_size=400), st.lists(st.text(max_size=300), max_size=6))
def test_any_words_come_back_byte_for_byte_and_whole_lines_alone(title: str, lines: list[str]) -> None:
    text = qr.whole_lines(title, [("Ask these first:", lines[:3]), ("Tell your clinician:", lines[3:])])
    assert len(text.encode()) <= qr.MOST_BYTES
    if text:
        image = io.BytesIO()
        qr.code(text).save(image, kind="png", scale=4, border=qr.QUIET)
        with Image.open(image) as opened:
            assert scanned(opened).bytes == text.encode()
    given_lines = {" ".join(clean(one).split()) for one in (title, *lines)}
    assert set(text.split("\n")) <= {*given_lines, "Ask these first:", "Tell your clinician:", qr.MORE}


@settings(max_examples=60, deadline=None)
@given(profiles(typed=True), st.booleans())
def test_the_words_of_any_sheet_are_its_first_questions_then_what_to_tell(profile: Profile, hide: bool) -> None:
    sheet = fit(build_sheet(real_pack(), profile, TODAY, wishes=Wishes(hide_sensitive=hide)))
    lines = qr.payload(sheet).splitlines()
    assert len("\n".join(lines).encode()) <= qr.MOST_BYTES
    told = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    tells = [" ".join(clean(line).split()) for line in sheet.tell]
    assert told == tells[: len(told)]
    left_out = len(told) < len(tells)
    assert left_out <= (lines[-1] == qr.MORE)
    if hide:
        assert told == []


def test_what_is_left_out_is_said_and_a_short_sheet_says_nothing_of_it() -> None:
    assert qr.payload(sheet_for("many troubles")).endswith(f"\n{qr.MORE}")
    assert qr.MORE not in qr.payload(sheet_for("acceptance"))
    # a heading never stands there without a line
    assert qr.whole_lines("T", [("H:", ["x" * 2000])]) == f"T\n{qr.MORE}"


def test_hidden_things_stay_out_of_the_code() -> None:
    profile = Profile(conditions=("psychosis",), medicines=("opioid",), medicine_names=("Priadel",))
    open_words = qr.payload(fit(build_sheet(real_pack(), profile, TODAY)))
    words = qr.payload(fit(build_sheet(real_pack(), profile, TODAY, wishes=Wishes(hide_sensitive=True))))
    for secret in ("psychosis", "Priadel", "I take Priadel", "Tell your clinician"):
        assert secret in open_words
        assert secret not in words


def test_the_web_page_holds_the_code_with_no_request(tmp_path: Path) -> None:
    program = tool("rsvg-convert", "librsvg2-bin")
    sheet = sheet_for("acceptance")
    page = rendered(sheet, "html", qr=True).decode()
    assert "src=" not in page
    assert qr.WARNING in page
    found = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert found
    drawing = found[0].replace("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", 1)
    png = subprocess.run([program, "-w", "600"], input=drawing.encode(), capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(png)) as image:
        assert scanned(image.convert("L")).text == qr.payload(sheet)
    assert "<svg" not in rendered(sheet, "html").decode()


def as_seen(lines: list[str]) -> Image.Image:
    """Half blocks as a terminal draws them, eight dots to a module."""
    image = Image.new("L", (len(lines[0]), 2 * len(lines)), 255)
    for y, line in enumerate(lines):
        for x, mark in enumerate(line):
            if mark in "█▀":
                image.putpixel((x, 2 * y), 0)
            if mark in "█▄":
                image.putpixel((x, 2 * y + 1), 0)
    return image.resize((image.width * 8, image.height * 8), Image.Resampling.NEAREST)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_half_blocks_of_a_screen_can_be_scanned(name: str) -> None:
    sheet = sheet_for(name)
    lines, trouble = qr.for_window(sheet, 200, 100)
    assert trouble == ""
    assert scanned(as_seen(lines)).text == qr.payload(sheet)
    wide, high = len(lines[0]), len(lines)
    assert qr.for_window(sheet, wide, high)[0] == lines
    for width, height in ((wide - 1, high), (wide, high - 1)):
        assert qr.for_window(sheet, width, height)[0] == []
        assert f"{wide} wide and {high} high" in qr.for_window(sheet, width, height)[1]


def test_the_first_three_alone_hold_the_same_words_in_the_code() -> None:
    whole = sheet_for("acceptance")
    first: Sheet = top_three(whole)
    assert qr.payload(first).splitlines()[1:] == qr.payload(whole).splitlines()[1:]


# ---------------------------------------------------------------- the command line


def test_the_command_line_saves_the_picture_alone(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    from ketalearn.cli import run

    for name in ("code.png", "code.svg", "sheet.pdf", "sheet.html"):
        assert run(["sheet", "--qr", "-o", str(tmp_path / name)]) == 0
    assert qr.WARNING in capsys.readouterr().err
    with Image.open(tmp_path / "code.png") as image:
        assert scanned(image).text.startswith("Questions to ask my doctor\nAsk these first:\n1. ")
    assert (tmp_path / "code.svg").read_text().startswith("<svg")
    assert (tmp_path / "code.png").stat().st_mode & 0o777 == 0o600
    assert run(["sheet", "--qr", "-o", str(tmp_path / "code.png")]) == 1
    for wrong in (["-o", str(tmp_path / "a.txt")], ["--format", "json"], ["--explain", "driving"], ["--blank"]):
        assert run(["sheet", "--qr", *wrong]) == 2
        assert "--qr" in capsys.readouterr().err


@pytest.mark.parametrize(("size", "fits"), [((120, 60), True), ((80, 24), False)])
def test_a_terminal_shows_it_only_where_it_fits(
    size: tuple[int, int], fits: bool, capsys: Any, monkeypatch: Any
) -> None:
    from ketalearn.cli import run

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: os.terminal_size(size))
    assert run(["sheet", "--qr"]) == (0 if fits else 2)
    out, err = capsys.readouterr()
    if fits:
        lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in out.splitlines()[:-1]]
        assert scanned(as_seen(lines)).text.startswith("Questions to ask my doctor")
        assert out.splitlines()[-1] == qr.WARNING
    else:
        assert "this one is 80 wide and 24 high" in err
        assert "ketalearn sheet --qr -o code.png" in err
        assert "█" not in out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["sheet", "--qr"]) == 2
    assert "NO_COLOR" in capsys.readouterr().err
