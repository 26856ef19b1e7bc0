"""Which prompts a profile raises, how strongly, and why. The rules themselves are data in `questions/prompts/`.

Meaning of a prompt's rule: it is raised when its gates pass and its level is not hidden; `must_if` and `should_if`
raise the level when any of their facts holds; `never_if` wins over everything; `red_flag_if` pins it first.
Ranks are those of the contract ("From answers to the sheet").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from ketalearn.content.models import Prompt

# a fact about the person's own body, medicines, home or plans outranks general interest
OWN_PREFIXES = frozenset({"cond", "med", "repro", "age", "safety", "circ", "stage"})
FOR_ANOTHER = "goal:supporting_someone"
OWN_FACTS = frozenset({"route:at_home", "route:compounded", FOR_ANOTHER})

Priority = Literal["must", "should", "nice"]


class Rank(IntEnum):
    """The contract's nine ranks, best first."""

    RED_FLAG = 1
    STARRED = 2
    OWN_MUST = 3
    BASE_MUST = 4
    QUIZ_MUST = 5
    OTHER_MUST = 6
    OWN_SHOULD = 7
    OTHER_SHOULD = 8
    NICE = 9


@dataclass(frozen=True)
class Said:
    """What the rules look at: facts said, and the topics of missed, unsure and mended quiz items."""

    facts: frozenset[str]
    missed: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    """Missed while very sure; raises like any miss and gives a reason of its own."""

    @property
    def quiz(self) -> frozenset[str]:
        """Quiz facts that raise in full: what was missed or unsure."""
        return frozenset(f"quiz:{topic}" for topic in self.missed | self.unsure | self.sure)

    @property
    def quiz_mended(self) -> frozenset[str]:
        """Quiz facts that raise to should at most."""
        return frozenset(f"quiz:{topic}" for topic in self.mended) - self.quiz

    @property
    def all(self) -> frozenset[str]:
        return self.facts | self.quiz | self.quiz_mended


@dataclass(frozen=True)
class Raised:
    """One prompt that a profile raises, and what raised it (in the order of the prompt's own rule)."""

    prompt: Prompt
    priority: Priority
    rank: Rank
    red_flags: tuple[str, ...]
    because: tuple[str, ...]
    fits: bool = True
    """False when no rule raises it now: it is kept because the person starred or reworded it."""
    asked_by: str = ""
    """The topic of the question that asks this too, so that this one stands last; "" for none."""

    @property
    def pinned(self) -> bool:
        return bool(self.red_flags)


def is_own(fact: str) -> bool:
    return fact.partition(":")[0] in OWN_PREFIXES or fact in OWN_FACTS


def gates_pass(prompt: Prompt, facts: frozenset[str]) -> bool:
    """Whether the prompt may be shown at all."""
    if any(fact in facts for fact in prompt.never_if):
        return False
    if prompt.gate_any and not any(fact in facts for fact in prompt.gate_any):
        return False
    return all(fact in facts for fact in prompt.gate_all)


def raise_prompt(prompt: Prompt, said: Said, *, starred: bool = False, edited: bool = False) -> Raised | None:
    """`prompt` with its priority, rank and reasons, or None when nothing raises it.

    What the person starred or put in their own words stays, also when no rule raises it any more.
    """
    facts = said.all
    fits = gates_pass(prompt, facts)
    flags = tuple(fact for fact in prompt.red_flag_if if fact in said.facts) if fits else ()
    must = [fact for fact in prompt.must_if if fact in said.facts | said.quiz] if fits else []
    should = [fact for fact in prompt.should_if if fact in facts] if fits else []
    # a mended miss raises to should at most, whichever list it stands in
    should += [fact for fact in prompt.must_if if fact in said.quiz_mended] if fits else []
    ranks: list[tuple[Rank, Priority]] = []
    if flags:
        ranks.append((Rank.RED_FLAG, "must"))
    for fact in must:
        ranks.append((_rank(fact, Rank.OWN_MUST, Rank.QUIZ_MUST, Rank.OTHER_MUST), "must"))
    for fact in should:
        ranks.append((Rank.OWN_SHOULD if is_own(fact) else Rank.OTHER_SHOULD, "should"))
    if fits and prompt.base == "must":
        ranks.append((Rank.BASE_MUST, "must"))
    elif fits and prompt.base == "should":
        ranks.append((Rank.OTHER_SHOULD, "should"))
    elif fits and prompt.base == "nice":
        ranks.append((Rank.NICE, "nice"))
    if not ranks and not starred and not edited:
        return None
    rank, priority = min(ranks) if ranks else (Rank.NICE, "nice")
    if starred and not flags:
        rank = Rank.STARRED
    because = tuple(dict.fromkeys((*flags, *must, *should)))
    return Raised(prompt=prompt, priority=priority, rank=rank, red_flags=flags, because=because, fits=bool(ranks))


def _rank(fact: str, own: Rank, quiz: Rank, other: Rank) -> Rank:
    if is_own(fact):
        return own
    return quiz if fact.startswith("quiz:") else other


def raise_all(
    prompts: Iterable[Prompt],
    said: Said,
    starred: frozenset[str] = frozenset(),
    edited: frozenset[str] = frozenset(),
) -> list[Raised]:
    """Every raised prompt, in bank order; `starred` and `edited` are topics that stay in any case."""
    raised = (
        raise_prompt(prompt, said, starred=prompt.topic in starred, edited=prompt.topic in edited) for prompt in prompts
    )
    return [one for one in raised if one is not None]


def sharing_lines(raised: list[Raised], facts: frozenset[str], kept: frozenset[str] = frozenset()) -> list[Raised]:
    """`raised` with every question that another one of them asks too (`covered`) put last, as nice to ask.

    Only where that other question ranks at least as well, so that what is asked stays where it was or moves up. A red
    flag never moves, nor does a topic of `kept` (starred or put in one's own words), and none of `kept` stands in for
    another, since its words may be the person's.
    """
    by_topic = {one.prompt.topic: one for one in raised}
    standing_in: set[str] = set()
    moved: dict[str, str] = {}
    for one in raised:
        topic = one.prompt.topic
        if one.pinned or not one.fits or topic in kept or topic in standing_in:
            continue
        for cover in one.prompt.covered:
            other = by_topic.get(cover.by)
            if other is None or cover.by in moved or cover.by in kept or not other.fits or not cover.fits(facts):
                continue
            if other.rank <= one.rank:
                moved[topic] = cover.by
                standing_in.add(cover.by)
                break
    return [
        replace(one, rank=Rank.NICE, priority="nice", asked_by=moved[one.prompt.topic])
        if one.prompt.topic in moved
        else one
        for one in raised
    ]


def wording(prompt: Prompt, facts: frozenset[str]) -> str:
    """The text to print: the first variant whose facts all hold, else the prompt's own.

    On a sheet for someone else, a prompt with a `they` form prints that, or a variant that names `FOR_ANOTHER`.
    """
    third_person = FOR_ANOTHER in facts and bool(prompt.they)
    for variant in prompt.wordings:
        if variant.fits(facts) and (FOR_ANOTHER in variant.when or not third_person):
            return variant.text
    return prompt.they if third_person else prompt.text


def why_of(prompt: Prompt, facts: frozenset[str]) -> str:
    """The general reason to print: the first `reason` whose facts all hold, else the prompt's own; about the person
    helped on a sheet for someone else."""
    third_person = FOR_ANOTHER in facts
    for reason in prompt.reason:
        if reason.fits(facts):
            return reason.they if third_person and reason.they else reason.text
    return prompt.they_why if third_person and prompt.they_why else prompt.why
