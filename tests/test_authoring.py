"""What authors run: schemas that an editor takes, and a new module whose every gap is listed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.content import kinds
from ketalearn.content.check import check_pack
from tests.support import ROOT, SMALL, TODAY

Out = pytest.CaptureFixture[str]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    return root


def one_line(err: str) -> str:
    """The one line that an error is."""
    assert "Traceback" not in err
    (line,) = err.splitlines()
    return line


# ---------------------------------------------------------------- schema


def test_the_kinds_are_listed_with_their_files(capsys: Out) -> None:
    assert run(["schema"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^quiz +questions/quiz/\*\.toml +\w", out, re.MULTILINE)
    assert len(out.splitlines()) == len(kinds.kinds())


def test_a_schema_is_json_and_refuses_a_wrong_key(capsys: Out) -> None:
    assert run(["schema", "quiz"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == kinds.DIALECT
    assert schema["additionalProperties"] is False
    single = schema["$defs"]["SingleItem"]
    assert single["additionalProperties"] is False
    assert {"id", "stem", "option"} <= set(single["required"])


def test_an_unknown_schema_is_one_line_with_the_nearest(capsys: Out) -> None:
    assert run(["schema", "quizz"]) == 2
    assert one_line(capsys.readouterr().err) == "there is no schema 'quizz'; did you mean 'quiz'?"
    assert run(["schema", "quiz", "--all", "."]) == 2
    assert "leave the name out" in one_line(capsys.readouterr().err)


def test_all_schemas_are_written_once_and_nothing_of_ours_is_written_over(pack: Path, capsys: Out) -> None:
    assert run(["schema", "--all", str(pack)]) == 0
    assert (pack / "schemas" / "quiz.json").exists()
    assert (pack / "tombi.toml").exists()
    capsys.readouterr()
    assert run(["schema", "--all", str(pack)]) == 0
    assert capsys.readouterr().out == ""
    (pack / "tombi.toml").write_text("# mine\n")
    assert run(["schema", "--all", str(pack)]) == 1
    assert "add --force" in one_line(capsys.readouterr().err)
    assert (pack / "tombi.toml").read_text() == "# mine\n"
    assert run(["schema", "--all", str(pack), "--force"]) == 0
    assert (pack / "tombi.toml").read_text() != "# mine\n"
    capsys.readouterr()
    assert run(["schema", "--all", str(pack / "nowhere")]) == 2
    assert "is no folder" in one_line(capsys.readouterr().err)


def test_the_schemas_of_the_repository_are_those_of_the_models() -> None:
    told = "run: ketalearn schema --all . --force"
    for path, text in kinds.files_of_all().items():
        assert (ROOT / path).read_text("utf-8") == text, told
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {f"{kind.name}.json" for kind in kinds.kinds()}


def test_every_toml_file_that_authors_write_has_a_kind() -> None:
    # written by scripts, or read by tests alone
    others = {"reading.toml", "ratings.toml", "answers.toml"}
    known = [kind.files for kind in kinds.kinds()]
    for folder in ("modules", "questions"):
        for path in (ROOT / folder).rglob("*.toml"):
            shown = path.relative_to(ROOT)
            assert path.name in others or any(shown.match(pattern) for pattern in known), shown


def tombi(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    found = shutil.which("tombi", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("tombi is not installed: pip install 'tombi>=1.9,<2'")
    return subprocess.run(
        [found, "lint", "--offline", *files], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


def underlined(done: subprocess.CompletedProcess[str]) -> set[tuple[str, int]]:
    """(what is wrong, its line) of each error that the language server's linter gives."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    return {(found[1], int(found[2])) for found in re.finditer(r"Error: (.+)\n +at .+?:(\d+):\d+", plain)}


def test_an_editor_underlines_a_wrong_key(pack: Path) -> None:
    assert run(["schema", "--all", str(pack)]) == 0
    assert tombi(pack).returncode == 0
    quiz = pack / "questions" / "quiz" / "01-first.toml"
    text = quiz.read_text("utf-8")
    quiz.write_text(
        text.replace('stem = "After', 'stm = "After').replace("revision = 1", 'revision = "one"', 1), "utf-8"
    )
    done = tombi(pack, "questions/quiz/01-first.toml")
    assert done.returncode == 1
    found = underlined(done)
    assert ('"stm" is not allowed', 9) in found
    assert any("Integer" in what and line == 4 for what, line in found), found
    module = pack / "modules" / "01-first" / "module.toml"
    module.write_text(module.read_text("utf-8").replace("minutes = 2", "minutes = 200"), "utf-8")
    assert any(line == 4 for _, line in underlined(tombi(pack, "modules/01-first/module.toml")))


def test_an_editor_underlines_nothing_in_what_ships() -> None:
    done = tombi(ROOT)
    assert (done.returncode, underlined(done)) == (0, set())


# ---------------------------------------------------------------- new


def test_a_new_module_is_whole_but_for_what_is_to_be_written(pack: Path, capsys: Out) -> None:
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 0
    out, err = capsys.readouterr()
    assert [Path(line).relative_to(pack).as_posix() for line in out.splitlines()] == [
        "modules/03-sleep/module.toml", "modules/03-sleep/what.md", "modules/03-sleep/keep.md",
        "questions/quiz/03-sleep.toml",
    ]  # fmt: skip
    assert "now stands last in modules" in err
    before = {(one.path, one.code) for one in check_pack(SMALL, TODAY)}
    found = [one for one in check_pack(pack, TODAY) if (one.path, one.code) not in before]
    assert {one.code for one in found} == {"E070"}
    assert {one.path for one in found} == {Path(line).relative_to(pack).as_posix() for line in out.splitlines()}
    # each finding stands at a line that holds a mark
    for one in found:
        line = (pack / one.path).read_text("utf-8").split("\n")[one.line - 1]
        assert "Write this:" in line or "write-this" in line or "write_this" in line, one
    marks = sum((pack / one).read_text("utf-8").count("Write this:") for one in {one.path for one in found})
    assert sum("not written yet" in one.message for one in found) == marks


