"""What authors write, as frozen models. Unknown keys are refused; every field says what it holds.

The models are the only place where the shape of a content file is defined: the loader reads TOML and Markdown into
them, the checks work on them, and the JSON Schemas for editors come from them.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Topic = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Fact = Annotated[str, StringConstraints(pattern=r"^[a-z]+:[A-Za-z0-9_]+$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Certainty = Literal["high", "moderate", "low", "very-low", "expert-consensus"]
AppliesTo = Literal[
    "esketamine-nasal", "ketamine-iv", "ketamine-im-sc", "ketamine-oral", "ketamine-any",
    "ect", "tms", "antidepressants", "psychotherapy", "depression", "general",
]  # fmt: skip
Ask = Literal["prescriber", "regular_doctor", "pharmacist", "clinic_staff", "therapist", "billing", "eye_doctor"]
Base = Literal["must", "should", "nice", ""]
LevelId = Literal["emergency_now", "crisis_first", "red_flag", "caution", "none"]


class Authored(BaseModel):
    """Base of all that authors write: frozen, and no key that is not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


# ---------------------------------------------------------------- modules


class Objective(Authored):
    """What a learner can do after the module; two items or more test it."""

    id: Id
    text: Words
    critical: bool = False


class Module(Authored):
    """One module's own table: enough to list it without reading its lessons."""

    id: Id
    title: Words
    question: Words
    minutes: int = Field(ge=1, le=60)
    revision: int = Field(ge=1)
    pages: tuple[Id, ...] = Field(min_length=1)
    items: tuple[Id, ...] = ()
    objective: tuple[Objective, ...] = Field(min_length=1)


class PageFront(Authored):
    """The front matter of a lesson page, between its two `+++` lines."""

    id: Id
    title: Words
    revision: int = Field(ge=1)
    objectives: tuple[Id, ...] = ()
    facts: tuple[Id, ...] = ()
    array: Id | None = None
    caption: Words | None = None

    @model_validator(mode="after")
    def _array_has_caption(self) -> Self:
        if (self.array is None) != (self.caption is None):
            raise ValueError("a number page has both 'array' and 'caption'; write both or neither")
        return self


class Page(Authored):
    """A lesson page: its front matter and its Markdown, with the line where the Markdown starts."""

    front: PageFront
    body: str
    body_line: int


class Option(Authored):
    """One answer that can be chosen in an item, with what it teaches."""

    text: Words
    feedback: Words
    correct: bool = False


