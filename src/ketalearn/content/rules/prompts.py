"""Questions for the doctor: what raises them, in whose words they speak, and that each answer raises one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.lint.reach import one_answer_of, unreachable
from ketalearn.content.load import did_you_mean
from ketalearn.content.places import Path as KeyPath

if TYPE_CHECKING:
    from ketalearn.content.check import Checked


FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine)\b(?!\.)")


TO_THE_READER = re.compile(r"\b(?:you|yours?|yourself)\b", re.IGNORECASE)


def prompts(checked: Checked) -> None:
    """Every prompt: its facts are in the vocabulary, its sources resolve, and something can raise it."""
    known = checked.facts_of_vocabulary
    asked = frozenset(item.topic for _, _, quiz in checked.quizzes for item in quiz.item)
    one_answer = one_answer_of(checked.interview) if checked.interview else {}
    flags = {fact for _, _, prompt in checked.prompts for fact in prompt.red_flag_if}
    for path, at, prompt in checked.prompts:
        key: KeyPath = ("prompt", at)
        rules = ("must_if", "should_if", "gate_any", "gate_all", "never_if", "red_flag_if")
        for rule in rules:
            for fact in getattr(prompt, rule):
                if known and fact not in known:
                    checked.report(path, (*key, rule), "E055", f"'{fact}' is no fact of the vocabulary",
                                   did_you_mean(fact, known))  # fmt: skip
        chosen_by = [("variant", number, (*one.when, *one.any)) for number, one in enumerate(prompt.wordings)]
        chosen_by += [("reason", number, (*one.when, *one.any)) for number, one in enumerate(prompt.reason)]
        for name, number, facts in chosen_by:
            for fact in facts:
                if known and fact not in known:
                    checked.report(path, (*key, name, number, "when"), "E055",
                                   f"'{fact}' is no fact of the vocabulary", did_you_mean(fact, known))  # fmt: skip
        covering(checked, path, at, prompt)
        for fact in prompt.never_if:
            if fact in flags:
                # the law "adding a red-flag fact never removes a topic" would not hold
                checked.report(path, (*key, "never_if"), "E056", f"the red-flag fact '{fact}' would hide this prompt",
                               "take it out of never_if")  # fmt: skip
        if not (prompt.base or prompt.must_if or prompt.should_if or prompt.red_flag_if):
            checked.report(path, key, "E057", f"nothing raises '{prompt.topic}'",
                           "give it a base, a must_if or a should_if")  # fmt: skip
        elif why := unreachable(prompt, asked, one_answer):
            checked.report(path, key, "E057", why, "change its rules, or write the item that raises it")
        checked.known_sources(path, (*key, "sources"), prompt.sources)


def covering(checked: Checked, path: Path, at: int, prompt: models.Prompt) -> None:
    """What asks a prompt too is another prompt of the bank; what everyone gets is never put last."""
    known = checked.facts_of_vocabulary
    topics = {one.topic for _, _, one in checked.prompts}
    for number, one in enumerate(prompt.covered):
        key: KeyPath = ("prompt", at, "covered", number)
        if one.by not in topics or one.by == prompt.topic:
            checked.report(path, (*key, "by"), "E071", f"'{one.by}' is no other prompt of the bank",
                           did_you_mean(one.by, topics - {prompt.topic}))  # fmt: skip
        if prompt.base == "must":
            checked.report(path, key, "E071", f"'{prompt.topic}' is for everyone, so no other may stand in for it",
                           "take out this [[prompt.covered]]")  # fmt: skip
        for fact in (*one.when, *one.any, *one.unless):
            if known and fact not in known:
                checked.report(path, (*key, "by"), "E055", f"'{fact}' is no fact of the vocabulary",
                               did_you_mean(fact, known))  # fmt: skip


def topics_raise_something(checked: Checked) -> None:
    """A missed quiz topic that no prompt names would add nothing to My questions."""
    raised = {
        fact.removeprefix("quiz:")
        for _, _, prompt in checked.prompts
        for fact in (*prompt.must_if, *prompt.should_if)
        if fact.startswith("quiz:")
    }
    for at, field in enumerate(checked.interview.field if checked.interview else ()):
        for number, topic in enumerate(value.id for value in field.value):
            if field.id == "quiz_misses" and topic not in raised:
                checked.report(checked.questions_dir / "interview.toml", ("field", at, "value", number), "W202",
                               f"no prompt is raised by the quiz topic '{topic}'",
                               f"add quiz:{topic} to a prompt's must_if or should_if", "warning")  # fmt: skip


def someone_else(checked: Checked) -> None:
    """A prompt in the first person has a form for a sheet about someone else, and that form is in the third."""
    another = "goal:supporting_someone"
    if another not in checked.facts_of_vocabulary:
        return
    for path, at, prompt in checked.prompts:
        if prompt.gate_any == (another,):
            continue
        theirs = [variant for variant in prompt.wordings if another in variant.when]
        for text in (prompt.they, *(variant.text for variant in theirs)):
            if FIRST_PERSON.search(text):
                checked.report(path, ("prompt", at), "E063", f"'{prompt.topic}' says 'I' on a sheet for someone else",
                               "write it about 'they'")  # fmt: skip
        reasons = (
            ("they_why", prompt.they_why or prompt.why),
            *(("they", one.they or one.text) for one in prompt.reason),
        )
        for name, text in reasons:
            if TO_THE_READER.search(text):
                checked.report(path, ("prompt", at), "W206",
                               f"the reason of '{prompt.topic}' says 'you' on a sheet for someone else",
                               f"add {name} = \"...\" about 'them', or words that fit both", "warning")  # fmt: skip
        ours = (prompt.text, *(variant.text for variant in prompt.wordings if variant not in theirs))
        always = prompt.they or any(variant.when == (another,) and not variant.any for variant in theirs)
        if not always and any(FIRST_PERSON.search(text) for text in ours):
            checked.report(path, ("prompt", at), "W204", f"'{prompt.topic}' has no form for someone else",
                           "add they = \"...\" in the third person", "warning")  # fmt: skip


def values_raise_something(checked: Checked) -> None:
    """Each answer raises a prompt, or the vocabulary says why it raises none."""
    if checked.interview is None:
        return
    raised = {
        fact for _, _, prompt in checked.prompts for fact in (*prompt.must_if, *prompt.should_if, *prompt.red_flag_if)
    } | {fact for _, _, prompt in checked.prompts for fact in prompt.gate_all}
    # a statement of readiness names the topics that it raises itself
    raised |= {f"ready:{one.id}" for one in (checked.readiness.statement if checked.readiness else ())}
    path = checked.questions_dir / "interview.toml"
    for at, field in enumerate(checked.interview.field):
        for number, value in enumerate(field.value):
            fact = f"{field.prefix}:{value.id}"
            if fact not in raised and not value.raises_nothing and field.set_by == "person":
                checked.report(path, ("field", at, "value", number), "W205", f"'{fact}' raises no prompt",
                               "name it in a rule, or say why in raises_nothing", "warning")  # fmt: skip
            if fact in raised and value.raises_nothing:
                checked.report(path, ("field", at, "value", number), "E064", f"'{fact}' raises a prompt after all",
                               "take raises_nothing out")  # fmt: skip


def region_words(checked: Checked) -> None:
    """Each region that a word names is a region of the interview."""
    known = {fact.removeprefix("region:") for fact in checked.facts_of_vocabulary if fact.startswith("region:")}
    for at, one in enumerate(checked.region_words):
        for region in one.where:
            if known and region not in known:
                checked.report(checked.questions_dir / "region_words.toml", ("word", at, "where"), "E055",
                               f"'{region}' is no region of the interview", did_you_mean(region, known))  # fmt: skip
