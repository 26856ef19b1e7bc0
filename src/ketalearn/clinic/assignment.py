"""An assignment: what a clinic asks of one person, as one small signed file of two lines.

Line 1 is a JSON object, line 2 `ed25519 BASE64`, the signature over the exact bytes of line 1. The signature says that
the file is whole and from the holder of the key, not who that is: see `trust`.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from ketalearn.clinic.fingerprint import six_words
from ketalearn.clinic.text import LONGEST, fault_in
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.clinic.keys import Keys

SCHEMA = "ketalearn/assignment@1"
SUFFIX = ".ketalearn-assign"
LARGEST = 64 * 1024
OTHER_CHOICES = "08-other-choices"
NOT_WHOLE = (
    "This is not the whole picture: the module about other choices is not among those asked for. "
    "Waiting, and other treatments, are choices too."
)
ENDORSEMENT = "Please bring your questions. I want to hear them."
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}=$")]
AgeKey = Annotated[str, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


def _fitting(text: str, longest: int = LONGEST) -> str:
    if fault := fault_in(text, longest):
        raise ValueError(fault)
    return text


class Clinic(_Part):
    name: Annotated[str, Field(min_length=1)]
    phone: str
    sign_key: Key
    age_key: AgeKey

    @field_validator("name", "phone")
    @classmethod
    def _short(cls, text: str) -> str:
        return _fitting(text, 80)


class ClinicQuestion(_Part):
    id: Id
    text: Annotated[str, Field(min_length=1)]

    @field_validator("text")
    @classmethod
    def _plain(cls, text: str) -> str:
        return _fitting(text)


class Assignment(_Part):
    """What is asked, of whom, by whom, until when. Dates are days, YYYY-MM-DD; `due` may be empty."""

    id: Uuid
    clinic: Clinic
    patient_code: Code
    issued: Day
    due: Day | Literal[""] = ""
    modules: Annotated[list[Id], Field(min_length=1, max_length=30)]
    questions: Annotated[list[ClinicQuestion], Field(max_length=10)] = []
    note: str = ""
    reply: Annotated[list[Literal["completion", "objectives", "topics", "quiz"]], Field(max_length=4)] = [
        "completion",
        "objectives",
    ]

    @field_validator("note")
    @classmethod
    def _plain(cls, text: str) -> str:
        return _fitting(text)

    @field_validator("issued", "due")
    @classmethod
    def _is_day(cls, text: str) -> str:
        if text:
            dt.date.fromisoformat(text)
        return text

    @field_validator("modules")
    @classmethod
    def _once(cls, modules: list[str]) -> list[str]:
        if len(set(modules)) != len(modules):
            raise ValueError("a module stands in it twice")
        return modules

    @property
    def words(self) -> tuple[str, ...]:
        """The six words of the key that signed it."""
        return six_words(base64.b64decode(self.clinic.sign_key))

    @property
    def whole_picture(self) -> bool:
        return OTHER_CHOICES in self.modules

    def past_due(self, today: dt.date) -> bool:
        return bool(self.due) and today > dt.date.fromisoformat(self.due)

    def from_the_future(self, today: dt.date) -> bool:
        return dt.date.fromisoformat(self.issued) > today


def write_assignment(assignment: Assignment, keys: Keys) -> bytes:
    """The file: two lines, signed with the clinic's key."""
    line = json.dumps({"schema": SCHEMA, **assignment.model_dump()}, ensure_ascii=False, separators=(",", ":")).encode()
    signature = base64.b64encode(keys.signing.sign(line).signature)
    return line + b"\ned25519 " + signature + b"\n"


def read_assignment(data: bytes, name: str = "This file") -> Assignment:
    """Read and verify a file. Raises KetalearnError with one line: too long, altered, foreign or newer."""
    if len(data) > LARGEST:
        raise KetalearnError(f"{name} is longer than 64 kB, so it is no assignment; ask your clinic for the right file")
    # mail programs add carriage returns and empty lines; they are no part of line 1
    lines = data.strip(b"\r\n\t ").split(b"\n")
    if len(lines) != 2:
        raise KetalearnError(f"{name} is no assignment: it must hold two lines; ask your clinic to send it again")
    line = lines[0].rstrip(b"\r")
    raw = json_object(line, f"{name} is no assignment")
    schema = raw.pop("schema", None)
    if isinstance(schema, str) and schema.startswith("ketalearn/assignment@") and schema != SCHEMA:
        raise KetalearnError(f"{name} was made by a newer ketalearn; update yours, then open it again")
    if schema != SCHEMA:
        raise KetalearnError(f"{name} is no assignment of ketalearn; ask your clinic for the right file")
    _verify(line, lines[1].strip(), raw, name)
    try:
        return Assignment.model_validate(raw)
    except ValidationError as error:
        raise KetalearnError(f"{name} cannot be used: {first_fault(error)}. Ask your clinic to make it again") from None


def _verify(line: bytes, second: bytes, raw: dict[str, Any], name: str) -> None:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    altered = KetalearnError(f"{name} was altered after your clinic signed it; ask them to send it again")
    clinic = raw.get("clinic")
    key = clinic.get("sign_key") if isinstance(clinic, dict) else None
    kind, _, signature = second.partition(b" ")
    if kind != b"ed25519" or not isinstance(key, str):
        raise altered
    try:
        given = base64.b64decode(signature, validate=True)
        if base64.b64encode(given) != signature:
            raise altered
        VerifyKey(base64.b64decode(key.encode("ascii"), validate=True)).verify(line, given)
    except (CryptoError, binascii.Error, ValueError, TypeError):
        raise altered from None


def json_object(data: bytes, fault: str) -> dict[str, Any]:
    """A JSON object, each key once, standard numbers alone. Raises KetalearnError that begins with `fault`."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice")
        return found

    def never(word: str) -> Any:
        raise ValueError(f"{word} is no JSON")

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=never)
    except (ValueError, RecursionError):
        raise KetalearnError(f"{fault}: it does not hold what it must; ask for the file again") from None
    if not isinstance(value, dict):
        raise KetalearnError(f"{fault}: it does not hold what it must; ask for the file again")
    return value


def first_fault(error: ValidationError) -> str:
    """The first fault of a file, in one short line that quotes nothing of it."""
    from ketalearn.clinic.text import harmless

    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    return f"{where}: {harmless(first['msg'].removeprefix('Value error, '))}"[:200]
