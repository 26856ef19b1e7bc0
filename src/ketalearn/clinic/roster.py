"""The clinic's own file: assignments made, returns taken in, templates. SQLite, with the manners of a learner's file.

One transaction a return file: it is wholly in or wholly out. The same return again changes nothing. A return whose code
or assignment is not known here is set aside, so that nothing is lost, and counted with no one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ketalearn.clinic.keys import FILE as KEYS_FILE
from ketalearn.clinic.keys import Keys, keys_in
from ketalearn.clinic.text import harmless
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.clinic.assignment import Assignment
    from ketalearn.clinic.statistics import Tried

FOLDER = "clinic"
FILE = "roster.db"
WAIT_SECONDS = 5
SURE = 3
UNDERSTOOD = ("mastered", "right")
"""States of an objective whose latest answers were right."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE assignments (
            id TEXT PRIMARY KEY,
            patient_code TEXT NOT NULL,
            issued TEXT NOT NULL,
            due TEXT NOT NULL,
            content TEXT NOT NULL
        )""",
        """CREATE TABLE returns (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            assignment_id TEXT NOT NULL,
            patient_code TEXT NOT NULL,
            returned TEXT NOT NULL,
            known INTEGER NOT NULL,
            content TEXT NOT NULL
        )""",
        "CREATE INDEX returns_of_code ON returns (patient_code)",
        "CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    (
        # what the list shows of a code, worked out when a return comes in: 10,000 are listed without reading any
        """CREATE TABLE overview (
            patient_code TEXT PRIMARY KEY,
            mastered INTEGER NOT NULL,
            objectives INTEGER NOT NULL,
            sure_but_wrong INTEGER NOT NULL,
            to_ask INTEGER NOT NULL
        )""",
    ),
    (
        # which of them are about safety is for the pack to say, so the items are kept and not the word
        "CREATE TABLE wrong_items (patient_code TEXT PRIMARY KEY, items TEXT NOT NULL)",
    ),
    # nothing new to keep: items that were put right since are left out of wrong_items
    (),
    (
        # the list counts what the brief lists: what was understood so far, and questions, not their topics
        "DROP TABLE overview",
        """CREATE TABLE overview (
            patient_code TEXT PRIMARY KEY,
            mastered INTEGER NOT NULL,
            understood INTEGER NOT NULL,
            objectives INTEGER NOT NULL,
            tried INTEGER NOT NULL,
            sure_but_wrong INTEGER NOT NULL,
            wrong_questions INTEGER NOT NULL,
            to_ask INTEGER NOT NULL
        )""",
    ),
)
OVERVIEW_SINCE = 5
VERSION = len(MIGRATIONS)

Outcome = Literal["added", "again", "aside"]


@dataclass(frozen=True)
class CodeRow:
    """One code in the list: how many assignments, the newest day of one, the newest due date, how many returns, the
    newest day of one, and what they say: objectives mastered, understood and tried of those sent, "sure but wrong"
    topics and quiz questions, questions to ask.
    """

    code: str
    assigned: int
    issued: str
    due: str
    returns: int
    returned: str
    mastered: int
    understood: int
    """Objectives whose latest answers were right, mastered ones too: what the brief calls understood so far."""
    objectives: int
    tried: int
    sure_but_wrong: int | None
    """None when no quiz answers were sent: that says nothing about what the person knows."""
    wrong_questions: int | None
    """The quiz questions behind `sure_but_wrong`, each a line of the brief; those put right since are among them."""
    to_ask: int
    wrong_items: tuple[str, ...] = ()
    """Ids of the items behind `sure_but_wrong` that were not put right since."""


@dataclass(frozen=True)
class CodeView:
    """All that is known of one code. Of several returns for one assignment the newest speaks."""

    code: str
    assigned: tuple[dict[str, Any], ...]
    returns: tuple[dict[str, Any], ...]

    def _newest(self) -> list[dict[str, Any]]:
        newest: dict[str, dict[str, Any]] = {}
        for one in self.returns:
            newest[one["assignment_id"]] = one
        return list(newest.values())

    @property
    def modules(self) -> dict[str, dict[str, Any]]:
        """Module id to what came back: `done` (or None when not sent) and `objectives` (id to state)."""
        found: dict[str, dict[str, Any]] = {}
        for assignment in self.assigned:
            for module in assignment["modules"]:
                found.setdefault(module, {"done": None, "objectives": {}})
        for one in self._newest():
            for module in one.get("modules", ()):
                row = found.setdefault(module["id"], {"done": None, "objectives": {}})
                if module.get("done") is not None:
                    row["done"] = module["done"]
                row["objectives"] |= {each["id"]: each["state"] for each in module.get("objectives", ())}
        return found

    @property
    def states(self) -> tuple[str, ...]:
        """The state of each objective that was sent."""
        return tuple(state for module in self.modules.values() for state in module["objectives"].values())

    @property
    def talk_about(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(topic for one in self._newest() for topic in one.get("talk_about", ())))

    def _answers(self, *kinds: str) -> list[dict[str, Any]]:
        return [row for one in self._newest() for row in one.get("answers", ()) if row["kind"] in kinds]

    @property
    def sure_but_wrong(self) -> tuple[str, ...]:
        """Quiz topics answered wrong while very sure."""
        rows = self._answers("quiz")
        return tuple(
            dict.fromkeys(row["topic"] for row in rows if not row["correct"] and row.get("confidence") == SURE)
        )

    @property
    def sure_but_wrong_answers(self) -> tuple[dict[str, Any], ...]:
        """The answers behind `sure_but_wrong`, each item once: `item`, `revision`, `topic`, perhaps `later`."""
        rows = (row for row in self._answers("quiz") if not row["correct"] and row.get("confidence") == SURE)
        return tuple({row["item"]: row for row in rows}.values())

    @property
    def quiz_sent(self) -> bool:
        """Whether any quiz answer came back; without one, nothing is known of "sure but wrong"."""
        return bool(self._answers("quiz"))

    @property
    def own_questions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row["text"] for row in self._answers("own_question")))

    @property
    def said(self) -> tuple[dict[str, Any], ...]:
        """What the person chose to tell about themselves."""
        return tuple(self._answers("profile", "medicine", "own_value", "free_text", "teachback"))

    def as_dict(self) -> dict[str, Any]:
        return {
            "schema": "ketalearn/roster-code@1",
            "patient_code": self.code,
            "assigned": [
                {key: one[key] for key in ("id", "issued", "due", "modules", "questions", "note")}
                for one in self.assigned
            ],
            "returned": [one["returned"] for one in self.returns],
            "modules": [{"id": module, **row} for module, row in self.modules.items()],
            "sure_but_wrong": list(self.sure_but_wrong),
            "talk_about": list(self.talk_about),
            "own_questions": list(self.own_questions),
            "said": list(self.said),
        }


class Roster:
    """The clinic's file in `folder/clinic`. Opening makes the folder and the file, for the clinic alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self.path = self.folder / FILE
        self._keys: Keys | None = None
        self.keys_are_new = False
        try:
            self._connection = self._opened()
        except sqlite3.OperationalError as error:
            raise KetalearnError(
                f"{self.path} cannot be opened ({error}); close other windows, then try again"
            ) from None
        except sqlite3.DatabaseError:
            raise KetalearnError(
                f"{self.path} is damaged; put your backup in its place, or move it away to begin anew. "
                "Nothing in it was changed"
            ) from None
        except OSError as error:
            raise KetalearnError(
                f"{self.folder} cannot be used ({error.strerror}); check who may write there"
            ) from None

    @property
    def keys_path(self) -> Path:
        return self.folder / KEYS_FILE

    @property
    def keys(self) -> Keys:
        """The clinic's keys, made now if there are none."""
        if self._keys is None:
            self._keys, self.keys_are_new = keys_in(self.folder)
        return self._keys

    def _opened(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(OSError):
            self.folder.chmod(0o700)
        before = os.umask(0o077)
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version > VERSION:
                    raise KetalearnError(
                        f"{self.path} was written by a newer ketalearn; update ketalearn. Nothing in it was changed"
                    )
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                    connection.execute(f"PRAGMA {pragma}")
                if version < VERSION:
                    self._migrate(connection, version)
            except BaseException:
                connection.close()
                raise
        finally:
            os.umask(before)
        self.path.chmod(0o600)
        return connection

    def _migrate(self, connection: sqlite3.Connection, version: int) -> None:
        if version > 0:
            copy = self.path.with_name(f"{self.path.stem}.before-{VERSION}.copy")
            with contextlib.closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
            copy.chmod(0o600)
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            for step in MIGRATIONS[version:]:
                for statement in step:
                    connection.execute(statement)
            if 0 < version < OVERVIEW_SINCE:
                for (code,) in connection.execute("SELECT DISTINCT patient_code FROM returns WHERE known").fetchall():
                    self._keep_overview(connection, code)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise KetalearnError(f"{self.path} cannot be written ({error}); nothing of this was kept") from None

    # ------------------------------------------------------------ settings, templates, assignments

    def get(self, key: str) -> Any:
        row = self._connection.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        with self._all_or_nothing() as connection:
            connection.execute(
                "INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (key, json.dumps(value)),
            )

    def templates(self) -> dict[str, dict[str, Any]]:
        """Templates by name: modules, questions, note."""
        return dict(sorted((self.get("templates") or {}).items()))

    def keep_template(self, name: str, template: dict[str, Any]) -> None:
        self.put("templates", {**self.templates(), name: template})

    def drop_template(self, name: str) -> None:
        """Delete a template; what was assigned with it stays. Raises KetalearnError for an unknown name."""
        known = self.templates()
        if name not in known:
            raise KetalearnError(f"There is no template '{harmless(name)}'; there are: {', '.join(known) or 'none'}")
        self.put("templates", {key: one for key, one in known.items() if key != name})

    def keep_assignment(self, assignment: Assignment) -> None:
        with self._all_or_nothing() as connection:
            connection.execute(
                "INSERT INTO assignments VALUES (?, ?, ?, ?, ?)",
                (assignment.id, assignment.patient_code, assignment.issued, assignment.due,
                 json.dumps(assignment.model_dump())),
            )  # fmt: skip

    def assignments(self) -> tuple[dict[str, Any], ...]:
        """All assignments made, oldest first."""
        rows = self._connection.execute("SELECT content FROM assignments ORDER BY issued, rowid")
        return tuple(json.loads(row[0]) for row in rows)

    # ------------------------------------------------------------ returns

    def add(self, data: bytes, name: str) -> tuple[Outcome, str]:
        """Take one return file in, whole or not at all: what became of it, and its code. Raises KetalearnError."""
        from ketalearn.clinic.pasted import return_in
        from ketalearn.clinic.returned import opened, read_return

        one = read_return(opened(return_in(data), self.keys, name), name)
        # of what it says, not of its bytes: the file and the QR code of one return are the same
        digest = hashlib.sha256(json.dumps(one.model_dump(exclude_none=True), sort_keys=True).encode()).hexdigest()
        with self._all_or_nothing() as connection:
            if connection.execute("SELECT 1 FROM returns WHERE digest = ?", (digest,)).fetchone():
                return "again", one.patient_code
            known = connection.execute(
                "SELECT 1 FROM assignments WHERE id = ? AND patient_code = ?", (one.assignment_id, one.patient_code)
            ).fetchone()
            connection.execute(
                "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (digest, one.assignment_id, one.patient_code, one.returned, int(bool(known)),
                 json.dumps(one.model_dump(exclude_none=True))),
            )  # fmt: skip
            if known:
                self._keep_overview(connection, one.patient_code)
        return ("added" if known else "aside"), one.patient_code

    def _keep_overview(self, connection: sqlite3.Connection, code: str) -> None:
        """Work out anew what the list shows of a code."""
        view = _view(connection, code)
        states, sent = view.states, view.quiz_sent
        connection.execute(
            "INSERT OR REPLACE INTO overview VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (code, states.count("mastered"), sum(state in UNDERSTOOD for state in states), len(states),
             len(states) - states.count("not_started"), len(view.sure_but_wrong) if sent else -1,
             len(view.sure_but_wrong_answers) if sent else -1, len(view.talk_about) + len(view.own_questions)),
        )  # fmt: skip
        items = " ".join(row["item"] for row in view.sure_but_wrong_answers if not put_right(row))
        connection.execute("INSERT OR REPLACE INTO wrong_items VALUES (?, ?)", (code, items))

    def aside(self) -> int:
        """How many returns were set aside."""
        return int(self._connection.execute("SELECT count(*) FROM returns WHERE NOT known").fetchone()[0])

    def rows(self) -> tuple[CodeRow, ...]:
        """Every code with its counts, by code; reads no content."""
        found = self._connection.execute(
            """SELECT a.patient_code, a.n, a.issued, a.due, coalesce(r.n, 0), coalesce(r.last, ''),
                coalesce(o.mastered, 0), coalesce(o.understood, 0), coalesce(o.objectives, 0), coalesce(o.tried, 0),
                nullif(coalesce(o.sure_but_wrong, -1), -1), nullif(coalesce(o.wrong_questions, -1), -1),
                coalesce(o.to_ask, 0), coalesce(w.items, '')
            FROM (SELECT patient_code, count(*) AS n, max(issued) AS issued, max(due) AS due
                  FROM assignments GROUP BY patient_code) AS a
            LEFT JOIN (SELECT patient_code, count(*) AS n, max(returned) AS last
                       FROM returns WHERE known GROUP BY patient_code) AS r USING (patient_code)
            LEFT JOIN overview AS o USING (patient_code)
            LEFT JOIN wrong_items AS w USING (patient_code)
            ORDER BY a.patient_code"""
        )
        return tuple(CodeRow(*(*row[:-1], tuple(row[-1].split()))) for row in found)

    def view(self, code: str) -> CodeView:
        """One code. Raises KetalearnError when it is not in the roster."""
        view = _view(self._connection, code)
        if not view.assigned:
            raise KetalearnError(f"'{harmless(code)}' is no code in the roster; see them all: ketalearn roster show")
        return view

    def has(self, code: str) -> bool:
        """Whether something was assigned to a code."""
        return bool(self._connection.execute("SELECT 1 FROM assignments WHERE patient_code = ?", (code,)).fetchone())

    def views(self) -> Iterable[CodeView]:
        for row in self.rows():
            yield self.view(row.code)

    def tried(self) -> Iterator[Tried]:
        """First answers of all codes, for pooled statistics. The oldest return that holds an answer counts; whether a
        later answer was right is what the newest return says."""
        from ketalearn.clinic.statistics import Tried

        first: dict[tuple[str, str, int], Tried] = {}
        for code, content in self._connection.execute(
            "SELECT patient_code, content FROM returns WHERE known ORDER BY returned, id"
        ):
            for row in json.loads(content).get("answers", ()):
                if row["kind"] != "quiz":
                    continue
                key = (code, row["item"], row["revision"])
                later = row.get("later")
                if key not in first:
                    first[key] = Tried(
                        code, row["module"], row["item"], row["revision"], tuple(row["chosen"]), row["correct"],
                        row.get("confidence"), row.get("before"), later,
                    )  # fmt: skip
                elif later is not None:
                    first[key] = replace(first[key], later=later)
        yield from first.values()