class Item(Authored):
    """One quiz question. `topic` is what a miss would matter for at the visit."""

    id: Id
    revision: int = Field(ge=1)
    type: Literal["single"] = "single"
    objective: Id
    topic: Topic
    critical: bool = False
    page: Id
    stem: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    option: tuple[Option, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _one_correct_option(self) -> Self:
        right = sum(option.correct for option in self.option)
        if right != 1:
            raise ValueError(f"item '{self.id}' has {right} correct options; mark exactly one with correct = true")
        texts = [option.text.casefold() for option in self.option]
        if len(set(texts)) != len(texts):
            raise ValueError(f"item '{self.id}' has the same option twice; reword one of them")
        return self

    @property
    def correct(self) -> int:
        """Position of the right option, from 0."""
        return next(place for place, option in enumerate(self.option) if option.correct)


class Quiz(Authored):
    """All items of one module."""

    module: Id
    item: tuple[Item, ...] = Field(min_length=1)


# ---------------------------------------------------------------- evidence


SourceKind = Literal[
    "label",
    "guideline",
    "consensus-statement",
    "agency-safety-communication",
    "meta-analysis",
    "rct",
    "cohort",
    "review",
    "patient-resource",
    "expert-reasoning",
]
"""What a source is; the kinds of the evidence ledger."""


class Source(Authored):
    """Where a statement comes from, and how that was verified."""

    citation: Words
    short: Words
    kind: SourceKind
    how_verified: Words
    year: int | str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    note: str | None = None


class Arm(Authored):
    """The comparison group of a number: how many out of how many."""

    count: float = Field(ge=0)
    of: int = Field(gt=0)
    arm: Words


class EvidenceFact(Authored):
    """One thing we know, stated once and shown as words, count and icon array."""

    subject: Words
    statement: Words
    certainty: Certainty
    applies_to: tuple[AppliesTo, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = Field(min_length=1)
    verified: Literal["yes", "partly"]
    review_by: dt.date
    count: float | None = Field(default=None, ge=0)
    of: int | None = Field(default=None, gt=0)
    arm: Words | None = None
    comparator: Arm | Literal["none"] | None = None
    why_none: Words | None = None
    population: Words | None = None
    timeframe: Words | None = None
    caution: str | None = None

    @model_validator(mode="after")
    def _a_count_says_compared_with_what(self) -> Self:
        if self.count is None:
            return self
        if self.of is None or self.arm is None or self.comparator is None:
            raise ValueError("a fact with 'count' needs 'of', 'arm' and 'comparator'; add what is missing")
        if self.comparator == "none" and not self.why_none:
            raise ValueError("comparator = \"none\" needs 'why_none'; say why there is no comparison group")
        if self.population is None or self.timeframe is None:
            raise ValueError("a fact with 'count' needs 'population' and 'timeframe'; add what is missing")
        return self


class Term(Authored):
    """A glossary entry."""

    id: Id
    term: Words
    plain: Words
    sources: tuple[Id, ...] = ()


class Choice(Authored):
    """One of the options of the decision; the same fields for each, in the same order."""

    id: Id
    name: Words
    what: Words
    good: Words
    bad: Words
    sure: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    facts: tuple[Id, ...] = ()


class HelpLine(Authored):
    """A crisis, emergency, poison or drug-help line. Only `ready` lines show a number."""

    name: Words
    kind: Words
    ready: bool
    hours: str = ""
    for_whom: str = ""
    call: str = ""
    text: str = ""
    web: str = ""
    digits: tuple[str, ...] = ()
    level: str = ""
    how_verified: str = ""
    checked_on: str = ""


class HelpRegion(Authored):
    """All help of one region; `digits_emergency` are the bare digits of its emergency numbers."""

    label: Words
    emergency: str
    emergency_words: Words
    emergency_verified: str
    digits_emergency: tuple[str, ...] = ()
    also_works: tuple[str, ...] = ()
    notes: str = ""
    editor_notes: str = ""
    review_by: dt.date
    lines: tuple[HelpLine, ...] = ()


# ---------------------------------------------------------------- pack


class PackInfo(Authored):
    """What the pack is, who made it, and who has and has not checked it."""

    id: Id
    title: Words
    version: Words
    published: dt.date
    reviewed_on: dt.date | None = None
    clinician_reviewed: bool = False
    decision: Words
    scope_note: Words
    review_status: Words
    language: Words
    modules: tuple[Id, ...] = Field(min_length=1)
    funding: Words
    update_policy: Words
    authors: Words
    licence: Words

    @model_validator(mode="after")
    def _a_review_has_a_date(self) -> Self:
        if self.clinician_reviewed and self.reviewed_on is None:
            raise ValueError("clinician_reviewed = true needs 'reviewed_on'; add the date of the review")
        return self


# ---------------------------------------------------------------- the interview


class Screen(Authored):
    """One short screen of About me: which fields it asks."""

    id: Id
    title: Words
    fields: tuple[Topic, ...] = Field(min_length=1)


class Group(Authored):
    """A heading with at most seven values under it."""

    title: Words
    values: tuple[str, ...] = Field(min_length=1, max_length=7)


class Value(Authored):
    """One answer a person can give; `tell` is the line for the Tell box ("" when there is none)."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")]
    label: Words
    help: str = ""
    tell: str = ""
    tell_they: str = ""
    names: tuple[str, ...] = ()
    kind_words: str = ""


class AskedField(Authored):
    """One question of the interview and the answers it takes."""

    id: Topic
    label: Words
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    kind: Literal["one", "many"]
    exclusive: tuple[str, ...] = ()
    help: str = ""
    set_by: Literal["person", "quiz"] = "person"
    group: tuple[Group, ...] = ()
    value: tuple[Value, ...] = Field(min_length=1)


class Interview(Authored):
    """About me: its screens and every value a profile may hold."""

    screen: tuple[Screen, ...]
    field: tuple[AskedField, ...]


class PersonalValue(Authored):
    """One of the twelve things that may matter most."""

    id: Topic
    label: Words
    help: Words


class PersonalValues(Authored):
    value: tuple[PersonalValue, ...]


# ---------------------------------------------------------------- prompts and safety


class Variant(Authored):
    """Another wording of a prompt, used when all facts of `when` hold. Changes the text only."""

    when: tuple[Fact, ...]
    text: Words


class Prompt(Authored):
    """A question for the doctor, and the rule that raises it (meanings: CONTRIBUTING.md, "Prompts")."""

    id: Id
    topic: Topic
    revision: int = Field(ge=1)
    text: Words
    why: Words
    private: str = ""
    ask: tuple[Ask, ...] = Field(min_length=1)
    base: Base
    must_if: tuple[Fact, ...] = ()
    should_if: tuple[Fact, ...] = ()
    gate_any: tuple[Fact, ...] = ()
    gate_all: tuple[Fact, ...] = ()
    never_if: tuple[Fact, ...] = ()
    red_flag_if: tuple[Fact, ...] = ()
    sources: tuple[Id, ...] = Field(min_length=1)
    review_by: dt.date
    variant: tuple[Variant, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def wordings(self) -> tuple[Variant, ...]:
        return (*self.variants, *self.variant)


class PromptGroup(Authored):
    """One file of prompts, printed under one heading."""

    group: Words
    prompt: tuple[Prompt, ...] = Field(min_length=1)


class Level(Authored):
    """A safety level and the facts that raise it by themselves; the list is highest first."""

    id: LevelId
    raised_by: tuple[Fact, ...] = ()
    with_emergency: tuple[Fact, ...] = ()


class Phrase(Authored):
    """Words that open Crisis help once; `*` at the end of a word stands for any ending."""

    kind: Literal["suicide", "emergency"]
    pattern: Words
    not_after: tuple[Words, ...] = ()


class Safety(Authored):
    level: tuple[Level, ...]
    phrase: tuple[Phrase, ...]
