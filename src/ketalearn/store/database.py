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

    def import_(self, data: object) -> None:
        """Take an export into this learner, whole or not at all. Raises KetalearnError when it is not empty."""
        if not self.is_empty:
            raise KetalearnError("This learner has answers already; import into a new one with --learner NAME")
        writes = _writes_of(data)
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


def _writes_of(data: object) -> list[Write]:
    """An export as writes. Raises KetalearnError with one line when it is not one."""
    if not isinstance(data, dict) or data.get("schema") != EXPORT_SCHEMA:
        raise KetalearnError(f'This is no export of ketalearn; it must hold "schema": "{EXPORT_SCHEMA}"')
    try:
        writes: list[Write] = []
        marks = ", ".join("?" * len(ANSWER_FIELDS))
        for row in data.get("answers", []):
            answer = Answer(
                item=_is(row["item"], str),
                revision=_is(row["revision"], int),
                module=_is(row["module"], str),
                chosen=tuple(_is(place, int) for place in row["chosen"]),
                correct=_is(row["correct"], bool),
                started=_is(row["started"], str),
                answered=_is(row["answered"], str),
                sitting=_is(row["sitting"], int),
                confidence=None if row.get("confidence") is None else _is(row["confidence"], int),
                hinted=_is(row.get("hinted", False), bool),
                not_sure=None if row.get("not_sure") is None else _is(row["not_sure"], bool),
                text=_is(row.get("text", ""), str),
                asked=_is(row.get("asked", QUIZ), str),
            )
            writes.append((f"INSERT INTO answers ({', '.join(ANSWER_FIELDS)}) VALUES ({marks})", _values(answer)))
        for row in data.get("pages", []):
            values = (_is(row["module"], str), _is(row["page"], str), _is(row["revision"], int))
            writes.append(("INSERT INTO pages VALUES (?, ?, ?)", values))
        kept = dict(_is(data.get("kept", {}), dict))
        if profile := _is(data.get("profile", {}), dict):
            kept["profile"] = profile
        writes += [("INSERT INTO kept VALUES (?, ?)", (_is(key, str), json.dumps(kept[key]))) for key in kept]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise KetalearnError(
            f"This export is damaged ({type(error).__name__}: {error}); nothing was taken in"
        ) from None
    return writes


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
