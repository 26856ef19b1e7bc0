"""Runs every rule of good content over a pack that has been read, and reports what is not switched off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.lint import bank, prose
from ketalearn.content.lint.allowed import Allowed
from ketalearn.content.lint.items import ITEM_RULES, Around, Stems
from ketalearn.content.lint.words import content_words, sentences, word_count
from ketalearn.content.places import Path as KeyPath
from ketalearn.findings import Severity
from ketalearn.learning.lesson import CITATION, FACT, plain_words

if TYPE_CHECKING:
    from ketalearn.content.check import Checked

PAGE_GRADE = 8.0
SHEET_GRADE = 6.0
# one sentence is too little text for a formula: a stem is only called hard when it is well above the lesson
STEM_GRADE = 10.0
# SMOG asks for full comprehension, so it runs higher than Flesch-Kincaid on the same text
SMOG_GRADE = 9.0
SMOG_SENTENCES = 30
BALANCE = (0.67, 1.5)
CARD_TIMES = 1.5

Text = tuple[Path, KeyPath | tuple[int, int], str, str]
"""Where a text stands (file, keys or line and column), whose it is, and the text without marks."""


class Lint:
    """One run. `today` decides what is past its date; without pyphen no grade is measured."""

    def __init__(self, checked: Checked, today: dt.date) -> None:
        self.checked = checked
        self.today = today
        self.allowed = Allowed(checked.reader, checked.modules_dir)
        self.terms = frozenset(word for term in checked.terms for word in content_words(term.term, 3))
        self.defined = frozenset(term.term.casefold() for term in checked.terms)
        self.names = self._names()
        self.grade: Callable[[str], float] | None = None
        if find_spec("pyphen") is not None:
            from ketalearn.content.readability import flesch_kincaid, masked

            self.grade = lambda text: flesch_kincaid(masked(text, self.names))

    def _names(self) -> tuple[str, ...]:
        """Names of drugs and conditions, which weigh nothing in a grade once they are explained."""
        interview = self.checked.interview
        medicines = [
            name
            for field in (interview.field if interview else ())
            if field.id == "medicines"
            for value in field.value
            for name in value.names
        ]
        return tuple(
            dict.fromkeys(
                [*(term.term for term in self.checked.terms), *medicines, "ketamine", "esketamine", "Spravato"]
            )
        )

    # ------------------------------------------------------------ reporting

    def say(self, path: Path, at: KeyPath | tuple[int, int], code: str, subject: str, message: str, fix: str) -> None:
        """Report, unless the pack switched it off here. `at`: keys, or the line and column."""
        level: Severity = {"E": "error", "W": "warning"}.get(code[0], "hint")  # type: ignore[assignment]
        if level != "error" and self.allowed.covers(code, subject):
            return
        place = at if len(at) == 2 and all(isinstance(one, int) for one in at) else self.checked.place(path, at)
        self.checked.reader.report(path, place, code, message, fix, level)  # type: ignore[arg-type]

    # ------------------------------------------------------------ what is looked at

    def page_text(self, page: models.Page) -> str:
        known = all(match[1] in self.checked.facts for match in FACT.finditer(page.body))
        return plain_words(page.body, self.checked.facts) if known else ""

    def texts(self) -> Iterator[Text]:
        """All that a reader may read, item by item."""
        checked = self.checked
        for path, module, page in checked.pages:
            text = f"{page.front.title}. {self.page_text(page)} {page.front.caption or ''}"
            yield path, (page.body_line, 1), f"{module.id}/{page.front.id}", text
        for path, _, quiz in checked.quizzes:
            for number, item in enumerate(quiz.item):
                for keys, text in item.words():
                    yield path, ("item", number, *keys), item.id, text
        for path, number, prompt in checked.prompts:
            for key, text in (("text", prompt.text), ("why", prompt.why), ("private", prompt.private)):
                yield path, ("prompt", number, key), prompt.topic, text
            for variant in prompt.wordings:
                yield path, ("prompt", number), prompt.topic, variant.text
        for number, option in enumerate(checked.options):
            path = checked.modules_dir / "options.toml"
            for key in ("what", "good", "bad", "sure"):
                yield path, ("option", number, key), option.id, CITATION.sub("", getattr(option, key))
            for at, cell in enumerate(option.cell):
                yield path, ("option", number, "cell", at, "text"), option.id, CITATION.sub("", cell.text)
            for at, fit in enumerate(option.fit):
                yield path, ("option", number, "fit", at, "why"), option.id, fit.why

    # ------------------------------------------------------------ rules

    def run(self) -> None:
        """Every rule once."""
        self.items()
        self.whole_bank()
        self.prose()
        self.grades()
        self.balance()
        self.staleness()
        for at, one in self.allowed.unused:
            self.say(
                self.allowed.path,
                ("allow", at),
                "W390",
                one.at,
                f"'{one.code}' is not found at '{one.at}' any more",
                "take this entry out",
            )

    def items(self) -> None:
        """The item flaws of `items.py`, over each item with its page and its module's other items."""
        pages = {(module.id, page.front.id): self.page_text(page) for _, module, page in self.checked.pages}
        for path, module, quiz in self.checked.quizzes:
            stems = Stems(quiz.item)
            for number, item in enumerate(quiz.item):
                around = Around(
                    page_text=pages.get((module.id, item.page), ""),
                    stems=stems,
                    grade=self.grade,
                    target=STEM_GRADE,
                    terms=self.terms,
                )
                for code, _, rule in ITEM_RULES:
                    for flaw in rule(item, around):
                        self.say(
                            path, ("item", number, *flaw.key), code, item.id, f"{item.id}: {flaw.message}", flaw.fix
                        )

    def whole_bank(self) -> None:
        """L02, L03 and L19, which only show over many items."""
        everything = [item for _, _, quiz in self.checked.quizzes for item in quiz.item]
        numbers = bank.numbers_of(everything)
        pack = self.checked.modules_dir / "pack.toml"
        if found := bank.length_gives_away(numbers):
            self.say(pack, (), "E302", "bank", found, "shorten right options, or fill out wrong ones")
        if found := bank.uneven_places(numbers):
            self.say(pack, (), "W303", "bank", found, "move right options to other places")
        for path, module, quiz in self.checked.quizzes:
            if bank.one_slot(quiz.item):
                self.say(path, (), "W303", module.id, "all right options stand at one place", "move some")
            taught = {name for _, one, page in self.checked.pages if one is module for name in page.front.objectives}
            for objective in module.objective:
                if bank.pair_missing(quiz.item, objective.id):
                    self.say(
                        path,
                        (),
                        "W319",
                        f"{module.id}/{objective.id}",
                        f"objective '{objective.id}' has no item for before and one for after the lesson",
                        'give one item use = ["before"]',
                    )
                if taught and objective.id not in taught:
                    self.say(
                        path,
                        (),
                        "W319",
                        f"{module.id}/{objective.id}",
                        f"no page teaches the objective '{objective.id}'",
                        "add it to a page's objectives",
                    )

    def prose(self) -> None:
        """Numbers, tone, sentences and jargon, wherever a reader may read; lists on pages."""
        for _, group in groupby(self.texts(), key=lambda one: (one[0], one[2])):
            texts = list(group)
            low = "\n".join(text for *_, text in texts).lower()
            for code, rule, _, fix in (one for one in prose.PROSE_RULES if one.may_fire(low)):
                for path, at, subject, text in texts:
                    if found := rule(text):
                        self.say(path, at, code, subject, f"{subject}: {found}", fix)
            if not prose.may_hold_jargon(low):
                continue
            for path, at, subject, text in texts:
                word, plainer = prose.jargon(text, self.defined)
                if word:
                    self.say(path, at, "I324", subject, f"{subject}: '{word}' is jargon", f"try '{plainer}'")
        for path, module, page in self.checked.pages:
            if found := prose.long_list(page.body):
                self.say(
                    path,
                    (page.body_line, 1),
                    "W342",
                    f"{module.id}/{page.front.id}",
                    found,
                    "split the list, or say less",
                )

    def grades(self) -> None:
        """Grade 8 for lessons, 6 for what is printed; SMOG over the pooled text of a module of 30 sentences or more."""
        if self.grade is None:
            self.say(
                self.checked.modules_dir / "pack.toml",
                (),
                "I320",
                "pack",
                "reading grades were not measured",
                "pip install 'ketalearn[author]' adds them",
            )
            return
        from ketalearn.content.readability import masked, smog

        by_module: dict[str, list[str]] = {}
        for path, module, page in self.checked.pages:
            text = self.page_text(page)
            by_module.setdefault(module.id, []).append(text)
            if (grade := self.grade(text)) > PAGE_GRADE + 1:
                self.say(
                    path,
                    (page.body_line, 1),
                    "W320",
                    f"{module.id}/{page.front.id}",
                    f"this page reads at grade {grade:.1f}; the aim is {PAGE_GRADE:g}",
                    "use shorter words and sentences",
                )
        for path, module in self.checked.modules:
            text = " ".join(by_module.get(module.id, ()))
            if (grade := self.grade(text)) > PAGE_GRADE:
                self.say(
                    path,
                    (),
                    "E321",
                    module.id,
                    f"this module reads at grade {grade:.1f}; the aim is {PAGE_GRADE:g}",
                    "use shorter words and sentences",
                )
            if len(sentences(text)) >= SMOG_SENTENCES and (hard := smog(masked(text, self.names))) > SMOG_GRADE:
                self.say(
                    path,
                    (),
                    "W325",
                    module.id,
                    f"this module's SMOG grade is {hard:.1f}; the aim is {SMOG_GRADE:g}",
                    "use fewer words of three syllables or more",
                )
        for path, number, prompt in self.checked.prompts:
            if (grade := self.grade(f"{prompt.text} {prompt.why}")) > SHEET_GRADE:
                self.say(
                    path,
                    ("prompt", number),
                    "W322",
                    prompt.topic,
                    f"'{prompt.topic}' reads at grade {grade:.1f}; the aim is {SHEET_GRADE:g}",
                    "use shorter words",
                )

    def balance(self) -> None:
        """Good and bad points in equal room, and no option that looks better for its length (IPDAS, balance)."""
        path = self.checked.modules_dir / "options.toml"
        lengths: list[int] = []
        side = {row.id: row.side for row in self.checked.rows}
        for number, option in enumerate(self.checked.options):
            room = {"good": 0, "bad": 0, "": 0}
            for cell in option.cell:
                room[side.get(cell.row, "")] += word_count(CITATION.sub("", cell.text))
            if room["bad"] and not BALANCE[0] <= room["good"] / room["bad"] <= BALANCE[1]:
                self.say(
                    path,
                    ("option", number),
                    "W340",
                    option.id,
                    f"side by side, '{option.id}' has {room['good']} words of good and {room['bad']} of bad",
                    "give both equal room",
                )
            good, bad = (word_count(CITATION.sub("", text)) for text in (option.good, option.bad))
            lengths.append(
                sum(word_count(CITATION.sub("", text)) for text in (option.what, option.good, option.bad, option.sure))
                + sum(room.values())
            )
            if bad and not BALANCE[0] <= good / bad <= BALANCE[1]:
                self.say(
                    path,
                    ("option", number),
                    "W340",
                    option.id,
                    f"'{option.id}' has {good} words of good and {bad} of bad",
                    "give both equal room",
                )
        if lengths and max(lengths) > CARD_TIMES * min(lengths):
            longest = self.checked.options[lengths.index(max(lengths))]
            self.say(
                path,
                ("option", lengths.index(max(lengths))),
                "W341",
                longest.id,
                f"'{longest.id}' has {max(lengths)} words and the shortest option {min(lengths)}",
                "make them alike",
            )

    def staleness(self) -> None:
        """What is past its review date is said (contract: a banner on screen and on paper)."""
        dated: list[tuple[Path, KeyPath, str, dt.date]] = [
            *(
                (self.checked.modules_dir / "facts.toml", ("facts", name), name, fact.review_by)
                for name, fact in self.checked.facts.items()
            ),
            *((path, ("prompt", at), prompt.topic, prompt.review_by) for path, at, prompt in self.checked.prompts),
            *(
                (self.checked.modules_dir / "help.toml", ("region", code), code, one.review_by)
                for code, one in self.checked.help.items()
            ),
        ]
        for path, key, name, date in dated:
            if date < self.today:
                self.say(
                    path,
                    key,
                    "W360",
                    name,
                    f"'{name}' was due for a new check on {date.isoformat()}",
                    "check it against its sources, then move the date",
                )


def lint(checked: Checked, today: dt.date) -> None:
    """Every rule of good content over `checked`; findings go to its reader."""
    Lint(checked, today).run()
