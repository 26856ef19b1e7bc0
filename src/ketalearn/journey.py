"""The journey: where the learner is and what comes next. Faces draw a Place and send an Answer; nothing else decides.

Named tuples, not dataclasses: this module is read before the first frame, and they are made seven times as fast.
Places are kept by ids, so that a journey goes on after a restart, in the other face, and after the content changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ketalearn.content.heads import ModuleHead
from ketalearn.errors import KetalearnError
from ketalearn.learning import learned
from ketalearn.learning.progress import ModuleProgress, latest, progress_of
from ketalearn.learning.records import BEFORE, REVIEW, Answer
from ketalearn.place import HOME, STEP_KINDS, STEP_OF, STEPS, Kind, Place, Why
from ketalearn.workspace import Workspace

if TYPE_CHECKING:
    from ketalearn.decision.explain import Explanation
    from ketalearn.decision.medicines import Guess
    from ketalearn.decision.profile import Profile
    from ketalearn.decision.safety import Crisis, Phrases
    from ketalearn.decision.sheet import Sheet, Wishes
    from ketalearn.decision.visit import Visit, Visits
    from ketalearn.learning.grading import Topics
    from ketalearn.learning.lesson import Lesson
    from ketalearn.learning.session import ItemView, ResultRow, ResultsView, Session

__all__ = ["HOME", "STEPS", "STEP_OF", "Journey", "Kind", "Place", "Why"]

QUIZ_STEP = STEP_OF["item"]
SAFETY_HOURS = 24
EMERGENCY_NOW = "medical_emergency_now"


GOES_ON = (
    "page", "item", "feedback", "results", "choice", "interview", "overview", "matters", "ready", "questions",
    "visit", "notes",
)  # fmt: skip
"""Kinds of place that *continue* can lead back to."""


# ---------------------------------------------------------------- answers


class Next:
    """Go on."""


class Back:
    """Go one step back."""


class Open(NamedTuple):
    """Go to a place of the person's choice."""

    place: Place


class Choose(NamedTuple):
    """Answer the item: the position of an option from 0, or None for "I'm not sure"; how sure, 1 to 3, if said."""

    option: int | None
    confidence: int | None = None


class Reply(NamedTuple):
    """Answer the item of any type; what `chosen` and `text` hold stands in `learning.records.Answer`."""

    chosen: tuple[int, ...] = ()
    text: str = ""
    confidence: int | None = None


class Retold(NamedTuple):
    """The words of a teach-back, before its key points are ticked; "" when they were said or thought."""

    text: str


class OnSheet(NamedTuple):
    """Print the words of this teach-back with the sheet, or no more."""

    item: str


class Hinted:
    """Show the hint of the item."""


class VisitOn(NamedTuple):
    """The day of the visit as typed; no words take it away."""

    text: str


class Again(NamedTuple):
    """Take a module's quiz once more, from its first item."""

    module: str


class Said(NamedTuple):
    """About me: the values now chosen in a field (all of them)."""

    field: str
    values: tuple[str, ...]


class Typed(NamedTuple):
    """Words typed into a field: `free_text`, `own_value`, `leaning`, `medicine_names` (split at commas)."""

    field: str
    text: str


class Begin:
    """Start a new visit with the sheet as it is now; earlier visits stay."""


class Asked(NamedTuple):
    """At the visit: this question was asked, or was not after all."""

    asked: bool


class Noted(NamedTuple):
    """At the visit: all the words of the note, complete."""

    text: str


class Ready(NamedTuple):
    """A readiness statement answered: "yes", "not_sure" or "no"; "" takes the answer back."""

    statement: str
    answer: str


AnswerTo = (
    Next
    | Back
    | Open
    | Choose
    | Reply
    | Retold
    | OnSheet
    | Hinted
    | VisitOn
    | Again
    | Said
    | Typed
    | Begin
    | Asked
    | Noted
    | Ready
)


# ---------------------------------------------------------------- what faces draw


