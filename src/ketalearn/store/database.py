"""One learner's file: SQLite, readable by the person alone, every write lasting when it returns.

Shape and manners are those of the design (section 5): WAL, `BEGIN IMMEDIATE` for every write, full sync, deleted
content overwritten. A damaged file is set aside and never overwritten; a newer one is refused, untouched. When a
write cannot be made lasting the value is held in memory, `saved` is False, and every later write tries again.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketalearn.errors import KetalearnError
from ketalearn.learning.records import QUIZ, Answer
from ketalearn.store.migrations import MIGRATIONS, VERSION

if TYPE_CHECKING:
    import sqlite3

LEARNER = re.compile(r"[A-Za-z0-9_-]{1,40}")
FOLDER = "learners"
EXPORT_SCHEMA = "ketalearn/export@1"
WAIT_SECONDS = 3
ANSWER_FIELDS = (
    "item", "revision", "module", "chosen", "correct", "started", "answered", "sitting", "confidence", "hinted",
    "not_sure", "text", "asked",
)  # fmt: skip

Write = tuple[str, tuple[Any, ...]]


class Store:
    """What is remembered of one learner. The file is made by the first write."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.path = path
        self.notice = ""
        self._now = now
        self._pending: list[Write] = []
        self._connection: sqlite3.Connection | None = None
        if path.exists():
            self._connect()

    @classmethod
    def open(cls, folder: Path, learner: str, *, now: Callable[[], datetime]) -> Store:
        """Open `folder/learners/LEARNER.db`. Raises KetalearnError for a bad name or a file of a newer program."""
        if not LEARNER.fullmatch(learner):
            raise KetalearnError(f"'{learner}' is no name for a learner; use up to 40 letters, digits, - or _")
        return cls(folder / FOLDER / f"{learner}.db", now)

    @staticmethod
    def learners(folder: Path) -> list[str]:
        """Names of all learners kept in `folder`."""
        return sorted(path.stem for path in (folder / FOLDER).glob("*.db") if LEARNER.fullmatch(path.stem))

    # ------------------------------------------------------------ opening

    def _connect(self) -> None:
        import sqlite3

        try:
            self._connection = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                self.notice = f"Your answers cannot be saved now ({error}). We try again with each answer."
                self._connection = None
                return
            self._set_aside()
        except OSError as error:
            self.notice = f"Your answers cannot be saved now ({error.strerror}). We try again with each answer."

    def _opened(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(OSError):
            self.path.parent.chmod(0o700)
        before = os.umask(0o077)
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version > VERSION:
                    raise KetalearnError(
                        f"{self.path} was written by a newer ketalearn; update ketalearn, or use another --learner. "
                        "Nothing in the file was changed"
                    )
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")
                if version == VERSION:
                    connection.execute("SELECT count(*) FROM answers").fetchone()
                else:
                    self._migrate(connection, version)
            except BaseException:
                connection.close()
                raise
        finally:
            os.umask(before)
        self.path.chmod(0o600)
        return connection

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        """Bring the file to the present shape, all or nothing; a file that holds something is copied first."""
        import sqlite3

        if version:
            copy = self.path.with_name(f"{self.path.stem}.before-{VERSION}.copy")
            with contextlib.closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
            copy.chmod(0o600)
        connection.execute("BEGIN IMMEDIATE")
        try:
            # another window may have done it while we waited
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            for step in MIGRATIONS[version:]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def _set_aside(self) -> None:
        """Keep a damaged file under another name and begin anew."""
        stamp = self._now().strftime("%Y-%m-%d-%H%M%S")
        kept = self.path.with_name(f"{self.path.stem}.damaged-{stamp}.db-kept")
        number = 2
        while kept.exists():
            kept = self.path.with_name(f"{self.path.stem}.damaged-{stamp}-{number}.db-kept")
            number += 1
        self.path.rename(kept)
        for suffix in ("-wal", "-shm"):
            side = Path(f"{self.path}{suffix}")
            if side.exists():
                side.rename(f"{kept}{suffix}")
        self.notice = f"The file with your answers was damaged. It is kept as {kept}, and we began a new one."

    @property
    def unreadable(self) -> bool:
        """There is a file, and what it holds cannot be had now; `notice` says why."""
        return self._connection is None and self.path.exists()

    # ------------------------------------------------------------ writing

    @property
    def saved(self) -> bool:
        return not self._pending

    def _write(self, *writes: Write) -> None:
        self._pending += writes
        self.retry()

    def retry(self) -> bool:
        """Try to make lasting what is not yet; True when all is."""
        import sqlite3

        if not self._pending:
            return True
        if self._connection is None:
            self._connect()
            if self._connection is None:
                with contextlib.suppress(sqlite3.Error, OSError):
                    self._connection = self._opened()
        if self._connection is None:
            return False
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, values in self._pending:
                self._connection.execute(statement, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            self.notice = f"Your answers cannot be saved now ({error}). We try again with each answer."
            return False
        self._pending.clear()
        return True

    def add_answer(self, answer: Answer) -> None:
        marks = ", ".join("?" * len(ANSWER_FIELDS))
        self._write((f"INSERT INTO answers ({', '.join(ANSWER_FIELDS)}) VALUES ({marks})", _values(answer)))

    def mark_page(self, module: str, page: str, revision: int) -> None:
        self._write(
            (
                "INSERT INTO pages VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision",
                (module, page, revision),
            )
        )

    def put(self, key: str, value: Any) -> None:
        self._write(
            (
                "INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, json.dumps(value)),
            )
        )

    # ------------------------------------------------------------ reading

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        import sqlite3

        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self.notice = f"Some of your answers cannot be read now ({error})."
            return []

    def _held(self, start: str) -> Iterator[tuple[Any, ...]]:
        """Values of writes that are not lasting yet."""
        return (values for statement, values in self._pending if statement.startswith(start))

    def answers(self) -> tuple[Answer, ...]:
        rows = self._rows(f"SELECT {', '.join(ANSWER_FIELDS)} FROM answers ORDER BY id")
        return tuple(_answer(row) for row in [*rows, *self._held("INSERT INTO answers")])

    def pages_read(self) -> dict[tuple[str, str], int]:
        rows = [*self._rows("SELECT module, page, revision FROM pages"), *self._held("INSERT INTO pages")]
        return {(module, page): revision for module, page, revision in rows}

    def get(self, key: str) -> Any:
        rows = [row[1:] for row in self._rows("SELECT key, value FROM kept WHERE key = ?", (key,))]
        rows += [row[1:] for row in self._held("INSERT INTO kept") if row[0] == key]
        return json.loads(rows[-1][0]) if rows else None

    def kept(self) -> dict[str, Any]:
        """Every kept value by its key."""
        rows = [*self._rows("SELECT key, value FROM kept ORDER BY key"), *self._held("INSERT INTO kept")]
        return {key: json.loads(value) for key, value in rows}

    @property
    def is_empty(self) -> bool:
        return not (self.answers() or self.pages_read() or self.kept())

    # ------------------------------------------------------------ see, export, import, erase

    def export(self) -> dict[str, Any]:
        """All that is held, as JSON values (`ketalearn/export@1`)."""
        kept = self.kept()
        return {
            "schema": EXPORT_SCHEMA,
            "profile": kept.pop("profile", None) or {},
            "answers": [
                {name: getattr(answer, name) if name != "chosen" else list(answer.chosen) for name in ANSWER_FIELDS}
                for answer in self.answers()
            ],
            "pages": [
                {"module": module, "page": page, "revision": revision}
                for (module, page), revision in sorted(self.pages_read().items())
            ],
            "kept": kept,
        }

    def import_(self, data: object, name: str = "This export") -> None:
        """Take an export into this learner, whole or not at all. Raises KetalearnError when it is not empty."""
        if not self.is_empty:
            raise KetalearnError("This learner has answers already; import into a new one with --learner NAME")
        writes = _writes_of(data, name)
        self._write(*writes)
        if not self.saved:
            self._pending.clear()
            raise KetalearnError(f"The import could not be saved. {self.notice}")

    def erase(self) -> list[str]:
        """Delete all files of this learner; the paths that are gone."""
        self.close()
        self._pending.clear()
        stem = self.path.stem
        gone = []
        for path in sorted(self.path.parent.glob(f"{stem}.*")) if self.path.parent.is_dir() else []:
            path.unlink()
            gone.append(str(path))
        return gone

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _values(answer: Answer) -> tuple[Any, ...]:
    return (
        answer.item, answer.revision, answer.module, json.dumps(list(answer.chosen)), int(answer.correct),
        answer.started, answer.answered, answer.sitting, answer.confidence, int(answer.hinted),
        None if answer.not_sure is None else int(answer.not_sure), answer.text, answer.asked,
    )  # fmt: skip


def _answer(row: tuple[Any, ...]) -> Answer:
    item, revision, module, chosen, correct, started, answered, sitting, confidence, hinted, not_sure, text, asked = row
    return Answer(
        item=item,
        revision=revision,
        module=module,
        chosen=tuple(json.loads(chosen)),
        correct=bool(correct),
        started=started,
        answered=answered,
        sitting=sitting,
        confidence=confidence,
        hinted=bool(hinted),
        not_sure=None if not_sure is None else bool(not_sure),
        text=text,
        asked=asked,
    )


# what `kept` may hold beside the profile; a key of another program version is taken as it is
KEPT_KINDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("place", "crisis", "learned", "readiness_said", "sittings", "clinics"), (dict,)),
    **dict.fromkeys(
        (
            "suggestions_declined",
            "assignments",
            "assigned_modules",
            "asked_by_clinic",
            "retold_on_sheet",
            "set_aside",
            "compared",
        ),
        (list,),
    ),
    **dict.fromkeys(("safety_at", "visit_day", "theme"), (str,)),
    **dict.fromkeys(("questions_shown", "visits"), (int,)),
}
LARGEST_NUMBER = 2**63 - 1


