"""What authors write, as frozen models. Unknown keys are refused; every field says what it holds.

The models are the only place where the shape of a content file is defined: the loader reads TOML and Markdown into
them, the checks work on them, and the JSON Schemas for editors come from them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, model_validator

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


class Pair(Authored):
    """Two things that belong together, with what is so about them."""

    left: Words
    right: Words
    feedback: Words


class Step(Authored):
    """One of the things to put in order; the file lists them in the right order."""

    text: Words
    feedback: Words


class Point(Authored):
    """A key point that the person looks for in their own words."""

    text: Words
    feedback: Words


Use = Literal["before", "after"]
ALL_THAT = "choose all that"
TRUE_FALSE = ("false", "true")


class ItemBase(Authored):
    """What every quiz question has. `topic` is what a miss would matter for at the visit.

    `asks` is the topic of a prompt that is on everyone's sheet, where that is what someone who missed this very item
    most needs to ask: it is named first.
    `use`: "before" items may be offered as a guess before the lesson, "after" items are its quiz. `hint` is one
    sentence that the person may ask for.
    """

    id: Id
    revision: int = Field(ge=1)
    objective: Id
    topic: Topic
    asks: Topic | None = None
    critical: bool = False
    page: Id
    use: tuple[Use, ...] = Field(default=("after",), min_length=1, max_length=2)
    stem: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    hint: Words | None = None

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """All that the person may read of this item, each with the path of keys where it stands."""
        yield ("stem",), self.stem
        if self.hint:
            yield ("hint",), self.hint

    def _distinct(self, texts: Iterable[str], what: str) -> None:
        folded = [" ".join(text.casefold().split()) for text in texts]
        if len(set(folded)) != len(folded):
            raise ValueError(f"item '{self.id}' has the same {what} twice; reword one of them")


class Chosen(ItemBase):
    """An item answered from its options."""

    option: tuple[Option, ...] = Field(min_length=2, max_length=6)

    @property
    def right(self) -> tuple[int, ...]:
        """Positions of the right options, from 0, in the author's order."""
        return tuple(place for place, option in enumerate(self.option) if option.correct)

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().words()
        for place, option in enumerate(self.option):
            yield ("option", place, "text"), option.text
            yield ("option", place, "feedback"), option.feedback

    @model_validator(mode="after")
    def _no_option_twice(self) -> Self:
        self._distinct((option.text for option in self.option), "option")
        return self


class OneOf(Chosen):
    """An item with exactly one right option."""

    @model_validator(mode="after")
    def _one_correct_option(self) -> Self:
        if len(self.right) != 1:
            raise ValueError(
                f"item '{self.id}' has {len(self.right)} correct options; mark exactly one with correct = true"
            )
        return self

    @property
    def correct(self) -> int:
        """Position of the right option, from 0."""
        return self.right[0]


class SingleItem(OneOf):
    """Choose one of a few options."""

    type: Literal["single"] = "single"


class TrueFalseItem(OneOf):
    """A statement that is true or false."""

    type: Literal["truefalse"]
    option: tuple[Option, ...] = Field(min_length=2, max_length=2)

    @model_validator(mode="after")
    def _true_and_false(self) -> Self:
        if tuple(sorted(option.text.casefold() for option in self.option)) != TRUE_FALSE:
            raise ValueError(f"item '{self.id}' is truefalse; give it two options with the texts True and False")
        return self


