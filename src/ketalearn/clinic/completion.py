"""What a return would hold, line by line, and the return itself: only ticked parts, encrypted to the clinic's key."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.clinic.assignment import Assignment
from ketalearn.decision.profile import QUIZ
from ketalearn.errors import KetalearnError
from ketalearn.learning.mastery import objective_state
from ketalearn.learning.records import Answer

if TYPE_CHECKING:
    from ketalearn.content.models import Item
    from ketalearn.journey import Journey

SCHEMA = "ketalearn/return@1"
BY_DEFAULT = ("completion", "objectives")
CONFIDENCE = {1: "a guess", 2: "fairly sure", 3: "very sure"}
STATES = {
    "mastered": "understood, on two days or more",
    "right": "understood so far",
    "started": "worth going over",
    "not_started": "not tried yet",
}


@dataclass(frozen=True)
class Part:
    """One thing to tick. `lines` are what the clinic would read; `private` parts are never ticked for you."""

    key: str
    title: str
    lines: tuple[str, ...]
    content: tuple[tuple[str, Any], ...]
    private: bool = False


class Tries(NamedTuple):
    """A person's tries at one revision of an item: their guess before the lesson, their first answer, and the latest
    one after it. Answers minutes after the solution was read are practice and no try."""

    first: Answer
    before: Answer | None
    latest: Answer | None


def tries_of(answers: Iterable[Answer]) -> tuple[Tries, ...]:
    """The tries of every item that was answered at least once, by first answer; a guess alone is no answer."""
    guessed: dict[tuple[str, int], Answer] = {}
    first: dict[tuple[str, int], Answer] = {}
    latest: dict[tuple[str, int], Answer] = {}
    for answer in answers:
        key = (answer.item, answer.revision)
        if answer.guess:
            guessed.setdefault(key, answer)
        elif key not in first:
            first[key] = answer
        elif not answer.practice:
            latest[key] = answer
    return tuple(Tries(answer, guessed.get(key), latest.get(key)) for key, answer in first.items())


def parts_of(journey: Journey, assignment: Assignment) -> tuple[Part, ...]:
    """Everything that could be sent for this assignment, in the order it is shown."""
    return (*_learning(journey, assignment), *_topics(journey), *_quiz(journey, assignment), *_about_me(journey))


def _learning(journey: Journey, assignment: Assignment) -> Iterable[Part]:
    pack, answers = journey.workspace.pack, journey.memory.answers()
    here = {head.id: head for head in journey.workspace.heads.modules}
    done_lines, done = [], []
    state_lines, states = [], []
    for module_id in assignment.modules:
        head = here.get(module_id)
        if head is None:
            done.append((module_id, False))
            done_lines.append(f"{module_id}: not in this ketalearn")
            continue
        progress = journey.progress(head)
        finished = progress.read >= progress.pages
        done.append((module_id, finished))
        done_lines.append(f"{head.title}: {'read to the end' if finished else 'not read to the end'}")
        items = pack.quiz(module_id)
        rows = []
        for objective in pack.module(module_id).objective:
            state = objective_state((item for item in items if item.objective == objective.id), answers)
            rows.append({"id": objective.id, "state": state})
            state_lines.append(f"{head.title}: {objective.text.rstrip('.')}: {STATES[state]}")
        states.append((module_id, rows))
    yield Part("completion", "Which modules you read", tuple(done_lines), (("done", tuple(done)),))
    yield Part(
        "objectives",
        "What you understood so far, by your quiz answers",
        tuple(state_lines),
        (("states", tuple(states)),),
    )


def _topics(journey: Journey) -> Iterable[Part]:
    sheet = journey.sheet()
    for question in sheet.on_paper:
        yield Part(
            f"topic:{question.topic}",
            "To talk about",
            (_prompt_text(journey, question.topic),),
            (("topic", question.topic),),
        )


def _prompt_text(journey: Journey, topic: str) -> str:
    """The bank's own words: a person's wording of a question is their own text and never goes with its topic."""
    prompts = (prompt for group in journey.workspace.pack.groups for prompt in group.prompt)
    return next((prompt.private or prompt.text for prompt in prompts if prompt.topic == topic), topic)


def _quiz(journey: Journey, assignment: Assignment) -> Iterable[Part]:
    items = journey.workspace.pack.items
    rows, lines = [], []
    own_words = []
    for answer, before, latest in tries_of(journey.memory.answers()):
        item = items.get(answer.item)
        if item is None or answer.module not in assignment.modules or answer.revision != item.revision:
            continue
        if item.type == "teachback":
            own_words.append((item, latest or answer))
            continue
        sure = f", {CONFIDENCE[answer.confidence]}" if answer.confidence else ""
        guess = f"Guess before the lesson: {_said(before)}. " if before else ""
        then = f"; latest: {_said(latest)}" if latest else ""
        chose = f"“{words}”: " if (words := _chosen(item, answer)) else ""
        lines.append(f"{item.stem} {guess}First answer: {chose}{_said(answer)}{sure}{then}")
        row = {
            "kind": "quiz", "item": item.id, "revision": item.revision, "module": answer.module, "topic": item.topic,
            "chosen": [] if answer.unsure else list(answer.chosen), "correct": answer.correct,
            "confidence": answer.confidence,
        }  # fmt: skip
        row |= {"before": before.correct} if before else {}
        rows.append(row | ({"later": latest.correct} if latest else {}))
    if rows:
        yield Part("quiz", "Your first answer to each quiz question", tuple(lines), (("answers", tuple(rows)),), True)
    for item, answer in own_words:
        if answer.text.strip():
            row = {"kind": "teachback", "item": item.id, "text": answer.text}
            yield Part(
                f"teachback:{item.id}",
                "In your own words",
                (f"{item.stem} {answer.text}",),
                (("answers", (row,)),),
                True,
            )


def _chosen(item: Item, answer: Answer) -> str:
    """What was chosen in words, since the return holds it; "" where it holds no more than right or wrong."""
    from ketalearn.content import models

    if answer.unsure:
        return ""
    match item:
        case models.Chosen():
            return "; ".join(item.option[place].text.rstrip(".") for place in answer.chosen)
        case models.MatchItem():
            pairs = zip(item.pair, answer.chosen, strict=True)
            return "; ".join(f"{pair.left}: {item.pair[place].right}" for pair, place in pairs)
        case models.OrderItem():
            return ", then ".join(item.step[place].text.rstrip(".") for place in answer.chosen)
    return ""


def _said(answer: Answer) -> str:
    return "not sure" if answer.unsure else "right" if answer.correct else "wrong"


def _about_me(journey: Journey) -> Iterable[Part]:
    profile, vocabulary = journey.profile(), journey.workspace.vocabulary
    for name, field in vocabulary.fields.items():
        if name in ("safety", *QUIZ):
            continue
        for value in profile.chosen(name):
            known = vocabulary.values[name].get(value)
            if known is None:
                continue
            row = {"kind": "profile", "field": name, "value": value}
            title = f"About you: {field.label}"
            yield Part(f"profile:{name}:{value}", title, (known.label,), (("answers", (row,)),), True)
    for at, medicine in enumerate(profile.medicine_names, start=1):
        yield _typed(f"medicine:{at}", "A medicine, as you typed it", "medicine", medicine)
    for at, text in enumerate(profile.own_questions, start=1):
        if text.strip():
            yield _typed(f"own:{at}", "Your own question", "own_question", text)
    if profile.own_value.strip():
        yield _typed("own_value", "What matters, in your own words", "own_value", profile.own_value)
    if profile.free_text.strip():
        yield _typed("free_text", "Something in your own words", "free_text", profile.free_text)


def _typed(key: str, title: str, kind: str, text: str) -> Part:
    return Part(key, title, (text,), (("answers", ({"kind": kind, "text": text},)),), True)


def by_title(parts: Iterable[Part]) -> list[tuple[str, list[str]]]:
    """The lines of parts under their titles; parts of one kind that follow each other share theirs."""
    found: list[tuple[str, list[str]]] = []
    for part in parts:
        if not found or found[-1][0] != part.title:
            found.append((part.title, []))
        found[-1][1].extend(part.lines)
    return found


def chosen_parts(parts: Sequence[Part], wanted: Iterable[str]) -> frozenset[str]:
    """Keys of parts that `wanted` names; `topics` stands for all topics. Raises KetalearnError for an unknown one."""
    known = {part.key for part in parts}
    found: set[str] = set()
    for name in wanted:
        if name in ("topics", "talk_about"):
            found |= {key for key in known if key.startswith("topic:")}
        elif name in known:
            found.add(name)
        else:
            have = ", ".join(("topics", *(part.key for part in parts)))
            raise KetalearnError(f"There is no part '{name}' to include; there are: {have}")
    return frozenset(found)


def content_of(assignment: Assignment, parts: Sequence[Part], ticked: Collection[str], today: dt.date) -> bytes:
    """What would be sent, byte for byte: JSON in UTF-8 with only the ticked parts, one thing a line.

    The lines are short of blanks so that the same bytes fit a QR code.
    """
    done: dict[str, bool] = {}
    states: dict[str, Any] = {}
    topics: list[str] = []
    answers: list[Any] = []
    for part in parts:
        if part.key not in ticked:
            continue
        for kind, value in part.content:
            match kind:
                case "done":
                    done |= dict(value)
                case "states":
                    states |= dict(value)
                case "topic":
                    topics.append(value)
                case _:
                    answers += value
    modules = []
    for module in assignment.modules:
        row: dict[str, Any] = {"id": module}
        if module in done:
            row["done"] = done[module]
        if module in states:
            row["objectives"] = states[module]
        if len(row) > 1:
            modules.append(row)
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "assignment_id": assignment.id,
        "patient_code": assignment.patient_code,
        "returned": today.isoformat(),
    }
    body |= {key: value for key, value in (("modules", modules), ("talk_about", topics), ("answers", answers)) if value}
    # a lone surrogate that was typed cannot be UTF-8
    return f"{_written(body)}\n".encode("utf-8", "replace")


def _written(value: Any, *, top: bool = True) -> str:
    """JSON with a line end between its keys, and between the entries of each list of objects."""
    if isinstance(value, dict) and (top or any(_of_objects(one) for one in value.values())):
        return "{" + ",\n".join(f"{json.dumps(key)}:{_written(one, top=False)}" for key, one in value.items()) + "}"
    if _of_objects(value):
        return "[\n" + ",\n".join(_written(one, top=False) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def sealed(content: bytes, age_key: str, *, as_text: bool = False) -> bytes:
    """The return file: `content` encrypted to the clinic's key, in the age format; `as_text` in its form of letters."""
    import pyrage

    try:
        return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(age_key)], as_text))
    except (pyrage.RecipientError, pyrage.EncryptError):
        raise KetalearnError("The clinic's key cannot be used; ask them to make the assignment again") from None
