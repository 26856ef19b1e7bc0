"""A previewed file as plain mode tells it, once: for pipes, screen readers and editors that run a command."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ketalearn.content.models import Chosen
from ketalearn.decision.cites import of_lesson
from ketalearn.errors import ContentError
from ketalearn.plain import words
from ketalearn.plain.quiz import at_item
from ketalearn.plain.talk import Left, Talk

if TYPE_CHECKING:
    from ketalearn.content import models
    from ketalearn.findings import Finding
    from ketalearn.place import Place
    from ketalearn.preview import Preview

Write = Callable[[str], None]


def told(preview: Preview, write: Write, aside: Write) -> int:
    """Tell the file with `write` and what `check` says of it with `aside`; 1 when it has an error, else 0."""
    found = preview.findings()
    faults: list[Finding] = []
    try:
        for number, place in enumerate(preview.places()):
            if number:
                write("")
            write(_told(preview, place))
    except ContentError as error:
        # a file that this one needs is faulty
        faults = [one for one in error.findings if one not in found]
    for finding in (*found, *faults):
        aside(str(finding))
    return 1 if any(finding.level == "error" for finding in (*found, *faults)) else 0


def _told(preview: Preview, place: Place) -> str:
    journey = preview.journey
    match place.kind:
        case "page":
            lesson = journey.lesson(place)
            cites = of_lesson(preview.pack, lesson)
            told = (words.lesson(journey, place, lesson), words.terms(journey, cites), words.sources(journey, cites))
            return "\n\n".join(told)
        case "item":
            return _item(preview, place)
        case "questions":
            return _prompts(preview)
        case _:
            pack = journey.workspace.pack
            cards = [words.choice(journey, option.id) for option in pack.options]
            if pack.choices.row:
                cards.append(words.side_by_side(journey, ()))
            return "\n\n".join(cards)


def _item(preview: Preview, place: Place) -> str:
    """The question as it is asked, then what is said to each answer."""
    lines: list[str] = []
    # no one answers here
    with suppress(Left):
        at_item(Talk(preview.journey, lambda: None, lines.append), place)
    item = preview.journey.item(place).item
    lines = [line for line in lines if line.strip() != ">"]
    for key, text in item.words():
        if str(key[-1]).startswith("feedback") or key[-1] == "example":
            lines.append(f"{_to(item, key)} {text}")
    lines.append(f"Source: {'; '.join(preview.workspace.pack.sources[name].short for name in item.sources)}.")
    return "\n".join(lines)


def _to(item: models.ItemBase, key: tuple[str | int, ...]) -> str:
    """Which answer a feedback is for."""
    if isinstance(item, Chosen):
        option = item.option[int(key[1])]
        return f"{'Right' if option.correct else 'Wrong'}: {option.text}."
    if len(key) > 1:
        return f"To {key[0]} {int(key[1]) + 1}:"
    return f"{str(key[0]).replace('_', ' ').capitalize()}:"


def _prompts(preview: Preview) -> str:
    """Each prompt of the file, with all its wordings, its reason, who is asked, and its sources."""
    from ketalearn.render.wording import ASK_WORDS

    sources = preview.pack.sources
    lines = [preview.pack.group.group]
    for prompt in preview.pack.group.prompt:
        named = "; ".join(sources[name].short for name in prompt.sources)
        asked = ", ".join(ASK_WORDS[who] for who in prompt.ask)
        lines += ["", prompt.text, f"  Why: {prompt.why}", f"  Ask: {asked}. Source: {named}."]
        forms = [("for someone else", prompt.they), ("with --hide-sensitive", prompt.private)]
        forms += [(f"when {' and '.join(one.when)}", one.text) for one in prompt.wordings]
        lines += [f"  {when}: {text}" for when, text in forms if text]
    return "\n".join(lines)
