"""Who the person is, as far as they chose to say: the profile, its facts, and reading it from a file.

Format: the profile file of the contract (`ketalearn/profile@1`). Every key is optional; a missing key and an empty
list mean "not said". Allowed values come from `questions/interview.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from ketalearn.content.models import AskedField, Interview, Value
from ketalearn.content.places import place_of, place_of_text, places
from ketalearn.decision.medicines import Guess, MedicineNames
from ketalearn.decision.typed import as_words
from ketalearn.errors import ContentError
from ketalearn.findings import Finding

SCHEMA = "ketalearn/profile@1"

# these never raise and never suppress anything: they count as "not said"
NOT_SAID = frozenset({"prefer_not_to_say", "not_said"})

ONE = ("age_band", "region", "stage", "treatments_tried")
MANY = (
    "goal", "route", "reproductive", "conditions", "medicines", "circumstances", "values", "concerns", "safety",
    "readiness",
)  # fmt: skip
QUIZ = ("quiz_misses", "quiz_unsure", "quiz_mended", "quiz_sure")
TYPED = ("own_value", "free_text", "leaning")
TYPED_LISTS = ("medicine_names", "own_questions")

MOST_VALUES = 3
MOST_STARS = 3


@dataclass(frozen=True)
class Profile:
    """One person's answers. Lists keep the order in which they were given, which never changes the sheet."""

    age_band: str = ""
    region: str = ""
    stage: str = ""
    treatments_tried: str = ""
    goal: tuple[str, ...] = ()
    route: tuple[str, ...] = ()
    reproductive: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    medicine_names: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    own_value: str = ""
    concerns: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    readiness: tuple[str, ...] = ()
    """Ids of the readiness statements answered no or not sure."""
    quiz_misses: tuple[str, ...] = ()
    quiz_unsure: tuple[str, ...] = ()
    quiz_mended: tuple[str, ...] = ()
    quiz_sure: tuple[str, ...] = ()
    """Answered wrong while very sure, and not yet right on a later day."""
    free_text: str = ""
    leaning: str = ""
    """Where one leans now, in one's own words; printed as it stands, it raises nothing."""
    own_questions: tuple[str, ...] = ()
    starred: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    edited: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values chosen in field `name`, one or many, as a tuple."""
        value = getattr(self, name)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(value)

    def with_field(self, name: str, chosen: Iterable[str]) -> Profile:
        """The same profile with the choices of one field replaced."""
        values = tuple(chosen)
        if name in ONE:
            return replace(self, **{name: values[0] if values else ""})  # type: ignore[arg-type]  # a field of ONE is one text
        return replace(self, **{name: values})  # type: ignore[arg-type]  # and one of MANY a tuple of texts

    @property
    def for_someone_else(self) -> bool:
        return "supporting_someone" in self.goal

    def as_dict(self) -> dict[str, Any]:
        """The profile as it is exported: only what was said."""
        said: dict[str, Any] = {"schema": SCHEMA}
        for one in fields(self):
            value = getattr(self, one.name)
            if value:
                said[one.name] = (
                    dict(value) if one.name == "edited" else (value if isinstance(value, str) else list(value))
                )
        return said


class Vocabulary:
    """The values a profile may hold, by field, with quick ways to ask about them."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview

    @cached_property
    def fields(self) -> dict[str, AskedField]:
        return {one.id: one for one in self.interview.field}

    @cached_property
    def values(self) -> dict[str, dict[str, Value]]:
        return {one.id: {value.id: value for value in one.value} for one in self.interview.field}

    @cached_property
    def by_prefix(self) -> dict[str, str]:
        """From the word before the colon of a fact to the field it belongs to."""
        return {one.prefix: one.id for one in self.interview.field if one.id not in QUIZ[1:]}

    @cached_property
    def medicine_names(self) -> MedicineNames:
        return MedicineNames(self.values.get("medicines", {}).values())

    def value_of(self, fact: str) -> Value | None:
        """The value that a fact `prefix:value` speaks of, or None."""
        prefix, _, value = fact.partition(":")
        return self.values.get(self.by_prefix.get(prefix, ""), {}).get(value)

    def allowed(self, name: str) -> tuple[str, ...]:
        """The values that field `name` takes; the quiz fields share theirs."""
        return tuple(self.values.get("quiz_misses" if name in QUIZ else name, {}))

    def class_of(self, medicine_name: str) -> str | None:
        """The medicine value that a typed name belongs to (generic or brand, spelt right), or None."""
        known = self.medicine_names.exact(medicine_name)
        return known.value if known else None

    def medicine_guesses(self, names: Iterable[str]) -> tuple[Guess, ...]:
        """The names that are not known but look like one that is; each is only ever asked about."""
        guesses = (self.medicine_names.guess(name) for name in dict.fromkeys(names))
        return tuple(guess for guess in guesses if guess)

    def recognised(self, profile: Profile) -> Profile:
        """The profile with the class of every recognised medicine name added to `medicines`."""
        classes = [known for name in profile.medicine_names if (known := self.class_of(name))]
        added = tuple(dict.fromkeys(one for one in classes if one not in profile.medicines))
        return replace(profile, medicines=(*profile.medicines, *added)) if added else profile

    def facts(self, profile: Profile) -> frozenset[str]:
        """All `prefix:value` facts of the profile, quiz topics aside, in the words that rules use."""
        said = self.recognised(profile)
        return frozenset(
            f"{one.prefix}:{value}"
            for name, one in self.fields.items()
            if name not in QUIZ
            for value in said.chosen(name)
            if value not in NOT_SAID
        )