def test_a_filled_module_has_no_finding_of_that_kind(pack: Path) -> None:
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 0
    for path in [*(pack / "modules" / "03-sleep").iterdir(), pack / "questions" / "quiz" / "03-sleep.toml"]:
        text = path.read_text("utf-8").replace("Write this:", "Here is").replace("write-this", "lamp-2020")
        path.write_text(text.replace("write_this", "driving"), "utf-8")
    assert [str(one) for one in check_pack(pack, TODAY) if one.code == "E070" or one.level == "error"] == []


def test_a_mark_left_anywhere_is_said_and_a_word_that_looks_like_one_is_not(pack: Path) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    page.write_text(f"{page.read_text('utf-8')}\nTODO: more. It does todo in one. Lorem ipsum.\n", "utf-8")
    quiz = pack / "questions" / "quiz" / "01-first.toml"
    quiz.write_text(quiz.read_text("utf-8").replace("Yes. A night", "TBD. A night"), "utf-8")
    found = [one for one in check_pack(pack, TODAY) if one.code == "E070"]
    assert [(one.path.rpartition("/")[2], one.message) for one in found] == [
        ("light.md", "'TODO' is left here"), ("light.md", "'Lorem ipsum' is left here"),
        ("01-first.toml", "'TBD' is left here"),
    ]  # fmt: skip


def test_nothing_is_written_over(pack: Path, capsys: Out) -> None:
    assert run(["new", "module", "03-sleep", "--pack", str(pack)]) == 0
    before = {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(["new", "module", "03-sleep", "--pack", str(pack)]) == 1
    assert one_line(capsys.readouterr().err).startswith("modules/03-sleep is there already")
    assert run(["new", "module", "01-first", "--pack", str(pack)]) == 1
    (pack / "questions" / "quiz" / "09-nap.toml").write_text("mine")
    before[pack / "questions" / "quiz" / "09-nap.toml"] = b"mine"
    assert run(["new", "module", "09-nap", "--pack", str(pack)]) == 1
    assert {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["Sleep", "a b", "../out", "sleep/x", "", "3-sleep", "sleep-", "é", "x" * 41, "com.1"])
def test_a_bad_name_is_refused_in_one_line(name: str, pack: Path, capsys: Out) -> None:
    before = sorted(pack.rglob("*"))
    assert run(["new", "module", name, "--pack", str(pack)]) == 2
    assert "cannot be a module's name" in one_line(capsys.readouterr().err)
    assert sorted(pack.rglob("*")) == before


@pytest.mark.parametrize(
    "text", ['modules = ["01-first"] # [two]\n', 'modules = [\n  "01-first",  # [a]\n]\n', "x = 1\n"]
)
def test_a_list_that_cannot_be_changed_is_told(text: str, pack: Path, capsys: Out) -> None:
    path = pack / "modules" / "pack.toml"
    path.write_text(text, "utf-8")
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 0
    told = 'Add "03-sleep" to the list modules in' in capsys.readouterr().err
    assert told == (path.read_text("utf-8") == text)
    assert told or '"03-sleep"' in path.read_text("utf-8")


def test_all_else_in_pack_toml_stays_as_it_was(pack: Path) -> None:
    path = pack / "modules" / "pack.toml"
    path.write_text(path.read_text("utf-8").replace('["01-first", "02-second"]', '[\n  "01-first",\n  "02-second",\n]'))
    before = path.read_text("utf-8")
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 0
    assert path.read_text("utf-8") == before.replace('"02-second",\n]', '"02-second", "03-sleep"\n]')


def test_a_folder_that_cannot_be_written_is_one_line(pack: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 1
    assert "cannot be written (Permission denied)" in one_line(capsys.readouterr().err)


def test_the_programs_own_content_is_not_written_in(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ketalearn.workspace

    installed = tmp_path / "ketalearn" / "pack"
    shutil.copytree(SMALL, installed)
    (tmp_path / "ketalearn" / "__main__.py").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ketalearn.workspace, "pack_root", lambda *_: installed)
    assert run(["new", "module", "sleep"]) == 2
    assert "give your own copy with --pack DIR" in one_line(capsys.readouterr().err)


def test_the_pack_around_the_folder_is_the_one_written_in(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack / "modules" / "01-first")
    assert run(["new", "module", "sleep"]) == 0
    assert (pack / "modules" / "03-sleep" / "module.toml").exists()


@pytest.mark.parametrize("words", [["new"], ["new", "modul", "x"], ["new", "module"], ["schema", "a", "b"]])
def test_wrong_usage_is_one_line(words: list[str], capsys: Out) -> None:
    assert run(words) == 2
    assert "--help" in one_line(capsys.readouterr().err)


def test_what_ships_holds_no_mark_of_a_skeleton() -> None:
    mark = re.compile(r"Write this:|write-this|write_this|\bTODO\b|\bTBD\b|\bFIXME\b|[Ll]orem ipsum")
    for folder in ("modules", "questions"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".toml", ".md"):
                assert not mark.search(path.read_text("utf-8")), path
