"""A clinic and a learner on two folders, and files that go between them."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path
from typing import Any

from ketalearn.clinic.assignment import Assignment, write_assignment
from ketalearn.clinic.completion import sealed
from ketalearn.clinic.keys import Keys, make_keys
from ketalearn.clinic.roster import Roster, new_assignment

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
MODULES = ("01-first", "02-second")
KEYS = make_keys()


def assigned(
    roster: Roster, patient: str = "P-17", *, name: str = "Riverside Clinic", questions: tuple[str, ...] = ()
) -> tuple[Assignment, bytes]:
    """An assignment of both modules of the small pack, kept in the roster, and its file."""
    one = new_assignment(
        roster, patient=patient, modules=MODULES, known_modules=MODULES, due="2026-12-08", questions=questions,
        note="Ring us if you cannot come.", clinic=name, phone="555-0100", now=lambda: NOW,
    )  # fmt: skip
    roster.keep_assignment(one)
    return one, write_assignment(one, roster.keys)


def return_content(one: Assignment, day: str = "2026-12-01") -> bytes:
    """A small return for an assignment."""
    return (
        f'{{"schema": "ketalearn/return@1", "assignment_id": "{one.id}", "patient_code": "{one.patient_code}", '
        f'"returned": "{day}", "modules": [{{"id": "01-first", "done": true}}]}}'
    ).encode()


def return_file(roster: Roster, one: Assignment, day: str = "2026-12-01") -> bytes:
    return sealed(return_content(one, day), roster.keys.age_key)


def dump(path: Path) -> list[str]:
    """Everything that a SQLite file holds."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def signed(body: dict[str, Any], keys: Keys) -> bytes:
    """Any words, signed as an assignment: what someone with a key and another program can make."""
    line = json.dumps(body, ensure_ascii=False).encode()
    return line + b"\ned25519 " + base64.b64encode(keys.signing.sign(line).signature) + b"\n"
