"""The first questions and the Tell box as a QR code: text, not a link, so that reading it needs no network.

Whoever scans the code can read it; every face says so in the words of `WARNING`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ketalearn.errors import KetalearnError
from ketalearn.render import wording
from ketalearn.render.wording import clean

if TYPE_CHECKING:
    from pathlib import Path

    import segno

    from ketalearn.decision.sheet import Sheet
    from ketalearn.workspace import Workspace

MOST_BYTES = 1000
MORE = "More on the sheet."
WARNING = "Anyone who scans this can read it."
HEADING = "My first questions as a QR code"
ALT = "A QR code. It holds the first questions of this sheet as text, and what to tell your clinician, if that is here."
QUIET = 4
"""White modules around the code, as ISO/IEC 18004 wants."""
PIXELS = 8
"""Pixels of a picture for each module."""
SUFFIXES = (".png", ".svg")
LEAST_SIDE = 50.0
MODULE = 0.6
"""Millimetres: the smallest square, and the smallest module, on paper."""
NOT_A_LINK = "It holds text, not a link: your first questions, and what to tell your clinician, if your sheet says it."
COLOURS_OFF = "Colours are off (NO_COLOR), and without black on white a code may not scan."


def payload(sheet: Sheet) -> str:
    """What the code holds: whole lines alone, at most MOST_BYTES in UTF-8, and a word when a line is left out."""
    ask = [f"{at}. {one.text}" for at, one in wording.numbered(sheet.front[: wording.TOP])]
    blocks = [(f"{wording.FIRST_HEADING}:", [*ask, *(f"* {text}" for text in sheet.own_front)])]
    if sheet.tell:
        blocks.append((f"{wording.TELL_HEADING}:", [f"- {line}" for line in sheet.tell]))
    stale = f". {wording.STALE}" if sheet.content.stale else ""
    return whole_lines(f"{wording.title(sheet)}{stale}", blocks)


def whole_lines(title: str, blocks: Sequence[tuple[str, Sequence[str]]], most: int = MOST_BYTES) -> str:
    """The title and as many lines as fit, in order, a heading never without a line of its own."""
    kept = [_line(title)]
    for heading, lines in blocks:
        above = [_line(heading)]
        for line in map(_line, lines):
            if not line:
                continue
            if _size([*kept, *above, line, MORE]) > most:
                return "\n".join([*kept, MORE])
            kept += [*above, line]
            above = []
    return "\n".join(kept)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _size(lines: Sequence[str]) -> int:
    return len("\n".join(lines).encode())


def code(text: str, error: str = "m") -> segno.QRCode:
    """The code of `text` in UTF-8. On paper and in a picture at error level M (15 in 100 may be damaged) or better."""
    import segno

    # the bytes stand as they are: some readers choke on a marker of the encoding, and all take UTF-8 for granted
    return segno.make_qr(text.encode(), error=error, mode="byte", boost_error=True)


def drawn(sheet: Sheet, error: str = "m") -> segno.QRCode:
    """The code of a sheet. Raises KetalearnError when there is nothing to hold."""
    if not sheet.front and not sheet.own_front and not sheet.tell:
        raise KetalearnError("There is no question on this sheet, so there is nothing to put in a QR code.")
    return code(payload(sheet), error)


def side(made: segno.QRCode) -> float:
    """Millimetres of the printed square, quiet zone included: a module is wide enough for a scan at 150 dpi."""
    return max(LEAST_SIDE, round(MODULE * made.symbol_size(border=QUIET)[0], 1))


def picture(sheet: Sheet, suffix: str) -> bytes:
    """The picture in the format that a file's ending names: .png or .svg."""
    if suffix == ".svg":
        return svg(drawn(sheet)).encode()
    out = io.BytesIO()
    drawn(sheet).save(out, kind="png", scale=PIXELS, border=QUIET)
    return out.getvalue()


def svg(made: segno.QRCode, **more: Any) -> str:
    """The code as an SVG document on white ground."""
    out = io.BytesIO()
    given: dict[str, Any] = {"scale": PIXELS, "border": QUIET, "light": "#fff", "xmldecl": False, "nl": False}
    made.save(out, kind="svg", **{**given, **more})
    return out.getvalue().decode()


def blocks(made: segno.QRCode) -> list[str]:
    """The code and its quiet zone in half blocks, for dark ink on a light ground: two rows of modules a line."""
    rows = [[bool(cell) for cell in row] for row in made.matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    marks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return ["".join(marks[pair] for pair in zip(rows[at], rows[at + 1], strict=True)) for at in range(0, len(rows), 2)]


def for_window(sheet: Sheet, width: int, height: int, *, beside: tuple[int, int] = (0, 0)) -> tuple[list[str], str]:
    """(lines in half blocks, "") or, where the window is too small, ([], what size it takes). `beside` is the width and
    height that a face needs around them. A screen has no dirt and no folds, so the lowest error level will do."""
    lines = blocks(drawn(sheet, "l"))
    wide, high = len(lines[0]) + beside[0], len(lines) + beside[1]
    if wide <= width and high <= height:
        return lines, ""
    return [], (
        f"The QR code does not fit here. It needs a window {wide} wide and {high} high; this one is {width} wide and "
        f"{height} high."
    )


def painted(lines: Sequence[str]) -> str:
    """The lines in black on white, whatever the colours of the terminal."""
    return "\n".join(f"\x1b[38;5;16;48;5;231m{line}\x1b[0m" for line in lines)


def keep_picture(sheet: Sheet, workspace: Workspace) -> Path:
    """Save the code as a PNG under a name that is free, where sheets are saved; its path."""
    from ketalearn.printing import sheet_stem, sheets_folder
    from ketalearn.store.folders import free_name, save_new

    return save_new(free_name(sheets_folder(workspace), sheet_stem(workspace), ".png"), picture(sheet, ".png"))
