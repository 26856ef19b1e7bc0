"""Two people on two folders, by the command line alone: the clinic assigns, the person answers, the clinic looks."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.cli import run
from ketalearn.clinic.commands import HAND_BOTH, NO_PAPER
from ketalearn.clinic.roster import Roster
from ketalearn.clinic.trust import PHONE_THEM
from tests.render.reading import pdf_text

Out = pytest.CaptureFixture[str]
NEW = [
    "assign", "new", "--module", "02-history", "--patient", "P-17", "--due", "2026-12-08",
    "--question", "Who can drive you home?", "--note", "Ring us.", "--clinic", "Riverside Clinic",
    "--phone", "555-0100",
]  # fmt: skip


class Two:
    """Runs commands as the clinic or as the person."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, out: Out) -> None:
        self.folder, self.patch, self.out = folder, patch, out

    def run(self, who: str, *argv: str | Path, typed: str = "") -> tuple[int, str, str]:
        self.patch.setenv("KETALEARN_HOME", str(self.folder / who))
        self.patch.setenv("KETALEARN_TODAY", "2026-11-24")
        self.patch.setenv("KETALEARN_REGION", "US")
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        status = run([str(word) for word in argv])
        said = self.out.readouterr()
        return status, said.out, said.err


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> Two:
    return Two(tmp_path, monkeypatch, capsys)


def test_there_and_back(two: Two, tmp_path: Path) -> None:
    file, handout, back = tmp_path / "a.ketalearn-assign", tmp_path / "h.pdf", tmp_path / "r.ketalearn-return"
    status, _, err = two.run("clinic", *NEW, "-o", file, "--handout", handout)
    assert status == 0 and "not the whole picture" in err
    words = next(line for line in err.splitlines() if line.startswith("Your six words: ")).split(": ")[1]
    page = " ".join(pdf_text(handout.read_bytes()).split())
    for told in (words, "Please bring your questions. I want to hear them.", "988", "P-17", "not the whole picture"):
        assert told in page
    status, shown, _ = two.run("person", "open", file, typed="yes\n")
    assert status == 0
    for told in (words, "Do these match your paper?", "Riverside Clinic", "Who can drive you home?", "2026-12-08"):
        assert told in shown
    status, content, _ = two.run("person", "return", "--show", "-o", back)
    assert status == 0
    sent = json.loads(content)
    assert set(sent) == {"schema", "assignment_id", "patient_code", "returned", "modules"}
    if age := __import__("shutil").which("age"):
        keys = tmp_path / "clinic" / "clinic" / "keys.txt"
        done = subprocess.run([age, "-d", "-i", str(keys), str(back)], capture_output=True, check=True)
        assert done.stdout == content.encode()
    else:
        pytest.skip("needs age: apt-get install age")
    assert two.run("clinic", "roster", "add", back)[:2] == (0, f"{back}: added for P-17\n")
    assert "already here" in two.run("clinic", "roster", "add", back)[1]
    assert json.loads(two.run("clinic", "roster", "show", "P-17", "--format", "json")[1])["patient_code"] == "P-17"
    brief = tmp_path / "b.pdf"
    assert two.run("clinic", "roster", "brief", "P-17", "-o", brief)[0] == 0
    assert "Visit brief for P-17" in pdf_text(brief.read_bytes())
    assert two.run("clinic", "roster", "export", "-o", tmp_path / "e.csv")[0] == 0
    assert "P-17,1,2026-12-08,1,2026-11-24" in (tmp_path / "e.csv").read_text()


def test_the_clinics_box_adds_to_the_sheet_and_changes_nothing_else(two: Two, tmp_path: Path) -> None:
    file = tmp_path / "a.ketalearn-assign"
    two.run("clinic", *NEW, "-o", file)
    before = json.loads(two.run("person", "sheet", "--format", "json")[1])
    two.run("person", "open", file, typed="no\n")
    assert json.loads(two.run("person", "sheet", "--format", "json")[1]) == before
    two.run("person", "open", file, "--words-match")
    after = json.loads(two.run("person", "sheet", "--format", "json")[1])
    boxes = after.pop("from_clinics")
    assert before.pop("from_clinics") == []
    assert after == before
    assert boxes[0]["heading"] == "From Riverside Clinic. Not written or checked by ketalearn."
    for form in ("text", "markdown", "html"):
        sheet = two.run("person", "sheet", "--format", form)[1]
        assert "From Riverside Clinic. Not written or checked by ketalearn." in sheet
        assert "Who can drive you home?" in sheet
    two.run("person", "sheet", "-o", tmp_path / "s.pdf")
    assert "Not written or checked by ketalearn" in pdf_text((tmp_path / "s.pdf").read_bytes())
    assert "Riverside" not in two.run("person", "sheet", "--hide-sensitive")[1]


def test_making_says_what_to_do_with_paper_and_file(two: Two, tmp_path: Path) -> None:
    with_paper = two.run("clinic", *NEW, "-o", tmp_path / "a", "--handout", tmp_path / "a.pdf")[2]
    assert HAND_BOTH in with_paper and NO_PAPER not in with_paper
    without = two.run("clinic", *NEW, "-o", tmp_path / "b")[2]
    assert NO_PAPER in without and HAND_BOTH not in without


