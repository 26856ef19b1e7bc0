"""The forms of fresh readers: blank ones are whole, filled ones are counted, and the worse answer counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ketalearn.content.forms import Form, Points, agreements, latest, lower, read_filled, scores, together
from ketalearn.content.load import Reader
from tests.support import ROOT, real_pack

FORMS = ROOT / "docs" / "ratings" / "forms"
NAMES = ("pemat-p", "cdc-index", "ipdas")


def blank(name: str) -> Form:
    reader = Reader(ROOT)
    form = reader.model(Form, FORMS / f"{name}.toml")
    assert form is not None and reader.findings == []
    return form


def filled(form: Form, answers: dict[str, str], rater: str = "Reader 1") -> Form:
    """A filled copy: the best answer, but for the ids in `answers`."""
    items = tuple(
        item.model_copy(update={"answer": answers.get(item.id, item.answers[0]), "reason": "Seen."})
        for item in form.item
    )
    return form.model_copy(
        update={"rater": rater, "kind": "ai", "who": "A program.", "saw": "All.", "date": "2026-11-25", "item": items}
    )


def as_file(path: Path, form: str, answer: str = "agree", reason: str = "Seen.") -> Path:
    """The blank file as a reader would fill it."""
    text = (FORMS / f"{form}.toml").read_text("utf-8")
    for key, said in (("rater", "Reader 1"), ("kind", "ai"), ("who", "A program."), ("saw", "All"),
                      ("date", "2026-11-25")):  # fmt: skip
        text = text.replace(f'\n{key} = ""', f'\n{key} = "{said}"', 1)
    text = text.replace('answer = ""', f'answer = "{answer}"').replace('reason = ""', f'reason = "{reason}"')
    path.write_text(text, "utf-8")
    return path


def test_the_blank_forms_hold_all_items_and_no_answer() -> None:
    sizes = {
        name: {scale: sum(item.scale == scale for item in blank(name).item) for scale in scores(blank(name).item)}
        for name in NAMES
    }
    assert sizes == {
        "pemat-p": {"understandability": 17, "actionability": 7},
        "cdc-index": {"index": 20},
        "ipdas": {"qualifying": 6, "certifying": 10, "quality": 28},
    }
    assert [item.id for item in blank("pemat-p").item] == [*map(str, range(1, 13)), *map(str, range(15, 27))]
    for name in NAMES:
        assert all(item.answer == item.reason == "" for item in blank(name).item)


def test_the_form_of_ipdas_holds_the_rows_of_the_rating() -> None:
    rating = real_pack().self_rating
    assert rating is not None
    assert [(one.id, one.scale, one.text) for one in blank("ipdas").item] == [
        (one.id, one.level, one.text) for one in rating.criterion
    ]


def test_points_leave_out_what_does_not_apply_and_one_item_of_the_index_counts_no_as_good() -> None:
    form = filled(blank("pemat-p"), {"3": "disagree", "6": "not-applicable", "24": "not-applicable"})
    assert scores(form.item) == {"understandability": Points(15, 16), "actionability": Points(6, 6)}
    assert Points(15, 16).percent == 94
    index = blank("cdc-index")
    assert next(item for item in index.item if item.id == "17").answers[0] == "no"
    assert scores(filled(index, {"17": "yes"}).item) == {"index": Points(19, 20)}
    assert Points(0, 0).percent == 0


def test_where_two_differ_the_worse_answer_counts() -> None:
    form = blank("pemat-p")
    one = filled(form, {"3": "disagree", "6": "not-applicable"})
    other = filled(form, {"5": "disagree"}, "Reader 2")
    worst = {item.id: item.answer for item in lower([one, other])}
    assert (worst["3"], worst["5"], worst["6"], worst["1"]) == ("disagree", "disagree", "not-applicable", "agree")
    assert agreements([one, other]) == 21
    both = together([one, other])
    assert (both.scale[0].points, both.scale[0].of, both.scale[0].each) == (14, 16, (94, 94))
    assert [item.id for item in both.low] == ["3", "5"]
    assert both.low[0].reasons == ("Reader 1: disagree. Seen.", "Reader 2: agree. Seen.")


def test_the_newest_round_counts_and_those_before_it_are_told() -> None:
    form = blank("pemat-p")
    first = [filled(form, {"3": "disagree", "4": "disagree"}), filled(form, {"5": "disagree"}, "Reader 2")]
    second = [filled(form, {"5": "disagree"}, "Reader 3")]
    both = latest({2: second, 1: first})
    assert (both.round, [one.name for one in both.reader]) == (2, ["Reader 3"])
    assert [(one.points, one.of) for one in both.scale] == [(16, 17), (7, 7)]
    assert [item.id for item in both.low] == ["5"]
    assert [(one.round, one.name, one.points, one.of) for one in both.earlier] == [
        (1, "understandability", 14, 17),
        (1, "actionability", 7, 7),
    ]
    assert latest({1: first}).earlier == ()


@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [("agree", "", "has no reason"), ("maybe", "Seen.", "has the answer 'maybe'"), ("", "Seen.", "has the answer ''")],
)
def test_what_is_missing_is_said(tmp_path: Path, answer: str, reason: str, words: str) -> None:
    reader = Reader(tmp_path)
    assert read_filled(reader, as_file(tmp_path / "one.toml", "pemat-p", answer, reason), blank("pemat-p")) is None
    assert any(words in finding.message for finding in reader.findings)


def test_a_changed_item_and_an_empty_name_are_said(tmp_path: Path) -> None:
    path = as_file(tmp_path / "one.toml", "pemat-p")
    text = path.read_text("utf-8")
    path.write_text(text.replace("completely evident", "rather evident").replace('rater = "Reader 1"', 'rater = ""'))
    reader = Reader(tmp_path)
    assert read_filled(reader, path, blank("pemat-p")) is None
    assert {finding.code for finding in reader.findings} == {"E015", "E016"}


def run_script(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/ratings.py", *args], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip


def test_the_script_prints_the_scores_of_a_copy(tmp_path: Path) -> None:
    done = run_script(str(as_file(tmp_path / "one.toml", "pemat-p")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "understandability: 17 of 17 (100 of 100)" in done.stdout
    bad = run_script(str(as_file(tmp_path / "two.toml", "pemat-p", "maybe")))
    assert bad.returncode == 1
    assert "two.toml:20:1: E013" in bad.stdout


def test_what_the_app_shows_is_what_the_filled_forms_say() -> None:
    done = run_script("--check")
    assert done.returncode == 0, done.stdout + done.stderr
