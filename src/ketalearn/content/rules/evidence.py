"""Facts, terms and options: their sources, their counts, and what stands side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.load import did_you_mean
from ketalearn.content.rules.ids import repeated
from ketalearn.learning.lesson import CITATION, cited

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


OPTION_WORDS = (60, 90)


CELL_WORDS = 35


def evidence(checked: Checked) -> None:
    """Facts, terms and options rest on sources that are there, and a fact's words hold its counts."""
    path = checked.modules_dir / "facts.toml"
    for name, fact in checked.facts.items():
        checked.known_sources(path, ("facts", name, "sources"), fact.sources)
        arms = [fact.comparator] if isinstance(fact.comparator, models.Arm) else []
        counts = ([(fact.count, fact.of)] if fact.count is not None else []) + [(arm.count, arm.of) for arm in arms]
        for count, of in counts:
            if f"{count:g} of {of}" not in fact.statement:
                checked.report(path, ("facts", name, "statement"), "E058",
                               f"the words of '{name}' do not say '{count:g} of {of}'",
                               "say the count in the statement as it stands in the numbers")  # fmt: skip
    for at, term in enumerate(checked.terms):
        checked.known_sources(checked.modules_dir / "glossary.toml", ("term", at, "sources"), term.sources)
    path = checked.modules_dir / "options.toml"
    for at, option in enumerate(checked.options):
        checked.known_sources(path, ("option", at, "sources"), option.sources)
        for field in ("what", "good", "bad", "sure"):
            cites = [part.strip().removeprefix("@") for match in CITATION.finditer(getattr(option, field))
                     for part in match[1].split(";")]  # fmt: skip
            checked.known_sources(path, ("option", at, field), cites)
        text = " ".join((option.what, option.good, option.bad, option.sure))
        words = len(CITATION.sub("", text).split())
        if not OPTION_WORDS[0] <= words <= OPTION_WORDS[1]:
            checked.report(path, ("option", at), "W203", f"option '{option.id}' has {words} words",
                           f"keep each option between {OPTION_WORDS[0]} and {OPTION_WORDS[1]} words, so that none "
                           "looks better for its length", "warning")  # fmt: skip


def side_by_side(checked: Checked) -> None:
    """Every option answers every row once, within bounds, and goes with every value in words of its own."""
    path = checked.modules_dir / "options.toml"
    rows = [row.id for row in checked.rows]
    values = [value.id for value in checked.values]
    for twice in repeated(rows):
        last = len(rows) - 1 - rows[::-1].index(twice)
        checked.report(path, ("row", last, "id"), "E044", f"the row '{twice}' stands twice", "take one out")
    for at, option in enumerate(checked.options):
        lists = (
            ("cell", "row", rows, [cell.row for cell in option.cell]),
            ("fit", "value", values if option.fit else [], [fit.value for fit in option.fit]),
        )
        for table, key, asked, given in lists:
            for name in asked:
                if name not in given:
                    checked.report(path, ("option", at), "E065", f"option '{option.id}' has no {table} for '{name}'",
                                   f'add [[option.{table}]] with {key} = "{name}"')  # fmt: skip
            for name in repeated(given):
                checked.report(path, ("option", at), "E044", f"'{name}' has two [[option.{table}]] in '{option.id}'",
                               "keep one")  # fmt: skip
            for place, name in enumerate(given):
                if name not in (asked or values):
                    checked.report(path, ("option", at, table, place, key), "E065", f"there is no {key} '{name}'",
                                   did_you_mean(name, asked or values))  # fmt: skip
        for place, cell in enumerate(option.cell):
            key_path = ("option", at, "cell", place, "text")
            cites = cited(cell.text)
            if not cites:
                checked.report(path, key_path, "E066", f"'{cell.row}' of '{option.id}' cites no source",
                               "end it with [@source-id]")  # fmt: skip
            checked.known_sources(path, key_path, cites)
            if (words := len(CITATION.sub("", cell.text).split())) > CELL_WORDS:
                checked.report(path, key_path, "E067", f"this cell has {words} words; at most {CELL_WORDS} can be "
                               "read side by side", "say less")  # fmt: skip
            for fact in cell.facts:
                if not checked.is_fact(fact):
                    checked.report(path, ("option", at, "cell", place, "facts"), "E046", f"there is no fact '{fact}'",
                                   did_you_mean(fact, checked.facts))  # fmt: skip
            for drawn, picture in enumerate(cell.picture):
                _picture(checked, path, ("option", at, "cell", place, "picture", drawn, "fact"), picture, cites)
        for place, fit in enumerate(option.fit):
            checked.known_sources(path, ("option", at, "fit", place, "sources"), fit.sources)


def _picture(
    checked: Checked, path: Path, key_path: tuple[str | int, ...], picture: models.ChoicePicture, cites: list[str]
) -> None:
    """What a cell draws is a count of the evidence, with both arms if it has two, from a source that the cell cites."""
    fact = checked.facts.get(picture.fact)
    if fact is None:
        if not checked.is_fact(picture.fact):
            checked.report(path, key_path, "E046", f"there is no fact '{picture.fact}'",
                           did_you_mean(picture.fact, checked.facts))  # fmt: skip
        return
    if fact.count is None or fact.of != 100:
        checked.report(path, key_path, "E047", f"fact '{picture.fact}' has no count of 100 to draw",
                       "draw a fact with a count of 100, or take the picture out")  # fmt: skip
    if picture.first == "comparator" and isinstance(fact.comparator, str):
        checked.report(path, key_path, "E047", f"fact '{picture.fact}' has no comparison group to draw first",
                       'take first = "comparator" out')  # fmt: skip
    if not set(fact.sources) & set(cites):
        checked.report(path, key_path, "E066", f"the cell cites no source of '{picture.fact}', which it draws",
                       f"cite one of {', '.join(fact.sources)}")  # fmt: skip
