"""Forms that a fresh reader fills, and what their answers add up to.

A form is data: its items, the answers each takes (best first) and how it is scored. A reader fills a copy. Where
readers disagree, the worse answer counts. `scripts/ratings.py` prints the scores and writes `modules/ratings.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from ketalearn.content.load import Reader, did_you_mean
from ketalearn.content.models import Authored, EarlierScore, FormScore, Id, LowItem, ReaderOf, ScaleScore, Words
from ketalearn.content.places import place_of, places

APART = "not-applicable"
"""An answer that takes an item out of the count."""


class FormItem(Authored):
    """One item: what it asks, what to look for, and the answers it takes, best first."""

    id: Words
    scale: Words
    text: Words
    look: str = ""
    answers: tuple[Words, ...] = Field(min_length=2)
    answer: str = ""
    reason: str = ""


class Form(Authored):
    """A form, blank or filled. `passing`: percent that its makers call good, where they say one."""

    form: Id
    title: Words
    source: Words
    rule: Words
    passing: int | None = Field(default=None, ge=0, le=100)
    rater: str = ""
    kind: Literal["", "person", "ai"] = ""
    who: str = ""
    saw: str = ""
    date: str = ""
    item: tuple[FormItem, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_item_once(self) -> Form:
        ids = [item.id for item in self.item]
        if len(set(ids)) != len(ids):
            raise ValueError("an item stands twice in this form; keep one")
        return self


class Points(NamedTuple):
    """How many items have their best answer, of how many that apply."""

    points: int
    of: int

    @property
    def percent(self) -> int:
        """Rounded to whole percent; 0 when nothing applies."""
        return round(100 * self.points / self.of) if self.of else 0


def read_filled(reader: Reader, path: Path, blank: Form) -> Form | None:
    """A filled copy of `blank`. What is missing, unknown or changed is a finding, and gives None."""
    form = reader.model(Form, path)
    if form is None:
        return None
    before = len(reader.findings)
    for key, fix in (
        ("rater", "write a name, or Reader 1"), ("kind", 'write "person" or "ai"'), ("who", "say who or what you are"),
        ("saw", "say what you looked at"), ("date", "write YYYY-MM-DD"),
    ):  # fmt: skip
        if not getattr(form, key).strip():
            reader.report(path, (1, 1), "E015", f"'{key}' is empty", fix)
    asked = [(item.id, item.scale, item.text, item.answers) for item in blank.item]
    if [(item.id, item.scale, item.text, item.answers) for item in form.item] != asked:
        reader.report(path, (1, 1), "E016", f"the items are not those of the blank form '{blank.form}'",
                      "copy the blank form again, and change only answer and reason")  # fmt: skip
    known = places(path.read_text("utf-8-sig"))
    for at, item in enumerate(form.item):
        place = place_of(known, ("item", at, "answer"))
        if item.answer not in item.answers:
            reader.report(path, place, "E013", f"item {item.id} has the answer '{item.answer}'",
                          did_you_mean(item.answer, item.answers))  # fmt: skip
        elif item.answer != APART and not item.reason.strip():
            reader.report(path, place, "E015", f"item {item.id} has no reason", "say what you saw, and where")
    return form if len(reader.findings) == before else None


def scores(items: Iterable[FormItem]) -> dict[str, Points]:
    """Points by scale, in the order of the form. An item scores when it has its first (best) answer."""
    found: dict[str, list[int]] = {}
    for item in items:
        counted = found.setdefault(item.scale, [0, 0])
        if item.answer != APART:
            counted[0] += item.answer == item.answers[0]
            counted[1] += 1
    return {scale: Points(points, of) for scale, (points, of) in found.items()}


def lower(forms: Sequence[Form]) -> tuple[FormItem, ...]:
    """Each item with the worst answer that any reader gave it."""
    return tuple(
        max(same, key=lambda item: item.answers.index(item.answer))
        for same in zip(*(form.item for form in forms), strict=True)
    )


def agreements(forms: Sequence[Form]) -> int:
    """How many items got one and the same answer from all readers."""
    return sum(len({item.answer for item in same}) == 1 for same in zip(*(form.item for form in forms), strict=True))


def latest(rounds: Mapping[int, Sequence[Form]]) -> FormScore:
    """What the newest round of one form says, with the scores of the rounds before it.

    Rounds are never mixed: the readers of each read the content as it then was.
    """
    *before, newest = sorted(rounds)
    earlier = tuple(
        EarlierScore(round=number, name=scale.name, points=scale.points, of=scale.of, date=score.reader[-1].date)
        for number in before
        for score in (together(rounds[number]),)
        for scale in score.scale
    )
    return together(rounds[newest]).model_copy(update={"round": newest, "earlier": earlier})


def together(forms: Sequence[Form]) -> FormScore:
    """What one or more readers of one form say, at the worse answer where they differ."""
    first = forms[0]
    worst = lower(forms)
    each = [scores(form.item) for form in forms]
    low = []
    for item, same in zip(worst, zip(*(form.item for form in forms), strict=True), strict=True):
        if item.answer not in (item.answers[0], APART):
            said = tuple(
                f"{form.rater}: {one.answer}. {one.reason.strip()}" for form, one in zip(forms, same, strict=True)
            )
            low.append(LowItem(id=item.id, text=item.text, answer=item.answer, reasons=said))
    return FormScore(
        form=first.form,
        title=first.title,
        passing=first.passing,
        same=agreements(forms),
        items=len(first.item),
        reader=tuple(
            ReaderOf.model_validate({"name": form.rater, "kind": form.kind, "words": form.who, "date": form.date})
            for form in forms
        ),
        scale=tuple(
            ScaleScore(name=scale, points=points.points, of=points.of, each=tuple(one[scale].percent for one in each))
            for scale, points in scores(worst).items()
        ),
        low=tuple(low),
    )
