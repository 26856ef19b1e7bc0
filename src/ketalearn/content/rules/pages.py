"""Lesson pages: what they name is there, and their words are within bounds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.load import did_you_mean
from ketalearn.learning.lesson import CITATION, FACT, TERM, plain_words

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


PAGE_WORDS = 120


NUMBER_PAGE_WORDS = 60


MARKDOWN_NOT_TAKEN = re.compile(r"^[ \t]{0,3}#|^[ \t]*\||!\[|<[a-z/]|\]\(", re.MULTILINE | re.IGNORECASE)


def pages(checked: Checked) -> None:
    """Every page: its id, its objectives, facts, citations and terms resolve; its words are within bounds."""
    for path, module, page in checked.pages:
        front = page.front
        if front.id != path.stem:
            checked.report(path, ("id",), "E042", f"id '{front.id}' is not the file's name",
                           f'write id = "{path.stem}"')  # fmt: skip
        objectives = {one.id for one in module.objective}
        for objective in front.objectives:
            if objective not in objectives:
                checked.report(path, ("objectives",), "E045", f"there is no objective '{objective}' in this module",
                               did_you_mean(objective, objectives))  # fmt: skip
        used = [match[1] for match in FACT.finditer(page.body)]
        for fact in dict.fromkeys([*front.facts, *used, *([front.array] if front.array else [])]):
            if checked.is_fact(fact):
                continue
            wrong, fix = f"there is no fact '{fact}'", did_you_mean(fact, checked.facts, "add it to modules/facts.toml")
            if fact in used:
                checked.in_page(path, page, f"{{{{{fact}", "E046", wrong, fix)
            else:
                checked.report(path, ("facts" if fact in front.facts else "array",), "E046", wrong, fix)
        if front.array and (fact_of := checked.facts.get(front.array)) and fact_of.count is None:
            checked.report(path, ("array",), "E047", f"fact '{front.array}' has no count to draw",
                           "draw a fact with a count, or take 'array' and 'caption' out")  # fmt: skip
        for match in CITATION.finditer(page.body):
            for source in match[1].split(";"):
                name = source.strip().removeprefix("@")
                if not checked.is_source(name):
                    checked.in_page(path, page, match[0], "E040", f"there is no source '{name}'",
                                    did_you_mean(name, checked.sources, "add it to modules/sources.toml"))  # fmt: skip
        for match in TERM.finditer(page.body):
            if not checked.is_term(match[1]):
                fix = did_you_mean(match[1], checked.term_ids, "add it to modules/glossary.toml")
                checked.in_page(path, page, match[0], "E048", f"there is no glossary term '{match[1]}'", fix)
        _page_words(checked, path, page)


def _page_words(checked: Checked, path: Path, page: models.Page) -> None:
    if any(fact not in checked.facts for fact in (match[1] for match in FACT.finditer(page.body))):
        return
    if not CITATION.search(page.body) and not FACT.search(page.body):
        checked.reader.report(path, (page.body_line, 1), "E049", "this page cites no source",
                              "end its statements with [@source-id]")  # fmt: skip
    words = len(plain_words(page.body, checked.facts).split())
    most = NUMBER_PAGE_WORDS if page.front.array else PAGE_WORDS
    if words > most:
        checked.reader.report(path, (page.body_line, 1), "E050", f"this page has {words} words; at most {most} "
                              "are read to the end", "split the page, or say less")  # fmt: skip
    if found := MARKDOWN_NOT_TAKEN.search(page.body):
        checked.in_page(path, page, found[0], "E051", "headings, tables, pictures, links and HTML are not drawn",
                        "use paragraphs, **bold**, *italic* and lists")  # fmt: skip
