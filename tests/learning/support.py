"""Items of every type and answers to them, made by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import TypeAdapter

from ketalearn.content.models import AnyItem, Item
from ketalearn.learning.records import Answer

ADAPTER: TypeAdapter[Item] = TypeAdapter(AnyItem)
START = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def options(*right: bool) -> list[dict[str, Any]]:
    return [{"text": f"Option {at}", "feedback": f"Yes. Told {at}.", "correct": one} for at, one in enumerate(right)]


PARTS: dict[str, dict[str, Any]] = {
    "single": {"option": options(False, True, False)},
    "truefalse": {"option": [{"text": "True", "feedback": "Why not."},
                             {"text": "False", "feedback": "Right. So it is.", "correct": True}]},
    "multiple": {"option": options(True, False, True), "stem": "Choose all that fit."},
    "match": {"pair": [{"left": f"L{at}", "right": f"R{at}", "feedback": f"Told {at}."} for at in range(4)]},
    "order": {"step": [{"text": f"S{at}", "feedback": f"Told {at}."} for at in range(4)]},
    "number": {"answer": 29, "tolerance": 6, "feedback_right": "Yes, so.", "feedback_low": "More.",
               "feedback_high": "Fewer."},
    "teachback": {"point": [{"text": f"P{at}", "feedback": f"Told {at}."} for at in range(3)], "example": "Like so."},
}  # fmt: skip


def item(kind: str = "single", **given: Any) -> Item:
    """An item of this type."""
    head = {"id": "one", "revision": 1, "objective": "know", "topic": "driving", "page": "light", "stem": "What is so?",
            "sources": ["lamp-label"], "type": kind}  # fmt: skip
    return ADAPTER.validate_python(head | PARTS[kind] | given)


def answer(name: str = "one", *, days: float = 0, right: bool = True, **given: Any) -> Answer:
    """An answer given so many days after START."""
    at = (START + dt.timedelta(days=days)).isoformat()
    fields: dict[str, Any] = {
        "item": name, "revision": 1, "module": "m", "chosen": (1,) if right else (0,), "correct": right, "started": at,
        "answered": at, "sitting": 1, "not_sure": False,
    }  # fmt: skip
    return Answer(**(fields | given))
