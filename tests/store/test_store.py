"""One learner's file: lasting, private, and never in the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.errors import KetalearnError
from ketalearn.learning.records import OCCASIONS, Answer
from ketalearn.store import database
from ketalearn.store.database import Store
from ketalearn.store.folders import FileInTheWay, free_name, save_new, shown, typed_path
from ketalearn.store.migrations import MIGRATIONS
from tests.support import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = Store.open(tmp_path, "me", now=Clock())
    yield one
    one.close()


def answer(**given: Any) -> Answer:
    fields: dict[str, Any] = {
        "item": "risks-driving", "revision": 1, "module": "06-risks", "chosen": (1,), "correct": False,
        "started": "2026-11-24T12:00:00+00:00", "answered": "2026-11-24T12:00:05+00:00", "sitting": 1,
    }  # fmt: skip
    return Answer(**(fields | given))


def is_saved(one: Store) -> bool:
    return one.saved


def again(one: Store) -> Store:
    return Store(one.path, Clock())


def test_what_is_written_is_there_for_the_next_run(store: Store) -> None:
    store.add_answer(answer())
    store.add_answer(answer(chosen=(), sitting=2, confidence=3, hinted=True))
    store.mark_page("06-risks", "home", 1)
    store.mark_page("06-risks", "home", 2)
    store.put("profile", {"own_value": "my dog 🐕"})
    with closing(again(store)) as later:
        assert later.answers() == (answer(), answer(chosen=(), sitting=2, confidence=3, hinted=True))
        assert later.pages_read() == {("06-risks", "home"): 2}
        assert later.get("profile") == {"own_value": "my dog 🐕"}
        assert later.get("nothing") is None


def test_the_file_is_made_by_the_first_write_and_is_the_person_s_alone(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, "me", now=Clock())) as one:
        assert one.is_empty
        assert not (tmp_path / "learners").exists()
        one.put("x", 1)
        folder = tmp_path / "learners"
        assert folder.stat().st_mode & 0o777 == 0o700
        for path in folder.iterdir():
            assert path.stat().st_mode & 0o077 == 0, path
        assert Store.learners(tmp_path) == ["me"]


@pytest.mark.parametrize("name", ["", "../me", "a/b", "a b", "ä", "x" * 41, ".."])
def test_a_name_that_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(KetalearnError, match="no name for a learner"):
        Store.open(tmp_path, name, now=Clock())


KILLED = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from ketalearn.store.database import Store
from ketalearn.learning.records import OCCASIONS, Answer
store = Store.open(Path(sys.argv[1]), "me", now=lambda: datetime.now(UTC))
number = 0
while True:
    number += 1
    store.add_answer(Answer(str(number), 1, "m", (0,), True, "a", "b", 1))
    print(number, flush=True)
"""


