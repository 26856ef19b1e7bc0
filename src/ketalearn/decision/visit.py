"""A visit: the questions as they stood when it began, and what was asked and noted. Pure, but for `Visits`.

All that the answered sheet prints is held here in words, so that no later change of the profile, the quizzes or the
content can lose a note or put it under another question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ketalearn.decision.sheet import Question, Sheet
    from ketalearn.learning.records import Memory

SAY_BACK, NEXT_STEP, BY_WHEN = "say-back", "next-step", "by-when"
CLOSING: dict[str, tuple[str, str]] = {
    SAY_BACK: ("Can I say back what I heard?", "Say it in your own words. Ask: did I get that right?"),
    NEXT_STEP: ("What is my next step?", "One small thing that you will do. Waiting is a step too."),
    BY_WHEN: ("By when?", "A day, or before what."),
}
"""What ends every visit: name to its question and a word of help. Only noted, never ticked."""

COUNT_KEY = "visits"


class VisitQuestion(NamedTuple):
    """One question of a visit. `private` is what prints when nothing about the person may be said, "" for nothing.

    `number` is its number on the sheet (0: one of the person's own). `noted` is when the note last changed.
    """

    name: str
    number: int
    text: str
    private: str
    mark: str
    why: str
    private_why: str
    who: str
    sources: tuple[str, ...]
    asked: bool = False
    note: str = ""
    noted: str = ""

    @property
    def own(self) -> bool:
        return self.number == 0


class Visit(NamedTuple):
    """One visit. `started` is ISO 8601 with its offset; `closing` holds the notes under the names of CLOSING."""

    number: int
    started: str
    questions: tuple[VisitQuestion, ...]
    tell: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    decision: str = ""
    review_by: str = ""
    """The earliest date by which its questions are to be checked again; "" in visits kept before it was."""
    closing: tuple[tuple[str, str], ...] = ()

    @property
    def day(self) -> str:
        return self.started[:10]

    @property
    def names(self) -> tuple[str, ...]:
        """The places of the visit in order: its questions, then what ends it."""
        return (*(one.name for one in self.questions), *CLOSING)

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.questions)

    @property
    def notes(self) -> int:
        """How many notes hold words, those at the end among them."""
        return sum(bool(one.note.strip()) for one in self.questions) + sum(
            bool(text.strip()) for _, text in self.closing
        )

    @property
    def counts(self) -> str:
        """How much was asked and noted, in words."""
        notes = "1 note" if self.notes == 1 else f"{self.notes} notes"
        return f"{self.asked} of {len(self.questions)} asked, {notes}"

    @property
    def used(self) -> bool:
        """Whether anything was asked or noted."""
        return bool(self.asked or self.notes)

    def question(self, name: str) -> VisitQuestion | None:
        return next((one for one in self.questions if one.name == name), None)

    def note(self, name: str) -> str:
        """The note under a question or an end of the visit."""
        question = self.question(name)
        return question.note if question else dict(self.closing).get(name, "")


def begin(sheet: Sheet, private: Sheet, *, number: int, started: str) -> Visit:
    """A new visit over what is on paper, in its order. `private` is the sheet that hides what is sensitive."""
    from ketalearn.render import wording

    lines = {line.id: line.text for line in sheet.source_key}
    said_less = {one.topic: one for one in (*private.on_paper, *private.more)}
    own_said = set(private.own_questions)
    rows: list[Question | str] = [
        *sheet.front[: wording.TOP], *sheet.own_front, *sheet.front[wording.TOP :], *sheet.back,
        *sheet.own_back, *sheet.own_extra,
    ]  # fmt: skip
    questions: list[VisitQuestion] = []
    numbered = own = 0
    for row in rows:
        if isinstance(row, str):
            own += 1
            questions.append(VisitQuestion(f"own:{own}", 0, row, row if row in own_said else "", "", "", "", "", ()))
            continue
        numbered += 1
        less = said_less.get(row.topic)
        questions.append(
            VisitQuestion(
                name=row.topic, number=numbered, text=row.text, private=less.text if less else "",
                mark=wording.marks(row), why=wording.reason(row), private_why=wording.reason(less) if less else "",
                who=wording.who(sheet, row), sources=tuple(lines[name] for name in row.sources if name in lines),
            )
        )  # fmt: skip
    return Visit(
        number=number, started=started, questions=tuple(questions), tell=sheet.tell,
        notices=tuple(notice.text for notice in sheet.notices), values=sheet.values,
        status=tuple(wording.status(sheet)), decision=sheet.content.decision, review_by=sheet.content.review_by,
    )  # fmt: skip


def with_question(visit: Visit, name: str, change: Callable[[VisitQuestion], VisitQuestion]) -> Visit:
    return visit._replace(questions=tuple(change(one) if one.name == name else one for one in visit.questions))


def marked(visit: Visit, name: str, asked: bool) -> Visit:
    """The visit with a question ticked as asked, or not."""
    return with_question(visit, name, lambda one: one._replace(asked=asked))


def noted(visit: Visit, name: str, text: str, at: str) -> Visit:
    """The visit with a note under `name`; the first words under a question tick it as asked."""
    if name in CLOSING:
        return visit._replace(closing=tuple({**dict(visit.closing), name: text}.items()))

    def change(one: VisitQuestion) -> VisitQuestion:
        first = bool(text.strip()) and not one.note.strip()
        return one._replace(note=text, noted=at, asked=one.asked or first)

    return with_question(visit, name, change)


def added(visit: Visit, text: str) -> Visit:
    """The visit with one more question of the person's own, last; empty words change nothing."""
    words = " ".join(text.split())
    if not words:
        return visit
    name = f"own:{1 + sum(one.own for one in visit.questions)}"
    return visit._replace(questions=(*visit.questions, VisitQuestion(name, 0, words, "", "", "", "", "", ())))


# ---------------------------------------------------------------- keeping


def as_values(visit: Visit) -> dict[str, Any]:
    """The visit as JSON values."""
    values: dict[str, Any] = visit._asdict()
    values["questions"] = [one._asdict() for one in visit.questions]
    values["closing"] = dict(visit.closing)
    return values


def visit_of(values: object) -> Visit | None:
    """A kept visit, or None when the values are none (an export that was changed by hand, say)."""
    try:
        table = dict(values)  # type: ignore[call-overload]
        questions = tuple(_question_of(row) for row in table.pop("questions"))
        closing = tuple(
            (str(name), _text(text)) for name, text in dict(table.pop("closing")).items() if name in CLOSING
        )
        lists = {name: _texts(table.pop(name)) for name in ("tell", "notices", "values", "status")}
        number = table.pop("number")
        review_by = _text(table.pop("review_by", ""))
        visit = Visit(
            number=int(number), started=_text(table.pop("started")), questions=questions, closing=closing,
            decision=_text(table.pop("decision")), review_by=review_by, **lists,
        )  # fmt: skip
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return visit if len(set(visit.names)) == len(visit.names) else None


def _question_of(row: Any) -> VisitQuestion:
    table = dict(row)
    number, asked, sources = int(table.pop("number")), bool(table.pop("asked")), _texts(table.pop("sources"))
    return VisitQuestion(number=number, asked=asked, sources=sources,
                         **{name: _text(value) for name, value in table.items()})  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)


