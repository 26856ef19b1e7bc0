"""Readiness statements in the vocabulary and the rules: a fact `ready:ID`, and what each statement raises."""

from __future__ import annotations

from collections.abc import Iterable

from ketalearn.content.models import AskedField, Interview, PromptGroup, Statement, Value

FIELD = "readiness"
PREFIX = "ready"


def with_statements(interview: Interview, statements: Iterable[Statement]) -> Interview:
    """The interview with a field whose values are the statements, asked on no screen of About me."""
    values = tuple(Value(id=one.id, label=one.text) for one in statements)
    if not values:
        return interview
    asked = AskedField(id=FIELD, label="Not sure of yet", prefix=PREFIX, kind="many", value=values)
    return interview.model_copy(update={"field": (*interview.field, asked)})


def raised_by_statements(groups: Iterable[PromptGroup], statements: Iterable[Statement]) -> tuple[PromptGroup, ...]:
    """The prompts, each with the facts of the statements that raise it in its `should_if`."""
    facts: dict[str, list[str]] = {}
    for statement in statements:
        for topic in statement.raises:
            facts.setdefault(topic, []).append(f"{PREFIX}:{statement.id}")
    if not facts:
        return tuple(groups)
    return tuple(
        group.model_copy(
            update={
                "prompt": tuple(
                    prompt.model_copy(
                        update={"should_if": tuple(dict.fromkeys([*prompt.should_if, *facts[prompt.topic]]))}
                    )
                    if prompt.topic in facts
                    else prompt
                    for prompt in group.prompt
                )
            }
        )
        for group in groups
    )