@pytest.mark.parametrize("wait", [0.05, 0.2, 0.4])
def test_a_kill_at_any_moment_loses_nothing_that_was_shown_as_saved(wait: float, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        shown = [first, *process.stdout.read().splitlines()]
    acknowledged = int([line for line in shown if line.strip()][-1])
    with closing(Store.open(tmp_path, "me", now=Clock())) as store:
        assert [one.item for one in store.answers()][:acknowledged] == [str(n) for n in range(1, acknowledged + 1)]


def test_a_damaged_file_is_set_aside_with_its_content_and_said(store: Store, tmp_path: Path) -> None:
    store.put("x", 1)
    store.close()
    store.path.write_bytes(b"this is no database" * 100)
    with closing(again(store)) as later:
        assert "was damaged" in later.notice
        assert later.is_empty
        later.put("y", 2)
        assert later.saved
        kept = list(store.path.parent.glob("me.damaged-*"))
        assert [path.read_bytes() for path in kept] == [b"this is no database" * 100]
        assert str(kept[0]) in later.notice
        assert Store.learners(tmp_path) == ["me"]


def test_a_second_damaged_file_does_not_write_over_the_first(store: Store) -> None:
    for text in (b"one" * 999, b"two" * 999):
        store.path.parent.mkdir(exist_ok=True)
        store.path.write_bytes(text)
        again(store).close()
    assert len(list(store.path.parent.glob("me.damaged-*"))) == 2


def test_a_newer_file_is_refused_and_left_as_it_is(store: Store) -> None:
    store.put("x", 1)
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = store.path.read_bytes()
    with pytest.raises(KetalearnError, match="newer ketalearn"):
        again(store)
    assert store.path.read_bytes() == before


def test_a_migration_copies_first_and_is_all_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put("x", 1)
    store.close()
    now = len(MIGRATIONS)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE more (a)", "NONSENSE")))
    monkeypatch.setattr(database, "VERSION", now + 1)
    with closing(again(store)) as broken:
        assert broken.notice
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (now,)
        assert not connection.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall()
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE more (a)",)))
    with closing(again(store)) as later:
        assert later.get("x") == 1
    copies = list(store.path.parent.glob(f"me.before-{now + 1}.copy"))
    assert len(copies) == 1
    with closing(sqlite3.connect(copies[0])) as connection:
        assert connection.execute("SELECT value FROM kept WHERE key = 'x'").fetchone() == ("1",)


FIRST_FORM = """
INSERT INTO answers (item, revision, module, chosen, correct, started, answered, sitting, confidence, hinted)
VALUES ('a', 1, 'm', '[]', 0, 's', 't', 1, NULL, 0), ('b', 1, 'm', '[2]', 1, 's', 't', 1, 3, 1)
"""


def test_a_file_of_the_first_form_keeps_its_answers_and_their_meaning(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(FIRST_FORM)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with closing(Store(path, Clock())) as later:
        first, second = later.answers()
        assert (first.not_sure, first.text, first.asked, first.unsure) == (None, "", "quiz", True)
        assert (second.chosen, second.confidence, second.hinted, second.unsure) == ((2,), 3, True, False)
        new = answer(chosen=(), not_sure=False, text="In my words", asked="review")
        later.add_answer(new)
        assert later.answers()[-1] == new
        assert not later.answers()[-1].unsure
    assert list(tmp_path.glob(f"old.before-{len(MIGRATIONS)}.copy"))


def test_an_export_of_the_first_form_is_taken_in(store: Store) -> None:
    row = {"item": "a", "revision": 1, "module": "m", "chosen": [], "correct": False, "started": "s",
           "answered": "t", "sitting": 1, "confidence": None, "hinted": False}  # fmt: skip
    store.import_({"schema": "ketalearn/export@1", "answers": [row]})
    assert store.answers() == (Answer("a", 1, "m", (), False, "s", "t", 1),)
    assert store.answers()[0].unsure


def test_where_nothing_can_be_written_the_run_goes_on_and_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    with closing(Store.open(blocked, "me", now=Clock())) as one:
        one.add_answer(answer())
        assert not is_saved(one)
        assert "cannot be saved now" in one.notice
        assert one.answers() == (answer(),)
        one.put("x", {"y": 1})
        assert one.get("x") == {"y": 1}
        blocked.unlink()
        one.mark_page("m", "p", 1)
        assert is_saved(one)
        assert one.answers() == (answer(),)
    with closing(Store.open(blocked, "me", now=Clock())) as later:
        assert later.answers() == (answer(),)
        assert later.get("x") == {"y": 1}


FULL = """
import resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from ketalearn.store.database import Store
store = Store.open(Path(sys.argv[1]), "me", now=lambda: datetime.now(UTC))
store.put("first", "kept")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = max(path.stat().st_size for path in store.path.parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
store.put("big", "x" * 200_000)
print(store.saved, store.get("big") == "x" * 200_000, bool(store.notice))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.put("later", 1)
print(store.saved)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits: a Unix system")
def test_a_full_disk_loses_nothing_and_is_tried_again(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True", "True"]
    with closing(Store.open(tmp_path, "me", now=Clock())) as later:
        assert later.get("big") == "x" * 200_000
        assert later.get("first") == "kept"


def test_two_windows_both_work_and_the_later_answer_wins(tmp_path: Path) -> None:
    with (
        closing(Store.open(tmp_path, "me", now=Clock())) as one,
        closing(Store.open(tmp_path, "me", now=Clock())) as other,
    ):
        one.put("profile", {"a": 1})
        other.put("profile", {"a": 2})
        one.add_answer(answer(item="one"))
        other.add_answer(answer(item="other"))
        assert one.get("profile") == {"a": 2}
        assert [row.item for row in one.answers()] == ["one", "other"]


def test_erase_leaves_nothing_of_this_learner_and_all_of_others(tmp_path: Path) -> None:
    secret = "a very secret word 12345"
    for name in ("me", "me-too"):
        with closing(Store.open(tmp_path, name, now=Clock())) as one:
            one.put("profile", {"own_value": secret})
    with closing(Store.open(tmp_path, "me", now=Clock())) as one:
        gone = one.erase()
    assert gone
    assert all(not Path(path).exists() for path in gone)
    left = list((tmp_path / "learners").iterdir())
    assert {path.name.split(".")[0] for path in left} == {"me-too"}


def test_what_is_overwritten_is_gone_from_the_file(store: Store) -> None:
    store.put("profile", {"own_value": "a very secret word 12345"})
    store.put("profile", {})
    store.close()
    assert b"a very secret word" not in store.path.read_bytes()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ANSWERS = st.lists(
    st.builds(
        answer, item=st.text(max_size=8), chosen=st.lists(st.integers(0, 5), max_size=2).map(tuple),
        correct=st.booleans(), confidence=st.none() | st.integers(1, 3), sitting=st.integers(1, 9),
        not_sure=st.none() | st.booleans(), text=st.text(max_size=9), asked=st.sampled_from(OCCASIONS),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=40)
@given(profile=st.dictionaries(st.text(max_size=8), JSON, max_size=3), answers=ANSWERS, kept=JSON)
def test_an_export_taken_in_elsewhere_is_the_same_export(
    profile: dict[str, Any], answers: list[Answer], kept: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("store")
    with closing(Store.open(folder, "one", now=Clock())) as one:
        one.put("profile", profile)
        one.put("other", kept)
        for row in answers:
            one.add_answer(row)
        data = json.loads(json.dumps(one.export()))
    with closing(Store.open(folder, "two", now=Clock())) as two:
        two.import_(data)
        assert two.answers() == tuple(answers)
        assert (two.get("profile") or {}) == profile
        assert two.get("other") == kept
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"schema": "x"}, {"schema": "ketalearn/export@1", "answers": [{}]},
        {"schema": "ketalearn/export@1", "answers": 3}, {"schema": "ketalearn/export@1", "profile": "x"},
        {"schema": "ketalearn/export@1", "pages": [{"module": 1, "page": "p", "revision": 1}]},
    ],
)  # fmt: skip
def test_a_damaged_export_is_refused_whole(data: Any, store: Store) -> None:
    with pytest.raises(KetalearnError):
        store.import_(data)
    assert store.is_empty


ANSWER = {
    "item": "i", "revision": 1, "module": "m", "chosen": [], "correct": True, "started": "", "answered": "",
    "sitting": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({"answers": [{**ANSWER, "sitting": 10**30}]}, "answers[0].sitting must be a whole number"),
        ({"answers": [ANSWER, {**ANSWER, "chosen": "x"}]}, "answers[1].chosen must be a list"),
        ({"answers": [{"revision": 1}]}, "answers[0].item is missing"),
        ({"profile": {"goal": 3}}, "profile.goal must be a list of texts"),
        ({"profile": {"region": ["US"]}}, "profile.region must be a text"),
        ({"profile": {"region": None}}, "profile.region must be a text"),
        ({"profile": {"edited": ["x"]}}, "profile.edited must be a table of texts"),
        ({"kept": {"place": 3}}, "kept.place must be a table"),
        ({"kept": {"visits": True}}, "kept.visits must be a whole number"),
    ],
)
def test_a_damaged_export_says_which_file_and_which_value(held: dict[str, Any], said: str, store: Store) -> None:
    with pytest.raises(KetalearnError) as refused:
        store.import_({"schema": "ketalearn/export@1", **held}, "mine.json")
    assert str(refused.value).startswith(f"mine.json is damaged: {said}")
    assert "nothing was taken in" in str(refused.value)
    assert store.is_empty


def test_a_lone_surrogate_in_an_export_does_not_stop_it(store: Store) -> None:
    store.import_({"schema": "ketalearn/export@1", "answers": [{**ANSWER, "text": "a\ud800"}]})
    assert store.answers()[0].text == "a?"


def test_saving_writes_over_nothing_and_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert save_new(path, b"one") == path
    with pytest.raises(FileInTheWay):
        save_new(path, b"two")
    assert path.read_bytes() == b"one"
    save_new(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KetalearnError, match="cannot be written"):
        save_new(tmp_path / "none" / "a.pdf", b"x")
    assert free_name(tmp_path, "a", ".pdf") == tmp_path / "a-2.pdf"
    assert os.listdir(tmp_path) == ["a.pdf"]  # noqa: PTH208


@pytest.mark.parametrize("name", ["a.pdf", "Documents/a b.pdf", "~/odd.pdf"])
def test_a_path_below_home_is_told_short_and_what_was_told_can_be_typed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    told = shown(path, tmp_path)
    assert told == f"~/{name}" and typed_path(f" {told} ", tmp_path) == path
    elsewhere = tmp_path / "other"
    assert shown(path, elsewhere) == str(path) and typed_path(str(path), elsewhere) == path
