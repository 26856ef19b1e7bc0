"""What a person reads after an answer, as plain lines that any face can draw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ketalearn.content.models import (
    Chosen,
    Item,
    MatchItem,
    NumberItem,
    OneOf,
    OrderItem,
    TeachbackItem,
    TrueFalseItem,
)
from ketalearn.content.pack import Pack
from ketalearn.learning.grading import HIGH, LOW, explained, without_yes
from ketalearn.learning.lesson import lesson_of
from ketalearn.learning.records import Answer

State = Literal["right", "wrong", "missed", "plain"]
"""right: given, and so. wrong: given, and not so. missed: so, but not given. plain: neither."""

ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th")
LETTERS = "ABCDEF"
STOP_WORDS = 3
"""Words up to this length say too little to find a sentence by."""


STATE_WORDS: dict[str, dict[State, str]] = {
    "multiple": {"right": "right", "wrong": "not this one", "missed": "missed", "plain": "rightly left out"},
    "match": {"right": "right", "wrong": "not quite"},
    "order": {"right": "right", "wrong": "not quite"},
    "teachback": {"right": "you ticked this", "missed": "worth adding"},
}
"""What each state is called, by the type of the item. No sign of a right answer stands beside a miss."""
NOT_GIVEN: dict[str, dict[State, str]] = {"multiple": {"missed": "one of them", "plain": "not one of them"}}
"""The same after "I'm not sure": nothing was given, so nothing was missed or left out."""


class Line(NamedTuple):
    """One option, pair, step, number or key point. `label` is a step's place, `said` what was given instead.

    `so` is what is so where the text alone does not say it: the right side of a pair, the place of a misplaced step.
    `words` is what its state is called, "" where there is nothing to call it.
    """

    label: str
    text: str
    state: State
    told: str = ""
    said: str = ""
    so: str = ""
    words: str = ""

    @property
    def heading(self) -> str:
        """What it is called by; a step stands beside its place, unless it was put elsewhere."""
        return f"{self.label}  {self.text}" if self.label and not self.so else self.text


WORST_FIRST: tuple[State, ...] = ("missed", "wrong", "right", "plain")
"""What was left out cannot be seen in what one ticked, so it is told first."""


def worst_first(item: Item, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as faces list them: of several to tick, what was missed comes first; the others keep their order."""
    if item.type != "multiple":
        return tuple(lines)
    return tuple(sorted(lines, key=lambda line: WORST_FIRST.index(line.state)))


def said_of_number(item: NumberItem, line: Line, given: str) -> str:
    """What stands above a number's feedback: `given` (what was said), and the answer unless the feedback has it."""
    told = re.search(rf"\b{item.answer}\b", line.told)
    said = f"{given} {line.said}." if line.said and line.state == "wrong" else ""
    return " ".join(filter(None, (said, "" if told else f"The answer: about {line.text}.")))


def lines_of(item: Item, answer: Answer) -> tuple[Line, ...]:
    """Every part of the item with its state, and what there is to say about it."""
    found: list[Line] = []
    match item:
        case Chosen():
            found = [_option(item, place, answer) for place in range(len(item.option))]
        case MatchItem():
            found = [_pair(item, place, answer) for place in range(len(item.pair))]
        case OrderItem():
            found = [_step(item, place, answer) for place in range(len(item.step))]
        case NumberItem():
            found = [_number(item, answer)]
        case TeachbackItem():
            found = [_point(item, place, answer) for place in range(len(item.point))]
    called = (NOT_GIVEN if answer.unsure else STATE_WORDS).get(item.type, {})
    return tuple(line._replace(words=called.get(line.state, "")) for line in found)


def _option(item: Chosen, place: int, answer: Answer) -> Line:
    option, given = item.option[place], place in answer.chosen
    state: State = (
        "right" if given and option.correct else "wrong" if given else "missed" if option.correct else "plain"
    )
    told = option.feedback if state in ("right", "wrong") else without_yes(option.feedback) if option.correct else ""
    return Line("", option.text, state, told)


def _pair(item: MatchItem, place: int, answer: Answer) -> Line:
    pair = item.pair[place]
    if not answer.chosen:
        return Line("", pair.left, "missed", pair.feedback, so=pair.right)
    right = answer.chosen[place] == place
    said = "" if right else item.pair[answer.chosen[place]].right
    return Line("", pair.left, "right" if right else "wrong", pair.feedback, said, pair.right)