class HomeView(NamedTuple):
    """Home, from the modules' own tables and the memory alone."""

    modules: tuple[ModuleProgress, ...]
    goes_on: Place | None
    goes_on_words: str
    returning: bool
    questions: int | None
    starred: int
    due: int = 0
    """Questions that come back today."""
    mastered: dict[str, tuple[int, int, bool]] = {}  # noqa: RUF012 - never changed
    """Module to objectives mastered, objectives in all, and whether the module is; as last counted."""
    visit_day: dt.date | None = None
    asked: tuple[int, ...] = ()
    """Places in `modules`, from 1, that a clinic whose words matched asks for and that are not read to the end."""

    @property
    def asked_words(self) -> str:
        """What the clinic still asks for, by the numbers of the lessons; "" for nothing."""
        if not self.asked:
            return ""
        *some, last = self.asked
        if some and last - self.asked[0] == len(some):
            return f"Your clinic asks for lessons {self.asked[0]} {'to' if some[1:] else 'and'} {last}."
        lessons = f"lessons {', '.join(map(str, some))} and {last}" if some else f"lesson {last}"
        return f"Your clinic asks for {lessons}."


class Journey:
    """One learner's way through a workspace. Holds no screen; keeps what must last in the workspace's memory."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.memory = workspace.memory
        self._undo: list[dict[str, Any]] = []

    # ------------------------------------------------------------ where to begin

    def start(self) -> Place:
        """Where this run begins: the welcome, Crisis help when recent answers ask for it, or Home."""
        begin = HOME if self.memory.get("welcomed") else Place("welcome")
        crisis = self.memory.get("crisis") or {}
        if crisis and (crisis.get("lasting") or self._recent(crisis.get("at", ""))):
            return Place("crisis", returns=begin, why="start")
        return begin

    def _recent(self, stamp: str) -> bool:
        try:
            age = self.workspace.now() - dt.datetime.fromisoformat(stamp)
        except (ValueError, TypeError):
            return False
        # a clock set back makes a negative age: still recent
        return age <= dt.timedelta(hours=SAFETY_HOURS)

    # ------------------------------------------------------------ what comes next

    def advance(self, place: Place, answer: AnswerTo) -> Place:
        """The place that follows `place` after `answer`; keeps what was answered before it returns."""
        match answer:
            case Next():
                to = self._next(place)
            case Back():
                to = self._back(place)
            case Open(place=chosen):
                to = self._opened(chosen, place)
            case Choose(option=option, confidence=sure):
                chosen = () if option is None else (option,)
                to = self.quiz.answer(place, chosen, confidence=sure, not_sure=option is None)
            case Reply(chosen=chosen, text=text, confidence=sure):
                to = self.quiz.answer(place, chosen, text=text, confidence=sure)
            case Retold(text=text):
                self.quiz.keep_draft(place.item, text)
                to = self.crisis_after(text, place) or place
            case OnSheet(item=item):
                from ketalearn.learning.retold import toggle

                toggle(self.memory, item)
                to = place
            case Hinted():
                self.quiz.show_hint(place.item)
                to = place
            case VisitOn(text=text):
                to = self.crisis_after(text, place) or place
                if to == place:
                    self.quiz.set_visit_day(text)
                    self.quiz.settle()
            case Again(module=module):
                self.quiz.new_sitting(module)
                to = self.quiz_place(module)
            case Said(field=field, values=values):
                to = self._said(place, field, values)
            case Typed(field=field, text=text):
                to = self._typed(place, field, text)
            case Begin():
                to = self._begin_visit()
            case Asked(asked=asked):
                to = self._asked(place, asked)
            case Noted(text=text):
                self.keep_note(place, text)
                to = self.crisis_after(text, place) or place
            case Ready(statement=statement, answer=said):
                self._ready(statement, said)
                to = place
        # a look at the questions from elsewhere does not lose the place one left; the step after What matters is one
        if to.kind != "questions" or place.kind in ("matters", "ready"):
            self._remember(to)
        if place.step == QUIZ_STEP and to.step != QUIZ_STEP:
            self.quiz.settle()
        return to

    def step_place(self, step: int, here: Place) -> Place:
        """What a step of the path (see STEPS) opens, to send as `Open`: lessons and quiz of the module that one is in,
        else of the first with something unread."""
        kind: Kind = STEP_KINDS[step]
        if kind not in ("page", "item"):
            return Place(kind)
        heads = [head for head in self.workspace.heads.modules if head.readable]
        unread = [head.id for head in heads if self.progress(head).next_page]
        module = here.module or next(iter(unread or [head.id for head in heads]), "")
        return Place(kind, module=module) if module else HOME

    def _remember(self, place: Place) -> None:
        if place.kind in GOES_ON:
            kept = {"kind": place.kind, "module": place.module, "page": place.page,
                    "item": place.item, "screen": place.screen}  # fmt: skip
            if self.memory.get("place") != kept:
                self.memory.put("place", kept)

    def _next(self, place: Place) -> Place:
        match place.kind:
            case "welcome":
                self.memory.put("welcomed", True)
                return HOME
            case "home":
                return self.resume()
            case "page":
                return self._after_page(place)
            case "item" | "feedback":
                return self.quiz.after(place)
            case "results":
                return self._after_module(place.module) if place.module else HOME
            case "choices":
                return Place("choice", screen=self.workspace.pack.options[0].id)
            case "choice":
                ids = [option.id for option in self.workspace.pack.options]
                return _neighbour(ids, place.screen, 1, "choice") or self.interview_place()
            case "compare" | "fit":
                return self.interview_place()
            case "interview":
                return _neighbour(self.screens, place.screen, 1, "interview") or Place("overview")
            case "overview":
                return Place("matters")
            case "matters" if self.workspace.pack.statements:
                return Place("ready")
            case "matters" | "ready":
                return Place("questions")
            case "visit":
                return _neighbour(self._visit_names(), place.screen, 1, "visit") or Place("notes")
            case "crisis":
                return place.returns or HOME
            case _:
                return HOME

    def _back(self, place: Place) -> Place:
        match place.kind:
            case "page":
                pages = list(self.head(place.module).pages)
                at = pages.index(place.page) if place.page in pages else 0
                return place._replace(page=pages[at - 1]) if at > 0 else HOME
            case "item" | "feedback":
                return self.quiz.before(place) or HOME
            case "choice":
                ids = [option.id for option in self.workspace.pack.options]
                return _neighbour(ids, place.screen, -1, "choice") or Place("choices")
            case "compare" | "fit":
                return Place("choices")
            case "interview":
                return _neighbour(self.screens, place.screen, -1, "interview") or HOME
            case "overview":
                return Place("interview", screen=self.screens[-1])
            case "matters":
                return Place("overview")
            case "visit":
                return _neighbour(self._visit_names(), place.screen, -1, "visit") or Place("questions")
            case "notes":
                return self.visit_place(self._visit_names()[-1])
            case "ready":
                return Place("matters")
            case "rating":
                return Place("about")
            case "crisis":
                return place.returns or HOME
            case _:
                return HOME

    def _opened(self, chosen: Place, came_from: Place) -> Place:
        if chosen.kind == "crisis":
            back_to = came_from.returns if came_from.kind == "crisis" else came_from
            return chosen._replace(returns=back_to, why=chosen.why or "asked")
        if chosen.kind == "page" and not chosen.page:
            head = self.head(chosen.module)
            progress = self.progress(head)
            return chosen._replace(page=progress.next_page or head.pages[0])
        if chosen.kind == "item" and not chosen.item:
            return self.quiz.open(chosen)
        if chosen.kind == "interview" and not chosen.screen:
            return self.interview_place()
        if chosen.kind in ("visit", "notes"):
            return self._opened_visit(chosen)
        return chosen

    def _after_page(self, place: Place) -> Place:
        page = self.workspace.pack.page(place.module, place.page)
        self.memory.mark_page(place.module, place.page, page.front.revision)
        pages = list(self.head(place.module).pages)
        at = pages.index(place.page) if place.page in pages else len(pages) - 1
        if at + 1 < len(pages):
            return place._replace(page=pages[at + 1])
        return self.quiz_place(place.module) if self.quiz.items(place.module) else self._after_module(place.module)

    def _after_module(self, module: str) -> Place:
        """The next module with something unread, else the choices."""
        heads = [head for head in self.workspace.heads.modules if head.readable]
        names = [head.id for head in heads]
        at = names.index(module) + 1 if module in names else 0
        for head in heads[at:]:
            if page := self.progress(head).next_page:
                return Place("page", module=head.id, page=page)
        return Place("choices")

    # ------------------------------------------------------------ the quiz

    @cached_property
    def quiz(self) -> Session:
        """The quizzes: their questions, answers and reviews."""
        from ketalearn.learning.session import Session

        return Session(self.workspace, self._due_by)

    def quiz_place(self, module: str) -> Place:
        """The first item not answered in this sitting, or the results."""
        return self.quiz.open(Place("item", module=module))

    def toggle_set_aside(self, item: str) -> bool:
        """Take back (or bring back) what a miss added to My questions. True when it is now set aside."""
        return self.quiz.toggle_set_aside(item)

    def _due_by(self) -> dt.date | None:
        """The earliest day, from today on, until which an opened assignment is asked for."""
        if not self.memory.get("assignments"):
            return None
        from ketalearn.clinic.trust import Assignments

        days = (
            dt.date.fromisoformat(one.assignment.due) for one in Assignments(self.memory).all() if one.assignment.due
        )
        return min((day for day in days if day >= self.workspace.today), default=None)

    # ------------------------------------------------------------ About me

    @cached_property
    def screens(self) -> list[str]:
        """Ids of the interview's screens in order."""
        return [screen.id for screen in self.workspace.pack.interview.screen]

    def interview_place(self) -> Place:
        return Place("interview", screen=self.screens[0])

    def _said(self, place: Place, field: str, values: tuple[str, ...]) -> Place:
        from ketalearn.decision.profile import kept

        chosen = kept(field, values, self.workspace.vocabulary)
        before = self.profile()
        emergency = field == "safety" and EMERGENCY_NOW in chosen
        if emergency:
            # never stored
            chosen = tuple(value for value in chosen if value != EMERGENCY_NOW)
        after = before.with_field(field, chosen)
        self.keep(after, safety_said=field == "safety")
        if emergency:
            return Place("crisis", returns=place, why="emergency")
        if field in ("safety", "goal") and self._is_crisis(after) and (set(chosen) - set(before.chosen(field))):
            return Place("crisis", returns=place, why="safety")
        return place

    def _is_crisis(self, profile: Profile) -> bool:
        from ketalearn.decision.safety import level_of

        level = level_of(
            self.workspace.pack.safety, self.workspace.vocabulary.facts(profile), red_flag=False, tells=False
        )
        return level in ("emergency_now", "crisis_first")

    def _typed(self, place: Place, field: str, text: str) -> Place:
        profile = self.profile()
        if field == "medicine_names":
            names = tuple(dict.fromkeys(part.strip() for part in text.replace("\n", ",").split(",") if part.strip()))
            self.keep(replace(profile, medicine_names=names))
        else:
            self.keep(replace(profile, **{field: text.strip()}))  # type: ignore[arg-type]  # the other two are texts
        return self.crisis_after(text, place) or place

    # ------------------------------------------------------------ one's own words

    def medicine_guesses(self, before: Iterable[str] = ()) -> tuple[Guess, ...]:
        """Typed names to ask about: not known, like one that is, and not among those kept `before`."""
        old = set(before)
        names = [name for name in self.profile().medicine_names if name not in old]
        return self.workspace.vocabulary.medicine_guesses(names)

    def correct_name(self, guess: Guess) -> None:
        """Keep the known name in the place of the typed one, as the person confirmed."""
        profile = self.profile()
        names = (guess.known.name if name == guess.typed else name for name in profile.medicine_names)
        self.keep(replace(profile, medicine_names=tuple(dict.fromkeys(names))))

    def suggested(self) -> tuple[tuple[str, str], ...]:
        """(fact, label) of what the free text made us think of, without what was said or declined before."""
        from ketalearn.decision.suggest import suggested

        profile = self.profile()
        vocabulary = self.workspace.vocabulary
        without = {*vocabulary.facts(profile), *(self.memory.get("suggestions_declined") or ())}
        found = suggested(self.workspace.pack.suggestions, profile.free_text, without)
        return tuple((fact, value.label) for fact in found if (value := vocabulary.value_of(fact)))

    def add_suggested(self, offered: Iterable[str], chosen: Iterable[str]) -> None:
        """Add the facts that the person ticked; the others are not offered again."""
        from ketalearn.decision.profile import kept

        vocabulary = self.workspace.vocabulary
        ticked = list(chosen)
        profile = self.profile()
        for fact in ticked:
            prefix, _, value = fact.partition(":")
            field = vocabulary.by_prefix[prefix]
            profile = profile.with_field(field, kept(field, [*profile.chosen(field), value], vocabulary))
        if ticked:
            self.keep(profile)
        declined = [fact for fact in offered if fact not in ticked]
        if declined:
            before = list(self.memory.get("suggestions_declined") or [])
            self.memory.put("suggestions_declined", list(dict.fromkeys([*before, *declined])))

    def readiness(self, statement: str) -> str:
        """What was answered to a readiness statement: "yes", "not_sure", "no", or "" for not said."""
        said = str((self.memory.get("readiness_said") or {}).get(statement, ""))
        if statement in self.profile().readiness:
            return said if said in ("not_sure", "no") else "not_sure"
        return said if said == "yes" else ""

    def _ready(self, statement: str, answer: str) -> None:
        self.memory.put("readiness_said", {**(self.memory.get("readiness_said") or {}), statement: answer})
        profile = self.profile()
        others = tuple(one for one in profile.readiness if one != statement)
        open_now = (*others, statement) if answer in ("not_sure", "no") else others
        if open_now != profile.readiness:
            self.keep(replace(profile, readiness=open_now))

    def explained(self, topic: str, sheet: Sheet | None = None) -> Explanation:
        """Why the question of `topic` is on the sheet, or is not."""
        from ketalearn.decision.explain import explain

        return explain(self.workspace.pack, self.profile(), sheet or self.sheet(), topic)

    def absent(self, sheet: Sheet) -> tuple[tuple[str, str], ...]:
        """(topic, text) of every question of the bank that is not on the sheet."""
        there = {question.topic for question in (*sheet.on_paper, *sheet.more)}
        prompts = [prompt for group in self.workspace.pack.groups for prompt in group.prompt]
        return tuple((prompt.topic, prompt.text) for prompt in prompts if prompt.topic not in there)

    @cached_property
    def _phrases(self) -> Phrases:
        from ketalearn.decision.safety import Phrases

        return Phrases(self.workspace.pack.safety.phrase)

    def parting(self) -> str:
        """What becomes of the answers when the person leaves now, in one true sentence."""
        if self.workspace.private:
            return "Nothing is kept on this computer."
        if not self.memory.saved:
            return "Your last answers are NOT saved."
        return "All you answered is saved."

    def crisis_after(self, text: str, place: Place) -> Place | None:
        """Crisis help when typed words ask for it; the words are matched here and kept nowhere."""
        return Place("crisis", returns=place, why="words") if self._phrases.match(text) else None

    # ------------------------------------------------------------ the visit

    @cached_property
    def visits(self) -> Visits:
        from ketalearn.decision.visit import Visits

        return Visits(self.memory)

    def visit(self) -> Visit:
        """The newest visit. Raises KetalearnError when there is none that can be read."""
        if (visit := self.visits.newest) is None:
            raise KetalearnError("No visit has begun yet. Open My visit to begin one.")
        return visit

    def visit_place(self, name: str) -> Place:
        return Place("visit", screen=name)

    def _visit_names(self) -> list[str]:
        return list(self.visit().names)

    def _begin_visit(self) -> Place:
        from ketalearn.decision.sheet import Wishes
        from ketalearn.decision.visit import begin

        visit = begin(
            self.sheet(),
            self.sheet(Wishes(hide_sensitive=True)),
            number=self.visits.next_number(),
            started=self.workspace.now().isoformat(),
        )
        self.visits.keep(visit)
        return self.visit_place(visit.names[0])

    def _opened_visit(self, chosen: Place) -> Place:
        """The visit where it was left; one that nothing was noted in begins anew, with the questions of now."""
        visit = self.visits.newest
        if visit is None or (not visit.used and not chosen.screen):
            return self._begin_visit()
        if chosen.kind == "notes" or chosen.screen in visit.names:
            return chosen
        open_ones = [one.name for one in visit.questions if not one.asked and not one.note.strip()]
        return self.visit_place(open_ones[0]) if open_ones else Place("notes")

    def _change_visit(self, change: Callable[[Visit], Visit]) -> None:
        self.visits.change(change)

    def _asked(self, place: Place, asked: bool) -> Place:
        from ketalearn.decision.visit import marked

        self._change_visit(lambda visit: marked(visit, place.screen, asked))
        return place

    def keep_note(self, place: Place, text: str) -> None:
        """Keep what stands in the note of a place of the visit, finished or not."""
        from ketalearn.decision.visit import noted

        now = self.workspace.now().isoformat()
        self._change_visit(lambda visit: noted(visit, place.screen, text, now))

    def add_to_visit(self, text: str) -> None:
        """Add a question that came up at the visit."""
        from ketalearn.decision.visit import added

        self._change_visit(lambda visit: added(visit, text))

    # ------------------------------------------------------------ the profile

    def profile(self) -> Profile:
        """What the person said and what the quizzes showed. Safety answers older than a day count as not said."""
        from ketalearn.decision.profile import Profile, profile_of

        raw = dict(self.memory.get("profile") or {})
        if raw.get("safety") and not self._recent(str(self.memory.get("safety_at") or "")):
            del raw["safety"]
        topics = self.topics()
        raw |= {
            "quiz_misses": list(topics.missed),
            "quiz_unsure": list(topics.unsure),
            "quiz_mended": list(topics.mended),
            "quiz_sure": list(topics.sure),
        }
        faults: list[str] = []

        def report(key: str, *_: str) -> None:
            faults.append(key)

        profile = profile_of(raw, self.workspace.vocabulary, self.bank_topics, report)
        if faults:
            # the content changed under a kept profile: values that are gone count as not said
            profile = profile_of(
                _only_known(raw, self.workspace.vocabulary, self.bank_topics),
                self.workspace.vocabulary,
                self.bank_topics,
                lambda *_: None,
            )
        return profile if isinstance(profile, Profile) else Profile()

    @cached_property
    def bank_topics(self) -> list[str]:
        return [prompt.topic for group in self.workspace.pack.groups for prompt in group.prompt]

    def topics(self) -> Topics:
        return self.quiz.topics()

    def keep(self, profile: Profile, *, safety_said: bool = False, undoable: bool = True) -> None:
        """Keep what the person said; the profile before it can be had back with `undo`."""
        said = profile.as_dict()
        for name in ("quiz_misses", "quiz_unsure", "quiz_mended", "quiz_sure"):
            said.pop(name, None)
        old = self.memory.get("profile") or {}
        if not safety_said and old.get("safety") and not said.get("safety"):
            # stale safety answers are left as they are until they are asked again
            said["safety"] = old["safety"]
        if undoable:
            self._undo.append({"profile": old, "safety_at": self.memory.get("safety_at")})
        self.memory.put("profile", said)
        if safety_said:
            self.memory.put("safety_at", self.workspace.now().isoformat())
        self._keep_crisis(profile)

    def _keep_crisis(self, profile: Profile) -> None:
        """Remember, for the next start, whether Crisis help comes first."""
        crisis: dict[str, Any] = {}
        if self._is_crisis(replace(profile, safety=())):
            crisis = {"lasting": True}
        elif self._is_crisis(profile):
            crisis = {"at": str(self.memory.get("safety_at") or self.workspace.now().isoformat())}
        if (self.memory.get("crisis") or {}) != crisis:
            self.memory.put("crisis", crisis)

    def undo(self) -> bool:
        """Bring back the profile before the last change of this run. False when there is none."""
        if not self._undo:
            return False
        before = self._undo.pop()
        self.memory.put("profile", before["profile"])
        self.memory.put("safety_at", before["safety_at"])
        self._keep_crisis(self.profile())
        return True

    # ------------------------------------------------------------ what faces draw

    def head(self, module: str) -> ModuleHead:
        return next(head for head in self.workspace.heads.modules if head.id == module)

    def progress(self, head: ModuleHead) -> ModuleProgress:
        return progress_of(head, latest(self.memory.answers()), self.memory.pages_read())

    def home(self) -> HomeView:
        """Home; reads no lesson and imports no model."""
        answers = latest(self.memory.answers())
        pages = self.memory.pages_read()
        heads = self.workspace.heads.modules
        if assigned := self.memory.get("assigned_modules"):
            place = {name: at for at, name in enumerate(assigned)}
            heads = tuple(sorted(heads, key=lambda head: place.get(head.id, len(place))))
        modules = tuple(progress_of(head, answers, pages) for head in heads)
        wanted = set(self.memory.get("asked_by_clinic") or ())
        asked = tuple(at for at, one in enumerate(modules, start=1) if one.head.id in wanted and one.read < one.pages)
        kept = self.memory.get("place")
        goes_on = self._kept_place(kept) if kept else None
        returning = goes_on is not None
        if goes_on is None:
            first = next((one for one in modules if one.head.readable), None)
            goes_on = Place("page", module=first.head.id, page=first.head.pages[0]) if first else None
        raw = self.memory.get("profile") or {}
        return HomeView(
            modules=modules,
            goes_on=goes_on,
            goes_on_words=self._words(goes_on) if goes_on else "",
            returning=returning,
            questions=self.memory.get("questions_shown"),
            starred=len(raw.get("starred", ())),
            due=learned.due(self.memory, self.workspace.today),
            mastered=learned.mastered(self.memory),
            visit_day=learned.visit_day(self.memory),
            asked=asked,
        )

    def _kept_place(self, kept: dict[str, Any]) -> Place | None:
        """A remembered place, if what it names is still there."""
        try:
            place = Place(**{key: str(value) for key, value in kept.items()})  # type: ignore[arg-type]  # an old store may hold anything
        except TypeError:
            return None
        if place.module:
            head = next((one for one in self.workspace.heads.modules if one.id == place.module), None)
            if head is None or (place.page and place.page not in head.pages):
                return None
            if place.item and place.item not in head.items:
                return None
        if place.kind in ("visit", "notes"):
            visit = self.visits.newest
            if visit is None or (place.screen and place.screen not in visit.names):
                return None
        return place

    def _words(self, place: Place) -> str:
        """A place in words, from the modules' own tables."""
        if place.module:
            head = self.head(place.module)
            if place.kind == "page":
                return f"{head.title}, page {head.pages.index(place.page) + 1} of {len(head.pages)}"
            if place.screen.startswith(REVIEW):
                return "Review"
            if place.item and place.screen:
                return f"{head.title}, {'guess first' if place.screen == BEFORE else 'quiz, once more'}"
            if place.item:
                return f"{head.title}, quiz question {head.items.index(place.item) + 1} of {len(head.items)}"
            return f"{head.title}, quiz results"
        if place.kind == "results":
            return "Review"
        if place.kind == "visit" and (visit := self.visits.newest) and place.screen in visit.names:
            at = visit.names.index(place.screen) + 1
            return f"My visit, {at} of {len(visit.names)}"
        if place.kind == "notes":
            return "My visit, all my notes"
        step = place.step
        return STEPS[step] if step is not None else ""

    def resume(self) -> Place:
        """Where *continue* leads: an answered item goes on to the next one."""
        place = self.home().goes_on or HOME
        if place.kind in ("item", "feedback"):
            place = self.quiz.open(place._replace(kind="item"))
        self._remember(place)
        return place

    def lesson(self, place: Place) -> Lesson:
        from ketalearn.learning.lesson import lesson_of

        return lesson_of(self.workspace.pack, place.module, self.workspace.pack.page(place.module, place.page))

    def past_date(self, place: Place, options: Iterable[str] = ()) -> str:
        """The banner of a lesson page, an answered item or the choices `options` when a fact there is past its date,
        else "". An item stands on the facts of the page that teaches it."""
        from ketalearn.learning import past_date

        pack = self.workspace.pack
        match place.kind:
            case "page":
                facts = past_date.facts_of_page(pack, place.module, place.page)
            case "item" | "feedback":
                facts = past_date.facts_of_page(pack, place.module, pack.items[place.item].page)
            case _:
                chosen = set(options)
                facts = past_date.facts_of_options(one for one in pack.options if one.id in chosen)
        return past_date.banner(pack, facts, self.workspace.today)

    def item(self, place: Place) -> ItemView:
        """The item of a place; the clock of its answer starts when it is first drawn."""
        return self.quiz.view(place)

    def row(self, answer: Answer) -> ResultRow:
        """What one answer means: what a miss added, or which page to read again."""
        return self.quiz.row(answer, self.sheet())

    def results(self, place: Place) -> ResultsView:
        """A sitting's answers, misses first, then in the order asked."""
        return self.quiz.results(place, self.sheet())

    def crisis(self, *, region: str = "") -> Crisis:
        """The help of the person's region, or of `region` when they open another country's."""
        from ketalearn.decision.safety import crisis_for

        profile = self.profile()
        chosen = region or profile.region or self.workspace.region
        return crisis_for(self.workspace.pack, chosen, self.workspace.vocabulary.facts(profile))

    def sheet(self, wishes: Wishes | None = None) -> Sheet:
        """The sheet as it is now; the count for Home is kept."""
        from ketalearn.decision.sheet import build_sheet
        from ketalearn.render.fit import fit

        sheet = fit(
            build_sheet(
                self.workspace.pack,
                self.profile(),
                self.workspace.today,
                region=self.workspace.region,
                wishes=wishes,
            )
        )
        if self.memory.get("assignments"):
            from ketalearn.clinic.on_sheet import with_clinics

            sheet = with_clinics(sheet, self.memory)
        if self.memory.get("retold_on_sheet"):
            from ketalearn.learning.retold import with_retold

            sheet = with_retold(sheet, self.memory, self.workspace.pack.items)
        if wishes is None and self.memory.get("questions_shown") != sheet.paper_count:
            self.memory.put("questions_shown", sheet.paper_count)
        return sheet


def _neighbour(ids: list[str], here: str, by: int, kind: Kind) -> Place | None:
    at = ids.index(here) + by if here in ids else 0
    return Place(kind, screen=ids[at]) if 0 <= at < len(ids) else None


def _only_known(raw: dict[str, Any], vocabulary: Any, topics: Iterable[str]) -> dict[str, Any]:
    """A kept profile without values and topics that the content no longer has."""
    known = set(topics)
    cleaned: dict[str, Any] = {}
    for key, value in raw.items():
        if key in ("starred", "hidden", "order"):
            cleaned[key] = [one for one in value if one in known or one.startswith("own:")]
        elif key == "edited":
            cleaned[key] = {topic: words for topic, words in value.items() if topic in known}
        elif key in vocabulary.fields or key in ("quiz_unsure", "quiz_mended", "quiz_sure"):
            allowed = set(vocabulary.allowed(key))
            cleaned[key] = (
                (value if value in allowed else "")
                if isinstance(value, str)
                else [one for one in value if one in allowed]
            )
        else:
            cleaned[key] = value
    return cleaned
