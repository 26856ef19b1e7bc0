"""`ketalearn preview` where there is no terminal: the file as text, once, and what is to be mended beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.errors import KetalearnError
from ketalearn.preview import Preview, target_of
from tests.support import ROOT, SMALL, TODAY, Clock

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALEARN_TODAY", TODAY.isoformat())


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    return root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_page_is_told_with_its_words_and_sources(pack: Path, capsys: Out) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    assert run(["preview", str(page)]) == 0
    out, err = capsys.readouterr()
    assert "Lamps, page 1 of 2." in out
    assert "[1]" in out
    assert "error" not in err


def test_a_page_with_a_fault_is_told_all_the_same_and_leaves_one(pack: Path, capsys: Out) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    change(page, "[@lamp-2020]", "[@lamp-2022]")
    assert run(["preview", str(page)]) == 1
    out, err = capsys.readouterr()
    assert "(there is no source 'lamp-2022' yet)" in out
    assert "modules/01-first/light.md:7:" in err
    assert "did you mean 'lamp-2020'?" in err


def test_a_page_that_cannot_be_read_gives_its_faults_alone(pack: Path, capsys: Out) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    change(page, "revision", "revsion")
    assert run(["preview", str(page)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" ")[1] for line in err.splitlines()] == ["E012", "E011"]
    assert "Traceback" not in err


def test_a_fault_of_another_file_that_the_page_needs_is_named_with_its_place(pack: Path, capsys: Out) -> None:
    change(pack / "modules" / "facts.toml", "certainty", "certanty")
    assert run(["preview", str(pack / "modules" / "01-first" / "light.md")]) == 1
    assert "modules/facts.toml:" in capsys.readouterr().err


def test_a_quiz_is_told_with_what_is_said_to_each_answer(pack: Path, capsys: Out) -> None:
    assert run(["preview", str(pack / "questions" / "quiz" / "01-first.toml")]) == 0
    out = capsys.readouterr().out
    assert "Question 1 of 2." in out
    assert "Right: The next day. Yes. A night of sleep first." in out
    assert "Wrong: At once. Feeling awake is not the same as seeing well." in out
    assert "After lunch [x]" in out


@pytest.mark.parametrize("module", ["01-decision", "04-benefits", "06-risks", "10-visit"])
def test_every_type_of_item_that_ships_can_be_told(module: str, capsys: Out) -> None:
    assert run(["preview", str(ROOT / "questions" / "quiz" / f"{module}.toml")]) == 0
    out = capsys.readouterr().out
    items = Preview(target_of(str(ROOT / "questions" / "quiz" / f"{module}.toml")), Clock()).places()
    assert out.count("Question ") >= len(items) > 10


def test_prompts_are_told_with_all_their_wordings(pack: Path, capsys: Out) -> None:
    assert run(["preview", str(pack / "questions" / "prompts" / "01-all.toml")]) == 0
    out = capsys.readouterr().out
    assert "  Why: " in out
    assert "  when " in out


def test_options_and_a_whole_module_are_told(capsys: Out) -> None:
    assert run(["preview", str(ROOT / "modules" / "options.toml")]) == 0
    assert "Side by side, row by row." in capsys.readouterr().out
    assert run(["preview", str(ROOT / "modules" / "06-risks" / "module.toml")]) == 0
    out = capsys.readouterr().out
    assert "Risks, page 1 of" in out
    assert "Risks, page 2 of" in out


def test_a_new_module_can_be_seen_before_it_is_listed_or_written(pack: Path, capsys: Out) -> None:
    assert run(["new", "module", "sleep", "--pack", str(pack)]) == 0
    change(pack / "modules" / "pack.toml", ', "03-sleep"', "")
    (pack / "modules" / "03-sleep" / "more.md").write_text(
        '+++\nid = "more"\ntitle = "More"\nrevision = 1\n+++\nHello. [@write-this]\n'
    )
    capsys.readouterr()
    for path in ("modules/03-sleep/what.md", "modules/03-sleep/more.md", "questions/quiz/03-sleep.toml"):
        assert run(["preview", str(pack / path)]) == 1
        out, err = capsys.readouterr()
        assert out
        assert f"{path}:" in err
        assert "Traceback" not in err


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("modules/none.md", "is no file"),
        ("modules/facts.toml", "'ketalearn check' looks at the other files"),
        ("modules", "is no file"),
    ],
)
def test_what_cannot_be_shown_is_one_line(path: str, words: str, pack: Path, capsys: Out) -> None:
    assert run(["preview", str(pack / path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert words in line


def test_a_file_outside_a_pack_is_one_line(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "page.md").write_text("hello")
    assert run(["preview", str(tmp_path / "page.md")]) == 2
    assert "is in no content pack" in capsys.readouterr().err
    with pytest.raises(KetalearnError):
        target_of(str(tmp_path / "page.md"))


def test_the_stamp_changes_with_a_save_and_with_a_file_put_in_its_place(pack: Path) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    preview = Preview(target_of(str(page)), Clock())
    first = preview.stamp()
    assert preview.stamp() == first
    # many editors write a new file and move it over the old one
    other = page.with_suffix(".tmp")
    other.write_bytes(page.read_bytes())
    other.replace(page)
    second = preview.stamp()
    assert second != first
    change(pack / "modules" / "facts.toml", "[facts.", "\n[facts.")
    third = preview.stamp()
    assert third != second
    page.unlink()
    assert preview.stamp() != third
