"""Item flaws, one rule a function (L01 to L19 of the project's list; the codes end in the same number).

Sources: Haladyna, Downing & Rodriguez 2002 (31 rules); NBME item-writing guide; Tarrant & Ware 2008 and Downing 2005 on
how common and how harmful flaws are; Rodriguez 2005 on three options; Pham 2018 on which flaws were confirmed. A rule
warns; only what breaks an item or may do harm is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ketalearn.content import models
from ketalearn.content.lint.words import NUMBER, content_words, first_word, folded, sentences, word_count
from ketalearn.findings import Severity

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint

LONGEST_TIMES = 1.5
STEM_WORDS = 6
LONG_SENTENCE = 25
FEW, MANY = 3, 5
MARGIN = 2
CUE_WORDS = 3

ALL_OF = re.compile(
    r"\b(?:all|none|both|neither) of (?:the (?:above|following|others)|these|them)\b|\bboth [a-d] and [a-d]\b", re.I
)
ABSOLUTE = re.compile(r"\b(?:always|never|all|only|none|completely|entirely|every|no one|nothing)\b", re.I)
VAGUE = re.compile(r"\b(?:usually|often|rarely|sometimes|frequently|generally)\b", re.I)
NEGATIVE = re.compile(
    r"(?<!\*)\b(?:except|(?<!at )(?<!at the )least)\b|\b(?:which|what|who)\b[^.,;:?!]*\bnot\b"
    r"|\bis not true\b|\bare not true\b",
    re.I,
)
NEGATIVE_PARTS = ("except", "least", "not")
"""In small letters, one of these stands wherever :data:`NEGATIVE` finds anything."""
EMPHASIS = re.compile(r"\*\*not\*\*|\bNOT\b|\*\*except\*\*|\bEXCEPT\b")
BLANK = re.compile(r"_{3,}\s*\S")
OPEN_STEM = re.compile(
    r"^which (?:one )?of (?:the following|these)(?: statements?)? (?:is|are) (?:true|correct|right)\b", re.I
)
ONLY_VERDICT = re.compile(
    r"^(?:yes|no|right|wrong|correct|incorrect|not quite|true|false|that is (?:right|wrong|so))[.!]?$", re.I
)
PERSONAL_DOSE = re.compile(
    r"\b(?:how (?:much|many)\b(?! (?:time|minutes|hours|days|nights|weeks|people|visits)\b)|what dose|which dose)\b"
    r"[^?]*\b(?:should you|do you need|for you|you should)\b"
    r"|\byour dose (?:is|should)\b|\bdo you have (?:depression|bipolar|psychosis)\b"
    r"|\b\d+(?:\.\d+)?\s?(?:mg|milligrams?)\b",
    re.I,
)


PERSONAL_PARTS = ("how much", "how many", "dose", "do you have", "mg", "milligram")
"""In small letters, one of these stands wherever :data:`PERSONAL_DOSE` finds anything."""
VERDICT_LETTERS = 20
"""What is longer than this is more than a verdict."""


class Flaw(NamedTuple):
    """What a rule found in an item: where in it, what, and how to mend it."""

    key: tuple[str | int, ...]
    message: str
    fix: str


class Stems:
    """The stems of a module's items, by their words, so that no item is held against each other one."""

    def __init__(self, items: Iterable[models.ItemBase]) -> None:
        self._with: dict[str, list[models.ItemBase]] = {}
        for item in items:
            for word in content_words(item.stem):
                self._with.setdefault(word, []).append(item)

    def saying(self, words: frozenset[str], item: models.ItemBase) -> Iterator[models.ItemBase]:
        """Other items whose stem holds all of `words` (content words, at least one)."""
        rarest = min((self._with.get(word, []) for word in words), key=len)
        return (other for other in rarest if other is not item and words <= content_words(other.stem))


@dataclass(frozen=True)
class Around:
    """What a rule may look at beside the item: the text of its page, its module's stems, grade and target."""

    page_text: str = ""
    stems: Stems = field(default_factory=lambda: Stems(()))
    asked: Mapping[str, int] = field(default_factory=dict)
    """How many items of the whole bank ask in these words (folded)."""
    stale: tuple[str, ...] = ()
    """Facts of the item's page that are past their review date."""
    grade: Callable[[str], float] | None = None
    target: float = 8.0
    terms: frozenset[str] = field(default=frozenset())
    low: Callable[[models.ItemBase], str] = lambda item: "\n".join(text for _, text in item.words()).lower()
    """All words of an item in small letters."""


ItemRule = Callable[[models.ItemBase, Around], Iterable[Flaw]]


def _options(item: models.ItemBase) -> tuple[models.Option, ...]:
    """Options that an author wrote out; True and False are given."""
    if isinstance(item, models.Chosen) and not isinstance(item, models.TrueFalseItem):
        return item.option
    return ()


