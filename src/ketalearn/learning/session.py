"""The quizzes of one learner: what is asked next, what an answer means, what comes back.

`journey.py` routes and imports this at the first question; this decides inside a quiz. Places carry the occasion
in `screen`: "" is a module's quiz, "again" once more at its end, "review" what comes back, "review-again" once more at
its end, "before" a guess. Models, FSRS and the sheet are imported only where they are used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.errors import KetalearnError
from ketalearn.learning.learned import LEARNED, VISIT_DAY, visit_day
from ketalearn.learning.progress import latest
from ketalearn.learning.records import AGAIN, BEFORE, QUIZ, REVIEW, REVIEW_AGAIN, Answer
from ketalearn.place import Kind, Place

if TYPE_CHECKING:
    from ketalearn.content.models import Item
    from ketalearn.decision.sheet import Question, Sheet
    from ketalearn.learning.feedback import Line
    from ketalearn.learning.grading import Topics
    from ketalearn.learning.mastery import ModuleMastery
    from ketalearn.learning.review import Bank, Due
    from ketalearn.workspace import Workspace

GUESSES = 3
"""Questions offered before a module."""
ONCE_MORE = {"": AGAIN, REVIEW: REVIEW_AGAIN}
DRAFT, HINTED, REVIEWS = "teachback_draft", "hinted_now", "review_sitting"
DAY_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


class Step(NamedTuple):
    """One question of a sitting: on which occasion, and which item."""

    screen: str
    item: str


class ItemView(NamedTuple):
    """An item on its own; `answer` is set once it is answered in this sitting."""

    item: Item
    module: str
    module_title: str
    number: int
    of: int
    answer: Answer | None
    changed: bool = False
    """The person answered an older wording of this item."""
    screen: str = ""
    shown: tuple[int, ...] = ()
    """The order in which the right sides of a match, or the steps of an order, are shown."""
    hint: str = ""
    """The item's hint, once the person asked for it."""
    can_hint: bool = False
    draft: str | None = None
    """The words of a teach-back that wait for its key points to be ticked."""
    printed: bool = False
    """The words of this teach-back go with the sheet."""
    once_more: bool = False
    """Answered wrong while very sure: it comes once more at the end of this sitting."""

    @property
    def printable(self) -> bool:
        """Whether there are words of the person that could be printed."""
        return self.item.type == "teachback" and self.answer is not None and bool(self.answer.text)

    @property
    def asks_how_sure(self) -> bool:
        return self.screen != BEFORE and self.item.type != "teachback"


class ResultRow(NamedTuple):
    """One answered item of a sitting, with what a miss added to My questions."""

    item: Item
    answer: Answer
    added: tuple[Question, ...]
    set_aside: bool
    page_number: int
    module: str
    later: Answer | None = None
    """The answer when it was asked once more."""

    @property
    def missed(self) -> bool:
        return not self.answer.correct


class ResultsView(NamedTuple):
    module: str
    title: str
    rows: tuple[ResultRow, ...]
    left: int
    screen: str = ""
    next_due: dt.date | None = None
    """After a review: the day on which the next question comes back."""

    @property
    def right(self) -> int:
        return sum(row.answer.correct for row in self.rows)


