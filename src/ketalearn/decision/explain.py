"""Why a question is on the sheet and where it stands; why another is not. Reads the same rules as the sheet."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from ketalearn.content.models import Prompt
from ketalearn.content.pack import Pack
from ketalearn.decision.profile import QUIZ, Profile, Vocabulary
from ketalearn.decision.sheet import FRONT_RED_FLAGS, ON_FRONT, Question, Sheet, said_in
from ketalearn.decision.triggers import Rank, Said, gates_pass, why_of, wording
from ketalearn.errors import KetalearnError

SCHEMA = "ketalearn/explain@1"

Where = Literal["front", "back", "more", "hidden", "absent"]

RANK_WORDS: dict[int, str] = {
    Rank.RED_FLAG: "a warning sign in what you said",
    Rank.STARRED: "you starred it",
    Rank.OWN_MUST: "a must, by what you said about yourself",
    Rank.BASE_MUST: "a must for everyone",
    Rank.QUIZ_MUST: "a must, by a quiz answer",
    Rank.OTHER_MUST: "a must, by your plans, values or worries",
    Rank.OWN_SHOULD: "good to ask, by what you said about yourself",
    Rank.OTHER_SHOULD: "good to ask",
    Rank.NICE: "nice to ask",
}
PLACE_WORDS: dict[Where, str] = {
    "front": "on the front",
    "back": "on the back",
    "more": "kept here, not on paper",
    "hidden": "taken off by you",
    "absent": "not on your sheet",
}
RAISING = ("red_flag_if", "must_if", "should_if")


class Ground(NamedTuple):
    """One thing that raised a question: the key of the prompt's rule, the fact, and the fact in words."""

    rule: str
    fact: str
    words: str


class SourceUsed(NamedTuple):
    id: str
    short: str
    year: str


@dataclass(frozen=True)
class Explanation:
    """All there is to say about one topic. `number` of `of` is its place in rank, from 1; 0 when it is absent."""

    topic: str
    text: str
    why: str
    where: Where
    number: int
    of: int
    rank: int
    rank_words: str
    place_why: str
    grounds: tuple[Ground, ...]
    not_here: tuple[str, ...]
    raised_by: tuple[str, ...]
    sources: tuple[SourceUsed, ...]
    review_by: str

    def as_dict(self) -> dict[str, Any]:
        table = asdict(self)
        table["grounds"] = [one._asdict() for one in self.grounds]
        table["sources"] = [one._asdict() for one in self.sources]
        return {"schema": SCHEMA} | {
            key: list(value) if isinstance(value, tuple) else value for key, value in table.items()
        }

    def lines(self) -> list[str]:
        """The same as plain lines of text, the topic's question first."""
        lines = [self.text, ""]
        if self.grounds:
            lines.append("What raised it:")
            lines += [f"- {ground.words} ({ground.rule}: {ground.fact})" for ground in self.grounds]
        lines += self.not_here
        lines.append(f"Where: {PLACE_WORDS[self.where]}. {self.place_why}".strip())
        if self.where == "absent" and any(line.startswith("Nothing you said") for line in self.not_here):
            lines.append(f"It would be raised by: {'; '.join(self.raised_by)}.")
        lines.append(f"Why one asks it: {self.why}")
        named = "; ".join(
            source.short + (f" ({source.year})" if source.year and source.year not in source.short else "")
            for source in self.sources
        )
        lines.append(f"Sources: {named}. To be looked at again by {self.review_by}.")
        return lines


def in_rank(sheet: Sheet, profile: Profile, pack: Pack) -> list[Question]:
    """Every question of the sheet from the best rank to the last, wherever it stands."""
    wanted = {topic: place for place, topic in enumerate(profile.order)}
    bank = {prompt.topic: place for place, prompt in enumerate(_prompts(pack))}
    everywhere = (*sheet.front, *sheet.back, *sheet.more)
    return sorted(
        everywhere, key=lambda one: (one.rank, bool(one.asked_by), wanted.get(one.topic, len(wanted)), bank[one.topic])
    )


def places_why(sheet: Sheet, profile: Profile, pack: Pack) -> dict[str, str]:
    """For each topic of the sheet, why it stands on the front, on the back or off paper."""
    ranked = in_rank(sheet, profile, pack)
    number = {question.topic: place for place, question in enumerate(ranked, start=1)}
    base = {prompt.topic for prompt in _prompts(pack) if prompt.base == "must"}
    words: dict[str, str] = {}
    for question in sheet.front:
        words[question.topic] = f"It ranks {_nth(number[question.topic])} of {len(ranked)}."
    for question in sheet.back:
        most = FRONT_RED_FLAGS if question.pinned else ON_FRONT
        kind = "warning questions " if question.pinned else ""
        words[question.topic] = (
            f"The front takes {most} {kind}at most; this one ranks {_nth(number[question.topic])} of {len(ranked)}."
        )
    full = len(sheet.on_paper)
    for question in sheet.more:
        if question.topic in profile.hidden:
            words[question.topic] = "You took it off paper. A warning question stays here."
            continue
        words[question.topic] = f"{full} fit on paper; this one ranks {_nth(number[question.topic])}."
        if number[question.topic] <= full:
            # base musts go on paper before better ranked ones; and a sheet may fill its two sides early
            passed = any(one.topic in base and number[one.topic] > number[question.topic] for one in sheet.on_paper)
            reason = "Questions that everyone gets go first" if passed else "The words of the others fill the two sides"
            words[question.topic] += f" {reason}."
    texts = {question.topic: question.text for question in ranked}
    for question in ranked:
        if question.asked_by in texts:
            words[question.topic] = (
                f'Another question asks this too: "{texts[question.asked_by]}" {words[question.topic]}'
            )
    return words


