"""The question sheet: a pure function from content, profile and date to what is printed, in every format.

Order, places and laws are those of the contract. Renderers print what is here and decide nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from ketalearn.content.models import LevelId, Prompt, Value
from ketalearn.content.pack import Pack
from ketalearn.decision.profile import NOT_SAID, QUIZ, Profile, Vocabulary
from ketalearn.decision.safety import Crisis, crisis_for, level_of
from ketalearn.decision.triggers import FOR_ANOTHER, Raised, Rank, Said, raise_all, sharing_lines, why_of, wording

SCHEMA = "ketalearn/sheet@1"

Own = tuple[str, str]
"""An own question: its name `own:N` and its words."""

ON_PAPER = 24
ON_FRONT = 10
FRONT_RED_FLAGS = 7
OWN_ON_BACK = 5

BLANK = "______"
LONGEST_FILL = 80

PRIVATE_WHY = "It is part of a full talk about this treatment."
NEEDS_NO_HEALTH = "billing"
UNNAMED_SOURCE = "A source whose name is left out of this copy"
UNCHECKED_SOURCE = "general-clinical-knowledge"
UNCHECKED_WORDS = "Source: clinical reasoning, not yet checked by a clinician"


@dataclass(frozen=True)
class Question:
    """One question as printed. `because` holds what the person said that raised it; `why` the general reason."""

    id: str
    topic: str
    group: str
    text: str
    why: str
    because: tuple[str, ...]
    priority: Literal["must", "should", "nice"]
    ask: tuple[str, ...]
    sources: tuple[str, ...]
    starred: bool
    pinned: bool
    rank: int
    edited: bool = False
    base_must: bool = False
    """On every sheet, whoever it is for: it takes paper before all but red flags and starred questions."""
    asked_by: str = ""
    """The topic of the question on this sheet that asks this too, so that this one stands last; "" for none."""

    @property
    def unchecked(self) -> bool:
        """True when the only ground is clinical reasoning, which the sheet must say."""
        return self.sources == (UNCHECKED_SOURCE,)


@dataclass(frozen=True)
class Notice:
    level: str
    topics: tuple[str, ...]
    text: str

    @property
    def lead(self) -> str:
        """What to do, without what was said: the first sentence, for a screen with few lines."""
        first, stop, _ = self.text.partition(". ")
        return f"{first}." if stop else self.text


@dataclass(frozen=True)
class SourceLine:
    """One line of the source key: author or body, year, PMID or DOI; `number` as cited on the sheet."""

    number: int
    id: str
    text: str


@dataclass(frozen=True)
class FromClinic:
    """What a clinic wrote, in a box of its own; it changes nothing else on the sheet."""

    name: str
    phone: str
    questions: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def heading(self) -> str:
        return f"From {self.name}. Not written or checked by ketalearn."

    @property
    def says(self) -> tuple[str, ...]:
        """What stands below the questions: the notes and the phone."""
        return (*self.notes, *((f"Phone: {self.phone}",) if self.phone else ()))


@dataclass(frozen=True)
class Retold:
    """What the person said to a teach-back, in their own words, and wanted printed."""

    question: str
    words: str


@dataclass(frozen=True)
class ContentState:
    version: str
    reviewed_on: str | None
    review_by: str
    stale: bool
    clinician_reviewed: bool
    review_status: str
    scope_note: str
    decision: str


@dataclass(frozen=True)
class Sheet:
    """All that is printed. `front`, `back` and `more` never share a topic."""

    level: LevelId
    notices: tuple[Notice, ...]
    crisis: Crisis
    tell: tuple[str, ...]
    front: tuple[Question, ...]
    back: tuple[Question, ...]
    more: tuple[Question, ...]
    values: tuple[str, ...]
    own_questions: tuple[str, ...]
    own_front: tuple[str, ...]
    own_back: tuple[str, ...]
    own_extra: tuple[str, ...]
    own_names: tuple[str, ...]
    """`own:N` for each of `own_questions`."""
    source_key: tuple[SourceLine, ...]
    content: ContentState
    today: str
    for_someone_else: bool = False
    hides_sensitive: bool = False
    telling_ids: frozenset[str] = frozenset()
    """Topics and sources whose very id names what the person chose to hide; they are numbered in JSON."""
    left_out: tuple[str, ...] = field(default=())
    """Plain sentences about what a choice of the person left out (own questions that name a hidden thing)."""
    ask: str | None = None
    """The one who is to answer, when the sheet holds only what they can answer."""
    leaning: str = ""
    """Where the person leans now, in their own words; it changes nothing else on the sheet."""
    only_top: bool = False
    """True for a sheet of the first three questions alone."""
    dense: int = 0
    """How short the reasons on paper are, so that a person's own musts find room: 0 whole, 1 shorter, 2 shortest,
    3 with one source each and the back right after
    the front, 4 with no room to write under own questions either."""

    from_clinics: tuple[FromClinic, ...] = ()
    """Boxes of clinics whose six words matched the person's paper, oldest first."""

    retold: tuple[Retold, ...] = ()
    """For the clinician to read, on an extra page."""

    @property
    def on_paper(self) -> tuple[Question, ...]:
        return (*self.front, *self.back)

    @property
    def paper_count(self) -> int:
        """How many questions are on paper, the person's own among them."""
        return len(self.on_paper) + len(self.own_questions)

    def number_of(self, source_id: str) -> int:
        return next(line.number for line in self.source_key if line.id == source_id)

    def _unnamed(self) -> dict[str, Any]:
        """The parts that hold ids, with a number in the place of each id that would say what is to stay unsaid."""
        places = {one.topic: at for at, one in enumerate((*self.front, *self.back, *self.more), start=1)}

        def source(name: str) -> str:
            return f"source-{self.number_of(name)}" if name in self.telling_ids else name

        def question(one: Question) -> Question:
            one = replace(one, sources=tuple(map(source, one.sources)))
            if one.topic not in self.telling_ids:
                return one
            return replace(one, id=f"question-{places[one.topic]}", topic=f"question_{places[one.topic]}")

        def topic(name: str) -> str:
            return f"question_{places[name]}" if name in self.telling_ids else name

        return {
            **{name: tuple(map(question, getattr(self, name))) for name in ("front", "back", "more")},
            "source_key": tuple(replace(line, id=source(line.id)) for line in self.source_key),
            "notices": tuple(replace(one, topics=tuple(map(topic, one.topics))) for one in self.notices),
            "telling_ids": frozenset(),
        }

    def as_dict(self) -> dict[str, Any]:
        """The sheet as the contract's JSON; keys beyond the contract's are additions."""
        if self.telling_ids:
            return replace(self, **self._unnamed()).as_dict()
        return {
            "schema": SCHEMA,
            "level": self.level,
            "notices": [asdict(notice) for notice in self.notices],
            "crisis": {
                "region": self.crisis.region,
                "lines": list(self.crisis.lines),
                "notes": list(self.crisis.notes),
            },
            "tell": list(self.tell),
            "front": [_question_dict(question) for question in self.front],
            "back": [_question_dict(question) for question in self.back],
            "more": [_question_dict(question) for question in self.more],
            "values": list(self.values),
            "leaning": self.leaning,
            "own_questions": list(self.own_questions),
            "sources": [{"number": line.number, "id": line.id, "text": line.text} for line in self.source_key],
            "content": {
                "version": self.content.version,
                "reviewed_on": self.content.reviewed_on,
                "review_by": self.content.review_by,
                "stale": self.content.stale,
                "clinician_reviewed": self.content.clinician_reviewed,
                "review_status": self.content.review_status,
                "scope_note": self.content.scope_note,
            },
            "left_out": list(self.left_out),
            "for": self.ask,
            "retold": [{"question": one.question, "words": one.words} for one in self.retold],
            "from_clinics": [
                {
                    "heading": one.heading,
                    "name": one.name,
                    "phone": one.phone,
                    "questions": list(one.questions),
                    "note": " ".join(one.notes),
                }
                for one in self.from_clinics
            ],
        }