class MultipleItem(Chosen):
    """Choose all options that fit; at least one does not."""

    type: Literal["multiple"]
    option: tuple[Option, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _some_right_some_wrong(self) -> Self:
        if not self.right:
            raise ValueError(f"item '{self.id}' has no correct option; mark one or more with correct = true")
        if len(self.right) == len(self.option):
            raise ValueError(f"item '{self.id}' has only correct options; add one that is wrong")
        if ALL_THAT not in self.stem.casefold():
            raise ValueError(f"item '{self.id}' does not say how many to choose; put 'Choose all that ...' in its stem")
        return self


class MatchItem(ItemBase):
    """Put together what belongs together."""

    type: Literal["match"]
    pair: tuple[Pair, ...] = Field(min_length=3, max_length=5)

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().words()
        for place, pair in enumerate(self.pair):
            yield ("pair", place, "left"), pair.left
            yield ("pair", place, "right"), pair.right
            yield ("pair", place, "feedback"), pair.feedback

    @model_validator(mode="after")
    def _no_side_twice(self) -> Self:
        self._distinct((pair.left for pair in self.pair), "left side")
        self._distinct((pair.right for pair in self.pair), "right side")
        return self


class OrderItem(ItemBase):
    """Put the steps in order."""

    type: Literal["order"]
    step: tuple[Step, ...] = Field(min_length=3, max_length=5)

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().words()
        for place, step in enumerate(self.step):
            yield ("step", place, "text"), step.text
            yield ("step", place, "feedback"), step.feedback

    @model_validator(mode="after")
    def _no_step_twice(self) -> Self:
        self._distinct((step.text for step in self.step), "step")
        return self


class NumberItem(ItemBase):
    """How many out of `of`: right when at most `tolerance` away from `answer`."""

    type: Literal["number"]
    answer: int = Field(ge=0)
    tolerance: int = Field(ge=0)
    of: int = Field(default=100, gt=0)
    feedback_right: Words
    feedback_low: Words
    feedback_high: Words

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().words()
        yield ("feedback_right",), self.feedback_right
        yield ("feedback_low",), self.feedback_low
        yield ("feedback_high",), self.feedback_high

    @model_validator(mode="after")
    def _within(self) -> Self:
        if self.answer > self.of:
            raise ValueError(f"item '{self.id}' asks for {self.answer} of {self.of}; 'answer' is at most 'of'")
        if self.answer - self.tolerance <= 0 and self.answer + self.tolerance >= self.of:
            raise ValueError(f"item '{self.id}' takes every number as right; make 'tolerance' smaller")
        return self


class TeachbackItem(ItemBase):
    """Say it in your own words, then look for the key points; nothing grades it but the person."""

    type: Literal["teachback"]
    point: tuple[Point, ...] = Field(min_length=3, max_length=4)
    example: Words

    def words(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().words()
        for place, point in enumerate(self.point):
            yield ("point", place, "text"), point.text
            yield ("point", place, "feedback"), point.feedback
        yield ("example",), self.example

    @model_validator(mode="after")
    def _no_point_twice(self) -> Self:
        self._distinct((point.text for point in self.point), "point")
        return self


Item = SingleItem | MultipleItem | TrueFalseItem | MatchItem | OrderItem | NumberItem | TeachbackItem
"""One quiz question of any type; `type` says which."""

ITEM_TYPES: dict[str, type[ItemBase]] = {
    "single": SingleItem,
    "multiple": MultipleItem,
    "truefalse": TrueFalseItem,
    "match": MatchItem,
    "order": OrderItem,
    "number": NumberItem,
    "teachback": TeachbackItem,
}


def _type_of(item: object) -> str:
    """The type an item table names; single when it names none."""
    named = item.get("type", "single") if isinstance(item, dict) else getattr(item, "type", "single")
    return named if isinstance(named, str) else repr(named)


AnyItem = Annotated[
    Annotated[SingleItem, Tag("single")]
    | Annotated[MultipleItem, Tag("multiple")]
    | Annotated[TrueFalseItem, Tag("truefalse")]
    | Annotated[MatchItem, Tag("match")]
    | Annotated[OrderItem, Tag("order")]
    | Annotated[NumberItem, Tag("number")]
    | Annotated[TeachbackItem, Tag("teachback")],
    Discriminator(_type_of),
]


class Quiz(Authored):
    """All items of one module."""

    module: Id
    item: tuple[AnyItem, ...] = Field(min_length=1)


# ---------------------------------------------------------------- evidence


SourceKind = Literal[
    "label",
    "drug-guide",
    "company",
    "guideline",
    "consensus-statement",
    "agency-safety-communication",
    "meta-analysis",
    "rct",
    "cohort",
    "review",
    "patient-resource",
    "news",
    "expert-reasoning",
]
"""What a source is; the kinds of the evidence ledger, and those that tell a maker's own words, a drug guide and news
apart from a label and a patient page."""


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


class ChoiceRow(Authored):
    """A question that people ask of every option. `side` says which rows are weighed against each other for balance."""

    id: Id
    heading: Words
    side: Literal["good", "bad", ""] = ""
    note: str = ""
    """Stands between the heading and the cells, after the key of the pictures where the cells draw any."""


class ChoicePicture(Authored):
    """A fact whose count a cell draws, both arms. `first` is the arm of this option; `note` says what differs."""

    fact: Id
    first: Literal["arm", "comparator"] = "arm"
    note: str = ""


class ChoiceCell(Authored):
    """What one option answers to one row, with its citations."""

    row: Id
    text: Words
    facts: tuple[Id, ...] = ()
    picture: tuple[ChoicePicture, ...] = ()


class ChoiceFit(Authored):
    """How one option goes with one value of a person, and why. The same words for everyone."""

    value: Topic
    fit: Literal["fits", "partly", "does-not", "not-known"]
    why: Words
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _what_is_known_has_a_source(self) -> Self:
        if self.fit != "not-known" and not self.sources:
            raise ValueError(f"fit '{self.fit}' for '{self.value}' needs 'sources'; add one, or write not-known")
        return self


class Choice(Authored):
    """One of the options of the decision; the same fields for each, in the same order."""

    id: Id
    name: Words
    group: str = ""
    """The heading it stands under in the list; "" for none."""
    what: Words
    good: Words
    bad: Words
    sure: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    facts: tuple[Id, ...] = ()
    cell: tuple[ChoiceCell, ...] = ()
    fit: tuple[ChoiceFit, ...] = ()


class ChoiceTable(Authored):
    """All of options.toml: the rows that are asked of each option, and the options in the order shown."""

    row: tuple[ChoiceRow, ...] = ()
    option: tuple[Choice, ...] = Field(min_length=1)


class HelpLine(Authored):
    """A crisis, emergency, poison or drug-help line. Only `ready` lines show a number."""

    name: Words
    kind: Words
    ready: bool
    main: bool = False
    """For anyone in the region; paper shows it large, after the emergency number."""
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
    decision_they: str = ""
    """The decision on a sheet for someone who helps another; "" where it is printed as it stands."""
    decision_cost: str = ""
    """What stands in its place on a paper for those who need no health details."""
    scope_note: Words
    scope_cost: str = ""
    """`scope_note` of a paper that says nothing about health."""
    review_status: Words
    main_message: str = ""
    """The whole in two or three sentences, for the first screen; it needs `main_message_sources`."""
    main_message_sources: tuple[Id, ...] = ()
    method: str = ""
    """How the evidence was found and read."""
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

    @model_validator(mode="after")
    def _a_message_has_a_source(self) -> Self:
        if self.main_message and not self.main_message_sources:
            raise ValueError("'main_message' is a medical statement; add 'main_message_sources'")
        return self


class Allowance(Authored):
    """A warning or hint of `check` that is switched off for one place, and why."""

    code: Annotated[str, StringConstraints(pattern=r"^[WI]\d{3}$")]
    at: Words
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]


# ---------------------------------------------------------------- how good it is


RatingLevel = Literal["qualifying", "certifying", "quality"]
Dimension = Literal[
    "information", "probabilities", "values", "guidance", "development", "evidence", "disclosure", "plain-language",
    "tests", "evaluation",
]  # fmt: skip
RatingStatus = Literal["met", "not-applicable", "partly", "needs-people", "not-met"]
"""Best first: where two readers disagree, the later one counts."""

NEEDS_PEOPLE = frozenset({"K12", "K13", "K14", "K15", "K16", "K17", "K22", "K23"})
"""Criteria of IPDASi v4.0 that only patients, clinicians or a study can answer; no file can."""
CRITERIA = (
    *(f"Q{number}" for number in range(1, 7)),
    *(f"C{number}" for number in range(1, 11)),
    *(f"K{number}" for number in range(1, 29)),
)
"""The 44 criteria of IPDASi v4.0: 6 qualifying, 10 certifying, 28 quality (Joseph-Williams and others, 2014)."""

Evidence = Annotated[str, StringConstraints(pattern=r"^(file|page|screen|command|test|document): \S.*$")]
"""Where a reader can see it: `file: modules/x.toml` of the pack, `page: MODULE/PAGE`, `screen: KIND of place`,
`command: sheet --choices`; and of the project, `test: FILE::TEST` and `document: FILE`."""


class Criterion(Authored):
    """One criterion of IPDASi, in our own words, and how the rater saw it."""

    id: Annotated[str, StringConstraints(pattern=r"^[QCK]\d+$")]
    level: RatingLevel
    dimension: Dimension
    text: Words
    status: RatingStatus
    why: Words
    evidence: tuple[Evidence, ...] = ()
    evaluation_ref: str = ""
    date: dt.date
    rater: Words

    @model_validator(mode="after")
    def _says_no_more_than_was_shown(self) -> Self:
        if self.id in NEEDS_PEOPLE and self.status in ("met", "partly") and not self.evaluation_ref.strip():
            raise ValueError(
                f"'{self.id}' needs real people, so '{self.status}' needs 'evaluation_ref'; "
                "name the study or the review, or write needs-people"
            )
        if self.status == "met" and not self.evidence and not self.evaluation_ref.strip():
            raise ValueError(f"'{self.id}' is met and names no evidence; say where a reader can see it")
        return self


class SelfRating(Authored):
    """All of ipdas.toml: what the project says of itself, criterion by criterion."""

    standard: Words
    words: Words
    not_done: tuple[Words, ...] = Field(min_length=1)
    criterion: tuple[Criterion, ...] = Field(min_length=1)


class ReadingLevel(Authored):
    """How hard one part is to read: US grades with drug and disease names masked, and as they stand."""

    part: Words
    title: Words
    words: int = Field(ge=1)
    sentences: int = Field(ge=1)
    fkgl: float
    smog: float
    fkgl_as_printed: float
    smog_as_printed: float


class ReadingLevels(Authored):
    """All of reading.toml, which a script writes."""

    measured_on: dt.date
    how: Words
    part: tuple[ReadingLevel, ...] = Field(min_length=1)


class ReaderOf(Authored):
    """Who filled a form. `kind` is "ai" unless it is a person."""

    name: Words
    kind: Literal["person", "ai"]
    words: Words
    date: dt.date


class ScaleScore(Authored):
    """One scale of a form: points of how many items that apply, at the lower value of the readers."""

    name: Words
    points: int = Field(ge=0)
    of: int = Field(ge=0)
    each: tuple[int, ...]
    """Each reader's own score in percent, in the order of the readers."""


class LowItem(Authored):
    """An item that did not get its best answer from every reader, with what they saw."""

    id: Words
    text: Words
    answer: Words
    reasons: tuple[Words, ...]


class EarlierScore(Authored):
    """What the readers of an earlier round said of the content as it was then."""

    round: int = Field(ge=1)
    name: Words
    points: int = Field(ge=0)
    of: int = Field(ge=0)
    date: dt.date


class FormScore(Authored):
    """One form, filled by one or more readers of the same content; `round` 2 read what was mended after round 1."""

    form: Id
    title: Words
    passing: int | None = None
    round: int = Field(default=1, ge=1)
    same: int = Field(ge=0)
    items: int = Field(ge=1)
    reader: tuple[ReaderOf, ...] = Field(min_length=1)
    scale: tuple[ScaleScore, ...] = Field(min_length=1)
    earlier: tuple[EarlierScore, ...] = ()
    low: tuple[LowItem, ...] = ()


class Ratings(Authored):
    """All of ratings.toml: what fresh readers said, which a script writes from the filled forms."""

    form: tuple[FormScore, ...] = ()


# ---------------------------------------------------------------- forms to fill in by hand


class PlanStep(Authored):
    """One step of the plan: what to write, and how many lines it gets."""

    text: Words
    lines: int = Field(ge=0, le=6)
    names: bool = False
    """Each line has a place for a name and a number."""
    crisis: bool = False
    """The lines of the region are printed here."""
    sources: tuple[Id, ...] = Field(min_length=1)


class PlanForm(Authored):
    """All of plan.toml: a plan for worse days, and a diary. It holds no answers, only room for them."""

    schema_version: int = 1
    review_by: dt.date
    title: Words
    words: Words
    sources: tuple[Id, ...] = Field(min_length=1)
    """What `words` rests on."""
    step: tuple[PlanStep, ...] = Field(min_length=1, max_length=8)
    diary_title: Words
    diary_words: Words
    diary_sources: tuple[Id, ...] = Field(min_length=1)
    diary_days: int = Field(ge=7, le=14)
    diary_columns: tuple[Words, ...] = Field(min_length=2, max_length=5)

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """All that the form says, each with the keys where it stands."""
        for key in ("title", "words", "diary_title", "diary_words"):
            yield (key,), getattr(self, key)
        for at, step in enumerate(self.step):
            yield ("step", at, "text"), step.text
        for column in self.diary_columns:
            yield ("diary_columns",), column

    def cites(self) -> Iterator[tuple[tuple[str | int, ...], tuple[Id, ...]]]:
        """The sources of each part, with the keys where they stand."""
        yield ("sources",), self.sources
        for at, step in enumerate(self.step):
            yield ("step", at, "sources"), step.sources
        yield ("diary_sources",), self.diary_sources


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
    said: str = ""
    """The answer as a phrase after "You said:" ("" where the label is one)."""
    says: tuple[Fact, ...] = ()
    """Facts that this answer says too: a reason or a notice that names it does not name them as well."""
    names: tuple[str, ...] = ()
    kind_words: str = ""
    raises_nothing: str = ""
    """Why no prompt is raised by this value; needed exactly where none is."""


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
    group: str = ""
    """The heading it stands under on the screen; "" for none."""


# ---------------------------------------------------------------- prompts and safety


class Variant(Authored):
    """Another wording of a prompt, used when all facts of `when` hold, and one of `any` where it names some.

    Changes the text only.
    """

    when: tuple[Fact, ...]
    any: tuple[Fact, ...] = ()
    text: Words

    def fits(self, facts: frozenset[str]) -> bool:
        return facts.issuperset(self.when) and (not self.any or not facts.isdisjoint(self.any))


class Reason(Authored):
    """Another `why` of a prompt, used as a `Variant` is (for a region, say); `they` on a helper's sheet."""

    when: tuple[Fact, ...] = ()
    any: tuple[Fact, ...] = ()
    text: Words
    they: str = ""

    def fits(self, facts: frozenset[str]) -> bool:
        return facts.issuperset(self.when) and (not self.any or not facts.isdisjoint(self.any))


class Covered(Authored):
    """Another prompt that asks this one too: with all facts of `when`, one of `any` and none of `unless`.

    The two then share one line (near-duplicates share one line rather than two places).
    """

    by: Topic
    when: tuple[Fact, ...] = ()
    any: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()

    def fits(self, facts: frozenset[str]) -> bool:
        said = facts.issuperset(self.when) and (not self.any or not facts.isdisjoint(self.any))
        return said and facts.isdisjoint(self.unless)


class Prompt(Authored):
    """A question for the doctor, and the rule that raises it (meanings: CONTRIBUTING.md, "Prompts")."""

    id: Id
    topic: Topic
    revision: int = Field(ge=1)
    text: Words
    why: Words
    they: str = ""
    """The third-person form for `goal:supporting_someone`, used when no variant that names that fact fits."""
    they_why: str = ""
    """`why` for `goal:supporting_someone`; needed where `why` says "you"."""
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
    reason: tuple[Reason, ...] = ()
    covered: tuple[Covered, ...] = ()
    fill: Literal["", "values"] = ""
    """What the blank of its text (______) takes where the person chose it: `values`, what matters to them."""

    @property
    def wordings(self) -> tuple[Variant, ...]:
        return (*self.variants, *self.variant)


class RegionWord(Authored):
    """A word of the prompts, and what is printed in its place in some regions."""

    word: Words
    say: Words
    where: tuple[str, ...] = Field(min_length=1)


class PromptGroup(Authored):
    """One file of prompts, printed under one heading."""

    group: Words
    prompt: tuple[Prompt, ...] = Field(min_length=1)


class Level(Authored):
    """A safety level and the facts that raise it by themselves; the list is highest first."""

    id: LevelId
    raised_by: tuple[Fact, ...] = ()
    notice: str = ""
    """Words of the notice before those on the stage: "Talk with a clinician today, and before your next dose"."""
    with_emergency: tuple[Fact, ...] = ()


class Phrase(Authored):
    """Words that open Crisis help once; `*` at the end of a word stands for any ending."""

    kind: Literal["suicide", "emergency"]
    pattern: Words
    not_after: tuple[Words, ...] = ()


class Safety(Authored):
    level: tuple[Level, ...]
    phrase: tuple[Phrase, ...]


# ---------------------------------------------------------------- one's own words, and readiness


class Suggestion(Authored):
    """Phrases that make us think of a fact which the person may then choose to add; `*` stands for any ending."""

    fact: Fact
    phrases: tuple[Words, ...] = Field(min_length=1)


class Suggestions(Authored):
    """What typed words may suggest. A phrase is denied by one of `denials` at most `reach` words before it."""

    denials: tuple[Words, ...] = ()
    breaks: tuple[Words, ...] = ()
    reach: int = Field(default=4, ge=1)
    suggest: tuple[Suggestion, ...] = ()


class Statement(Authored):
    """One sentence about being ready to choose. Answered no or not sure, it raises `raises` by the fact `ready:ID`."""

    id: Topic
    text: Words
    raises: tuple[Topic, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = Field(min_length=1)


class Readiness(Authored):
    """The statements in the order in which they are asked."""

    statement: tuple[Statement, ...] = Field(min_length=1, max_length=6)