def _writes_of(data: object, name: str) -> list[Write]:
    """An export as writes. Raises KetalearnError with one line, which begins with `name`, when it is not one."""
    if not isinstance(data, dict) or data.get("schema") != EXPORT_SCHEMA:
        raise KetalearnError(f'{name} is no export of ketalearn; it must hold "schema": "{EXPORT_SCHEMA}"')
    try:
        return [*_answer_writes(data), *_page_writes(data), *_kept_writes(data)]
    except _Damaged as error:
        raise KetalearnError(
            f"{name} is damaged: {error}; nothing was taken in. Export it again, and change nothing in the file"
        ) from None


class _Damaged(Exception):
    """A value of an export is not what it must be; the text says which and what it must be."""


def _answer_writes(data: dict[str, Any]) -> Iterator[Write]:
    marks = ", ".join("?" * len(ANSWER_FIELDS))
    for row, at in _rows_of(data, "answers"):
        answer = Answer(
            item=_is(row, "item", at, str),
            revision=_is(row, "revision", at, int),
            module=_is(row, "module", at, str),
            chosen=tuple(_number(place, f"{at}.chosen") for place in _is(row, "chosen", at, list)),
            correct=_is(row, "correct", at, bool),
            started=_is(row, "started", at, str),
            answered=_is(row, "answered", at, str),
            sitting=_is(row, "sitting", at, int),
            confidence=None if row.get("confidence") is None else _is(row, "confidence", at, int),
            hinted=_is({"hinted": False, **row}, "hinted", at, bool),
            not_sure=None if row.get("not_sure") is None else _is(row, "not_sure", at, bool),
            text=_is({"text": "", **row}, "text", at, str),
            asked=_is({"asked": QUIZ, **row}, "asked", at, str),
        )
        yield f"INSERT INTO answers ({', '.join(ANSWER_FIELDS)}) VALUES ({marks})", _values(answer)


