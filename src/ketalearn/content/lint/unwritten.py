"""What is not written yet is said at its line, and cannot ship (a skeleton is no lesson)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content.marks import NO_SOURCE, NO_TOPIC, WRITE
from ketalearn.content.places import Path as KeyPath
from ketalearn.learning.lesson import cited

if TYPE_CHECKING:
    from ketalearn.content import models
    from ketalearn.content.lint.run import Lint

LEFT = re.compile(rf"{WRITE}[^.?!\n\[]*|\bTODO\b|\bTBD\b|\bFIXME\b|\b[Ll]orem ipsum\b")
LEFT_PARTS = (WRITE, "TODO", "TBD", "FIXME", "orem ipsum")


def unwritten(text: str) -> str:
    """The first mark in `text`, "" for none. Capitals count: "todo" is a word of Spanish."""
    found = LEFT.search(text)
    return found[0].strip() if found else ""


def _say(lint: Lint, path: Path, at: KeyPath | tuple[int, int], subject: str, mark: str) -> None:
    what = mark.removeprefix(WRITE).strip()
    told = f"not written yet: {what}" if mark.startswith(WRITE) else f"'{mark}' is left here"
    lint.say(path, at, "E070", subject, told, "write it")


def left_in_pages(lint: Lint) -> None:
    """Marks and missing sources on pages, each at its line."""
    for path, module, page in lint.checked.pages:
        subject = f"{module.id}/{page.front.id}"
        for number, text in enumerate((page.front.title, page.front.caption or "")):
            if mark := unwritten(text):
                key = "title" if number == 0 else "caption"
                _say(lint, path, (key,), subject, mark)
        for number, line in enumerate(page.body.split("\n")):
            for found in LEFT.finditer(line):
                _say(lint, path, (page.body_line + number, found.start() + 1), subject, found[0].strip())
            if NO_SOURCE in cited(line):
                lint.say(path, (page.body_line + number, line.index(f"@{NO_SOURCE}") + 1), "E070", subject,
                         "no source is named yet", "write the id of a source of modules/sources.toml")  # fmt: skip


def left_in_tables(lint: Lint) -> None:
    """Marks in modules' tables and in all that stands in items, prompts and options."""
    for path, module in lint.checked.modules:
        told: tuple[tuple[KeyPath, str], ...] = (
            (("title",), module.title),
            (("question",), module.question),
            *((("objective", at, "text"), one.text) for at, one in enumerate(module.objective)),
        )
        for key, text in told:
            if mark := unwritten(text):
                _say(lint, path, key, module.id, mark)
    for path, place, subject, text in lint.table_texts():
        if any(map(text.__contains__, LEFT_PARTS)) and (mark := unwritten(text)):
            _say(lint, path, place, subject, mark)


def left_in_items(lint: Lint) -> None:
    """Items whose topic or source is still the skeleton's."""
    for path, number, item in _items(lint):
        if item.topic == NO_TOPIC:
            lint.say(path, ("item", number, "topic"), "E070", item.id, "no topic is named yet",
                     "write a quiz topic of questions/interview.toml")  # fmt: skip
        if NO_SOURCE in item.sources:
            lint.say(path, ("item", number, "sources"), "E070", item.id, "no source is named yet",
                     "write the id of a source of modules/sources.toml")  # fmt: skip


def _items(lint: Lint) -> Iterator[tuple[Path, int, models.ItemBase]]:
    for path, _, quiz in lint.checked.quizzes:
        for number, item in enumerate(quiz.item):
            yield path, number, item


PACK_RULES = (left_in_pages, left_in_tables, left_in_items)
