"""The little that Home needs: each module's own table, read plainly, without models.

Importing pydantic costs about half of a bare start, so this module must not import it. `ketalearn check` holds the
same tables to the full models.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import tomli


class ModuleHead(NamedTuple):
    """What is listed of a module. `readable` is false when its table could not be read."""

    id: str
    title: str
    question: str = ""
    minutes: int = 0
    pages: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    readable: bool = True


class PackHead(NamedTuple):
    """The pack's own table, as far as the first screen needs it."""

    version: str
    decision: str
    scope_note: str
    review_status: str
    main_message: str
    modules: tuple[ModuleHead, ...]


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError):
        return {}


def read_heads(root: Path) -> PackHead:
    """Read `modules/pack.toml` and each `module.toml` under `root`; never raises for a bad file."""
    pack = _table(root / "modules" / "pack.toml")
    names = [name for name in pack.get("modules", ()) if isinstance(name, str)]
    return PackHead(
        version=str(pack.get("version", "")),
        decision=str(pack.get("decision", "")),
        scope_note=str(pack.get("scope_note", "")),
        review_status=str(pack.get("review_status", "")),
        main_message=str(pack.get("main_message", "")),
        modules=tuple(_head(root / "modules" / name / "module.toml", name) for name in names),
    )


def read_head(root: Path, name: str) -> ModuleHead:
    """The head of one module, listed in pack.toml or not."""
    return _head(root / "modules" / name / "module.toml", name)


def _head(path: Path, name: str) -> ModuleHead:
    table = _table(path)
    try:
        return ModuleHead(
            id=name,
            title=str(table["title"]),
            question=str(table["question"]),
            minutes=int(table["minutes"]),
            pages=tuple(map(str, table["pages"])),
            items=tuple(map(str, table.get("items", ()))),
        )
    except (KeyError, TypeError, ValueError):
        return ModuleHead(id=name, title=name, readable=False)
