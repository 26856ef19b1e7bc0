"""Bad items and bad pages, each caught with the right code at the right line; the same files mended give nothing.

The files are in `tests/packs/flawed`: `bad/` and `mended/` hold one module with its quiz. In the bad quiz a comment at
the end of a line names the codes that are due there; `pages.toml` lists those of the pages.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import tomli

from ketalearn.content.check import check_pack
from ketalearn.findings import Finding
from tests.support import SMALL, TODAY

FLAWED = SMALL.parent / "flawed"
MODULE = "03-flaws"
QUIZ = f"questions/quiz/{MODULE}.toml"
DUE = re.compile(r"#((?: [EWI]\d{3})+)$")

Place = tuple[str, int, str]


def made(folder: Path, kind: str) -> list[Finding]:
    """What `check` says about the module's files, in the small pack."""
    shutil.copytree(SMALL, folder)
    shutil.copytree(FLAWED / kind, folder, dirs_exist_ok=True)
    pack = folder / "modules" / "pack.toml"
    pack.write_text(pack.read_text("utf-8").replace('"02-second"]', f'"02-second", "{MODULE}"]'), "utf-8")
    return [one for one in check_pack(folder, TODAY) if MODULE in one.path]


def due() -> Counter[Place]:
    """Every finding that the bad files must give."""
    found: Counter[Place] = Counter()
    for number, line in enumerate((FLAWED / "bad" / QUIZ).read_text("utf-8").splitlines(), start=1):
        if codes := DUE.search(line):
            found.update((QUIZ, number, code) for code in codes[1].split())
    for one in tomli.loads((FLAWED / "pages.toml").read_text("utf-8"))["found"]:
        found[f"modules/{MODULE}/{one['page']}.md", one["line"], one["code"]] += 1
    return found


def test_there_are_twenty_bad_items_and_ten_bad_pages_or_more() -> None:
    places = due()
    starts = [
        number
        for number, line in enumerate((FLAWED / "bad" / QUIZ).read_text("utf-8").splitlines(), start=1)
        if line.startswith("[[item]]")
    ]
    items = {max(start for start in starts if start <= line) for path, line, _ in places if path == QUIZ}
    pages = {path for path, _, _ in places if path != QUIZ}
    assert len(items) >= 20
    assert len(pages) >= 10


def test_each_flaw_is_caught_with_its_code_at_its_line_and_nothing_else_is_said(tmp_path: Path) -> None:
    found = Counter((one.path, one.line, one.code) for one in made(tmp_path / "pack", "bad"))
    expected = due()
    assert sorted((expected - found).elements()) == []
    assert sorted((found - expected).elements()) == []


def test_the_mended_files_give_nothing(tmp_path: Path) -> None:
    assert [str(one) for one in made(tmp_path / "pack", "mended")] == []


@pytest.mark.parametrize(
    "path", sorted(path.relative_to(FLAWED / "bad").as_posix() for path in (FLAWED / "bad").rglob("*.*"))
)
def test_a_mended_file_is_the_bad_one_and_little_else(path: str) -> None:
    bad, mended = ((FLAWED / kind / path).read_text("utf-8").splitlines() for kind in ("bad", "mended"))
    front = 6 if path.endswith(".md") else 0
    assert bad[:front] == mended[:front]
    same = Counter(DUE.sub("", line).strip() for line in bad) & Counter(line.strip() for line in mended)
    assert path.endswith(".md") or same.total() >= 0.8 * len(bad)
