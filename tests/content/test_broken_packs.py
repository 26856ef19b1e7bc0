"""Broken packs: each fault gives one clear line with a place and a mend, and never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from ketalearn.cli import run
from ketalearn.content.check import check_pack
from ketalearn.content.places import places
from tests.support import ROOT, SMALL, TODAY

LINE = re.compile(r"^(?P<path>[^:]+):(?P<line>\d+):(?P<col>\d+): (?P<code>[EWI]\d{3}) .+; .+$")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    return root


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def link_out(root: Path) -> None:
    outside = root.parent / "outside.md"
    outside.write_text("+++\nid = 'light'\n+++\nsecret")
    page = root / "modules" / "01-first" / "light.md"
    page.unlink()
    page.symlink_to(outside)


def junk(root: Path) -> None:
    (root / "modules" / "01-first" / "light.md").write_bytes(bytes(range(128, 256)))


def pipe(root: Path) -> None:
    page = root / "modules" / "01-first" / "light.md"
    page.unlink()
    os.mkfifo(page)


def no_front(root: Path) -> None:
    (root / "modules" / "01-first" / "light.md").write_text("Just words.\n")


QUIZ = "questions/quiz/01-first.toml"
PROMPTS = "questions/prompts/01-all.toml"

FAULTS: dict[str, tuple[Callable[[Path], None], str, int, str]] = {
    "unknown key": (swap(QUIZ, 'stem = "After', 'stm = "After'), QUIZ, 9, "did you mean 'stem'?"),
    "duplicate item": (swap(QUIZ, 'id = "lamp-glare"', 'id = "lamp-colour"'), QUIZ, 22, "id of its own"),
    "missing source": (swap(PROMPTS, 'sources = ["lamp-2020"]', 'sources = ["lamp-2021"]'), PROMPTS, 11,
                       "did you mean 'lamp-2020'?"),
    "no correct option": (swap(QUIZ, "correct = true\n", ""), QUIZ, 2, "correct = true"),
    "bad TOML": (swap(QUIZ, 'stem = "After', "stem = After"), QUIZ, 9, "missing quote"),
    "no front matter": (no_front, "modules/01-first/light.md", 1, "start the page with a line +++"),
    "binary junk": (junk, "modules/01-first/light.md", 1, "encoding UTF-8"),
    "a pipe": (pipe, "modules/01-first/light.md", 1, "put a file here"),
    "link out of the pack": (link_out, "modules/01-first/light.md", 1, "put a copy"),
    "unknown source in a page": (swap("modules/01-first/light.md", "[@lamp-2020]", "[@lamp-2022]"),
                                 "modules/01-first/light.md", 7, "did you mean"),
    "unknown term": (swap("modules/01-first/light.md", "[[glare|", "[[glaer|"), "modules/01-first/light.md", 9,
                     "did you mean 'glare'?"),
    "unknown fact": (swap("modules/01-first/glare.md", "{{glare}}", "{{glair}}"), "modules/01-first/glare.md", 10,
                     "did you mean 'glare'?"),
    "unknown trigger": (swap(PROMPTS, "cond:sore_eyes", "cond:sore_eye"), PROMPTS, 35,
                        "did you mean 'cond:sore_eyes'?"),
    "a wrong word for who": (swap(PROMPTS, '"eye_doctor", ', '"optician", '), PROMPTS, 33, "use one of"),
    "a page that is not there": (swap("modules/01-first/module.toml", '"light", ', '"light", "dark", '),
                                 "modules/01-first/dark.md", 1, "add it"),
    "an item on no page": (swap(QUIZ, 'page = "light"', 'page = "lihgt"'), QUIZ, 8, "did you mean 'light'?"),
    "a count not in the words": (swap("modules/facts.toml", "count = 41", "count = 14"), "modules/facts.toml", 3,
                                 "say the count"),
    "a word we do not use": (swap(PROMPTS, "When can I drive again?", "Am I eligible?"), PROMPTS, 13, "ask 'how does"),
    "TOML 1.1": (swap("modules/facts.toml", "comparator = {count = 9,", "comparator = {count = 9,\n"),
                 "modules/facts.toml", 7, "on one line"),
    "a nested brick of brackets": (swap(QUIZ, 'module = "01-first"', "module = " + "[" * 5000), QUIZ, 1, ""),
    "an empty list": (swap(PROMPTS, 'ask = ["billing"]', "ask = []"), PROMPTS, 75, "add at least"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_place_and_its_mend(fault: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, path, line, mend = FAULTS[fault]
    change(pack)
    assert run(["check", str(pack)]) == 1
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    rows = out.splitlines()
    assert re.fullmatch(r"\d+ errors, \d+ warnings", rows[-1])
    for row in rows[:-1]:
        assert LINE.match(row), row
    here = [found for row in rows[:-1] if (found := LINE.match(row)) and found["path"] == path]
    assert any(int(found["line"]) == line and mend in found[0] for found in here), "\n".join(rows)


def test_all_faults_come_in_one_run(pack: Path) -> None:
    for name in ("unknown key", "unknown term", "unknown trigger"):
        FAULTS[name][0](pack)
    codes = {(finding.path, finding.code) for finding in check_pack(pack)}
    assert {(QUIZ, "E011"), ("modules/01-first/light.md", "E048"), (PROMPTS, "E055")} <= codes


def test_an_empty_folder_and_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert "holds no modules/" in capsys.readouterr().out
    assert run(["check", str(tmp_path / "none")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_a_good_pack_has_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(SMALL), "--format", "json"]) == 0
    assert '"level": "error"' not in capsys.readouterr().out


def test_the_content_that_ships_has_no_fault() -> None:
    assert [str(finding) for finding in check_pack(ROOT)] == []


@pytest.mark.parametrize(
    "form",
    [
        "a = {b = 1,\n c = 2}",
        "a = {b = 1,}",
        'a = {b = "}",\n c = 1}',
        "a = [{b = 1\n}]",
        "a = [\n  {b = 1, },\n]",
        "a = {b = '''\n'''\n}",
        "a = {b = 1 # }\n}",
        'a = "\\e"',
        'a = "\\x41"',
        "a = 12:30",
        "a = 2027-05-31 12:30",
    ],
)
def test_each_form_that_editors_refuse_is_seen(form: str, pack: Path) -> None:
    assert tomli.loads(form)
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(form)
    (pack / "modules" / "odd.toml").write_text(form, "utf-8")
    assert [(one.path, one.code) for one in check_pack(pack) if one.level == "error"] == [("modules/odd.toml", "E010")]


def test_keys_are_found_where_they_stand() -> None:
    text = """a = 1
