"""Ids: each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


def repeated(ids: Iterable[str]) -> list[str]:
    """The ids that stand more than once."""
    return [name for name, count in Counter(ids).items() if count > 1]


def one_meaning_for_each_id(checked: Checked) -> None:
    """Ids are permanent and unique in the pack: saved answers refer to them."""
    seen: dict[str, Path] = {}
    for path, _, quiz in checked.quizzes:
        for at, item in enumerate(quiz.item):
            if item.id in seen:
                checked.report(path, ("item", at, "id"), "E044", f"the id '{item.id}' is already used",
                               "give this item an id of its own")  # fmt: skip
            seen[item.id] = path
    for key, name in (("topic", "topic"), ("id", "id")):
        found: set[str] = set()
        for path, at, prompt in checked.prompts:
            value = str(getattr(prompt, key))
            if value in found:
                checked.report(path, ("prompt", at, key), "E044", f"the {name} '{value}' is already used",
                               f"give this prompt a {name} of its own")  # fmt: skip
            found.add(value)
    lists: tuple[tuple[Path, str, list[str]], ...] = (
        (checked.modules_dir / "glossary.toml", "term", [term.id for term in checked.terms]),
        (checked.modules_dir / "options.toml", "option", [option.id for option in checked.options]),
        (checked.questions_dir / "values.toml", "value", [value.id for value in checked.values]),
    )
    for path, key, ids in lists:
        for twice in repeated(ids):
            at = len(ids) - 1 - ids[::-1].index(twice)
            checked.report(path, (key, at, "id"), "E044", f"the id '{twice}' is already used", "give it its own")
