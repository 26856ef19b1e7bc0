"""Files to models, with the place of every fault.

Each reader returns a model or adds findings to a list; nothing raises for what an author wrote. `Pack` turns findings
into one :class:`~ketalearn.errors.ContentError` when the app needs the content, `check` collects them all.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import tomli
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ketalearn.content import models
from ketalearn.content.models import Authored
from ketalearn.content.places import Path as KeyPath
from ketalearn.content.places import place_of, places
from ketalearn.findings import Finding, Severity

M = TypeVar("M", bound=Authored)

FENCE = "+++"

TOML_MENDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("Cannot ", "Duplicate "), "this name stands above already; take one out, or write [[name]] above each of a list"),
    (("Illegal character", "Unterminated string"), "close the quote on the line where it was opened"),
    (("Unescaped",), "write \\\\ where one \\ is meant"),
    (("Unclosed array",), "close the list with ], with a comma between its entries"),
    (("Unclosed inline",), "close the table with } on the same line"),
    (("Expected ']",), "write [name] or [[name]] on a line of its own"),
    (("Invalid value",), "look for a missing quote: words stand between quotes; numbers, dates, true and false do not"),
)
"""How an error of the TOML reader begins, and what mends it."""
TOML_MEND = "look for a missing quote, bracket or equals sign here or on the line above"

TAKES: tuple[tuple[str, str, str], ...] = (
    ("string", "takes words", "put them between quotes"),
    ("int", "takes a whole number", "write it in digits, without quotes"),
    ("float", "takes a number", "write it in digits, without quotes"),
    ("finite_number", "takes a number", "write it in digits, without quotes"),
    ("bool", "takes true or false", "write one of them, in small letters and without quotes"),
    ("tuple", "takes a list", "put its entries between [ and ]"),
    ("date", "takes a date", "write year-month-day, such as 2027-05-31"),
    ("model", "takes a table", "write its keys below a line [name], or between { and }"),
    ("dict", "takes a table", "write its keys below a line [name], or between { and }"),
)
"""How the name of a fault of pydantic begins, what the key takes, and how that is written."""
PATTERN_MENDS = {
    r"^[a-z]+:[A-Za-z0-9_]+$": "write group:answer, such as cond:high_bp",
    r"^[WI]\d{3}$": "write the code of a warning or a hint, such as W305; an error cannot be switched off",
    r"^(file|page|screen|command|test|document): \S.*$": "begin with file: page: screen: command: test: or document:",
    r"^[QCK]\d+$": "write the id as in IPDASi v4.0: Q1 to Q6, C1 to C10, K1 to K28",
    r"^[A-Za-z0-9_]+$": "use letters and digits, joined by _",
    r"^[a-z]+$": "use small letters alone",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "use small letters and digits, joined by -",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "use small letters and digits, joined by _",
}
"""The patterns of `models`, and how to write what fits them."""
LIMITS = {
    "greater_than_equal": ("is too small", "ge", "write {} or more"),
    "greater_than": ("is too small", "gt", "write more than {}"),
    "less_than_equal": ("is too large", "le", "write {} or less"),
    "less_than": ("is too large", "lt", "write less than {}"),
}
"""The fault of pydantic, what is wrong, and its bound with the mend."""


class Reader:
    """Reads the files of one pack and remembers what was wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = Path(os.path.realpath(root))
        self.findings: list[Finding] = []
        self.faulty: dict[Path, set[str] | None] = {}
        """Ids that a file names although their tables have a fault; None for a file that could not be read."""

    # ------------------------------------------------------------ findings

    def shown(self, path: Path) -> str:
        """`path` as printed: relative to the pack where it lies inside it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return str(path)

    def report(
        self, path: Path, place: tuple[int, int], code: str, message: str, fix: str, level: Severity = "error"
    ) -> None:
        """Remember a finding. `place`: line and column, from 1; `message`: what is wrong; `fix`: how to mend it."""
        self.findings.append(Finding(self.shown(path), place[0], place[1], code, level, message, fix))

    # ------------------------------------------------------------ text

    def text(self, path: Path) -> str | None:
        """The text of a file inside the pack, or None with a finding."""
        try:
            if not Path(os.path.realpath(path, strict=True)).is_relative_to(self._real_root):
                self.report(path, (1, 1), "E003", "this is a link to a file outside the pack",
                            "put a copy of the file here instead")  # fmt: skip
                return None
            if not (path.is_file() or path.is_dir()):
                # a pipe or a device would be waited for without end
                self.report(path, (1, 1), "E001", "this is no file", "put a file here instead")
                return None
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except FileNotFoundError:
            self.report(path, (1, 1), "E001", "this file is missing", "add it, or take its name out of the list")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            self.report(path, (line, 1), "E002", "this is not text in UTF-8",
                        "save the file as plain text, encoding UTF-8")  # fmt: skip
        except OSError as error:
            self.report(path, (1, 1), "E001", f"this file cannot be read ({error.strerror})",
                        "check that it is a file and that you may read it")  # fmt: skip
        return None

    def toml(self, path: Path) -> tuple[dict[str, Any], str] | None:
        """The tables of a TOML file and its text, or None with a finding."""
        text = self.text(path)
        return None if text is None else self.parse(path, text)

    def parse(self, path: Path, text: str, first_line: int = 1) -> tuple[dict[str, Any], str] | None:
        """The same for a text that begins at `first_line` of its file."""
        try:
            return tomli.loads(text), text
        except tomli.TOMLDecodeError as error:
            self.report(path, (error.lineno + first_line - 1, error.colno), "E010",
                        f"this is not TOML: {error.msg[:1].lower()}{error.msg[1:]}", _toml_mend(error.msg))  # fmt: skip
        except RecursionError:
            self.report(path, (first_line, 1), "E010", "this TOML is nested too deep", "use fewer brackets")
        return None

    # ------------------------------------------------------------ models

    def model(self, kind: type[M], path: Path) -> M | None:
        """Read a TOML file into `kind`, or None with findings."""
        read = self.toml(path)
        return None if read is None else self.build(kind, path, *read)

    def build(
        self, kind: type[M], path: Path, data: object, text: str, *, first_line: int = 1, at: KeyPath = ()
    ) -> M | None:
        """`data`, the table at `at` of `text`, as a model, or None with a finding for each fault."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            known = places(text)
            for detail in error.errors(include_url=False, include_input=True):
                if _other_form(detail):
                    continue
                detail["loc"] = _written(kind, detail)
                line, col = place_of(known, (*at, *detail["loc"]))
                code, message, fix = _in_words(kind, detail, at)
                self.report(path, (line + first_line - 1, col), code, message, fix)
        return None

    def table_of(self, kind: type[M], path: Path, key: str) -> dict[str, M]:
        """Read `[key.ID]` tables into a map from id to model."""
        read = self.toml(path)
        if read is None:
            self.faulty[path] = None
            return {}
        data, text = read
        self.only(path, data, text, (key, "meta"))
        return self.tables(kind, path, data, text, key)

    def tables(self, kind: type[M], path: Path, data: dict[str, Any], text: str, key: str) -> dict[str, M]:
        """The `[key.ID]` tables of a file that was read; those with a fault are left out, and kept in `faulty`."""
        named = data.get(key, {})
        if not isinstance(named, dict):
            self.report(path, place_of(places(text), (key,)), "E012", f"'{key}' is not a table of tables",
                        f"write [{key}.ID] above each")  # fmt: skip
            self.faulty[path] = None
            return {}
        built = {name: self.build(kind, path, table, text, at=(key, name)) for name, table in named.items()}
        self.faulty[path] = {name for name, one in built.items() if one is None}
        return {name: one for name, one in built.items() if one is not None}

    def list_of(self, kind: type[M], path: Path, key: str) -> tuple[M, ...]:
        """Read `[[key]]` tables in order; a second one with the same id is a finding."""
        read = self.toml(path)
        self.faulty[path] = None
        if read is None:
            return ()
        data, text = read
        self.only(path, data, text, (key,))
        rows = data.get(key, [])
        if not isinstance(rows, list):
            self.report(path, place_of(places(text), (key,)), "E012", f"'{key}' is not a list of tables",
                        f"write [[{key}]] above each")  # fmt: skip
            return ()
        self.faulty[path] = {str(row.get("id", "")) for row in rows if isinstance(row, dict)}
        built = [self.build(kind, path, row, text, at=(key, place)) for place, row in enumerate(rows)]
        return tuple(one for one in built if one is not None)

    def only(self, path: Path, data: dict[str, Any], text: str, allowed: tuple[str, ...]) -> None:
        """Report the keys at the top of a file that are not `allowed`."""
        for name in data:
            if name not in (*allowed, "schema_version"):
                self.report(path, place_of(places(text), (name,)), "E011", f"unknown key '{name}'",
                            did_you_mean(name, allowed))  # fmt: skip

    def page(self, path: Path) -> models.Page | None:
        """Read a lesson page: `+++`, TOML, `+++`, Markdown."""
        text = self.text(path)
        if text is None:
            return None
        lines = text.split("\n")
        if not lines or lines[0].strip() != FENCE:
            self.report(path, (1, 1), "E020", "this page has no front matter",
                        "start the page with a line +++, then its TOML, then a line +++")  # fmt: skip
            return None
        try:
            end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == FENCE)
        except StopIteration:
            self.report(path, (1, 1), "E020", "the front matter is not closed", "add a line +++ after it")
            return None
        head = "\n".join(lines[1:end])
        read = self.parse(path, head, first_line=2)
        if read is None:
            return None
        front = self.build(models.PageFront, path, *read, first_line=2)
        if front is None:
            return None
        body_start = end + 1
        while body_start < len(lines) and not lines[body_start].strip():
            body_start += 1
        return models.Page(front=front, body="\n".join(lines[body_start:]).strip(), body_line=body_start + 1)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "take it out") -> str:
    """A mend for an unknown word: the nearest known one, or what is allowed."""
    known = tuple(known)
    if close := _nearest(word, known):
        return f"did you mean '{close}'?"
    if 0 < len(known) <= 12:
        return f"use one of: {', '.join(known)}"
    return otherwise


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`, however little that is; capitals aside."""
    return max(known, key=lambda one: difflib.SequenceMatcher(None, word.casefold(), one.casefold()).ratio())


@lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word that is most like `word`, "" for none. One slip is often made in many places."""
    if same := [one for one in known if one.casefold() == word.casefold()]:
        return same[0]
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return close[0] if close else ""


def _toml_mend(message: str) -> str:
    return next((mend for starts, mend in TOML_MENDS if message.startswith(starts)), TOML_MEND)


def _other_form(detail: ErrorDetails) -> bool:
    """Whether this fault is about a word that the key would take too, where a table was written."""
    in_union = any(str(part).startswith("literal[") for part in detail["loc"])
    return in_union and isinstance(detail["input"], dict)


def _written(kind: type[Authored], detail: ErrorDetails) -> tuple[int | str, ...]:
    """The path of keys as the author wrote it; an unknown type is a fault of the key `type`.

    pydantic puts the type of an item into the path, behind its position in the list, and the form that was tried
    behind a key that takes more than one (a comparison group or "none").
    """
    loc = detail["loc"]
    if detail["type"] == "union_tag_invalid":
        return (*loc, "type")
    if kind is models.Quiz and loc[:1] == ("item",) and len(loc) > 2:
        detail.setdefault("ctx", {})["item_type"] = loc[2]
        loc = (*loc[:2], *loc[3:])
    last_is_key = detail["type"] in ("missing", "extra_forbidden")
    return tuple(
        part
        for at, part in enumerate(loc)
        if isinstance(part, int) or not _is_form(part) or (last_is_key and at == len(loc) - 1)
    )


def _is_form(part: str) -> bool:
    """Whether a part of a path is the name of a form (a type or a model) and no key: keys begin with a small letter."""
    return part in ("int", "str") or part.startswith("literal[") or part[:1].isupper()


def _allowed_keys(kind: type[Authored], loc: tuple[int | str, ...], item_type: str = "") -> list[str]:
    """The keys that the table at `loc` (without its last part) takes; `item_type` when it is in a quiz item."""
    current: Any = kind
    if item_type in models.ITEM_TYPES:
        current, loc = models.ITEM_TYPES[item_type], loc[2:]
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        if field is None:
            return []
        current = next(
            (arg for arg in _walk(field.annotation) if isinstance(arg, type) and issubclass(arg, Authored)),
            None,
        )
    return sorted(getattr(current, "model_fields", {}))


def _walk(annotation: Any) -> Iterable[Any]:
    yield annotation
    for arg in getattr(annotation, "__args__", ()):
        yield from _walk(arg)


def _in_words(kind: type[Authored], detail: ErrorDetails, at: KeyPath) -> tuple[str, str, str]:
    """(code, what is wrong, how to mend it) for one fault that pydantic found in the table at `at`."""
    loc = detail["loc"]
    name = ".".join(str(part) for part in (loc or at) if not isinstance(part, int)) or "this file"
    last = str(loc[-1]) if loc else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            named = context.get("item_type", "")
            return "E011", f"unknown key '{last}'", did_you_mean(last, _allowed_keys(kind, loc, named))
        case "missing":
            return "E012", f"the key '{last}' is missing", f"add {last} = ..."
        case "union_tag_invalid":
            fix = did_you_mean(str(context.get("tag", "")), models.ITEM_TYPES)
            return "E013", "'type' holds a word that is not known here", fix
        case "literal_error":
            allowed = str(context.get("expected", ""))
            return "E013", f"'{name}' holds a word that is not known here", f"use one of: {allowed}"
        case "string_pattern_mismatch":
            fix = PATTERN_MENDS.get(str(context.get("pattern", "")), "use small letters and digits, joined by -")
            return "E014", f"'{name}' is not written as it must be", fix
        case "string_too_short" if context.get("min_length", 1) > 1:
            return "E015", f"'{name}' is too short", f"write at least {context['min_length']} letters"
        case "string_too_short":
            return "E015", f"'{name}' is empty", "write some words between the quotes"
        case "too_short":
            return "E015", f"'{name}' has too few entries", f"add at least {context.get('min_length', 1)}"
        case "too_long":
            return "E015", f"'{name}' has too many entries", f"keep at most {context.get('max_length', 0)}"
        case "value_error":
            message, _, fix = str(context.get("error", detail["msg"])).partition("; ")
            return "E016", message, fix or "mend it as the message says"
        case "tuple_type" if isinstance(detail["input"], dict):
            return "E017", f"'{name}' takes a list of tables", f"write [[{name}]] above each, with two brackets"
        case fault if fault in LIMITS:
            wrong, bound, fix = LIMITS[fault]
            return "E017", f"'{name}' {wrong}", fix.format(context[bound])
        case fault:
            for start, takes, fix in TAKES:
                if fault.startswith(start):
                    return "E017", f"'{name}' {takes}", fix
            message = detail["msg"]
            return "E017", f"'{name}': {message[:1].lower()}{message[1:]}", "mend the value"