def _question_dict(question: Question) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(question).items()}


VERY_SURE = "You were very sure about this, and the sources say otherwise. It is worth talking about"


def said_in(profile: Profile, vocabulary: Vocabulary) -> Said:
    """What the rules look at in `profile`. Someone who helps another is asked about that person."""
    missed, unsure, mended, sure = (
        frozenset(value for value in profile.chosen(name) if value not in NOT_SAID) for name in QUIZ
    )
    return Said(
        facts=vocabulary.facts(profile),
        missed=missed,
        unsure=unsure - missed,
        mended=mended - missed - unsure,
        sure=sure,
    )


@dataclass(frozen=True)
class Wishes:
    """How the person wants this sheet: nothing of theirs said, and for whom."""

    hide_sensitive: bool = False
    ask: str | None = None

    def __post_init__(self) -> None:
        # the one who sends the bill needs to know nothing about a person's health
        if self.ask == NEEDS_NO_HEALTH:
            object.__setattr__(self, "hide_sensitive", True)


def build_sheet(
    pack: Pack,
    profile: Profile,
    today: dt.date,
    *,
    region: str = "",
    wishes: Wishes | None = None,
) -> Sheet:
    """Make the sheet. `region` is used where the profile says none (environment); "" means not said."""
    wishes = wishes or Wishes()
    vocabulary = Vocabulary(pack.interview)
    profile = vocabulary.recognised(profile)
    said = said_in(profile, vocabulary)
    builder = _Builder(pack, vocabulary, profile, said, wishes, profile.region or region)
    front, back, more = builder.places()
    own_front, own_back, own_extra, left_out = builder.own_questions()
    own = (*own_front, *own_back, *own_extra)
    printed = (*front, *back, *more)
    red_flags = [question for question in printed if question.pinned]
    source_key, content = sources_and_state(pack, printed, today)
    info = pack.info
    if wishes.ask == NEEDS_NO_HEALTH and info.decision_cost:
        content = replace(content, decision=info.decision_cost, scope_note=info.scope_cost or content.scope_note)
    elif profile.for_someone_else and info.decision_they:
        content = replace(content, decision=info.decision_they)
    if wishes.hide_sensitive:
        source_key = tuple(
            replace(line, text=UNNAMED_SOURCE) if builder.names_something(line.text) else line for line in source_key
        )
    return Sheet(
        level=level_of(pack.safety, said.facts, red_flag=bool(red_flags), tells=bool(builder.all_tells())),
        notices=builder.notices(red_flags),
        crisis=crisis_for(pack, profile.region or region, said.facts),
        tell=() if wishes.hide_sensitive else builder.all_tells(),
        front=front,
        back=back,
        more=more,
        values=() if wishes.hide_sensitive else builder.values(),
        own_questions=tuple(text for _, text in own),
        own_front=tuple(text for _, text in own_front),
        own_back=tuple(text for _, text in own_back),
        own_extra=tuple(text for _, text in own_extra),
        own_names=tuple(name for name, _ in own),
        source_key=source_key,
        content=content,
        today=today.isoformat(),
        for_someone_else=profile.for_someone_else,
        hides_sensitive=wishes.hide_sensitive,
        telling_ids=builder.telling_ids(printed) if wishes.hide_sensitive else frozenset(),
        left_out=left_out,
        ask=wishes.ask,
        # for the talk about the choice; a paper for one reader, or one that hides, says nothing of it
        leaning="" if wishes.hide_sensitive or wishes.ask else " ".join(profile.leaning.split()),
    )