def _step(item: OrderItem, place: int, answer: Answer) -> Line:
    step = item.step[place]
    if not answer.chosen:
        return Line(ORDINALS[place], step.text, "missed", step.feedback)
    given = answer.chosen.index(place)
    right = given == place
    if right:
        return Line(ORDINALS[place], step.text, "right", step.feedback)
    return Line(ORDINALS[place], step.text, "wrong", step.feedback, ORDINALS[given], f"it comes {ORDINALS[place]}")


def _number(item: NumberItem, answer: Answer) -> Line:
    text = f"{item.answer} of {item.of}"
    if not answer.chosen:
        return Line("", text, "missed", without_yes(item.feedback_right))
    place = answer.chosen[0]
    told = {LOW: item.feedback_low, HIGH: item.feedback_high}.get(place, item.feedback_right)
    return Line("", text, "right" if answer.correct else "wrong", told, f"{answer.text} of {item.of}")


def _point(item: TeachbackItem, place: int, answer: Answer) -> Line:
    point = item.point[place]
    state: State = "right" if place in answer.chosen else "missed"
    return Line("", point.text, state, point.feedback)


def verdict(item: Item, answer: Answer) -> str:
    """The first words after an answer; nothing grades a teach-back but the person, of whom we know the ticks."""
    if answer.unsure:
        return "You were not sure, and that is worth knowing."
    if isinstance(item, TeachbackItem):
        if answer.correct:
            return "You ticked every point."
        beside = ", next to your words" if answer.text else ""
        return f"Here are the points{beside}."
    if answer.correct:
        return "Yes."
    partly = isinstance(item, MatchItem | OrderItem) or len(answer.chosen) > 1
    return (
        "Not quite all of it."
        if partly and any(one.state == "right" for one in lines_of(item, answer))
        else ("Not quite.")
    )


def what_is_so(item: Item | OneOf) -> str:
    """The right answer in short, as one line; of a teach-back, one way to say it."""
    match item:
        case TrueFalseItem():
            return f"this is {item.option[item.correct].text.casefold()}."
        case Chosen():
            parts = [item.option[place].text for place in item.right]
        case MatchItem():
            parts = [f"{pair.left}: {pair.right}" for pair in item.pair]
        case OrderItem():
            parts = [f"{place} {step.text}" for place, step in zip(ORDINALS, item.step, strict=False)]
        case NumberItem():
            parts = [f"about {item.answer} of {item.of}"]
        case TeachbackItem():
            return item.example
    said = "; ".join([*(part.rstrip(".") for part in parts[:-1]), parts[-1]])
    return ended(said)


def so_and_why(item: OneOf) -> tuple[str, str]:
    """(what is so, why) after another answer; what is so is "" where the reason opens with the same words."""
    so, why = what_is_so(item), explained(item)
    return ("", why) if why.casefold().startswith(so.casefold()) else (so, why)


def ended(words: str) -> str:
    """Words as a sentence: with a full stop, where they have no mark at their end."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def known(item: Item) -> str:
    """What a right answer shows that the person knew: of a statement, if it is true: a bare tick misleads."""
    if isinstance(item, TrueFalseItem):
        return f"You knew: {item.option[item.correct].text.casefold()}. “{item.stem}”"
    return item.stem


def page_says(pack: Pack, module: str, item: Item) -> tuple[str, str]:
    """(title, paragraph) of the item's page that is nearest to the item's right answer, in the page's own words.

    Longer feedback for someone who was very sure: nothing is written for it that no source was named for.
    """
    page = pack.page(module, item.page)
    wanted = _words(" ".join([item.stem, *_right_words(item)]))
    best, most = "", -1
    for block in lesson_of(pack, module, page).blocks:
        text = " ".join("".join(span.text for span in line if not span.cites).strip() for line in block.lines)
        shared = len(wanted & _words(text))
        if shared > most:
            best, most = re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split())), shared
    return page.front.title, best


def _right_words(item: Item) -> Sequence[str]:
    match item:
        case Chosen():
            return [word for option in item.option if option.correct for word in (option.text, option.feedback)]
        case MatchItem():
            return [word for pair in item.pair for word in (pair.left, pair.right)]
        case OrderItem():
            return [step.text for step in item.step]
        case NumberItem():
            return [item.feedback_right]
        case TeachbackItem():
            return [point.text for point in item.point]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > STOP_WORDS or word.isdigit()}
