"""A font for Chinese, Japanese and Korean: too big to ship, so the computer's own is used, or that of `ketalearn[cjk]`.

It is looked for only when a text needs it, and read just far enough to know which letters it holds.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

EXTRA = ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")
"""The package that the extra `cjk` installs, and its font file."""

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "%WINDIR%/Fonts", "%LOCALAPPDATA%/Microsoft/Windows/Fonts",
)  # fmt: skip

# beginnings of file names in small letters without blanks, the best first
NAMES = (
    "notosanscjk-regular", "notosanscjk", "sourcehansans", "notosanssc", "notosanstc", "notosansjp", "notosanskr",
    "pingfang", "hiraginosans", "ヒラギノ角ゴシックw3", "applesdgothicneo", "msyh", "malgun", "yugoth", "meiryo",
    "simsun", "msgothic", "batang", "wqy-", "wenquanyi", "droidsansfallback", "nanumgothic", "ipag", "takao",
    "notoserifcjk",
)  # fmt: skip
FAMILIES = {
    "SC": ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"),
    "JP": ("Noto Sans CJK JP", "Source Han Sans", "Hiragino Sans", "Yu Gothic", "Meiryo"),
    "KR": ("Noto Sans CJK KR", "Source Han Sans K", "Apple SD Gothic Neo", "Malgun Gothic"),
}
ENDINGS = (".ttc", ".otf", ".ttf", ".otc")
MOST = 3

BLOCKS = (
    (0x1100, 0x11FF), (0x2E80, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
)  # fmt: skip


class Font(NamedTuple):
    path: Path
    covered: frozenset[int]


def needed(text: str) -> frozenset[int]:
    """The codes of the Chinese, Japanese and Korean signs in `text`."""
    return frozenset(code for code in map(ord, set(text)) if any(first <= code <= last for first, last in BLOCKS))


def fonts_for(text: str) -> tuple[Font, ...]:
    """The fewest fonts, best first, that hold the signs of `text`; none where none is needed or found."""
    left = needed(text)
    chosen: list[Font] = []
    if not left:
        return ()
    for path in found():
        font = Font(path, covered(path))
        if left & font.covered:
            chosen.append(font)
            left -= font.covered
        if not left or len(chosen) == MOST:
            break
    return tuple(chosen)


def families(text: str) -> list[str]:
    """Font names in the order that suits the language of `text`, since signs differ in their drawing."""
    codes = needed(text)
    if any(0x3040 <= code <= 0x30FF for code in codes):
        order = "JP", "SC", "KR"
    elif any(0xAC00 <= code <= 0xD7FF for code in codes):
        order = "KR", "SC", "JP"
    else:
        order = "SC", "JP", "KR"
    return [name for part in order for name in FAMILIES[part]] if codes else []


@cache
def found() -> tuple[Path, ...]:
    """Font files of known names on this computer, the extra's first."""
    files = {path: rank for path in _files() if (rank := _rank(path.name)) is not None}
    own = _extra()
    return (*own, *sorted(files, key=lambda path: (files[path], path.name)))


def _extra() -> tuple[Path, ...]:
    package, name = EXTRA
    spec = find_spec(package)
    places = [Path(place) / name for place in (spec.submodule_search_locations or ())] if spec else []
    return tuple(path for path in places if path.is_file())


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        place = os.path.expanduser(os.path.expandvars(folder.replace("%WINDIR%", os.environ.get("WINDIR", "%"))))  # noqa: PTH111
        place = place.replace("%LOCALAPPDATA%", os.environ.get("LOCALAPPDATA", "%"))
        for at, _, names in os.walk(place):
            yield from (Path(at) / name for name in names if name.lower().endswith(ENDINGS))


def _rank(name: str) -> int | None:
    plain = name.lower().replace(" ", "")
    return next((place for place, start in enumerate(NAMES) if plain.startswith(start)), None)


@cache
def covered(path: Path) -> frozenset[int]:
    """The codes that the (first) font of a file holds; none where the file cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
            start = struct.unpack(">I", head[12:16])[0] if head[:4] == b"ttcf" else 0
            file.seek(start + 4)
            count = struct.unpack(">H", file.read(2))[0]
            file.seek(6, os.SEEK_CUR)
            tables = {row[0]: row for row in struct.iter_unpack(">4sIII", file.read(16 * count))}
            _, _, offset, length = tables[b"cmap"]
            file.seek(offset)
            return frozenset(_codes(file.read(length)))
    except (OSError, struct.error, KeyError, IndexError):
        return frozenset()


def _codes(cmap: bytes) -> Iterator[int]:
    """Codes of the first table of segments (format 12), or else of the older one (format 4)."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    places = [struct.unpack_from(">HHI", cmap, 4 + 8 * at)[2] for at in range(count)]
    kinds = {struct.unpack_from(">H", cmap, place)[0]: place for place in places}
    if (place := kinds.get(12)) is not None:
        for at in range(struct.unpack_from(">I", cmap, place + 12)[0]):
            first, last, _ = struct.unpack_from(">III", cmap, place + 16 + 12 * at)
            yield from range(first, last + 1)
    elif (place := kinds.get(4)) is not None:
        twice = struct.unpack_from(">H", cmap, place + 6)[0]
        for at in range(0, twice, 2):
            last = struct.unpack_from(">H", cmap, place + 14 + at)[0]
            first = struct.unpack_from(">H", cmap, place + 16 + twice + at)[0]
            yield from range(first, min(last, 0xFFFE) + 1)