def test_without_a_match_no_return_is_made(two: Two, tmp_path: Path) -> None:
    file = tmp_path / "a.ketalearn-assign"
    two.run("clinic", *NEW, "-o", file)
    two.run("person", "open", file, typed="no\n")
    status, out, err = two.run("person", "return", "--show", "-o", tmp_path / "r")
    assert (status, out) == (2, "") and "No return is made" in err
    assert not (tmp_path / "r").exists()


def test_another_key_in_the_clinics_name_is_refused(two: Two, tmp_path: Path) -> None:
    two.run("clinic", *NEW, "-o", tmp_path / "a")
    two.run("stranger", *NEW, "-o", tmp_path / "b")
    two.run("person", "open", tmp_path / "a", typed="yes\n")
    status, out, err = two.run("person", "open", tmp_path / "b", typed="yes\n")
    assert (status, out, err.strip()) == (2, "", PHONE_THEM)


def test_an_included_part_is_the_only_one_sent(two: Two, tmp_path: Path) -> None:
    two.run("clinic", *NEW, "-o", tmp_path / "a")
    two.run("person", "open", tmp_path / "a", "--words-match")
    sent = json.loads(two.run("person", "return", "--include", "topic:driving", "--show")[1])
    assert sent["talk_about"] == ["driving"] and "modules" not in sent
    assert "no part 'nothing'" in two.run("person", "return", "--include", "nothing", "--show")[2]


def test_two_assignments_of_one_clinic_share_a_box_on_the_sheet(two: Two, tmp_path: Path) -> None:
    for name, note, question in (
        ("a", "Eat two hours before.", "Who drives?"),
        ("b", "Bring your pills.", "Who helps?"),
    ):
        two.run("clinic", *NEW, "--note", note, "--question", question, "-o", tmp_path / name)
    two.run("other", *NEW, "--clinic", "Hill Clinic", "--question", "Who pays?", "-o", tmp_path / "c")
    for name in "abc":
        two.run("person", "open", tmp_path / name, "--words-match")
    sheet = two.run("person", "sheet", "--format", "text")[1]
    assert sheet.count("From Riverside Clinic. Not written or checked by ketalearn.") == 1
    assert sheet.count("From Hill Clinic. Not written or checked by ketalearn.") == 1
    box = sheet.split("From Riverside Clinic.")[1].split("From Hill Clinic.")[0]
    for words in ("Who drives?", "Who helps?", "Eat two hours before.", "Bring your pills."):
        assert box.count(words) == 1, words
    assert box.count("Phone:") == 1 and "Who pays?" not in box


def test_a_return_of_an_unknown_code_is_set_aside_and_said(two: Two, tmp_path: Path) -> None:
    two.run("clinic", *NEW, "-o", tmp_path / "a")
    two.run("person", "open", tmp_path / "a", "--words-match")
    two.run("person", "return", "-o", tmp_path / "r")
    (tmp_path / "clinic" / "clinic" / "roster.db").unlink()
    assert "set aside" in two.run("clinic", "roster", "add", tmp_path / "r")[1]
    assert "Set aside" in two.run("clinic", "roster", "show")[1]


def test_a_template_fills_in_what_it_holds(two: Two, tmp_path: Path) -> None:
    assert two.run("clinic", "assign", "template", "first", "--module", "06-risks", "--question", "Who helps?")[0] == 0
    assert "first: 06-risks" in two.run("clinic", "assign", "template")[1]
    made = two.run(
        "clinic", "assign", "new", "--template", "first", "--patient", "A1", "--clinic", "C", "-o", tmp_path / "a"
    )
    assert made[0] == 0
    one = json.loads((tmp_path / "a").read_bytes().split(b"\n")[0])
    assert one["modules"] == ["06-risks"] and one["questions"][0]["text"] == "Who helps?"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["assign", "new", "--patient", "A", "--clinic", "C", "-o", "x"], "at least one module"),
        (["assign", "new", "--module", "06-risk", "--patient", "A", "--clinic", "C", "-o", "x"], "did you mean"),
        (["roster", "show", "A"], "no code in the roster"),
        (["open", "/nowhere"], "cannot be read"),
        (["return", "--show"], "No assignment was opened yet"),
        (["return"], "Add --show"),
    ],
)
def test_wrong_use_is_one_line(argv: list[str], says: str, two: Two) -> None:
    status, out, err = two.run("x", *argv)
    assert (status, out) == (2, "")
    assert says in err and len(err.strip().splitlines()) == 1


def test_a_template_is_deleted_by_name(two: Two, tmp_path: Path) -> None:
    two.run("clinic", "assign", "template", "first", "--module", "06-risks")
    assert two.run("clinic", "assign", "template", "second", "--delete")[0] == 2
    assert two.run("clinic", "assign", "template", "--delete")[0] == 2
    assert two.run("clinic", "assign", "template", "first", "--module", "06-risks", "--delete")[0] == 2
    assert "first" in two.run("clinic", "assign", "template")[1]
    assert two.run("clinic", "assign", "template", "first", "--delete")[0] == 0
    assert two.run("clinic", "assign", "template")[1] == "There is no template yet.\n"


def test_the_keys_can_be_backed_up(two: Two, tmp_path: Path) -> None:
    status, out, _ = two.run("clinic", "roster", "keys", "backup", tmp_path / "copy")
    assert status == 0 and (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    out = two.run("clinic", "roster", "keys")[1]
    assert "If this file is lost" in out
    assert (tmp_path / "copy").read_bytes() == Roster(tmp_path / "clinic").keys.as_file()