def explain(pack: Pack, profile: Profile, sheet: Sheet, topic: str) -> Explanation:
    """Why `topic` is on `sheet` (made from `profile`) or not. Raises KetalearnError for an unknown topic."""
    prompt = next((one for one in _prompts(pack) if one.topic == topic), None)
    if prompt is None:
        close = difflib.get_close_matches(topic, [one.topic for one in _prompts(pack)], n=1, cutoff=0.5)
        hint = f"did you mean '{close[0]}'?" if close else "see the topics with: ketalearn sheet --format json"
        raise KetalearnError(f"there is no question with the topic '{topic}'; {hint}")
    vocabulary = Vocabulary(pack.interview)
    profile = vocabulary.recognised(profile)
    said = said_in(profile, vocabulary)
    ranked = in_rank(sheet, profile, pack)
    found = next(((at, one) for at, one in enumerate(ranked, start=1) if one.topic == topic), None)
    where: Where = "absent"
    if found is not None:
        for name, questions in (("front", sheet.front), ("back", sheet.back), ("more", sheet.more)):
            if any(one.topic == topic for one in questions):
                where = name  # type: ignore[assignment]
    elif topic in profile.hidden:
        where = "hidden"
    grounds = _grounds(prompt, said, vocabulary)
    if found is not None and not grounds and topic in profile.starred:
        grounds = (Ground("starred", topic, "You starred it"),)
    elif found is not None and not grounds and topic in profile.edited:
        grounds = (Ground("edited", topic, "You put it in your own words"),)
    rank = found[1].rank if found else 0
    return Explanation(
        topic=topic,
        text=found[1].text if found else wording(prompt, said.all),
        why=found[1].why if found else why_of(prompt, said.all),
        where=where,
        number=found[0] if found else 0,
        of=len(ranked),
        rank=rank,
        rank_words=RANK_WORDS.get(rank, ""),
        place_why=f"{places_why(sheet, profile, pack)[topic]} Its rank: {RANK_WORDS[rank]}." if found else "",
        grounds=grounds,
        not_here=() if found else tuple(_not_here(prompt, said, profile, vocabulary)),
        raised_by=tuple(_labels(_raising(prompt), vocabulary)),
        sources=tuple(
            SourceUsed(name, source.short, str(source.year or ""))
            for name in prompt.sources
            if (source := pack.sources.get(name))
        ),
        review_by=prompt.review_by.isoformat(),
    )


def _prompts(pack: Pack) -> list[Prompt]:
    return [prompt for group in pack.groups for prompt in group.prompt]


def _grounds(prompt: Prompt, said: Said, vocabulary: Vocabulary) -> tuple[Ground, ...]:
    if not gates_pass(prompt, said.all):
        return ()
    grounds = [
        Ground(rule, fact, _said_words(fact, said, vocabulary))
        for rule in RAISING
        for fact in getattr(prompt, rule)
        if fact in (said.facts if rule == "red_flag_if" else said.all)
    ]
    if prompt.base:
        grounds.append(Ground("base", prompt.base, "Everyone is given it"))
    return tuple(grounds)


def _not_here(prompt: Prompt, said: Said, profile: Profile, vocabulary: Vocabulary) -> Iterable[str]:
    if prompt.topic in profile.hidden:
        yield "You took it off. Choose it in the list to put it back."
        return
    facts = said.all
    for fact in prompt.never_if:
        if fact in facts:
            yield f"{_said_words(fact, said, vocabulary)}. With that, it is not asked."
            return
    if missing := [fact for fact in prompt.gate_all if fact not in facts]:
        yield f"It is asked only of those who say: {' and '.join(_labels(missing, vocabulary))}."
    if prompt.gate_any and not any(fact in facts for fact in prompt.gate_any):
        yield f"It is asked only of those who say one of: {'; '.join(_labels(prompt.gate_any, vocabulary))}."
        if set(_raising(prompt)) <= set(prompt.gate_any):
            return
    if not prompt.base and not any(fact in facts for fact in _raising(prompt)):
        yield "Nothing you said raises it."


def _raising(prompt: Prompt) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for rule in RAISING for fact in getattr(prompt, rule)))


def _labels(facts: Iterable[str], vocabulary: Vocabulary) -> Iterable[str]:
    return dict.fromkeys(_label(fact, vocabulary) for fact in facts)


def _label(fact: str, vocabulary: Vocabulary) -> str:
    prefix, _, name = fact.partition(":")
    if prefix == "quiz":
        return f"a quiz answer about {vocabulary.values[QUIZ[0]][name].label}"
    value = vocabulary.value_of(fact)
    label = (value.label if value else name).rstrip(".")
    return f'not yet "{label}"' if prefix == "ready" else label


def _said_words(fact: str, said: Said, vocabulary: Vocabulary) -> str:
    prefix, _, name = fact.partition(":")
    label = _label(fact, vocabulary)
    if prefix == "quiz":
        label = vocabulary.values[QUIZ[0]][name].label
        if name in said.sure:
            return f"You were very sure, and the sources say otherwise: {label}"
        if name in said.missed:
            return f"You want to understand this better: {label}"
        return (
            f"You were not sure about: {label}"
            if name in said.unsure
            else f"You went over this in a quiz, and have it now: {label}"
        )
    if prefix == "ready":
        return f"You could not yet say: {label.removeprefix('not yet ')}"
    return f"{'What matters to you' if prefix == 'value' else 'You said'}: {label}"


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
