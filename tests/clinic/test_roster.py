"""The roster: a file wholly in or wholly out, quick with many, and figures that say when there are too few."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ketalearn.clinic.returned import read_return
from ketalearn.clinic.roster import Roster, _plain_cell
from ketalearn.clinic.statistics import Tried, correlation, cronbach, item_figures, module_figures, wilson
from tests.clinic.support import NOW, assigned, return_content, return_file


def test_kill_9_leaves_each_file_wholly_in_or_wholly_out(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    files = []
    for at in range(500):
        path = tmp_path / f"{at}.ketalearn-return"
        day = f"20{26 + at // 336}-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}"
        path.write_bytes(return_file(roster, one, day))
        files.append(str(path))
    roster.close()
    env = {**os.environ, "KETALEARN_HOME": str(tmp_path)}
    counts = []
    for wanted in (1, 90, 200, 350):
        started = subprocess.Popen(
            [sys.executable, "-m", "ketalearn", "roster", "add", *files], env=env, stdout=subprocess.DEVNULL
        )
        with closing(sqlite3.connect(roster.path, timeout=5)) as watching:
            while started.poll() is None:
                if watching.execute("SELECT count(*) FROM returns").fetchone()[0] >= wanted:
                    break
                time.sleep(0.002)
        started.send_signal(signal.SIGKILL)
        assert started.wait() == -signal.SIGKILL
        with closing(sqlite3.connect(roster.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = connection.execute("SELECT content FROM returns").fetchall()
            for (content,) in rows:
                assert '"patient_code": "P-17"' in content
        counts.append(len(rows))
    subprocess.run(
        [sys.executable, "-m", "ketalearn", "roster", "add", *files], env=env, check=True, capture_output=True
    )
    again = Roster(tmp_path)
    assert len(again.view("P-17").returns) == 500
    assert again.aside() == 0
    # each kill came in the middle of the work
    assert counts == sorted(counts) and counts[0] >= 1 and counts[-1] < 500


def test_ten_thousand_returns_open_in_under_a_second(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    content = read_return(return_content(one), "r").model_dump_json(exclude_none=True)
    with closing(sqlite3.connect(roster.path)) as connection, connection:
        for at in range(10_000):
            code = f"C{at % 5000}"
            if at < 5000:
                made = one.model_copy(update={"id": f"{at:08x}-0000-4000-8000-000000000000", "patient_code": code})
                connection.execute(
                    "INSERT INTO assignments VALUES (?, ?, ?, ?, ?)", (made.id, code, made.issued, made.due, "{}")
                )
            connection.execute(
                "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
                " VALUES (?, ?, ?, ?, 1, ?)",
                (str(at), one.id, code, "2026-12-01", content),
            )
    roster.close()
    began = time.perf_counter()
    again = Roster(tmp_path)
    rows = again.rows()
    assert time.perf_counter() - began < 1
    assert len(rows) == 5001 and rows[0].returns == 2


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-2", "@x"])
def test_no_cell_of_the_csv_is_run_by_a_spreadsheet(cell: str) -> None:
    assert _plain_cell(cell) == f"'{cell}"


def tried(n: int, right: int, item: str = "a") -> list[Tried]:
    return [Tried(f"p{at}", "m", item, 1, (0,) if at < right else (1,), at < right, 3) for at in range(n)]


def test_under_ten_answers_give_counts_alone() -> None:
    (one,) = item_figures(tried(9, 5))
    assert (one.n, one.right, one.sure_wrong) == (9, 5, 4)
    assert (one.share, one.discrimination) == (None, None)


def test_from_ten_a_share_with_its_interval_and_from_thirty_the_rest() -> None:
    (one,) = item_figures(tried(10, 5))
    assert one.share == 0.5 and one.share_interval == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert item_figures([*tried(29, 12), *tried(29, 20, "b")])[0].discrimination is None
    assert module_figures([*tried(29, 12), *tried(29, 20, "b")])[0].alpha is None
    both = [*tried(30, 12), *tried(30, 20, "b")]
    assert item_figures(both)[0].discrimination == pytest.approx(0.57735, abs=1e-4)
    (module,) = module_figures(both)
    assert module.alpha == pytest.approx(0.7317, abs=1e-3) and module.alpha_interval is not None


def test_only_the_first_answer_counts() -> None:
    first = tried(1, 0)
    assert item_figures([*first, *tried(1, 1)])[0].right == 0


def test_formulas_at_known_values() -> None:
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert correlation([1, 2, 3, 4], [2, 4, 6, 8]) == pytest.approx(1)
    assert cronbach([[1, 1], [0, 0], [1, 1], [0, 0]]) == pytest.approx(1)
    assert cronbach([[1, 1], [1, 1]]) is None


def test_a_roster_of_an_older_ketalearn_is_copied_then_brought_up_to_date(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    content = {
        "assignment_id": one.id, "patient_code": "P-17", "returned": "2026-12-01", "talk_about": ["driving", "bladder"],
        "modules": [
            {"id": "01-first", "objectives": [{"id": "a", "state": "mastered"}, {"id": "b", "state": "right"}]},
        ],
        "answers": [{"kind": "own_question", "text": "May I bring my sister?"}],
    }  # fmt: skip
    roster.close()
    with closing(sqlite3.connect(roster.path)) as connection, connection:
        connection.execute("DROP TABLE overview")
        connection.execute("DROP TABLE wrong_items")
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
            " VALUES ('d', ?, 'P-17', '2026-12-01', 1, ?)",
            (one.id, json.dumps(content)),
        )
    (row,) = Roster(tmp_path).rows()
    assert (row.mastered, row.objectives, row.to_ask, row.sure_but_wrong) == (1, 2, 3, None)
    copy = roster.path.with_name("roster.before-5.copy")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM returns").fetchone() == (1,)


def test_what_was_put_right_is_forgotten_by_a_roster_that_knew_it_as_wrong(tmp_path: Path) -> None:
    from ketalearn.clinic.completion import sealed

    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    rows = [
        {"kind": "quiz", "item": name, "revision": 1, "module": "01-first", "topic": "driving", "chosen": [1],
         "correct": False, "confidence": 3, **more}
        for name, more in (("mended", {"later": True}), ("still", {"later": False}), ("once", {}))
    ]  # fmt: skip
    body = json.loads(return_content(one)) | {"answers": rows}
    roster.add(sealed(json.dumps(body).encode(), roster.keys.age_key), "r")
    assert roster.rows()[0].wrong_items == ("still", "once")
    roster.close()
    with closing(sqlite3.connect(roster.path)) as connection, connection:
        connection.execute("UPDATE wrong_items SET items = 'mended still once'")
        connection.execute("PRAGMA user_version = 3")
    assert Roster(tmp_path).rows()[0].wrong_items == ("still", "once")


def test_what_the_list_shows_follows_each_return(tmp_path: Path) -> None:
    from ketalearn.clinic.completion import sealed

    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    head = f'{{"schema":"ketalearn/return@1","assignment_id":"{one.id}","patient_code":"P-17","returned":"2026-12-0'
    wrong = (
        '{"kind":"quiz","item":"x","revision":1,"module":"01-first","topic":"driving","chosen":[1],"correct":false,'
        '"confidence":3}'
    )
    for day, more, told in (
        (1, f'"answers":[{wrong}]', (0, 0, 1, 0)),
        (2, '"talk_about":["driving"]', (0, 0, None, 1)),
        (3, '"modules":[{"id":"01-first","objectives":[{"id":"a","state":"mastered"}]}]', (1, 1, None, 0)),
    ):
        roster.add(sealed(f'{head}{day}",{more}}}'.encode(), roster.keys.age_key), "r")
        (row,) = roster.rows()
        assert (row.mastered, row.objectives, row.sure_but_wrong, row.to_ask) == told


def test_the_list_counts_what_the_brief_lists(tmp_path: Path) -> None:
    from ketalearn.clinic.completion import sealed
    from ketalearn.clinic.desk import columns
    from ketalearn.clinic.making import sure_but_wrong_lines, talk_first, told_shortly
    from tests.support import ROOT, workspace

    here = workspace(ROOT)
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    # three questions of one topic, the first about safety; one more was put right since
    safe = next(item for item in here.pack.quiz("06-risks") if item.critical)
    more = [item for item in here.pack.quiz("06-risks") if not item.critical][:3]
    rows = [
        {"kind": "quiz", "item": item.id, "revision": item.revision, "module": "06-risks", "topic": safe.topic,
         "chosen": [], "correct": False, "confidence": 3, **later}
        for item, later in zip((safe, *more), ({}, {}, {}, {"later": True}), strict=True)
    ]  # fmt: skip
    states = ("mastered", "right", "right", "started", "not_started")
    modules = [{"id": "01-first", "objectives": [{"id": f"o{at}", "state": state} for at, state in enumerate(states)]}]
    body = json.loads(return_content(one)) | {"answers": rows, "modules": modules}
    roster.add(sealed(json.dumps(body).encode(), roster.keys.age_key), "r")
    (row,) = roster.rows()
    leading, others = sure_but_wrong_lines(roster.view("P-17"), here)
    assert row.wrong_questions == len(leading) + len(others) == 4
    assert (row.sure_but_wrong, row.mastered, row.understood, row.tried, row.objectives) == (1, 1, 3, 4, 5)
    first = talk_first([row], here)
    assert told_shortly(row, first=row.code in first).startswith(
        "FIRST, 3 of 5 objectives understood so far, 1 mastered, 4 sure but wrong"
    )
    head, (line,) = columns([row], NOW.date(), narrow=False, first=first)
    assert line[head.index("Understood") :].split()[:3] == ["3/5", "4", "FIRST"]
    assert max(len(head), len(line)) <= 74


def test_objectives_that_no_one_tried_are_not_counted_as_none_understood(tmp_path: Path) -> None:
    from ketalearn.clinic.completion import sealed
    from ketalearn.clinic.desk import columns
    from ketalearn.clinic.making import told_shortly

    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    untried = [{"id": "01-first", "objectives": [{"id": name, "state": "not_started"} for name in "ab"]}]
    body = json.loads(return_content(one)) | {"modules": untried, "answers": []}
    roster.add(sealed(json.dumps(body).encode(), roster.keys.age_key), "r")
    (row,) = roster.rows()
    assert told_shortly(row).startswith("none of 2 objectives tried yet")
    for narrow in (True, False):
        assert "0/2" not in columns([row], NOW.date(), narrow=narrow)[1][0]
