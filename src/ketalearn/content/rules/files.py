"""What holds between the lists of a pack and its files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ketalearn.content.places import may_hold_open_braces
from ketalearn.content.rules.ids import repeated

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


# Home reads every module's own table before its first frame (design, section 3)
MODULE_TABLE_BYTES = 1000


# what TOML 1.1 added: inline tables over several lines or with a last comma, two escapes, times without seconds
MAY_BE_TOML_1_1 = (re.compile(r"\\[ex]"), re.compile(r":\d\d(?!:?\d)"))


def toml_1_0(checked: Checked) -> None:
    """Editors refuse forms that only TOML 1.1 has (design, section 4)."""
    # the standard library's parser takes as long as all other rules together, so it sees only what may hold such a form
    for path in sorted([*checked.modules_dir.rglob("*.toml"), *checked.questions_dir.rglob("*.toml")]):
        shown = checked.reader.shown(path)
        if any(finding.path == shown and finding.code.startswith("E0") for finding in checked.reader.findings):
            continue
        try:
            text = path.read_text("utf-8-sig")
            if any(form.search(text) for form in MAY_BE_TOML_1_1) or may_hold_open_braces(text):
                tomllib.loads(text)
        except (OSError, UnicodeDecodeError):
            continue
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+), column (\d+)", str(error))
            place = (int(at[1]), int(at[2])) if at else (1, 1)
            checked.reader.report(path, place, "E010", "this form is not in TOML 1.0",
                                  "keep an inline table on one line, with no comma before its }")  # fmt: skip


def unused_files(checked: Checked) -> None:
    """A page or a quiz that no list names is never shown."""
    listed = {path for path, _, _ in checked.pages}
    for path, module in checked.modules:
        named = {path.parent / f"{page}.md" for page in module.pages}
        for found in sorted(path.parent.glob("*.md")):
            if found not in named | listed:
                checked.report(found, (), "E041", "no list names this page",
                               f"add '{found.stem}' to pages in module.toml, or remove the file")  # fmt: skip
    if checked.info is not None:
        checked.known_sources(
            checked.modules_dir / "pack.toml", ("main_message_sources",), checked.info.main_message_sources
        )
        for folder in sorted(path.parent for path in checked.modules_dir.glob("*/module.toml")):
            if folder.name not in checked.info.modules:
                checked.report(folder / "module.toml", (), "E041", "pack.toml does not list this module",
                               f"add '{folder.name}' to modules in pack.toml, or remove the folder")  # fmt: skip


def module_tables(checked: Checked) -> None:
    """A module's table is small, is named like its folder, and lists each thing once."""
    for path, module in checked.modules:
        if module.id != path.parent.name:
            checked.report(path, ("id",), "E042", f"id '{module.id}' is not the folder's name",
                           f'write id = "{path.parent.name}"')  # fmt: skip
        if (size := path.stat().st_size) > MODULE_TABLE_BYTES:
            checked.report(path, (), "E043", f"this table has {size} bytes; at most {MODULE_TABLE_BYTES} keep the "
                           "start quick", "use shorter ids and objectives")  # fmt: skip
        names: tuple[tuple[str, Iterable[str]], ...] = (
            ("pages", module.pages), ("items", module.items), ("objective", [one.id for one in module.objective]),
        )  # fmt: skip
        for key, ids in names:
            for twice in repeated(ids):
                checked.report(path, (key,), "E044", f"'{twice}' stands twice in {key}", "take one out")
