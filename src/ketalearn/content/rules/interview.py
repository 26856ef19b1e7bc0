"""About me and what goes with it: names of medicines, what typed words suggest, readiness and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ketalearn.content.load import did_you_mean
from ketalearn.content.rules.ids import repeated
from ketalearn.content.rules.wording import FORBIDDEN
from ketalearn.decision.medicines import folded
from ketalearn.decision.safety import normalised

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


# what words may suggest: never a safety answer (Crisis help sees to that), a quiz topic or a value
SUGGESTED_PREFIXES = ("cond", "med", "repro", "circ", "concern")


def interview(checked: Checked) -> None:
    """The interview asks every field once, and its groups and exclusive values are its own."""
    if checked.interview is None:
        return
    path = checked.questions_dir / "interview.toml"
    fields = {field.id: field for field in checked.interview.field}
    for at, screen in enumerate(checked.interview.screen):
        for name in screen.fields:
            if name not in fields:
                checked.report(path, ("screen", at, "fields"), "E059", f"there is no field '{name}'",
                               did_you_mean(name, fields))  # fmt: skip
    for at, field in enumerate(checked.interview.field):
        values = [value.id for value in field.value]
        for twice in repeated(values):
            checked.report(path, ("field", at), "E044", f"the value '{twice}' stands twice in '{field.id}'",
                           "take one out")  # fmt: skip
        grouped = [value for group in field.group for value in group.values]
        for name in [*field.exclusive, *grouped]:
            if name not in values:
                checked.report(path, ("field", at), "E059", f"there is no value '{name}' in '{field.id}'",
                               did_you_mean(name, values))  # fmt: skip
        for name in values if field.group else ():
            if name not in grouped and name not in field.exclusive:
                checked.report(path, ("field", at), "E059", f"'{name}' stands in no group of '{field.id}'",
                               "add it to a [[field.group]]")  # fmt: skip


def medicine_names(checked: Checked) -> None:
    """A typed name has one kind: the same name under two kinds would be recognised as whichever came last."""
    path = checked.questions_dir / "interview.toml"
    seen: dict[str, str] = {}
    for at, field in enumerate(checked.interview.field if checked.interview else ()):
        for value in field.value:
            for name in value.names:
                before = seen.setdefault(folded(name), value.id)
                if before != value.id:
                    checked.report(path, ("field", at), "E061", f"the name '{name}' stands under '{before}' and "
                                   f"'{value.id}'", "leave it under one of them")  # fmt: skip


def suggestions(checked: Checked) -> None:
    """What typed words suggest is in the vocabulary, once, and can be added by a tick."""
    if checked.suggestions is None:
        return
    path = checked.questions_dir / "suggest.toml"
    known = {fact for fact in checked.facts_of_vocabulary if fact.partition(":")[0] in SUGGESTED_PREFIXES}
    for at, rule in enumerate(checked.suggestions.suggest):
        if rule.fact not in known and checked.interview is not None:
            checked.report(path, ("suggest", at, "fact"), "E055", f"'{rule.fact}' is no fact that can be suggested",
                           did_you_mean(rule.fact, known))  # fmt: skip
        for phrase in rule.phrases:
            if not normalised(phrase.replace("*", "")).strip():
                checked.report(path, ("suggest", at, "phrases"), "E062", f"the phrase '{phrase}' has no word in it",
                               "write the words as they are typed")  # fmt: skip
    facts = [rule.fact for rule in checked.suggestions.suggest]
    for twice in repeated(facts):
        at = len(facts) - 1 - facts[::-1].index(twice)
        checked.report(
            path, ("suggest", at, "fact"), "E044", f"'{twice}' is suggested twice", "put its phrases in one list"
        )


def readiness(checked: Checked) -> None:
    """Readiness statements raise topics that are there, and rest on sources that are there."""
    if checked.readiness is None:
        return
    path = checked.questions_dir / "readiness.toml"
    topics = {prompt.topic for _, _, prompt in checked.prompts}
    for at, statement in enumerate(checked.readiness.statement):
        for topic in statement.raises:
            if topic not in topics:
                checked.report(path, ("statement", at, "raises"), "E063", f"'{topic}' is not a topic of the bank",
                               did_you_mean(topic, topics))  # fmt: skip
        checked.known_sources(path, ("statement", at, "sources"), statement.sources)
        if found := FORBIDDEN.search(statement.text):
            checked.report(path, ("statement", at, "text"), "E060", f"we do not say '{found[0]}'",
                           "say what the person can answer for themselves")  # fmt: skip


def plan(checked: Checked) -> None:
    """Each part of the plan to fill in rests on sources that are there."""
    for key, sources in checked.plan.cites() if checked.plan else ():
        checked.known_sources(checked.modules_dir / "plan.toml", key, sources)
