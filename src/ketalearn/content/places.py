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
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NO_BRACKETS = re.compile(r"""\"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|#.*""")
"""Strings and comments of a line: a bracket in them opens nothing."""
_LAST_COMMA = re.compile(r",\s*\}")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:\.|$)""")


@lru_cache(maxsize=512)
def _parts(dotted: str) -> tuple[str, ...]:
    if _BARE.fullmatch(dotted):
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
        start = line.lstrip()
        if start[:1] in ("", "#"):
            continue
        if start[0] == "[":
            if header := _header(start):
                table = _table(*header, counts)
                found.setdefault(table, (number, len(line) - len(start) + 1))
            continue
        if key := _key(line, start):
            path = (*table, *key[0])
            found[path] = (number, len(line) - len(start) + 1)
            rest = key[1].strip()
            for quotes in ('"""', "'''"):
                if rest.startswith(quotes) and quotes not in rest[3:]:
                    closing = quotes
            if closing is None and rest[:1] in ("[", "{"):
                depth = _balance(rest)
    return found


@lru_cache(maxsize=512)
def _header(start: str) -> tuple[tuple[str, ...], bool] | None:
    """The parts of a table's name and whether it is one of a list; None for a line that is no header."""
    found = _HEADER.match(start)
    return (_parts(found[2]), found[1] == "[[") if found else None


def _key(line: str, start: str) -> tuple[tuple[str, ...], str] | None:
    """The parts of the key that a line begins with, and what stands behind its equals sign; None for no key."""
    name, equals, rest = start.partition("=")
    name = name.rstrip()
    # nearly every key is one bare word
    if equals and _BARE.fullmatch(name):
        return (name,), rest
    return (_parts(key[2]), key[3]) if (key := _KEY.match(line)) else None


def _table(parts: tuple[str, ...], is_array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        if (at := counts.get(path)) is not None:
            path = (*path, at)
    path = (*path, parts[-1])
    if is_array:
        counts[path] = counts.get(path, -1) + 1
    at = counts.get(path)
    return path if at is None else (*path, at)


def _balance(line: str) -> int:
    """Opening minus closing brackets of a line, strings and comments left out."""
    bare = _NO_BRACKETS.sub("", line)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def may_hold_open_braces(text: str) -> bool:
    """Whether an inline table may go over several lines, or end in a comma: a quick look that misses none."""
    for line in text.splitlines() if "{" in text else ():
        if "{" in line:
            bare = _NO_BRACKETS.sub("", line)
            if bare.count("{") != bare.count("}") or _LAST_COMMA.search(bare) or '"""' in line or "'''" in line:
                return True
    return False


def place_of_text(text: str, start: Place, words: str) -> Place:
    """Where the string `words` stands in quotes, in the value of the key at `start`; `start` itself when unseen."""
    for number, line in enumerate(text.splitlines()[start[0] - 1 :], start=start[0]):
        # the key is looked past: it may be written like the value
        begin = line.find("=") + 1 if number == start[0] else 0
        for quote in "\"'":
            if (column := line.find(f"{quote}{words}{quote}", begin)) >= 0:
                return (number, column + 1)
    return start


def place_of(known: dict[Path, Place], path: Path) -> Place:
    """The place of `path`, or of the nearest thing that holds it."""
    while path and path not in known:
        path = path[:-1]
    return known.get(path, (1, 1))