class _Builder:
    """Holds what every part of one sheet needs."""

    def __init__(
        self, pack: Pack, vocabulary: Vocabulary, profile: Profile, said: Said, wishes: Wishes, region: str
    ) -> None:
        self.pack = pack
        self.vocabulary = vocabulary
        self.profile = profile
        self.said = said
        self.wishes = wishes
        # the region picks words also where it comes from the environment; it raises nothing by that
        self.facts = said.all | ({f"region:{region}"} if region else frozenset())
        self.region_words = [(one.word, one.say) for one in pack.region_words if region in one.where]
        prompts = [(group.group, prompt) for group in pack.groups for prompt in group.prompt]
        self.bank = {prompt.topic: place for place, (_, prompt) in enumerate(prompts)}
        self.group_of = {prompt.topic: group for group, prompt in prompts}
        self.prompts: list[Prompt] = [prompt for _, prompt in prompts]

    # ------------------------------------------------------------ the three places

    def places(self) -> tuple[tuple[Question, ...], tuple[Question, ...], tuple[Question, ...]]:
        hidden = frozenset(self.profile.hidden)
        starred = frozenset(self.profile.starred) - hidden
        edited = frozenset(topic for topic, words in self.profile.edited.items() if words.strip()) - hidden
        raised = raise_all(self.prompts, self.said, starred, edited)
        if self.wishes.ask is not None:
            raised = [one for one in raised if self.wishes.ask in one.prompt.ask]
        if not self.wishes.hide_sensitive:
            # a private wording asks for one thing only, so it stands in for no other
            others = [one for one in raised if one.prompt.topic in hidden]
            shown = [one for one in raised if one.prompt.topic not in hidden]
            raised = [*sharing_lines(shown, self.facts, starred | edited), *others]
        wanted = {topic: place for place, topic in enumerate(self.profile.order)}
        raised.sort(
            key=lambda one: (
                one.rank,
                bool(one.asked_by),
                wanted.get(one.prompt.topic, len(wanted)),
                self.bank[one.prompt.topic],
            )
        )
        # a hidden red flag stays in `more`; other hidden questions are not on the sheet
        put_away = [one for one in raised if one.prompt.topic in hidden and one.pinned]
        shown = [one for one in raised if one.prompt.topic not in hidden]
        paper = self._on_paper(shown)
        flags = [one for one in paper if one.rank == Rank.RED_FLAG]
        others = [one for one in paper if one.rank != Rank.RED_FLAG]
        front = flags[:FRONT_RED_FLAGS]
        room = ON_FRONT - len(front)
        back = [*flags[FRONT_RED_FLAGS:], *others[room:]]
        front = [*front, *others[:room]]
        taken = {one.prompt.topic for one in paper}
        more = [*put_away, *(one for one in shown if one.prompt.topic not in taken)]
        return (
            tuple(map(self._question, front)),
            tuple(map(self._question, back)),
            tuple(map(self._question, more)),
        )

    @staticmethod
    def _on_paper(ranked: list[Raised]) -> list[Raised]:
        """Red flags, then starred, then base musts, then the best-ranked of the rest; kept in rank order."""
        first = [one for one in ranked if one.rank in (Rank.RED_FLAG, Rank.STARRED)]
        base = [one for one in ranked if one.prompt.base == "must" and one not in first]
        rest = [one for one in ranked if one not in first and one not in base]
        chosen = {one.prompt.topic for one in [*first, *base, *rest][:ON_PAPER]}
        # what another question on paper asks too waits in `more`, also where a paper for one reader has room
        chosen -= {one.prompt.topic for one in rest if one.asked_by in chosen}
        return [one for one in ranked if one.prompt.topic in chosen]

    def _question(self, raised: Raised) -> Question:
        prompt = raised.prompt
        edited = self.profile.edited.get(prompt.topic, "").strip()
        text = edited or wording(prompt, self.facts)
        because: tuple[str, ...] = self.because(raised)
        why = why_of(prompt, self.facts)
        if self.wishes.hide_sensitive:
            because = ()
            plain = prompt.they if self.profile.for_someone_else and prompt.they else prompt.text
            text = edited if edited and not self.names_something(edited) else (prompt.private or plain)
            if prompt.private:
                # the reason of such a prompt speaks of the very thing that is to stay unsaid
                why = PRIVATE_WHY
            else:
                # a reason picked by an answer would say which answer it was
                why = why_of(prompt, frozenset(f for f in self.facts if f.startswith("region:") or f == FOR_ANOTHER))
        return Question(
            id=prompt.id,
            topic=prompt.topic,
            group=self.group_of[prompt.topic],
            text=text if text == edited else self._filled(prompt, self._in_region(text)),
            why=self._in_region(why),
            because=because,
            priority=raised.priority,
            ask=prompt.ask,
            sources=prompt.sources,
            starred=prompt.topic in self.profile.starred,
            pinned=raised.pinned,
            rank=int(raised.rank),
            edited=bool(edited),
            base_must=prompt.base == "must",
            asked_by=raised.asked_by,
        )

    def _filled(self, prompt: Prompt, text: str) -> str:
        """`text` with its blank filled from what the person chose, where the prompt says so.

        Own words that are too long to be read aloud are left out here; they stand under "What matters most to me".
        """
        if prompt.fill != "values" or self.wishes.hide_sensitive:
            return text
        known = [_lower_first(value.label) for value in self.pack.personal_values if value.id in self.profile.values]
        own = " ".join(self.profile.own_value.split()).rstrip(".!?,; ")
        chosen = [*known, *([own] if own and len(own) <= LONGEST_FILL else [])]
        words = "; ".join(chosen)
        return text.replace(BLANK, words, 1) if words else text

    def _in_region(self, text: str) -> str:
        """`text` in the words of the person's region."""
        for word, say in self.region_words:
            text = re.sub(rf"\b{re.escape(word)}\b", say, text)
        return text

    # ------------------------------------------------------------ reasons

    def because(self, raised: Raised) -> tuple[str, ...]:
        # that one helps someone is in the title of that sheet, and no reason for any one question
        facts = [fact for fact in raised.because if fact != FOR_ANOTHER]
        if raised.prompt.fill == "values" and raised.prompt.topic not in self.profile.edited:
            # the question itself says what matters to them
            facts = [fact for fact in facts if not fact.startswith("value:")]
        reasons = [self._reason(fact) for fact in self._said_best(facts)]
        if not raised.fits:
            did = "starred this" if raised.rank == Rank.STARRED else "put this in your own words"
            return (f"You {did}. It no longer fits what you said now.",)
        return tuple(dict.fromkeys(map(self._in_region, reasons)))

    def _said_best(self, facts: Iterable[str]) -> list[str]:
        """`facts` once each, without those that another one of them says too: no one reads the hardest thing three
        times over in one line."""
        known = list(dict.fromkeys(facts))
        also = {one for fact in known if (value := self.vocabulary.value_of(fact)) for one in value.says}
        return [fact for fact in known if fact not in also]

    def _reason(self, fact: str) -> str:
        prefix, _, name = fact.partition(":")
        if prefix == "quiz":
            label = _lower_first(self.vocabulary.values["quiz_misses"][name].label)
            if name in self.said.sure:
                return f"{VERY_SURE}: {label}"
            if name in self.said.missed:
                return f"You want to understand this better: {label}"
            if name in self.said.unsure:
                return f"You were not sure about: {label}"
            return f"You went over this in a quiz, and have it now: {label}"
        value = self.vocabulary.value_of(fact)
        label = value.label if value else name
        if prefix == "ready":
            return f"You could not yet say: {label.rstrip('.')}"
        if prefix == "value":
            return f"What matters to you: {_lower_first(label)}"
        return f"You said: {self._said_words(value) if value else label}"

    def _said_words(self, value: Value) -> str:
        """An answer in the middle of a sentence. On a helper's sheet it speaks of the person helped: "I have a plan to
        end my life" would be read as the helper's own."""
        if value.said:
            return value.said
        if self.profile.for_someone_else and value.tell_they:
            return _lower_first(value.tell_they.rstrip("."))
        return _lower_first(value.label)

    # ------------------------------------------------------------ the Tell box

    def all_tells(self) -> tuple[str, ...]:
        """One line a chosen value that has one; red-flag values first, then in the order of the interview."""
        flags = {fact for prompt in self.prompts for fact in prompt.red_flag_if if fact in self.said.facts}
        lines: list[tuple[bool, str]] = []
        for name, one in self.vocabulary.fields.items():
            if name in QUIZ:
                continue
            for value in one.value:
                fact = f"{one.prefix}:{value.id}"
                if fact not in self.said.facts or not value.tell:
                    continue
                lines.append((fact not in flags, self._tell(name, value.id)))
        unknown = [name for name in self.profile.medicine_names if not self.vocabulary.class_of(name)]
        takes = "They take" if self.profile.for_someone_else else "I take"
        typed = [(True, f"{takes} {name.strip()}.") for name in dict.fromkeys(unknown) if name.strip()]
        return tuple(line for _, line in sorted([*lines, *typed], key=lambda row: row[0]))

    def _tell(self, field_name: str, value_id: str) -> str:
        value = self.vocabulary.values[field_name][value_id]
        other = self.profile.for_someone_else
        if field_name == "medicines":
            names = [name.strip() for name in self.profile.medicine_names if self.vocabulary.class_of(name) == value_id]
            if names:
                takes = "They take" if other else "I take"
                alike = value.kind_words.casefold() in (name.casefold() for name in names)
                kind = f" ({self._in_region(value.kind_words)})" if value.kind_words and not alike else ""
                return f"{takes} {' and '.join(dict.fromkeys(names))}{kind}."
        return self._in_region((value.tell_they or value.tell) if other else value.tell)

    # ------------------------------------------------------------ the rest

    def notices(self, red_flags: Iterable[Question]) -> tuple[Notice, ...]:
        flags = list(red_flags)
        if not flags:
            return ()
        when = "before the next dose" if self.profile.for_someone_else else "before your next dose"
        if self.profile.stage not in ("booked", "on_treatment"):
            when = "before they start or go on" if self.profile.for_someone_else else "before you start or go on"
        level = level_of(self.pack.safety, self.said.facts, red_flag=True, tells=True)
        sooner = next((one.notice for one in self.pack.safety.level if one.id == level), "")
        text = " ".join(filter(None, ("Talk with a clinician", sooner, f"{when}.")))
        if not self.wishes.hide_sensitive:
            facts = [
                fact
                for prompt in self.prompts
                if prompt.topic in {flag.topic for flag in flags}
                for fact in prompt.red_flag_if
                if fact in self.said.facts
            ]
            labels = [
                self._said_words(value) for fact in self._said_best(facts) if (value := self.vocabulary.value_of(fact))
            ]
            text += f" You said: {'; '.join(map(self._in_region, labels))}."
        return (Notice(level="red_flag", topics=tuple(flag.topic for flag in flags), text=text),)

    def values(self) -> tuple[str, ...]:
        known = {value.id: value.label for value in self.pack.personal_values}
        chosen = set(self.profile.values)
        listed = [label for value_id, label in known.items() if value_id in chosen]
        own = self.profile.own_value.strip()
        return (*listed, *([own] if own else []))

    def own_questions(self) -> tuple[tuple[Own, ...], tuple[Own, ...], tuple[Own, ...], tuple[str, ...]]:
        """Own questions for the front (starred), the back (the next five) and one extra page; and what is left out."""
        numbered = [
            (f"own:{place}", text.strip())
            for place, text in enumerate(self.profile.own_questions, start=1)
            if text.strip() and f"own:{place}" not in self.profile.hidden
        ]
        left_out: tuple[str, ...] = ()
        if self.wishes.ask is not None and numbered:
            # who can answer a question that a person wrote is theirs to know
            return (), (), (), ("Your own questions are on the full sheet only.",)
        if self.wishes.hide_sensitive:
            allowed = [row for row in numbered if not self.names_something(row[1])]
            if gone := len(numbered) - len(allowed):
                words = "1 question of your own is" if gone == 1 else f"{gone} questions of your own are"
                left_out = (f"{words} not printed here: the words name something you chose to hide.",)
            numbered = allowed
        wanted = {topic: place for place, topic in enumerate(self.profile.order)}
        numbered.sort(key=lambda row: wanted.get(row[0], len(wanted)))
        front = tuple(row for row in numbered if row[0] in self.profile.starred)
        rest = [row for row in numbered if row[0] not in self.profile.starred]
        return front, tuple(rest[:OWN_ON_BACK]), tuple(rest[OWN_ON_BACK:]), left_out

    def telling_ids(self, questions: Iterable[Question]) -> frozenset[str]:
        """Topics and source ids that name a thing of this profile: `porphyria`, `williams-2018-naltrexone`."""
        names = {name for one in questions for name in (one.topic, *one.sources)}
        return frozenset(name for name in names if self.names_something(re.sub("[-_]", " ", name)))

    def names_something(self, text: str) -> bool:
        """Whether the person's words hold a label, Tell line or medicine name of their own profile."""
        folded = text.casefold()
        if any(words.casefold() in folded for words in self.own_words()):
            return True
        # a medicine that was ticked by its kind is named by any of its names, as a whole word ("pot" is in "potential")
        kinds = [self.vocabulary.values["medicines"].get(name) for name in self.profile.medicines]
        names = [name.casefold() for kind in kinds if kind for name in kind.names]
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)

    def own_words(self) -> set[str]:
        """Every label, Tell line (first and third person) and medicine name of the profile, own value included."""
        words = set(self.all_tells()) | {name.strip() for name in self.profile.medicine_names}
        for name in self.vocabulary.fields:
            if name in QUIZ:
                continue
            for value_id in self.profile.chosen(name):
                if value := self.vocabulary.values[name].get(value_id):
                    words |= {value.label, value.tell, value.tell_they, value.said}
                    # "aneurysm" of "A bulge in a blood vessel (aneurysm)" says as much as the whole
                    words |= set(re.findall(r"\(([^)]+)\)", value.label))
        if self.profile.own_value.strip():
            words.add(self.profile.own_value.strip())
        return {word.strip().rstrip(".") for word in words if word.strip(" .")}


