"""The self-rating: whole, and what it calls met can be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.rules.ids import repeated

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


# IPDAS certifies nobody (decision-aid standard, rules for the wording)
CERTIFIED = re.compile(r"\bIPDAS[^.]*\b(?:certified|approved|accredited)\b", re.IGNORECASE)


def self_rating(checked: Checked) -> None:
    """ipdas.toml holds each criterion once, and what it calls met can be seen (IPDASi v4.0, honest self-rating)."""
    path = checked.modules_dir / "ipdas.toml"
    rating = checked.rating
    if rating is None:
        return
    rows = [row.id for row in rating.criterion]
    for twice in repeated(rows):
        checked.report(path, ("criterion", rows.index(twice), "id"), "E044", f"the criterion '{twice}' stands twice",
                       "keep one")  # fmt: skip
    for name in (*models.CRITERIA, *rows):
        if name not in rows:
            checked.report(path, ("criterion",), "E068", f"the criterion '{name}' is missing",
                           f'add [[criterion]] with id = "{name}"')  # fmt: skip
        elif name not in models.CRITERIA:
            checked.report(path, ("criterion", rows.index(name), "id"), "E068", f"IPDASi has no criterion '{name}'",
                           "write the id as in IPDASi v4.0: Q1 to Q6, C1 to C10, K1 to K28")  # fmt: skip
    for at, row in enumerate(rating.criterion):
        for evidence in row.evidence:
            if wrong := _not_there(checked, evidence):
                checked.report(path, ("criterion", at, "evidence"), "E069", f"'{row.id}': {wrong}",
                               "name what is there, or say partly or not-met")  # fmt: skip
    for key, text in (("words", rating.words), *(("not_done", one) for one in rating.not_done)):
        if CERTIFIED.search(text):
            checked.report(path, (key,), "E060", "nobody certifies by IPDAS, so we do not say so",
                           "say self-rated, by whom and when")  # fmt: skip
    for at, row in enumerate(rating.criterion):
        if CERTIFIED.search(f"{row.text} {row.why}"):
            checked.report(path, ("criterion", at), "E060", "nobody certifies by IPDAS, so we do not say so",
                           "say self-rated, by whom and when")  # fmt: skip


def _not_there(checked: Checked, evidence: str) -> str:
    """What is wrong with a piece of evidence, or ""; commands and tests are those of the project, not of a pack."""
    from typing import get_args

    from ketalearn.journey import Kind

    kind, _, name = evidence.partition(": ")
    match kind:
        case "file" if not (name.startswith(("modules/", "questions/")) and (checked.reader.root / name).is_file()):
            return f"there is no file '{name}' in this pack"
        case "page" if name not in {f"{module.id}/{page.front.id}" for _, module, page in checked.pages}:
            return f"there is no page '{name}'"
        case "screen" if name not in get_args(Kind):
            return f"there is no screen '{name}'"
    return ""