def key_of(number: int) -> str:
    """The key under which a visit is kept."""
    return f"visit:{number}"


class Visits:
    """The visits that a memory keeps. Every change reads what is kept first, so that two windows lose no note."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    @property
    def count(self) -> int:
        """How many visits were begun; reads nothing else."""
        kept = self.memory.get(COUNT_KEY)
        return kept if isinstance(kept, int) else 0

    def get(self, number: int) -> Visit | None:
        return visit_of(self.memory.get(key_of(number)))

    @property
    def newest(self) -> Visit | None:
        return self.get(self.count)

    @property
    def earlier(self) -> list[Visit]:
        """Visits before the newest that hold something, the latest first."""
        found = [self.get(number) for number in range(self.count - 1, 0, -1)]
        return [one for one in found if one is not None and one.used]

    def keep(self, visit: Visit) -> None:
        self.memory.put(key_of(visit.number), as_values(visit))
        if visit.number > self.count:
            self.memory.put(COUNT_KEY, visit.number)

    def next_number(self) -> int:
        """The number of a new visit: an untouched newest one is taken again, with the questions of now."""
        newest = self.newest
        return newest.number if newest is not None and not newest.used else self.count + 1

    def change(self, change: Callable[[Visit], Visit]) -> None:
        """Change the newest visit as it is kept now."""
        newest = self.newest
        if newest is not None and (after := change(newest)) != newest:
            self.keep(after)