class Session:
    """One learner's quizzes, guesses and reviews. `due_by` gives the earliest day that a clinic asks for, or None."""

    def __init__(self, workspace: Workspace, due_by: Callable[[], dt.date | None]) -> None:
        self.workspace = workspace
        self.memory = workspace.memory
        self._due_by = due_by
        self._started: dict[str, str] = {}

    # ------------------------------------------------------------ items

    @cached_property
    def bank(self) -> Bank:
        from ketalearn.learning.review import Bank

        pack = self.workspace.pack
        modules = {item.id: module for module in pack.info.modules for item in pack.quiz(module)}
        return Bank(pack.items, modules)

    def item(self, name: str) -> Item:
        """An item by its id. Raises KetalearnError when the content has it no more."""
        found = self.workspace.pack.items.get(name)
        if found is None:
            raise KetalearnError("This question is gone from the content")
        return found

    def items(self, module: str) -> list[str]:
        """Ids of a module's quiz in the order they are asked."""
        return [item.id for item in self.workspace.pack.quiz(module) if "after" in item.use]

    def guesses(self, module: str) -> list[str]:
        """Ids of the few items offered as a guess before the lesson, one an objective where that can be."""
        before = [item for item in self.workspace.pack.quiz(module) if BEFORE in item.use and item.type != "teachback"]
        first = {item.objective: item for item in reversed(before)}
        chosen = [item for item in before if first[item.objective] is item]
        chosen += [item for item in before if item not in chosen]
        ids = {item.id for item in chosen[:GUESSES]}
        return [item.id for item in before if item.id in ids]

    def may_guess(self, module: str) -> bool:
        """Whether a guess before the lesson is still one: nothing read or answered there."""
        read = any(name == module for name, _ in self.memory.pages_read())
        known = {answer.item for answer in self.memory.answers() if answer.module == module}
        return not read and bool(self.guesses(module)) and not known

    # ------------------------------------------------------------ sittings

    def sitting(self, module: str) -> int:
        """The number of the present taking of a module's quiz, from 1."""
        return int((self.memory.get("sittings") or {}).get(module, 1))

    def new_sitting(self, module: str) -> None:
        sittings = dict(self.memory.get("sittings") or {})
        sittings[module] = self.sitting(module) + 1
        self.memory.put("sittings", sittings)

    def _review(self) -> tuple[int, list[str]]:
        """The number and the items of the present review."""
        kept = self.memory.get(REVIEWS) or {}
        known = self.workspace.pack.items
        return int(kept.get("number", 0)), [item for item in kept.get("items", ()) if item in known]

    def _number(self, place: Place) -> int:
        if place.screen in (REVIEW, REVIEW_AGAIN):
            return self._review()[0]
        return 1 if place.screen == BEFORE else self.sitting(place.module)

    def given(self, place: Place) -> dict[Step, Answer]:
        """Answers of the present sitting of this place, to items as they now are."""
        items = self.workspace.pack.items
        number = self._number(place)
        reviewing = place.screen in (REVIEW, REVIEW_AGAIN)
        wanted = (REVIEW, REVIEW_AGAIN) if reviewing else (BEFORE,) if place.screen == BEFORE else (QUIZ, AGAIN)
        return {
            Step("" if answer.asked == QUIZ else answer.asked, answer.item): answer
            for answer in self.memory.answers()
            if answer.asked in wanted
            and answer.sitting == number
            and (reviewing or answer.module == place.module)
            and answer.item in items
            and items[answer.item].revision == answer.revision
        }

    def steps(self, place: Place, given: dict[Step, Answer] | None = None) -> list[Step]:
        """Every question of the present sitting of this place, with what is asked once more at its end."""
        if place.screen == BEFORE:
            return [Step(BEFORE, item) for item in self.guesses(place.module)]
        first = REVIEW if place.screen in (REVIEW, REVIEW_AGAIN) else ""
        names = self._review()[1] if first else self.items(place.module)
        answers = self.given(place) if given is None else given
        once_more = [name for name in names if (answer := answers.get(Step(first, name))) and answer.sure_but_wrong]
        return [*(Step(first, name) for name in names), *(Step(ONCE_MORE[first], name) for name in once_more)]

    def at(self, place: Place, step: Step, *, answered: bool) -> Place:
        kind: Kind = "feedback" if answered and step.screen != BEFORE else "item"
        module = self.bank.module_of.get(step.item, place.module) if step.screen.startswith(REVIEW) else place.module
        return Place(kind, module=module, item=step.item, screen=step.screen)

    def open(self, place: Place) -> Place:
        """A place of a quiz, filled in: the named item, or the first that is not answered, or the results."""
        if place.screen == REVIEW and not place.item:
            self._begin_review()
        given = self.given(place)
        if place.item:
            return self.at(place, Step(place.screen, place.item), answered=Step(place.screen, place.item) in given)
        for step in self.steps(place, given):
            if step not in given:
                return self.at(place, step, answered=False)
        return self.end(place)

    def end(self, place: Place) -> Place:
        """Where a sitting leads: its results; guesses lead to the lesson."""
        if place.screen == BEFORE:
            pages = next(head.pages for head in self.workspace.heads.modules if head.id == place.module)
            return Place("page", module=place.module, page=pages[0])
        screen = REVIEW if place.screen in (REVIEW, REVIEW_AGAIN) else ""
        return Place("results", module="" if screen else place.module, screen=screen)

    def after(self, place: Place) -> Place:
        """The next question not answered, else one that was skipped before it, else the end."""
        given = self.given(place)
        steps = self.steps(place, given)
        here = Step(place.screen, place.item)
        at = steps.index(here) + 1 if here in steps else 0
        for step in steps[at:]:
            if step not in given:
                return self.at(place, step, answered=False)
        skipped = [step for step in steps[: max(at - 1, 0)] if step not in given]
        if skipped and (place.kind == "feedback" or here in given):
            return self.at(place, skipped[0], answered=False)
        return self.end(place)

    def before(self, place: Place) -> Place | None:
        """The question before this one, or None at the first."""
        given = self.given(place)
        steps = self.steps(place, given)
        here = Step(place.screen, place.item)
        at = steps.index(here) if here in steps else 0
        return self.at(place, steps[at - 1], answered=steps[at - 1] in given) if at > 0 else None

    # ------------------------------------------------------------ answering

    def answer(
        self,
        place: Place,
        chosen: tuple[int, ...],
        *,
        text: str = "",
        confidence: int | None = None,
        not_sure: bool = False,
    ) -> Place:
        """Keep an answer and say where it leads; what is no answer to this item changes nothing."""
        from ketalearn.learning.grading import is_correct, reply

        item = self.item(place.item)
        if Step(place.screen, place.item) in self.given(place):
            return self.after(place) if place.screen == BEFORE else place._replace(kind="feedback")
        said = () if not_sure else reply(item, chosen, text)
        if said is None:
            return place
        now = self.workspace.now().isoformat()
        self.memory.add_answer(
            Answer(
                item=item.id,
                revision=item.revision,
                module=place.module,
                chosen=said,
                correct=not not_sure and is_correct(item, said),
                started=self._started.pop(item.id, now),
                answered=now,
                sitting=self._number(place),
                confidence=None if not_sure or place.screen == BEFORE else confidence,
                hinted=item.id in (self.memory.get(HINTED) or ()),
                not_sure=not_sure,
                text="" if not_sure else text.strip(),
                asked=place.screen or QUIZ,
            )
        )
        for key in (DRAFT, HINTED):
            if self.memory.get(key):
                self.memory.put(key, None)
        return self.after(place) if place.screen == BEFORE else place._replace(kind="feedback")

    def show_hint(self, name: str) -> None:
        """Note that the person asked for the hint of the item before them."""
        if self.item(name).hint and name not in (self.memory.get(HINTED) or ()):
            self.memory.put(HINTED, [name])

    def keep_draft(self, name: str, text: str) -> None:
        """Keep the words of a teach-back until its key points are ticked."""
        self.memory.put(DRAFT, {"item": name, "text": text.strip()})

    def toggle_set_aside(self, item: str) -> bool:
        """Take back (or bring back) what a miss added to My questions. True when it is now set aside."""
        aside = list(self.memory.get("set_aside") or [])
        if item in aside:
            aside.remove(item)
        else:
            aside.append(item)
        self.memory.put("set_aside", aside)
        return item in aside

    # ------------------------------------------------------------ what faces draw

    def view(self, place: Place) -> ItemView:
        """The item of a place; the clock of its answer starts when it is first drawn."""
        from ketalearn.content.models import MatchItem, OrderItem
        from ketalearn.learning.grading import shuffled

        item = self.item(place.item)
        given = self.given(place)
        here = Step(place.screen, place.item)
        answer = given.get(here)
        if answer is None:
            self._started.setdefault(item.id, self.workspace.now().isoformat())
        # what is asked once more counts by itself, so that a quiz does not grow while it is taken
        steps = [step for step in self.steps(place, given) if step.screen == place.screen]
        before = latest(self.memory.answers()).get(item.id)
        count = len(item.pair) if isinstance(item, MatchItem) else len(item.step) if isinstance(item, OrderItem) else 0
        draft = self.memory.get(DRAFT) or {}
        return ItemView(
            item=item,
            module=place.module,
            module_title=next(head.title for head in self.workspace.heads.modules if head.id == place.module),
            number=steps.index(here) + 1 if here in steps else 1,
            of=max(len(steps), 1),
            answer=answer,
            changed=before is not None and before.revision != item.revision,
            screen=place.screen,
            shown=shuffled(count, f"{place.screen}{self._number(place)}", item.id),
            hint=item.hint or "" if item.id in (self.memory.get(HINTED) or ()) else "",
            can_hint=bool(item.hint) and answer is None,
            draft=draft.get("text") if draft.get("item") == item.id else None,
            printed=item.id in (self.memory.get("retold_on_sheet") or ()),
            once_more=answer is not None and answer.sure_but_wrong and place.screen in ONCE_MORE,
        )

    def lines(self, view: ItemView) -> tuple[Line, ...]:
        """Every part of an answered item, with what there is to say about it."""
        from ketalearn.learning.feedback import lines_of, worst_first

        return worst_first(view.item, lines_of(view.item, view.answer)) if view.answer else ()

    def row(self, answer: Answer, sheet: Sheet, later: Answer | None = None) -> ResultRow:
        """What one answer means: what a miss added, or which page to read again."""
        item = self.item(answer.item)
        aside = answer.item in (self.memory.get("set_aside") or ())
        added = self._raised_by(item, sheet) if not answer.correct and not aside else ()
        pages = list(next((head.pages for head in self.workspace.heads.modules if head.id == answer.module), ()))
        number = pages.index(item.page) + 1 if item.page in pages else 1
        return ResultRow(item, answer, added, aside, number, answer.module, later)

    def _raised_by(self, item: Item, sheet: Sheet) -> tuple[Question, ...]:
        """What a miss of this item adds: first what the item itself asks for, then what its topic raises."""
        fact = f"quiz:{item.topic}"
        raised_by = {
            prompt.topic
            for group in self.workspace.pack.groups
            for prompt in group.prompt
            if fact in prompt.must_if or fact in prompt.should_if
        }
        if item.asks:
            raised_by.add(item.asks)
        found = [question for question in (*sheet.on_paper, *sheet.more) if question.topic in raised_by]
        return tuple(sorted(found, key=lambda question: question.topic != item.asks))

    def results(self, place: Place, sheet: Sheet) -> ResultsView:
        """A sitting's answers: misses first, of them what cannot wait, then in the order asked."""
        given = self.given(place)
        first = [step for step in self.steps(place, given) if step.screen in ONCE_MORE]
        rows = [
            self.row(given[step], sheet, given.get(Step(ONCE_MORE[step.screen], step.item)))
            for step in first
            if step in given
        ]
        rows.sort(key=lambda row: (row.answer.correct, row.missed and not row.item.critical))
        reviewing = place.screen == REVIEW
        heads = {head.id: head.title for head in self.workspace.heads.modules}
        waiting = [one.day for one in self.schedule() if one.day > self.workspace.today] if reviewing else []
        return ResultsView(
            module=place.module,
            title="Review" if reviewing else heads.get(place.module, ""),
            rows=tuple(rows),
            left=len(first) - len(rows),
            screen=place.screen,
            next_due=min(waiting, default=None),
        )

    def topics(self) -> Topics:
        from ketalearn.learning.grading import topics_of

        return topics_of(
            self.workspace.pack.items, self.memory.answers(), frozenset(self.memory.get("set_aside") or ())
        )

    # ------------------------------------------------------------ mastery and review

    def mastery(self) -> dict[str, ModuleMastery]:
        """How each module's objectives stand."""
        from ketalearn.learning.mastery import module_mastery

        pack, answers = self.workspace.pack, self.memory.answers()
        return {
            module: module_mastery(pack.module(module).objective, pack.quiz(module), answers)
            for module in pack.info.modules
        }

    def schedule(self, mastery: dict[str, ModuleMastery] | None = None) -> tuple[Due, ...]:
        """What comes back and when."""
        from ketalearn.learning.review import schedule

        known = self.mastery() if mastery is None else mastery
        return schedule(
            self.bank,
            self.memory.answers(),
            self.workspace.now(),
            done=lambda key: known[key[0]].states[key[1]] == "mastered",
            visit=self.visit_by(),
        )

    def due(self) -> tuple[Due, ...]:
        """What is due today."""
        return tuple(one for one in self.schedule() if one.day <= self.workspace.today)

    def _begin_review(self) -> None:
        """A new review, unless one of today is open."""
        from ketalearn.learning.review import sitting

        place = Place("item", screen=REVIEW)
        given = self.given(place)
        today = self.workspace.today.isoformat()
        unfinished = any(step not in given for step in self.steps(place, given))
        if unfinished and (self.memory.get(REVIEWS) or {}).get("day") == today:
            return
        number = self._review()[0] + 1
        items = sitting(self.bank, self.due(), self.workspace.today, str(number))
        if not items:
            raise KetalearnError("Nothing is due for review today.")
        self.memory.put(REVIEWS, {"number": number, "items": list(items), "day": today})

    def _basis(self) -> list[Any]:
        return [len(self.memory.answers()), self.workspace.heads.version, str(self.visit_by() or "")]

    def settle(self) -> bool:
        """Bring the kept value up to date with the answers; True when it changed."""
        kept = self.memory.get(LEARNED) or {}
        basis = self._basis()
        if kept.get("basis", [0, *basis[1:]]) == basis:
            return False
        days: dict[str, int] = {}
        try:
            mastery = self.mastery()
            back = self.schedule(mastery)
        except KetalearnError:
            # said with its place when the person opens what is faulty
            return False
        for one in back:
            days[one.day.isoformat()] = days.get(one.day.isoformat(), 0) + 1
        mastered = {name: [one.done, len(one.states), one.mastered] for name, one in mastery.items() if one.done}
        self.memory.put(LEARNED, {"basis": basis, "due": days, "mastered": mastered})
        return True

    # ------------------------------------------------------------ the day of the visit

    def visit_day(self) -> dt.date | None:
        """The day of the visit as the person gave it."""
        return visit_day(self.memory)

    def set_visit_day(self, text: str) -> None:
        """Keep the day of the visit; no words take it away. Raises KetalearnError for what is no day."""
        words = " ".join(text.replace(",", " ").split())
        if not words:
            self.memory.put(VISIT_DAY, None)
            return
        for form in DAY_FORMS:
            try:
                day = dt.datetime.strptime(words, form).replace(tzinfo=dt.UTC).date()
            except ValueError:
                continue
            self.memory.put(VISIT_DAY, day.isoformat())
            return
        raise KetalearnError(f"'{text.strip()}' is no day. Write it as 2026-12-31, or 31 December 2026.")

    def visit_by(self) -> dt.date | None:
        """The earliest day, from today on, that the person or a clinic named."""
        days = [day for day in (self.visit_day(), self._due_by()) if day and day >= self.workspace.today]
        return min(days, default=None)
