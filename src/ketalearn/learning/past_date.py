"""What is past its date: the banner of a lesson page, a quiz answer or a choice whose facts were due for a new check.

Every fact has a `review_by` (IPDASi v4.0: say how it is kept up to date). Only facts of what is shown are looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ketalearn.learning.lesson import FACT

if TYPE_CHECKING:
    from ketalearn.content.models import Choice
    from ketalearn.content.pack import Pack


def due(pack: Pack, facts: Iterable[str]) -> dt.date | None:
    """The earliest date by which one of `facts` is due for a new check; None without any."""
    return min((pack.facts[name].review_by for name in facts if name in pack.facts), default=None)


def banner(pack: Pack, facts: Iterable[str], today: dt.date) -> str:
    """Words for the reader when a fact is past its date on `today`, else ""."""
    date = due(pack, facts)
    if date is None or today <= date:
        return ""
    return f"Past its date: some of this was due for a new check by {date.isoformat()}. Ask if it still holds."


def facts_of_page(pack: Pack, module: str, page: str) -> tuple[str, ...]:
    """The facts that a lesson page names or shows."""
    read = pack.page(module, page)
    shown = (match[1] for match in FACT.finditer(read.body))
    drawn = (read.front.array,) if read.front.array else ()
    return tuple(dict.fromkeys([*read.front.facts, *shown, *drawn]))


def facts_of_options(options: Iterable[Choice]) -> tuple[str, ...]:
    """The facts of the cards and the cells of `options`."""
    return tuple(
        dict.fromkeys(
            name
            for option in options
            for name in (
                *option.facts,
                *(fact for cell in option.cell for fact in cell.facts),
                *(picture.fact for cell in option.cell for picture in cell.picture),
            )
        )
    )
