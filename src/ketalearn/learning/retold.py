"""What a person said in their own words, on an extra page of the sheet: only what they asked to have printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ketalearn.decision.sheet import Retold, Sheet

if TYPE_CHECKING:
    from ketalearn.content.models import Item
    from ketalearn.learning.records import Memory

ON_SHEET = "retold_on_sheet"
KEPT_BACK = "What you said in your own words is on the full sheet only."


def chosen(memory: Memory) -> list[str]:
    """Ids of the teach-backs that the person asked to have printed."""
    return list(memory.get(ON_SHEET) or ())


def toggle(memory: Memory, item: str) -> None:
    """Print the words of this teach-back, or no more."""
    names = chosen(memory)
    memory.put(ON_SHEET, [name for name in names if name != item] if item in names else [*names, item])


def with_retold(sheet: Sheet, memory: Memory, items: Mapping[str, Item]) -> Sheet:
    """The sheet with these words; one that hides what is sensitive or is for one person alone says that it has none."""
    wanted = chosen(memory)
    if not wanted:
        return sheet
    words = {
        answer.item: answer.text
        for answer in memory.answers()
        if answer.item in wanted and answer.text and answer.item in items
    }
    told = tuple(Retold(items[name].stem, words[name]) for name in wanted if name in words)
    if not told:
        return sheet
    if sheet.hides_sensitive or sheet.ask is not None:
        return replace(sheet, left_out=(*sheet.left_out, KEPT_BACK))
    return replace(sheet, retold=told)
