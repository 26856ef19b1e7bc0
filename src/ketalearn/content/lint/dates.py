"""What is past its review date (contract: a banner on screen and on paper)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content.places import Path as KeyPath

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint


def _dated(lint: Lint) -> Iterator[tuple[Path, KeyPath, str, dt.date]]:
    checked = lint.checked
    for name, fact in checked.facts.items():
        yield checked.modules_dir / "facts.toml", ("facts", name), name, fact.review_by
    for path, at, prompt in checked.prompts:
        yield path, ("prompt", at), prompt.topic, prompt.review_by
    if checked.plan is not None:
        yield checked.modules_dir / "plan.toml", ("review_by",), "plan.toml", checked.plan.review_by
    for code, region in checked.help.items():
        yield checked.modules_dir / "help.toml", ("region", code), code, region.review_by


def past_its_date(lint: Lint) -> None:
    """What was due for a new check: fact, prompt, plan, help line (IPDAS, update policy; the contract's dates)."""
    for path, key, name, date in _dated(lint):
        if date < lint.today:
            lint.say(path, key, "W360", name, f"'{name}' was due for a new check on {date.isoformat()}",
                     "check it against its sources, then move the date")  # fmt: skip


PACK_RULES = (past_its_date,)