def kept(name: str, chosen: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """`chosen` with the rules of the field applied: an exclusive value stands alone, the last choice wins."""
    one = vocabulary.fields[name]
    values = list(dict.fromkeys(chosen))
    if not values:
        return ()
    if one.kind == "one" or values[-1] in one.exclusive:
        return (values[-1],)
    return tuple(value for value in values if value not in one.exclusive)


# ---------------------------------------------------------------- reading a profile file


def read_profile(path: Path, shown: str, vocabulary: Vocabulary, topics: Iterable[str]) -> Profile:
    """Read a profile file. Raises ContentError with `file:line:col` for every fault in it."""
    findings: list[Finding] = []

    def report(place: tuple[int, int], message: str, fix: str) -> None:
        findings.append(Finding(shown, place[0], place[1], "E030", "error", message, fix))

    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomli.loads(text)
    except FileNotFoundError:
        report((1, 1), "there is no such file", "check its name and folder")
    except UnicodeDecodeError:
        report((1, 1), "this is not text in UTF-8", "save the file as plain text, encoding UTF-8")
    except OSError as error:
        report((1, 1), f"this file cannot be read ({error.strerror})", "check that it is a file you may read")
    except tomli.TOMLDecodeError as error:
        report((error.lineno, error.colno), f"this is not TOML: {error.msg}", "mend this line or the one above")
    except RecursionError:
        report((1, 1), "this file is nested too deep", "use the plain form of the profile file")
    if findings:
        raise ContentError(findings)
    known = places(text)

    def report_at(key: str, message: str, fix: str, value: str | None = None) -> None:
        place = place_of(known, (key,))
        report(place if value is None else place_of_text(text, place, value), message, fix)

    profile = profile_of(table, vocabulary, topics, report_at)
    if findings:
        raise ContentError(findings)
    return profile


def profile_of(table: Mapping[str, Any], vocabulary: Vocabulary, topics: Iterable[str], report: Any) -> Profile:
    """A table (TOML or JSON) as a profile. `report(key, message, fix)` is called for every fault, with the value at
    fault behind it where a value is unknown."""
    from ketalearn.content.load import did_you_mean

    known_topics = list(topics)
    names = [one.name for one in fields(Profile)]
    said: dict[str, Any] = {}
    for key, value in table.items():
        if key == "schema":
            if value != SCHEMA:
                report(key, f"this profile is of another form ({value!r})", f'write schema = "{SCHEMA}"')
        elif key not in names:
            report(key, f"unknown key '{key}'", did_you_mean(key, names))
        elif key == "edited":
            if isinstance(value, Mapping) and all(isinstance(words, str) for words in value.values()):
                said[key] = {str(topic): as_words(words) for topic, words in value.items() if as_words(words).strip()}
                _topics_known(key, said[key], known_topics, report)
            else:
                report(key, "'edited' is not a table of words", 'write topic = "your words" under [edited]')
        elif key in ONE or key in TYPED:
            if isinstance(value, str):
                said[key] = as_words(value) if key in TYPED else value
                if key in ONE and value:
                    _values_known(key, [value], vocabulary, report)
            else:
                report(key, f"'{key}' takes one text", f'write {key} = "..."')
        elif not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            report(key, f"'{key}' takes a list of texts", f'write {key} = ["..."]')
        else:
            said[key] = tuple(map(as_words, value)) if key in TYPED_LISTS else tuple(dict.fromkeys(value))
            if key in MANY or key in QUIZ:
                _values_known(key, value, vocabulary, report)
    for key in ("starred", "hidden", "order"):
        _topics_known(key, said.get(key, ()), known_topics, report, own=len(said.get("own_questions", ())))
    for key, most in (("values", MOST_VALUES), ("starred", MOST_STARS)):
        if len(said.get(key, ())) > most:
            report(key, f"'{key}' holds {len(said[key])} entries; at most {most} count", "take some out")
    return Profile(**said)


def _values_known(key: str, values: Iterable[str], vocabulary: Vocabulary, report: Any) -> None:
    from ketalearn.content.load import did_you_mean, nearest

    allowed = vocabulary.allowed(key)
    for value in values:
        if value not in allowed:
            mend = did_you_mean(value, allowed, f"the nearest is '{nearest(value, allowed)}'")
            report(key, f"unknown value '{value}' in '{key}'", mend, value)


def _topics_known(key: str, topics: Iterable[str], known: list[str], report: Any, own: int | None = None) -> None:
    from ketalearn.content.load import did_you_mean

    for topic in topics:
        if topic in known or (own is not None and topic in {f"own:{place + 1}" for place in range(own)}):
            continue
        report(key, f"'{topic}' in '{key}' is not a topic of the bank", did_you_mean(topic, known), topic)
