"""Whether anything a person may answer can bring a prompt onto the sheet (contract, "From answers to the sheet")."""

from __future__ import annotations

from collections.abc import Mapping

from ketalearn.content import models

NEVER = "nothing that can be answered raises"


def one_answer_of(interview: models.Interview) -> dict[str, str]:
    """Each fact whose field takes one answer alone, with that field: two such facts of a field never hold together."""
    return {
        f"{field.prefix}:{value.id}": field.id
        for field in interview.field
        if field.kind == "one"
        for value in field.value
    }


def unreachable(prompt: models.Prompt, asked: frozenset[str], one_answer: Mapping[str, str]) -> str:
    """Why `prompt` can never be shown, "" when it can be.

    `asked`: the quiz topics that some item of the bank has; a miss of any other topic cannot happen.
    """

    def can_hold(fact: str) -> bool:
        return not fact.startswith("quiz:") or fact.removeprefix("quiz:") in asked

    raising = (*prompt.must_if, *prompt.should_if, *prompt.red_flag_if)
    if not prompt.base and not any(can_hold(fact) for fact in raising):
        return f"{NEVER} '{prompt.topic}': no item has its quiz topic"
    if both := sorted(set(prompt.gate_all) & set(prompt.never_if)):
        return f"'{prompt.topic}' needs '{both[0]}' and is never shown with it"
    if prompt.gate_any and set(prompt.gate_any) <= set(prompt.never_if):
        return f"'{prompt.topic}' is never shown with any fact of its gate_any"
    fields = [one_answer[fact] for fact in prompt.gate_all if fact in one_answer]
    if twice := sorted({name for name in fields if fields.count(name) > 1}):
        return f"'{prompt.topic}' needs two answers to '{twice[0]}', which takes one"
    return ""
