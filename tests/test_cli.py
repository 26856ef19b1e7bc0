"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from ketalearn.cli import run
from tests.support import ROOT, TODAY

PROFILE = """schema = "ketalearn/profile@1"
region = "US"
conditions = ["high_bp_uncontrolled"]
medicines = ["benzodiazepine"]
circumstances = ["no_ride"]
values = ["speed"]
quiz_misses = ["driving", "bladder"]
"""

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETALEARN_TODAY", TODAY.isoformat())


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE)
    return path


def test_the_acceptance_profile_gives_the_sheet_it_should(profile: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(profile), "--format", "json"]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert sheet["schema"] == "ketalearn/sheet@1"
    assert sheet["level"] == "red_flag"
    assert sheet["front"][0]["topic"] == "blood_pressure"
    assert sheet["front"][0]["pinned"] is True
    assert sheet["notices"][0]["topics"] == ["blood_pressure"]
    assert sheet["tell"] == [
        "I have high blood pressure that is still high.",
        "I take a calming medicine (benzodiazepine).",
        "I have no one to take me home.",
    ]
    printed = {question["topic"]: question for question in [*sheet["front"], *sheet["back"]]}
    assert {"ride_home", "benzodiazepine", "driving", "long_term_monitoring"} <= set(printed)
    assert "You want to understand this better: driving after a session" in printed["driving"]["because"]
    assert sheet["values"] == ["Feeling better fast"]
    assert sheet["crisis"]["region"] == "US"
    assert sheet["content"]["clinician_reviewed"] is False
    assert sheet["content"]["reviewed_on"] is None


