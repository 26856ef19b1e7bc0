"""What outside scripts meet: streams that cannot hold a letter or are full, and words that no command knows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.output import ascii_form
from ketalearn.workspace import clock_from
from tests.support import ROOT

Out = pytest.CaptureFixture[str]
FULL = Path("/dev/full")


def ketalearn(
    *args: str, home: Path, out: int | None = subprocess.PIPE, encoding: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The real program, with nothing to read."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KETALEARN_HOME": str(home)}
    if encoding:
        environ["PYTHONIOENCODING"] = encoding
    return subprocess.run(
        [sys.executable, "-m", "ketalearn", *args],
        stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, env=environ, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", ["--version", "check", "sheet", "--plain"])
def test_a_full_disk_is_one_line_and_no_traceback(tmp_path: Path, words: str) -> None:
    with FULL.open("wb") as full:
        done = ketalearn(words, home=tmp_path, out=full.fileno())
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "cannot be written (No space left on device)" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.mark.parametrize("words", ["--version", "check", "sheet"])
def test_a_reader_who_left_is_no_fault(tmp_path: Path, words: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = ketalearn(words, home=tmp_path, out=write)
    finally:
        os.close(write)
    assert done.returncode == 0
    assert b"Error" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_json_and_html_are_whole_where_only_ascii_can_be_written(tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text('own_questions = ["Können wir warten? 中"]', "utf-8")
    args = ("sheet", "--profile", str(profile), "--format")
    for encoding in ("ascii", "latin-1"):
        made = ketalearn(*args, "json", home=tmp_path, encoding=encoding).stdout
        assert json.loads(made.decode("ascii"))["own_questions"] == ["Können wir warten? 中"]
        html = ketalearn(*args, "html", home=tmp_path, encoding=encoding).stdout.decode("ascii")
        assert "K&#246;nnen wir warten? &#20013;" in html
    text = ketalearn(*args, "text", home=tmp_path, encoding="ascii").stdout.decode("ascii")
    assert "Konnen wir warten? ?" in text


def test_a_sign_has_an_ascii_form() -> None:
    assert [ascii_form(sign) for sign in "→–é★中"] == ["->", "-", "e", "*", "?"]


def test_about_loses_no_letter_of_a_name_in_ascii(tmp_path: Path) -> None:
    said = ketalearn("about", home=tmp_path, encoding="ascii").stdout.decode("ascii")
    whole = ketalearn("about", home=tmp_path, encoding="utf-8").stdout.decode("utf-8")
    assert not whole.isascii()
    assert said.count("?") == whole.count("?")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["sheet", "--format", "xml"], ""),
        (["sheet", "--paper", "lettre"], "Did you mean 'letter'?"),
        (["sheet", "--formt", "pdf"], "Did you mean '--format'?"),
        (["sheeet"], "Did you mean 'sheet'?"),
        (["--learner"], ""),
    ],
)
def test_a_wrong_word_is_told_only_a_word_that_fits(words: list[str], hint: str, capsys: Out) -> None:
    assert run(words) == 2
    said = capsys.readouterr().err
    assert hint in said
    assert ("Did you mean" in said) == bool(hint)


def test_debug_shows_the_trace_and_keeps_the_exit_status(capsys: Out) -> None:
    assert run(["open", "--debug", "/nowhere/file"]) == 2
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert said.rstrip().endswith("/nowhere/file cannot be read (No such file or directory); check its name")


def test_a_name_without_an_ending_is_text_and_a_folder_is_said(tmp_path: Path, capsys: Out) -> None:
    assert run(["sheet", "-o", str(tmp_path / "questions")]) == 0
    assert (tmp_path / "questions").read_text().startswith("QUESTIONS TO ASK MY DOCTOR")
    assert run(["sheet", "-o", str(tmp_path), "--force"]) == 1
    assert f"{tmp_path} is a folder; add a file name after it" in capsys.readouterr().err


@pytest.mark.parametrize("today", ["20261125", "2026-W48-3", "2027-02-29", "9999-12-31", "0001-01-01", "tomorrow"])
def test_today_is_a_day_that_reviews_can_be_counted_from(
    today: str, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.setenv("KETALEARN_TODAY", today)
    assert run(["progress"]) == 2
    assert f"KETALEARN_TODAY is '{today}'" in capsys.readouterr().err


def test_a_leap_day_is_a_day() -> None:
    assert clock_from({"KETALEARN_TODAY": "2028-02-29"})().date().isoformat() == "2028-02-29"


def test_a_region_that_is_not_known_is_said_and_none_is_guessed(monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("KETALEARN_REGION", "ZZ")
    assert run(["sheet", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert "KETALEARN_REGION is 'ZZ', which is not known; use one of: US, UK" in said.err
    assert json.loads(said.out)["crisis"]["region"] == "other"


@pytest.mark.parametrize(
    ("written", "place", "mend"),
    [
        ('conditions = [\n  "high_bp",\n  "hihg_bp",\n]\n', "3:3", "did you mean 'high_bp'?"),
        ('region = "us"\n', "1:10", "did you mean 'US'?"),
        ('conditions = ["qqqq"]\n', "1:15", "the nearest is '"),
        ('starred = ["driving", "drivin"]\n', "1:23", "did you mean 'driving'?"),
    ],
)
def test_an_unknown_value_is_placed_where_it_stands(
    written: str, place: str, mend: str, tmp_path: Path, capsys: Out
) -> None:
    profile = tmp_path / "p.toml"
    profile.write_text(written)
    assert run(["sheet", "--profile", str(profile)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{profile}:{place}: E030 ")
    assert mend in said


def test_a_profile_saved_with_a_byte_order_mark_reads(tmp_path: Path, capsys: Out) -> None:
    profile = tmp_path / "p.toml"
    profile.write_bytes(b'\xef\xbb\xbfregion = "UK"\r\n')
    assert run(["sheet", "--profile", str(profile), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["crisis"]["region"] == "UK"


def test_a_file_that_cannot_be_read_is_never_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "learners" / "kim.db").mkdir(parents=True)
    for words in (["sheet"], ["progress"], ["data", "export"]):
        done = ketalearn(*words, "--learner", "kim", home=tmp_path)
        assert done.returncode == 2
        assert b"kim.db cannot be read now" in done.stderr
        assert done.stdout == b""
    assert b"kim: cannot be read now." in ketalearn("data", "list", home=tmp_path).stdout


def test_a_damaged_file_is_said_by_every_command_that_meets_it(tmp_path: Path) -> None:
    kept = tmp_path / "learners" / "me.db"
    kept.parent.mkdir()
    for words in (["sheet"], ["progress"], ["data", "export"], ["data", "list"]):
        kept.write_bytes(b"no database at all" * 100)
        assert b"was damaged. It is kept as" in ketalearn(*words, home=tmp_path).stderr


def test_a_handout_that_cannot_be_saved_leaves_no_file_that_the_roster_does_not_know(
    tmp_path: Path, capsys: Out
) -> None:
    file = tmp_path / "a.ketalearn-assign"
    words = ["assign", "new", "--module", "06-risks", "--patient", "A1", "--clinic", "X", "--phone", "1"]
    assert run([*words, "-o", str(file), "--handout", str(tmp_path / "none" / "h.pdf")]) == 2
    assert not file.exists()
    capsys.readouterr()
    assert run(["assign", "list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_no_control_and_no_direction_mark_of_a_file_reaches_the_sheet(tmp_path: Path, capsys: Out) -> None:
    hostile = "\\u001b[2Jclear\\u0007 \\u202Eback\\u2066\\u009b"
    profile = tmp_path / "p.toml"
    profile.write_text(
        f'own_value = "{hostile}"\nown_questions = ["{hostile}"]\nmedicine_names = ["{hostile}"]\n'
        f'[edited]\ndriving = "{hostile}"\n',
        "utf-8",
    )
    assert run(["sheet", "--profile", str(profile), "--format", "json"]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert sheet["own_questions"] == ["[2Jclear back"]
    assert "[2Jclear back" in [question["text"] for question in [*sheet["front"], *sheet["back"]]]
    for form in ("text", "markdown", "html", "json"):
        assert run(["sheet", "--profile", str(profile), "--format", form]) == 0
        said = capsys.readouterr().out
        assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}
        assert "\\u001b" not in said


HEEDS_CTRL_C = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["ketalearn", "--plain"]
runpy.run_module("ketalearn", run_name="__main__", alter_sys=True)
"""
"""Where the tests run in the background, ctrl-C is ignored, and a process inherits that."""


def test_ctrl_c_in_plain_mode_says_what_becomes_of_the_answers(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KETALEARN_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", HEEDS_CTRL_C],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ,
    ) as talk:  # fmt: skip
        assert talk.stdout is not None
        while talk.stdout.read(1) != b">":
            pass
        talk.send_signal(signal.SIGINT)
        out, err = talk.communicate(timeout=20)
    assert talk.returncode == 130
    assert out.decode().endswith("\nAll you answered is saved. Take care.\n")
    assert err == b""
