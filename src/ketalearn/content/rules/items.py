"""Quiz items: named by their module, and of something that is taught and can matter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ketalearn.content.load import did_you_mean
from ketalearn.content.marks import NO_TOPIC
from ketalearn.content.places import Path as KeyPath

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


def items(checked: Checked) -> None:
    """Every item: named by its module, teaches a page and an objective that are there, has a topic that can matter."""
    for_everyone = {prompt.topic for _, _, prompt in checked.prompts if prompt.base == "must"}
    for path, module, quiz in checked.quizzes:
        if quiz.module != module.id:
            checked.report(path, ("module",), "E042", f"'{quiz.module}' is not the module of this file",
                           f'write module = "{module.id}"')  # fmt: skip
        there = {item.id for item in quiz.item}
        for name in module.items:
            if name not in there:
                checked.report(path, (), "E052", f"module.toml lists the item '{name}', which is not here",
                               did_you_mean(name, there, "add it, or take it out of the list"))  # fmt: skip
        objectives = {one.id for one in module.objective}
        listed = frozenset(module.items)
        for at, item in enumerate(quiz.item):
            key: KeyPath = ("item", at)
            if item.id not in listed and "after" in item.use:
                checked.report(path, (*key, "id"), "E052", f"module.toml does not list the item '{item.id}'",
                               "add it to items in module.toml")  # fmt: skip
            if item.page not in module.pages:
                checked.report(path, (*key, "page"), "E053", f"there is no page '{item.page}' in this module",
                               did_you_mean(item.page, module.pages))  # fmt: skip
            if item.objective not in objectives:
                checked.report(path, (*key, "objective"), "E045", f"there is no objective '{item.objective}'",
                               did_you_mean(item.objective, objectives))  # fmt: skip
            if item.topic not in (*checked.quiz_topics, NO_TOPIC) and checked.interview is not None:
                checked.report(path, (*key, "topic"), "E054", f"'{item.topic}' is not a quiz topic",
                               did_you_mean(item.topic, checked.quiz_topics))  # fmt: skip
            if item.asks is not None and item.asks not in for_everyone:
                checked.report(path, (*key, "asks"), "E054", f"'{item.asks}' is no prompt with base = \"must\"",
                               did_you_mean(item.asks, for_everyone))  # fmt: skip
            checked.known_sources(path, (*key, "sources"), item.sources)
        tested = Counter(item.objective for item in quiz.item)
        for objective in sorted(objectives):
            if tested[objective] < 2:
                checked.report(path, (), "W201", f"objective '{objective}' has {tested[objective]} items",
                               "write at least two", "warning")  # fmt: skip