def put_right(row: dict[str, Any]) -> bool:
    """Whether the latest answer to a quiz question was right, after a first one that was not."""
    return row.get("later") is True


def _view(connection: sqlite3.Connection, code: str) -> CodeView:
    made = connection.execute(
        "SELECT content FROM assignments WHERE patient_code = ? ORDER BY issued, rowid", (code,)
    ).fetchall()
    came = connection.execute(
        "SELECT content FROM returns WHERE patient_code = ? AND known ORDER BY returned, id", (code,)
    ).fetchall()
    return CodeView(code, tuple(json.loads(row[0]) for row in made), tuple(json.loads(row[0]) for row in came))


CSV_HEAD = (
    "patient_code", "assigned", "due", "returns", "last_return", "modules_done", "objectives_mastered",
    "objectives_sent", "sure_but_wrong", "talk_about", "own_questions",
)  # fmt: skip


def as_csv(roster: Roster) -> bytes:
    """The roster as CSV (UTF-8, one line a code). A cell that a spreadsheet would run is made plain by a quote."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_HEAD)
    for row in roster.rows():
        view = roster.view(row.code)
        modules, states = view.modules, view.states
        cells: tuple[object, ...] = (
            row.code, row.assigned, row.due, row.returns, row.returned,
            sum(module["done"] is True for module in modules.values()), states.count("mastered"), len(states),
            "; ".join(view.sure_but_wrong), "; ".join(view.talk_about), "; ".join(view.own_questions),
        )  # fmt: skip
        writer.writerow([_plain_cell(cell) for cell in cells])
    return out.getvalue().encode()


def _plain_cell(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = harmless(cell)
    return f"'{text}" if text[:1] in "=+-@\t" and text else text


def new_assignment(
    roster: Roster,
    *,
    patient: str,
    modules: Iterable[str],
    known_modules: Iterable[str],
    due: str,
    questions: Iterable[str],
    note: str,
    clinic: str,
    phone: str,
    now: Callable[[], dt.datetime],
    ask_for: Iterable[str] = (),
) -> Assignment:
    """Check what the clinic gave and make the assignment; nothing is kept yet. Raises KetalearnError in one line."""
    import difflib
    import uuid

    from pydantic import ValidationError

    from ketalearn.clinic.assignment import CODE, SCHEMA, Assignment, first_fault
    from ketalearn.clinic.text import fault_in

    here = list(known_modules)
    wanted = list(dict.fromkeys(modules))
    if not wanted:
        raise KetalearnError(f"Choose at least one module; there are: {', '.join(here)}")
    for module in wanted:
        if module not in here:
            close = difflib.get_close_matches(module, here, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(here)}"
            raise KetalearnError(f"There is no module '{module}'; {hint}")
    if not CODE.fullmatch(patient):
        raise KetalearnError(
            f"'{harmless(patient)}' cannot be a code; use up to 40 letters, digits, . _ or -, and no name"
        )
    if not clinic:
        raise KetalearnError("Say who you are once: --clinic NAME --phone PHONE; it is remembered")
    if due:
        try:
            dt.date.fromisoformat(due)
        except ValueError:
            raise KetalearnError(f"'{due}' is no date; write it as YYYY-MM-DD") from None
    asked = [question.strip() for question in questions if question.strip()]
    for name, text, most in (
        ("The clinic's name", clinic, 80), ("The phone number", phone, 80), ("The note", note, 200),
        *((f"Question {at}", text, 200) for at, text in enumerate(asked, start=1)),
    ):  # fmt: skip
        if fault := fault_in(text, most):
            raise KetalearnError(f"{name} cannot stand on the sheet: {fault}")
    try:
        return Assignment.model_validate(
            {
                "schema": SCHEMA,
                "id": str(uuid.uuid4()),
                "clinic": {
                    "name": clinic, "phone": phone, "sign_key": roster.keys.sign_key, "age_key": roster.keys.age_key,
                },
                "patient_code": patient,
                "issued": now().date().isoformat(),
                "due": due,
                "modules": wanted,
                "questions": [{"id": f"q{at}", "text": text} for at, text in enumerate(asked, start=1)],
                "note": note,
                "reply": ["completion", "objectives", *dict.fromkeys(ask_for)],
            }
        )  # fmt: skip
    except ValidationError as error:
        raise KetalearnError(f"This cannot be assigned: {first_fault(error)}") from None