def _page_writes(data: dict[str, Any]) -> Iterator[Write]:
    for row, at in _rows_of(data, "pages"):
        values = (_is(row, "module", at, str), _is(row, "page", at, str), _is(row, "revision", at, int))
        yield "INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", values


def _kept_writes(data: dict[str, Any]) -> Iterator[Write]:
    kept = dict(_is({"kept": {}, **data}, "kept", "", dict))
    for key, kinds in KEPT_KINDS.items():
        # a thing that was taken back is kept as null
        if kept.get(key) is not None:
            _is(kept, key, "kept", *kinds)
    if profile := _is({"profile": {}, **data}, "profile", "", dict):
        for key, value in profile.items():
            _profile_value(key, value)
        kept["profile"] = profile
    for key, value in kept.items():
        yield "INSERT INTO kept VALUES (?, ?)", (_text(key), json.dumps(value))


def _profile_value(key: str, value: object) -> None:
    """A key of the profile holds one text, texts, or (`edited`) texts by topic; unknown keys wait for their program."""
    from ketalearn.decision.profile import ONE, TYPED, Profile

    if key not in Profile.__dataclass_fields__ and key != "schema":
        return
    if key in (*ONE, *TYPED, "schema"):
        texts, wanted = [value], "a text"
    elif key == "edited":
        texts, wanted = list(value.values()) if isinstance(value, dict) else [None], "a table of texts"
    else:
        texts, wanted = value if isinstance(value, list) else [None], "a list of texts"
    if not all(isinstance(text, str) for text in texts):
        raise _Damaged(f"profile.{key} must be {wanted}")


def _rows_of(data: dict[str, Any], key: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The tables of a list, each with its place in words: `answers[2]`, counted from 0."""
    for at, row in enumerate(_is({key: [], **data}, key, "", list)):
        if not isinstance(row, dict):
            raise _Damaged(f"{key}[{at}] must be a table")
        yield row, f"{key}[{at}]"


KINDS = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def _is(row: dict[str, Any], key: str, at: str, *kinds: type) -> Any:
    """`row[key]`, when it is of one of the `kinds`. Raises _Damaged."""
    where = f"{at}.{key}" if at else key
    if key not in row:
        raise _Damaged(f"{where} is missing")
    value = row[key]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise _Damaged(f"{where} must be {' or '.join(KINDS[kind] for kind in kinds)}")
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(value, where)
    return _text(value) if isinstance(value, str) else value


def _number(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_NUMBER:
        raise _Damaged(f"{where} must be a whole number of a size that can be kept")
    return value


def _text(value: str) -> str:
    """`value` without lone surrogates, which no file can hold."""
    return value.encode("utf-8", "replace").decode("utf-8")
