"""An empty form to fill in by hand: the questions that suit everyone as suggestions, and room to write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ketalearn.content.pack import Pack
from ketalearn.decision.profile import Profile
from ketalearn.decision.safety import Crisis, crisis_for
from ketalearn.decision.sheet import ContentState, Question, SourceLine, build_sheet, sources_and_state

SCHEMA = "ketalearn/blank@1"
TELL_LINES = 8
OWN_LINES = 10


@dataclass(frozen=True)
class Blank:
    """What is printed on the form; nothing in it comes from a person."""

    suggested: tuple[Question, ...]
    crisis: Crisis
    source_key: tuple[SourceLine, ...]
    content: ContentState
    today: str

    def numbers(self, question: Question) -> str:
        """The numbers of a question's sources in the key of the form."""
        number = {line.id: line.number for line in self.source_key}
        return f"[{','.join(str(number[source]) for source in question.sources)}]"

    def as_dict(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "tell_lines": TELL_LINES,
            "suggested": [
                {"topic": one.topic, "text": one.text, "sources": list(one.sources)} for one in self.suggested
            ],
            "own_lines": OWN_LINES,
            "crisis": {"region": self.crisis.region, "lines": list(self.crisis.lines)},
            "sources": [{"number": line.number, "id": line.id, "text": line.text} for line in self.source_key],
            "content": {
                "version": self.content.version,
                "reviewed_on": self.content.reviewed_on,
                "review_by": self.content.review_by,
                "stale": self.content.stale,
                "clinician_reviewed": self.content.clinician_reviewed,
            },
        }


def blank_form(pack: Pack, today: dt.date, *, region: str = "") -> Blank:
    """The form with the base musts, best first, and the crisis lines of `region` ("" means not said)."""
    everyone = {prompt.topic for group in pack.groups for prompt in group.prompt if prompt.base == "must"}
    made = build_sheet(pack, Profile(), today)
    suggested = tuple(one for one in (*made.on_paper, *made.more) if one.topic in everyone)
    source_key, content = sources_and_state(pack, suggested, today)
    return Blank(suggested, crisis_for(pack, region), source_key, content, today.isoformat())