"b c" = ["]", # [
  "x"]
d.e = '''
f = 2
'''
  [g]  # [h]
i = {j = "{"}

[[k]]
l = [
  [1],
]
[[k]]
[k.m]
n-o=1
[[k.p]]
q = "="
"""
    assert places(text) == {
        (): (1, 1), ("a",): (1, 1), ("b c",): (2, 1), ("d", "e"): (4, 1), ("g",): (7, 3), ("g", "i"): (8, 1),
        ("k", 0): (10, 1), ("k", 0, "l"): (11, 1), ("k", 1): (14, 1), ("k", 1, "m"): (15, 1),
        ("k", 1, "m", "n-o"): (16, 1), ("k", 1, "p", 0): (17, 1), ("k", 1, "p", 0, "q"): (18, 1),
    }  # fmt: skip


@pytest.mark.parametrize("gone", ["modules/06-risks/bladder.md", "questions/quiz/06-risks.toml"])
def test_a_file_that_does_not_read_raises_no_second_finding_elsewhere(gone: str, tmp_path: Path) -> None:
    """Its words may be what a later page or an entry of lint.toml rests on: to follow such a hint would do harm."""
    for folder in ("modules", "questions"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / gone).write_bytes(bytes(range(128, 256)))
    assert [(one.path, one.code) for one in check_pack(tmp_path, TODAY)] == [(gone, "E002")]


@pytest.mark.parametrize("path", ["modules/01-first/light.md", "modules/01-first/module.toml", QUIZ, PROMPTS])
def test_a_byte_order_mark_is_no_fault(path: str, pack: Path) -> None:
    before = check_pack(pack)
    (pack / path).write_bytes(b"\xef\xbb\xbf" + (pack / path).read_bytes())
    assert check_pack(pack) == before
