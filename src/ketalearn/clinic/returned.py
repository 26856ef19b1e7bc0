"""A return file, read by the clinic: decrypted, checked, and refused with one line when it is not whole."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from ketalearn.clinic.assignment import Code, Day, Id, Uuid, first_fault, json_object
from ketalearn.clinic.completion import SCHEMA
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.clinic.keys import Keys

LARGEST = 256 * 1024
Topic = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Typed = Annotated[str, StringConstraints(max_length=4000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class ObjectiveState(_Part):
    id: Id
    state: Literal["mastered", "right", "started", "not_started"]


class ModuleReturn(_Part):
    id: Id
    done: bool | None = None
    objectives: Annotated[list[ObjectiveState], Field(max_length=60)] = []


class QuizAnswer(_Part):
    kind: Literal["quiz"]
    item: Id
    revision: Annotated[int, Field(ge=0, le=10**6)]
    module: Id
    topic: Topic
    chosen: Annotated[list[Annotated[int, Field(ge=0, le=10**6)]], Field(max_length=20)]
    correct: bool
    confidence: Annotated[int, Field(ge=1, le=3)] | None = None
    before: bool | None = None
    """Whether their guess before the lesson was right; not there without one."""
    later: bool | None = None
    """Whether their latest answer was right; not there when they answered once."""


class ProfileAnswer(_Part):
    kind: Literal["profile"]
    field: Topic
    value: Topic


class TeachbackAnswer(_Part):
    kind: Literal["teachback"]
    item: Id
    text: Typed


class TypedAnswer(_Part):
    kind: Literal["medicine", "own_question", "own_value", "free_text"]
    text: Typed


class Return(_Part):
    """What one person sent back. Every part but the first three keys is there only if they ticked it."""

    assignment_id: Uuid
    patient_code: Code
    returned: Day
    modules: Annotated[list[ModuleReturn], Field(max_length=30)] = []
    talk_about: Annotated[list[Topic], Field(max_length=200)] = []
    answers: Annotated[
        list[Annotated[QuizAnswer | ProfileAnswer | TeachbackAnswer | TypedAnswer, Field(discriminator="kind")]],
        Field(max_length=2000),
    ] = []

    @field_validator("returned")
    @classmethod
    def _is_day(cls, text: str) -> str:
        dt.date.fromisoformat(text)
        return text


def opened(data: bytes, keys: Keys, name: str) -> bytes:
    """The content of a return file. Raises KetalearnError with one line."""
    import pyrage

    if len(data) > LARGEST:
        raise KetalearnError(f"{name} is longer than 256 kB, so it is no return; ask for the right file")
    if not data.startswith((b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")):
        raise KetalearnError(f"{name} is no return of ketalearn; ask for the right file")
    try:
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(keys.age_secret)]))
    except pyrage.DecryptError:
        raise KetalearnError(
            f"{name} cannot be opened: it was altered, or made for another clinic's key; ask for it again"
        ) from None


def read_return(content: bytes, name: str) -> Return:
    """Check decrypted content. Raises KetalearnError with one line."""
    raw: dict[str, Any] = json_object(content, f"{name} is no return")
    schema = raw.pop("schema", None)
    if isinstance(schema, str) and schema.startswith("ketalearn/return@") and schema != SCHEMA:
        raise KetalearnError(f"{name} was made by a newer ketalearn; update yours, then add it again")
    if schema != SCHEMA:
        raise KetalearnError(f"{name} is no return of ketalearn; ask for the right file")
    try:
        return Return.model_validate(raw)
    except ValidationError as error:
        raise KetalearnError(f"{name} cannot be used: {first_fault(error)}. Ask for it again") from None
