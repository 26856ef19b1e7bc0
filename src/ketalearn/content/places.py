"""Where a key stands in a TOML file: a small scanner of table headers and keys.

`tomli` keeps no positions. This scanner walks the lines once, and only when a file has a fault, so reading good files
costs nothing. A key inside an inline table or an array is placed at the line of the key that holds it.
"""

from __future__ import annotations

import re
from functools import lru_cache

Path = tuple[str | int, ...]
Place = tuple[int, int]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*(\]\]?)\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^(\s*)((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=(.*)$"""
)
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:\.|$)""")


@lru_cache(maxsize=512)
def _parts(dotted: str) -> tuple[str, ...]:
    # nearly every key is one bare word
    if dotted.isidentifier():
        return (dotted,)
    return tuple(next(part for part in match.groups() if part is not None) for match in _PART.finditer(dotted))


def places(text: str) -> dict[Path, Place]:
    """Map from a path of keys (with array positions) to its 1-based (line, column)."""
    found: dict[Path, Place] = {(): (1, 1)}
    counts: dict[Path, int] = {}
    table: Path = ()
    closing: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        if depth > 0:
            depth += _balance(line)
            continue
        if header := _HEADER.match(line):
            table = _table(_parts(header[2]), header[1] == "[[", counts)
            found.setdefault(table, (number, line.index("[") + 1))
            continue
        if key := _KEY.match(line):
            path = (*table, *_parts(key[2]))
            found[path] = (number, len(key[1]) + 1)
            rest = key[3].strip()
            for quotes in ('"""', "'''"):
                if rest.startswith(quotes) and quotes not in rest[3:]:
                    closing = quotes
            if closing is None and rest[:1] in ("[", "{"):
                depth = _balance(rest)
    return found


def _table(parts: tuple[str, ...], is_array: bool, counts: dict[Path, int]) -> Path:
    path: list[str | int] = []
    for place, part in enumerate(parts):
        path.append(part)
        key = tuple(path)
        if is_array and place == len(parts) - 1:
            counts[key] = counts.get(key, -1) + 1
            path.append(counts[key])
        elif key in counts:
            path.append(counts[key])
    return tuple(path)


def _balance(line: str) -> int:
    """Opening minus closing brackets of a line, strings and comments left out."""
    depth = 0
    quote = ""
    escaped = False
    for char in line:
        if quote:
            if escaped:
                escaped = False
            elif char == "\\" and quote == '"':
                escaped = True
            elif char == quote:
                quote = ""
        elif char in "\"'":
            quote = char
        elif char == "#":
            break
        elif char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
    return depth


def place_of(known: dict[Path, Place], path: Path) -> Place:
    """The place of `path`, or of the nearest thing that holds it."""
    while path and path not in known:
        path = path[:-1]
    return known.get(path, (1, 1))
