"""Runs every rule of good content over a pack that has been read, and reports what is not switched off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from ketalearn.content import models
from ketalearn.content.lint.allowed import Allowed
from ketalearn.content.lint.words import content_words
from ketalearn.content.places import Path as KeyPath
from ketalearn.findings import Severity
from ketalearn.learning.lesson import CITATION, FACT, plain_words

if TYPE_CHECKING:
    from ketalearn.content.check import Checked
    from ketalearn.content.readability import Counts

LEVELS: dict[str, Severity] = {"E": "error", "W": "warning", "I": "hint"}
"""What the letter of a code says."""
UNREAD = "E03"
"""Codes before this one say that a file, or a table of it, could not be read."""

Text = tuple[Path, KeyPath | tuple[int, int], str, str]
"""Where a text stands (file, keys or line and column), whose it is, and the text without marks."""


def _is_place(at: KeyPath | tuple[int, int]) -> TypeGuard[tuple[int, int]]:
    """Whether `at` is a line and a column; a path of keys begins with a word."""
    return len(at) == 2 and isinstance(at[0], int)


class Lint:
    """One run. `today` decides what is past its date; without pyphen no grade is measured."""

    def __init__(self, checked: Checked, today: dt.date) -> None:
        self.checked = checked
        self.today = today
        self.allowed = Allowed(checked.reader, checked.modules_dir)
        self.terms = frozenset(word for term in checked.terms for word in content_words(term.term, 3))
        self.defined = frozenset(term.term.casefold() for term in checked.terms)
        self.names = self._names()
        self._page_texts: dict[int, str] = {}
        self.told: dict[int, Counts] = {}
        """Counts of items as `grades` reads them, by the item's identity."""
        self._pages: dict[str, list[tuple[Path, models.Page]]] = {}
        for path, module, page in checked.pages:
            self._pages.setdefault(module.id, []).append((path, page))
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
        level = LEVELS[code[0]]
        if level != "error" and self.allowed.covers(code, subject):
            return
        place = at if _is_place(at) else self.checked.place(path, at)
        self.checked.reader.report(path, place, code, message, fix, level)

    # ------------------------------------------------------------ what is looked at

    def page_text(self, page: models.Page) -> str:
        """The page as read aloud, "" where a fact of it is not there."""
        if id(page) not in self._page_texts:
            known = all(match[1] in self.checked.facts for match in FACT.finditer(page.body))
            self._page_texts[id(page)] = plain_words(page.body, self.checked.facts) if known else ""
        return self._page_texts[id(page)]

    def pages_of(self, module: models.Module) -> list[tuple[Path, models.Page]]:
        """The pages of a module that could be read, in order."""
        return self._pages.get(module.id, [])

    def texts(self) -> Iterator[Text]:
        """All that a reader may read, page by page and item by item."""
        for path, module, page in self.checked.pages:
            text = f"{page.front.title}. {self.page_text(page)} {page.front.caption or ''}"
            yield path, (page.body_line, 1), f"{module.id}/{page.front.id}", text
        yield from self.table_texts()

    def table_texts(self) -> Iterator[Text]:
        """What a reader may read of items, prompts and options."""
        checked = self.checked
        for path, _, quiz in checked.quizzes:
            for number, item in enumerate(quiz.item):
                for keys, text in item.words():
                    yield path, ("item", number, *keys), item.id, text
        for path, number, prompt in checked.prompts:
            for key, text in (
                ("text", prompt.text),
                ("why", prompt.why),
                ("they_why", prompt.they_why),
                ("private", prompt.private),
            ):
                yield path, ("prompt", number, key), prompt.topic, text
            for variant in prompt.wordings:
                yield path, ("prompt", number), prompt.topic, variant.text
            for reason in prompt.reason:
                yield path, ("prompt", number), prompt.topic, f"{reason.text} {reason.they}"
        for number, option in enumerate(checked.options):
            path = checked.modules_dir / "options.toml"
            for key in ("what", "good", "bad", "sure"):
                yield path, ("option", number, key), option.id, CITATION.sub("", getattr(option, key))
            for at, cell in enumerate(option.cell):
                yield path, ("option", number, "cell", at, "text"), option.id, CITATION.sub("", cell.text)
            for at, fit in enumerate(option.fit):
                yield path, ("option", number, "fit", at, "why"), option.id, fit.why
        for place, text in checked.plan.texts() if checked.plan else ():
            yield checked.modules_dir / "plan.toml", place, "plan", text

    # ------------------------------------------------------------ rules

    def run(self) -> None:
        """Every rule once; the last says which entries of lint.toml switched nothing off."""
        from ketalearn.content.lint import balance, bank, dates, grades, items, prose, terms, unwritten

        for part in (unwritten, items, bank, prose, terms, grades, balance, dates):
            for rule in part.PACK_RULES:
                rule(self)
        # what could not be read was not looked at, so an entry for it may well be needed
        unread = any(finding.code < UNREAD for finding in self.checked.reader.findings)
        for at, one in () if unread else self.allowed.unused:
            self.say(self.allowed.path, ("allow", at), "W390", one.at,
                     f"'{one.code}' is not found at '{one.at}' any more", "take this entry out")  # fmt: skip


def lint(checked: Checked, today: dt.date) -> None:
    """Every rule of good content over `checked`; findings go to its reader."""
    Lint(checked, today).run()
