"""Rebuild `render/fonts/table.json` from the shipped fonts. Needs fonttools; run by hand when a font changes."""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS = Path(__file__).resolve().parent.parent / "src" / "ketalearn" / "render" / "fonts"


def ranges(codes: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def widths(name: str) -> dict[str, float]:
    font = TTFont(FONTS / name)
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    em = font["head"].unitsPerEm
    return {chr(code): round(metrics[glyphs[code]][0] / em, 3) for code in range(32, 127)}


covered: set[int] = set()
for path in FONTS.glob("*-Regular.ttf"):
    covered |= set(TTFont(path).getBestCmap())
table = {
    "about": "Made by scripts/font_table.py: characters that the shipped fonts hold, and widths in em.",
    "covered": ranges(covered),
    "bold": widths("NotoSans-Bold.ttf"),
    "regular": widths("NotoSans-Regular.ttf"),
}
(FONTS / "table.json").write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")