def _keys(item: models.ItemBase) -> list[models.Option]:
    return [option for option in _options(item) if option.correct]


def _distractors(item: models.ItemBase) -> list[models.Option]:
    return [option for option in _options(item) if not option.correct]


def same_option(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L01: options that differ by case, space or punctuation alone are one option (Haladyna 2002, rule 24)."""
    seen: set[str] = set()
    for at, option in enumerate(_options(item)):
        text = folded(option.text)
        if text in seen:
            yield Flaw(("option", at, "text"), f"two options say the same: '{option.text}'", "reword one of them")
        seen.add(text)


def same_stem(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L01: two items of the bank that ask in the same words (Haladyna 2002, rule 1: each item asks one new thing)."""
    if around.asked.get(folded(item.stem), 0) > 1:
        yield Flaw(("stem",), "another item asks the same", "ask something else, or remove one")


def key_longest(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L02: the right option gives itself away by its length (NBME; confirmed to matter by Pham 2018)."""
    keys, wrong = _keys(item), _distractors(item)
    if len(keys) != 1 or not wrong:
        return
    lengths = [len(option.text) for option in wrong]
    mine = len(keys[0].text)
    if mine > max(lengths) and mine >= LONGEST_TIMES * sum(lengths) / len(lengths):
        yield Flaw(("option",), "the right option is much longer than the others", "make the options alike in length")


def all_of_the_above(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L04: "all of these" breaks when options are mixed, and rewards half knowledge (Haladyna 2002, rule 25)."""
    for at, option in enumerate(_options(item)):
        if ALL_OF.search(option.text):
            yield Flaw(
                ("option", at, "text"),
                f"'{option.text}' leans on the other options",
                "say the thing itself; the app adds I'm not sure",
            )


def absolutes(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L05: always, never, all, only on one side alone gives the key away (NBME)."""
    keys, wrong = _keys(item), _distractors(item)
    if not keys or not wrong:
        return
    in_keys = any(ABSOLUTE.search(option.text) for option in keys)
    in_wrong = [option for option in wrong if ABSOLUTE.search(option.text)]
    if in_keys != bool(in_wrong):
        found = ABSOLUTE.search(next(option for option in (*keys, *wrong) if ABSOLUTE.search(option.text)).text)
        word = found[0] if found else ""
        side = "right" if in_keys else "wrong"
        yield Flaw(("option",), f"'{word}' stands in {side} options alone", "say it without the absolute word")


def vague_often(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L06: usually, often, rarely mean different numbers to different readers (NBME)."""
    for at, option in enumerate(_options(item)):
        if found := VAGUE.search(option.text):
            yield Flaw(("option", at, "text"), f"'{found[0]}' is vague", "give a number, or say when")


def negative_stem(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L07: a question for what is not so is misread (Haladyna 2002, rule 17); well marked it may stand."""
    if not _options(item) or not any(map(item.stem.lower().__contains__, NEGATIVE_PARTS)):
        return
    if (found := NEGATIVE.search(item.stem)) and not EMPHASIS.search(item.stem):
        yield Flaw(("stem",), f"this asks for what is not so ('{found[0][-12:].strip()}')", "ask for what is so")


def article_cue(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L08: a stem that ends in "a" or "an" fits some options only (NBME, grammatical cue; Haladyna 2002, rule 28c)."""
    if re.search(r"\b(?:a|an)\W*$", item.stem, re.I) and _options(item):
        yield Flaw(
            ("stem",), "the stem ends in 'a' or 'an', which fits some options only", "move the article into the options"
        )


def number_cue(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L08: a stem that goes on into its options with "is" or "are" fits those of one number (NBME, grammatical cue)."""
    if item.stem.rstrip().endswith("?"):
        return
    if (verb := re.search(r"\b(is|was|has|are|were|have)\W*$", item.stem, re.I)) is None:
        return
    many = verb[1].casefold() in ("are", "were", "have")
    if odd := [option for option in _options(item) if (found := _is_plural(option.text)) is not None and found != many]:
        yield Flaw(
            ("stem",), f"'{odd[0].text}' does not go with '{verb[1]}'", "ask a whole question, or make all options fit"
        )


def _is_plural(text: str) -> bool | None:
    """Whether an option names one thing or several, by its first word; None where that does not show."""
    first = text.split(maxsplit=1)[0].casefold().strip(",.")
    if first in ("a", "an", "one", "this", "each"):
        return False
    if first in ("two", "three", "four", "both", "these", "many"):
        return True
    return True if re.search(r"[a-z](?<!s)(?<!u)(?<!i)s$", first) else None


def clang(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L09: a word of the stem that only the right option repeats (Haladyna 2002, rule 28b)."""
    keys, wrong = _keys(item), _distractors(item)
    if len(keys) != 1 or not wrong:
        return
    shared_words = content_words(keys[0].text, 5) & content_words(item.stem, 5) - around.terms
    if not shared_words:
        return
    elsewhere = {word for option in wrong for word in content_words(option.text, 5)}
    if shared := sorted(shared_words - elsewhere):
        yield Flaw(
            ("option",), f"only the right option repeats '{shared[0]}' of the stem", "use another word on one side"
        )


def convergence(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L10: the option that shares most with all others is the likeliest key (NBME)."""
    options = _options(item)
    keys = _keys(item)
    if len(keys) != 1 or len(options) < FEW:
        return
    words = [content_words(option.text) for option in options]
    shared = [
        sum(len(mine & other) for place, other in enumerate(words) if place != at) for at, mine in enumerate(words)
    ]
    mine = shared[options.index(keys[0])]
    rest = sorted((count for at, count in enumerate(shared) if options[at] is not keys[0]), reverse=True)
    if rest and mine >= rest[0] + MARGIN:
        yield Flaw(("option",), "the right option shares most words with the others", "vary what the options share")


def unlike_options(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L11: options of one kind: numbers with numbers, full stops on all or none (Haladyna 2002, rule 22)."""
    options = _options(item)
    if len(options) < FEW:
        return
    numbers = [bool(NUMBER.search(option.text)) for option in options]
    if 0 < numbers.count(False) < len(options) and numbers.count(False) == 1 and len(options) > 2:
        odd = options[numbers.index(False)]
        if len(set(numbers)) == 2 and all(
            NUMBER.match(one.text.split()[-1]) or NUMBER.match(one.text.split()[0]) for one in options if one is not odd
        ):
            yield Flaw(("option",), f"'{odd.text}' has no number and the others do", "make the options one kind")
    if found := _overlapping(options):
        yield Flaw(("option",), f"'{found[0]}' and '{found[1]}' overlap", "let each number fall in one option")
    units = {unit for option in options if (unit := _unit(option.text))}
    if len(units) > 1 and all(_unit(option.text) for option in options):
        yield Flaw(("option",), f"the options count in {' and '.join(sorted(units))}", "use one unit")
    stops = [option.text.rstrip().endswith(".") for option in options]
    if len(set(stops)) == 2:
        yield Flaw(("option",), "some options end with a full stop and some do not", "end all alike")


_RANGE = re.compile(r"(\d+(?:\.\d+)?) (?:to|or|-|\N{EN DASH}) (\d+(?:\.\d+)?)")
_UNIT = re.compile(r"^(?:after |about |for |in |up to )*\d+(?:\.\d+)?(?: (?:to|or) \d+)? ([a-z]+?)s?\b", re.I)


def _overlapping(options: tuple[models.Option, ...]) -> tuple[str, str] | None:
    """Two options whose ranges of numbers share one, such as 1 to 5 and 5 to 10."""
    ranges = [(float(found[1]), float(found[2]), one.text) for one in options if (found := _RANGE.search(one.text))]
    ranges.sort()
    return next(
        ((low[2], high[2]) for low, high in pairwise(ranges) if low[0] <= high[0] <= low[1] and low[:2] != high[:2]),
        None,
    )


def _unit(text: str) -> str:
    """What an option that is a number and a unit counts in, without its plural s; "" for any other option."""
    found = _UNIT.match(text)
    return found[1].casefold() if found and found[1].casefold() not in ("of", "in", "out") else ""


def option_count(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L12: three options are enough and six too many (Rodriguez 2005)."""
    count = len(_options(item))
    if count and not FEW <= count <= MANY:
        yield Flaw(("option",), f"this item has {count} options", f"give {FEW} to {MANY}")


def stem_alone(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L13: a stem can be answered before the options are read (NBME, "cover the options")."""
    if isinstance(item, models.TrueFalseItem):
        return
    if OPEN_STEM.search(item.stem):
        yield Flaw(("stem",), "this asks which option is true, about nothing named", "ask one question about one thing")
    elif BLANK.search(item.stem):
        yield Flaw(("stem",), "there is a gap in the middle of the stem", "ask a whole question")
    elif word_count(item.stem) < STEM_WORDS:
        yield Flaw(("stem",), f"the stem has {word_count(item.stem)} words", "ask a whole question")


def hard_stem(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L14: a stem no harder to read than the lesson, with no sentence above 25 words (plain-language guides)."""
    if any(word_count(one) > LONG_SENTENCE for one in sentences(item.stem)):
        yield Flaw(("stem",), f"a sentence of the stem has more than {LONG_SENTENCE} words", "split it")
    elif around.grade is not None and (grade := around.grade(item.stem)) > around.target:
        yield Flaw(("stem",), f"the stem reads at grade {grade:.1f}; the aim is {around.target:g}", "use shorter words")


def empty_feedback(item: models.ItemBase, _around: Around) -> Iterator[Flaw]:
    """L15: feedback explains: elaborated feedback helps far more than a verdict (Van der Kleij 2015)."""
    for key, text in item.words():
        if not key[-1:] or not str(key[-1]).startswith("feedback"):
            continue
        option = item.option[int(key[1])].text if isinstance(item, models.Chosen) else ""
        if len(text) <= VERDICT_LETTERS and ONLY_VERDICT.match(text):
            yield Flaw(key, "this feedback only says right or wrong", "say why it is tempting, then what is so")
        elif option and first_word(text) == first_word(option) and folded(text) == folded(option):
            yield Flaw(key, "this feedback only repeats the option", "say why, and what is so")


def number_not_taught(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L16: a number in the right option stands on the page that teaches it."""
    if not around.page_text:
        return
    given = [number for option in _keys(item) for number in NUMBER.findall(option.text)]
    if isinstance(item, models.NumberItem):
        given.append(f"{item.answer:g}")
    if not given:
        return
    taught = set(NUMBER.findall(around.page_text))
    for number in given:
        if number not in taught and number not in NUMBER.findall(item.stem):
            yield Flaw(
                ("page",), f"the page '{item.page}' does not say {number}", "teach it there, or name the page that does"
            )


def stale_page(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L16: an item rests on facts that are within their review date (the project's update policy)."""
    if around.stale:
        yield Flaw(
            ("page",), f"its page rests on '{around.stale[0]}', which is past its review date", "check that fact first"
        )


def cueing(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L17: the stem of another item gives this answer away (Haladyna 2002, rule 5)."""
    keys = _keys(item)
    if len(keys) != 1:
        return
    mine = content_words(keys[0].text)
    if len(mine) < CUE_WORDS:
        return
    for other in around.stems.saying(mine, item):
        yield Flaw(("option",), f"the stem of '{other.id}' says this answer", "reword one of the two")


def personal_advice(item: models.ItemBase, around: Around) -> Iterator[Flaw]:
    """L18: no item asks for, or tells, a person's own dose or diagnosis (the project's first rule)."""
    # one look at the whole item first: nearly all have none
    low = around.low(item)
    if not any(map(low.__contains__, PERSONAL_PARTS)):
        return
    for key, text in item.words():
        if found := PERSONAL_DOSE.search(text):
            yield Flaw(
                key, f"'{found[0]}' reads as advice on a dose or a diagnosis", "ask what to ask the team instead"
            )


ITEM_RULES: tuple[tuple[str, Severity, ItemRule], ...] = (
    ("E301", "error", same_option),
    ("E301", "error", same_stem),
    ("W302", "warning", key_longest),
    ("E304", "error", all_of_the_above),
    ("W305", "warning", absolutes),
    ("I306", "hint", vague_often),
    ("W307", "warning", negative_stem),
    ("W308", "warning", article_cue),
    ("W308", "warning", number_cue),
    ("W309", "warning", clang),
    ("I310", "hint", convergence),
    ("W311", "warning", unlike_options),
    ("W312", "warning", option_count),
    ("I313", "hint", stem_alone),
    ("W314", "warning", hard_stem),
    ("W315", "warning", empty_feedback),
    ("W316", "warning", number_not_taught),
    ("W316", "warning", stale_page),
    ("I317", "hint", cueing),
    ("E318", "error", personal_advice),
)

# one sentence is too little text for a formula: a stem is only called hard when it is well above the lesson
STEM_GRADE = 10.0


def each_item(lint: Lint) -> None:
    """Every rule above over each item, with its page, its module's stems and the whole bank."""
    pages = {(module.id, page.front.id): page for _, module, page in lint.checked.pages}
    late = {name for name, fact in lint.checked.facts.items() if fact.review_by < lint.today}
    asked = Counter(folded(item.stem) for _, _, quiz in lint.checked.quizzes for item in quiz.item)
    for path, module, quiz in lint.checked.quizzes:
        stems = Stems(quiz.item)
        for number, item in enumerate(quiz.item):
            page = pages.get((module.id, item.page))
            around = Around(
                page_text=lint.page_text(page) if page else "",
                stems=stems,
                asked=asked,
                stale=tuple(name for name in page.front.facts if name in late) if page else (),
                grade=lint.grade,
                target=STEM_GRADE,
                terms=lint.terms,
                low=lint.checked.low_words,
            )
            for code, _, rule in ITEM_RULES:
                for flaw in rule(item, around):
                    lint.say(path, ("item", number, *flaw.key), code, item.id, f"{item.id}: {flaw.message}", flaw.fix)


PACK_RULES = (each_item,)