def _lower_first(label: str) -> str:
    """A label in the middle of a sentence; "I ..." and names in capitals keep theirs."""
    first = label.split(" ", 1)[0]
    if first in ("I", "I'm") or (first.isupper() and len(first) > 1) or any(char.isupper() for char in first[1:]):
        return label
    return label[:1].lower() + label[1:]


def sources_and_state(
    pack: Pack, printed: Iterable[Question], today: dt.date
) -> tuple[tuple[SourceLine, ...], ContentState]:
    """The numbered source key of `printed`, and how fresh its content is."""
    questions = list(printed)
    order = dict.fromkeys(source for question in questions for source in question.sources)
    key = tuple(
        SourceLine(number=place, id=source, text=_source_words(pack, source))
        for place, source in enumerate(order, start=1)
    )
    by_topic = {prompt.topic: prompt for group in pack.groups for prompt in group.prompt}
    dates = [by_topic[question.topic].review_by for question in questions]
    review_by = min(dates, default=today)
    info = pack.info
    return key, ContentState(
        version=info.version,
        reviewed_on=info.reviewed_on.isoformat() if info.reviewed_on else None,
        review_by=review_by.isoformat(),
        stale=today > review_by,
        clinician_reviewed=info.clinician_reviewed,
        review_status=info.review_status,
        scope_note=info.scope_note,
        decision=info.decision,
    )


def _source_words(pack: Pack, source_id: str) -> str:
    if source_id == UNCHECKED_SOURCE:
        return "Clinical reasoning, not yet checked by a clinician"
    source = pack.sources[source_id]
    if source.pmid:
        return f"{source.short}. PMID {source.pmid}"
    if source.doi:
        return f"{source.short}. doi:{source.doi}"
    return source.short
