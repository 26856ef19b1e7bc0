"""What the self-rating and the fresh readers say together: for each criterion the worse of the two."""

from __future__ import annotations

from typing import NamedTuple, get_args

from ketalearn.content.models import NEEDS_PEOPLE, Criterion, RatingLevel, RatingStatus
from ketalearn.content.pack import Pack

ORDER: tuple[RatingStatus, ...] = get_args(RatingStatus)
FORM = "ipdas"


class RatedRow(NamedTuple):
    """A criterion with the status that counts, and what readers who saw it worse said."""

    criterion: Criterion
    status: RatingStatus
    readers: tuple[str, ...]


class Tally(NamedTuple):
    """How many criteria of a level are met, of how many that apply; `people`: how many need real people."""

    level: RatingLevel
    met: int
    applies: int
    people: int


def rated_rows(pack: Pack) -> tuple[RatedRow, ...]:
    """Each criterion in the order of the file; none without a self-rating."""
    if pack.self_rating is None:
        return ()
    low = {item.id: item for form in pack.ratings.form if form.form == FORM for item in form.low}
    rows = []
    for criterion in pack.self_rating.criterion:
        said = low.get(criterion.id)
        theirs = next((status for status in ORDER if said is not None and said.answer == status), criterion.status)
        worse = max(criterion.status, theirs, key=ORDER.index)
        rows.append(RatedRow(criterion, worse, said.reasons if said is not None and worse != criterion.status else ()))
    return tuple(rows)


def tallies(rows: tuple[RatedRow, ...]) -> tuple[Tally, ...]:
    """One tally a level, in the order of the standard."""
    found = []
    for level in get_args(RatingLevel):
        here = [row for row in rows if row.criterion.level == level and row.status != "not-applicable"]
        met = sum(row.status == "met" for row in here)
        found.append(Tally(level, met, len(here), sum(row.criterion.id in NEEDS_PEOPLE for row in here)))
    return tuple(found)
