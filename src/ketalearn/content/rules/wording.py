"""Words that ketalearn does not use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content.places import Path as KeyPath

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


# contract, "Words": nothing that ketalearn itself says states or implies these
FORBIDDEN = re.compile(
    r"\b(?:not )?eligible\b|\bsafe for you\b|\byou (?:cannot|can't) have\b|(?<!not )\bstop taking\b", re.IGNORECASE
)


_FORBIDDEN_PARTS = ("eligible", "safe for you", "you can", "stop taking")


def may_be_forbidden(low: str) -> bool:
    """A quick look at small letters that misses nothing :data:`FORBIDDEN` finds: one of its words is there."""
    return any(map(low.__contains__, _FORBIDDEN_PARTS))


def words_we_do_not_use(checked: Checked) -> None:
    """Nothing that we say states or implies who may have the treatment, or tells anyone to stop a medicine."""
    fix = "ask 'how does this change my risk' instead, or leave it to the clinician"

    def look(path: Path, key: KeyPath, text: str) -> None:
        if found := FORBIDDEN.search(text):
            checked.report(path, key, "E060", f"we do not say '{found[0]}'", fix)

    for path, _, page in checked.pages:
        if found := FORBIDDEN.search(page.body):
            checked.in_page(path, page, found[0], "E060", f"we do not say '{found[0]}'", fix)
    for name, fact in checked.facts.items():
        look(checked.modules_dir / "facts.toml", ("facts", name, "statement"), fact.statement)
    for path, _, quiz in checked.quizzes:
        for at, item in enumerate(quiz.item):
            if not may_be_forbidden(checked.low_words(item)):
                continue
            for key, text in item.words():
                look(path, ("item", at, *key), text)
    for path, at, prompt in checked.prompts:
        for text in (
            prompt.text,
            prompt.why,
            prompt.they,
            prompt.they_why,
            prompt.private,
            *(words for one in prompt.reason for words in (one.text, one.they)),
            *(variant.text for variant in prompt.wordings),
        ):
            look(path, ("prompt", at), text)
    for at, option_ in enumerate(checked.options):
        cells = (*(cell.text for cell in option_.cell), *(fit.why for fit in option_.fit))
        for text in (option_.what, option_.good, option_.bad, option_.sure, *cells):
            look(checked.modules_dir / "options.toml", ("option", at), text)
    for key, text in checked.plan.texts() if checked.plan else ():
        look(checked.modules_dir / "plan.toml", key, text)