def test_high_blood_pressure_alone_is_a_caution_and_pins_nothing(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "p.toml"
    path.write_text('conditions = ["high_bp"]\n')
    assert run(["sheet", "--profile", str(path), "--format", "json"]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert (sheet["level"], sheet["notices"]) == ("caution", [])
    assert not any(question["pinned"] for question in sheet["front"])


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf", "json"])
def test_every_format_by_name_and_by_suffix(form: str, profile: Path, tmp_path: Path, capsys: Out) -> None:
    suffix = {"text": "txt", "markdown": "md"}.get(form, form)
    first, second = tmp_path / f"one.{suffix}", tmp_path / "two.out"
    assert run(["sheet", "--profile", str(profile), "-o", str(first)]) == 0
    assert run(["sheet", "--profile", str(profile), "--format", form, "-o", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"Saved: {first}" in captured.err
    assert first.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over_without_force(profile: Path, tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("mine")
    assert run(["sheet", "--profile", str(profile), "-o", str(path)]) == 1
    assert path.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err
    assert run(["sheet", "--profile", str(profile), "-o", str(path), "--force"]) == 0
    assert "QUESTIONS TO ASK MY DOCTOR" in path.read_text()


def test_with_nothing_saved_the_generic_sheet_says_so(capsys: Out) -> None:
    assert run(["sheet"]) == 0
    captured = capsys.readouterr()
    assert "the sheet that fits everyone" in captured.err
    assert "QUESTIONS TO ASK MY DOCTOR" in captured.out


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ('conditions = ["high_bpp"]\n', 1, "did you mean 'high_bp'?"),
        ('\nregoin = "US"\n', 2, "did you mean 'region'?"),
        ("conditions = [\n", 2, "mend this line"),
        ('starred = ["driving", "alternatives", "dose", "therapy"]\n', 1, "take some out"),
        ('starred = ["drivign"]\n', 1, "did you mean 'driving'?"),
        ('starred = ["own:1"]\n', 1, "take it out"),
        ('values = ["speed", "privacy", "therapy", "certainty"]\n', 1, "take some out"),
        ('region = ["US"]\n', 1, 'write region = "..."'),
        ('goal = "depression"\n', 1, 'write goal = ["..."]'),
        ("[edited]\ndriving = 3\n", 1, "under [edited]"),
        ('schema = "other@9"\n', 1, "ketalearn/profile@1"),
    ],
)
def test_a_bad_profile_gives_one_line_with_its_place(
    text: str, line: int, mend: str, tmp_path: Path, capsys: Out
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    assert run(["sheet", "--profile", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{path}:{line}:" in captured.err
    assert mend in captured.err


def test_a_profile_that_is_not_there_or_not_text(tmp_path: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(tmp_path / "none.toml")]) == 2
    (tmp_path / "junk.toml").write_bytes(b"\xff\xfe\x00")
    assert run(["sheet", "--profile", str(tmp_path / "junk.toml")]) == 2
    assert run(["sheet", "--profile", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["shet"], ["--nonsense"], ["sheet", "--format", "word"], ["sheet", "--for", "nurse"], ["data"], ["data", "burn"]],
)
def test_wrong_usage_ends_with_two_and_a_line(words: list[str], capsys: Out) -> None:
    assert run(words) == 2
    assert capsys.readouterr().err.strip()


def test_an_unknown_word_names_the_nearest(capsys: Out) -> None:
    assert run(["shet"]) == 2
    assert "Did you mean 'sheet'?" in capsys.readouterr().err


def test_a_format_that_no_suffix_names(profile: Path, tmp_path: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(profile), "-o", str(tmp_path / "x.doc")]) == 2
    assert ".pdf" in capsys.readouterr().err


def test_the_app_refuses_what_is_no_screen(capsys: Out) -> None:
    assert run([]) == 2
    assert "ketalearn --plain" in capsys.readouterr().err


def test_a_bad_date_and_a_bad_pack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Out) -> None:
    monkeypatch.setenv("KETALEARN_TODAY", "tomorrow")
    assert run(["progress"]) == 2
    monkeypatch.delenv("KETALEARN_TODAY")
    assert run(["about", "--pack", str(tmp_path)]) == 2
    assert "no content pack" in capsys.readouterr().err


def test_about_says_who_made_it_and_that_no_clinician_reviewed_it(capsys: Out) -> None:
    assert run(["about"]) == 0
    out = capsys.readouterr().out
    assert "Drafted with AI help. No clinician has reviewed it." in out
    assert "It was not tested with patients." in out
    assert run(["about", "--format", "json"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert about["clinician_reviewed"] is False
    assert len(about["sources"]) > 100


def test_no_address_of_a_mirror_is_ever_shown(capsys: Out) -> None:
    run(["about"])
    run(["about", "--format", "json"])
    out = capsys.readouterr().out
    assert "how_verified" not in out
    assert "http" not in out


def listed_modules() -> list[str]:
    """The modules of the bundled pack; Home lists a lesson for each, then a quiz for each, then the rest."""
    return list(tomli.loads((ROOT / "modules" / "pack.toml").read_text("utf-8"))["modules"])


def test_progress_in_words_and_json(capsys: Out) -> None:
    assert run(["progress"]) == 0
    assert "not started" in capsys.readouterr().out
    assert run(["progress", "--format", "json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["modules"]] == listed_modules()


def test_hiding_and_for_one_person(profile: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(profile), "--hide-sensitive"]) == 0
    out = capsys.readouterr().out
    assert "TELL YOUR CLINICIAN" not in out
    assert "benzodiazepine" not in out
    assert run(["sheet", "--profile", str(profile), "--for", "billing", "--format", "json"]) == 0
    sheet = json.loads(capsys.readouterr().out)
    assert sheet["front"]
    assert all("billing" in question["ask"] for question in sheet["front"])


def test_printing_without_a_print_system_keeps_the_pdf_and_says_where(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert run(["sheet", "--profile", str(profile), "--print"]) == 1
    err = capsys.readouterr().err
    kept = tmp_path / f"questions-{TODAY}.pdf"
    assert str(kept) in err
    assert kept.read_bytes().startswith(b"%PDF")


# ---------------------------------------------------------------- the real command


def command(*words: str, given: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ketalearn", *words],
        input=given.encode(),
        capture_output=True,
        env={**os.environ, "KETALEARN_TODAY": TODAY.isoformat(), **env},
        check=False,
        cwd=ROOT,
    )


def test_a_stream_that_cannot_encode_gets_plain_forms(profile: Path) -> None:
    done = command("sheet", "--profile", str(profile), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    done.stdout.decode("ascii")
    assert b"[ ]  1." in done.stdout


def test_a_reader_that_goes_away_is_no_fault() -> None:
    done = subprocess.run(
        f"{sys.executable} -m ketalearn about | head -1", shell=True, capture_output=True, check=True, cwd=ROOT
    )
    assert b"Traceback" not in done.stderr


def test_plain_mode_over_a_pipe_and_the_app_give_the_same_sheet(tmp_path: Path) -> None:
    """The whole journey by lines, and the same answers through the journey that the app drives."""
    from ketalearn.journey import Choose, Place
    from tests.support import journey

    modules = listed_modules()
    quiz = str(len(modules) + modules.index("06-risks") + 1)
    plain = command(
        "--plain", given="\n".join(["", quiz, "1", "", "", "3", "", "", "quit"]), KETALEARN_HOME=str(tmp_path)
    )
    assert plain.returncode == 0, plain.stderr
    made = command("sheet", "--format", "json", KETALEARN_HOME=str(tmp_path))
    one = journey(ROOT)
    items = one.quiz.items("06-risks")
    one.advance(Place("item", module="06-risks", item=items[0]), Choose(0))
    one.advance(Place("item", module="06-risks", item=items[1]), Choose(2))
    assert json.loads(made.stdout) == json.loads(json.dumps(one.sheet().as_dict()))
    topics = json.loads(command("progress", "--format", "json", KETALEARN_HOME=str(tmp_path)).stdout)
    assert topics["quiz_misses"] == ["dissociation"]
    assert (topics["quiz_sure"], topics["review_due"], topics["review_by"]) == ([], 0, None)
    risks = next(one for one in topics["modules"] if one["id"] == "06-risks")
    assert (risks["answered"], risks["mastered"], risks["objectives"]["common"]) == (2, False, "started")


def test_export_and_import_elsewhere_give_the_same_sheet(tmp_path: Path) -> None:
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    about_me = str(2 * len(listed_modules()) + 2)
    script = ["", about_me, "", "1", "", "", "", "", "quit"]
    assert command("--plain", given="\n".join(script), KETALEARN_HOME=here).returncode == 0
    exported = tmp_path / "export.json"
    assert command("data", "export", "-o", str(exported), KETALEARN_HOME=here).returncode == 0
    assert command("data", "import", str(exported), KETALEARN_HOME=there).returncode == 0
    first = command("sheet", "--format", "json", KETALEARN_HOME=here).stdout
    assert first == command("sheet", "--format", "json", KETALEARN_HOME=there).stdout
    assert json.loads(first)["schema"] == "ketalearn/sheet@1"
    again = command("data", "import", str(exported), KETALEARN_HOME=there)
    assert again.returncode == 2
    assert b"has answers already" in again.stderr


def test_private_leaves_nothing_behind(tmp_path: Path) -> None:
    done = command("--plain", "--private", given="\n\n\nquit\n", KETALEARN_HOME=str(tmp_path / "home"))
    assert done.returncode == 0
    assert not (tmp_path / "home").exists()


def test_erase_asks_or_needs_yes_and_says_what_it_cannot_reach(tmp_path: Path) -> None:
    home = str(tmp_path)
    command("--plain", given="\n\n\nquit\n", KETALEARN_HOME=home)
    assert command("data", "list", KETALEARN_HOME=home).stdout.startswith(b"me: ")
    assert command("data", "erase", KETALEARN_HOME=home).returncode == 2
    done = command("data", "erase", "--yes", KETALEARN_HOME=home)
    assert done.returncode == 0
    assert b"We cannot reach sheets that you saved or printed" in done.stdout
    assert list(tmp_path.rglob("*.db*")) == []
    assert b"Nothing is kept." in command("data", "list", KETALEARN_HOME=home).stdout


def test_today_and_explain_clash_in_one_line(profile: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(profile), "--today", "--explain", "driving"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_today_as_json_keeps_the_rest_in_more(profile: Path, capsys: Out) -> None:
    assert run(["sheet", "--profile", str(profile), "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert run(["sheet", "--profile", str(profile), "--today", "--format", "json"]) == 0
    today = json.loads(capsys.readouterr().out)
    assert today["front"] == whole["front"][:3]
    assert today["back"] == []
    assert today["front"] + today["more"] == [*whole["front"], *whole["back"], *whole["more"]]


@pytest.mark.parametrize(
    "clash", [["--today"], ["--for", "billing"], ["--explain", "driving"], ["--profile", "x.toml"]]
)
def test_an_empty_form_goes_with_nothing_that_needs_answers(clash: list[str], capsys: Out) -> None:
    assert run(["sheet", "--blank", *clash]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert clash[0] in captured.err
    assert len(captured.err.strip().splitlines()) == 1


def test_an_empty_form_is_saved_by_the_name_s_ending(tmp_path: Path, capsys: Out) -> None:
    assert run(["sheet", "--blank", "-o", str(tmp_path / "form.pdf")]) == 0
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert run(["sheet", "--blank"]) == 0
    assert "MY OWN QUESTIONS" in capsys.readouterr().out
