"""How hard the content is to read: US grades by the formulas of `readability.py`, names of drugs masked.

Aims: grade 8 for lessons and 6 for what is printed (the contract), a median page at 7 or below. SMOG is only given for
30 sentences or more, on which it was derived, and runs a grade higher than Flesch-Kincaid on the same text.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from ketalearn.content import models

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint
    from ketalearn.content.readability import Counts

PAGE_GRADE = 8.0
MEDIAN_PAGE = 7.0
SHEET_GRADE = 6.0
SMOG_GRADE = 9.0
SMOG_SENTENCES = 30
SHORTER = "use shorter words and sentences"


def not_measured(lint: Lint) -> None:
    """Without pyphen no grade is given, and that is said (the package is an extra for authors)."""
    if lint.grade is None:
        lint.say(lint.checked.modules_dir / "pack.toml", (), "I320", "pack", "reading grades were not measured",
                 "pip install 'ketalearn[author]' adds them")  # fmt: skip


def hard_page(lint: Lint) -> None:
    """A page more than one grade above the aim (Kincaid 1975; CDC and NHS plain-language guides: grade 8 or below)."""
    for path, module, page in lint.checked.pages if lint.grade else ():
        assert lint.grade is not None
        if (grade := lint.grade(lint.page_text(page))) > PAGE_GRADE + 1:
            lint.say(path, (page.body_line, 1), "W320", f"{module.id}/{page.front.id}",
                     f"this page reads at grade {grade:.1f}; the aim is {PAGE_GRADE:g}", SHORTER)  # fmt: skip


def hard_module(lint: Lint) -> None:
    """A module above grade 8 as a whole (Kincaid 1975; the contract's limit)."""
    for path, module in lint.checked.modules if lint.grade else ():
        assert lint.grade is not None
        text = " ".join(lint.page_text(page) for _, page in lint.pages_of(module))
        if (grade := lint.grade(text)) > PAGE_GRADE:
            lint.say(path, (), "E321", module.id,
                     f"this module reads at grade {grade:.1f}; the aim is {PAGE_GRADE:g}", SHORTER)  # fmt: skip


def hard_median(lint: Lint) -> None:
    """Half of a module's pages above grade 7: a few easy pages do not make up for them (Kincaid 1975)."""
    for path, module in lint.checked.modules if lint.grade else ():
        assert lint.grade is not None
        grades = [lint.grade(lint.page_text(page)) for _, page in lint.pages_of(module)]
        if grades and (middle := median(grades)) > MEDIAN_PAGE:
            lint.say(path, (), "W320", module.id,
                     f"the median page reads at grade {middle:.1f}; the aim is {MEDIAN_PAGE:g}", SHORTER)  # fmt: skip


def hard_item(lint: Lint) -> None:
    """An item, all that is read of it, more than one grade above the lessons' aim (L14; Kincaid 1975)."""
    if lint.grade is None:
        return
    from ketalearn.content.readability import grade_of

    for path, _, quiz in lint.checked.quizzes:
        for at, item in enumerate(quiz.item):
            if (grade := grade_of(_told(lint, item))) > PAGE_GRADE + 1:
                lint.say(path, ("item", at), "W326", item.id,
                         f"{item.id}: this item reads at grade {grade:.1f}; the aim is {PAGE_GRADE:g}",
                         SHORTER)  # fmt: skip


def hard_stems(lint: Lint) -> None:
    """L14: the stems of a module together above its lessons' grade; one stem is too little text for the formula."""
    for path, module, quiz in lint.checked.quizzes if lint.grade else ():
        assert lint.grade is not None
        if (grade := lint.grade(" ".join(item.stem for item in quiz.item))) > PAGE_GRADE:
            lint.say(
                path,
                (),
                "W314",
                module.id,
                f"the stems of this quiz read at grade {grade:.1f}; the aim is {PAGE_GRADE:g}",
                SHORTER,
            )


def hard_prompt(lint: Lint) -> None:
    """A prompt with its reason above grade 6: it is printed, and read in a waiting room (the contract's limit)."""
    for path, number, prompt in lint.checked.prompts if lint.grade else ():
        assert lint.grade is not None
        if (grade := lint.grade(f"{prompt.text} {prompt.why}")) > SHEET_GRADE:
            lint.say(path, ("prompt", number), "W322", prompt.topic,
                     f"'{prompt.topic}' reads at grade {grade:.1f}; the aim is {SHEET_GRADE:g}",
                     "use shorter words")  # fmt: skip


def hard_plan(lint: Lint) -> None:
    """The form to fill in above grade 6: it is printed, and read on the worst day (the contract's limit for paper)."""
    form = lint.checked.plan
    if lint.grade is None or form is None:
        return
    told = " ".join(text if text[-1] in ".?!" else f"{text}." for _, text in form.texts())
    if (grade := lint.grade(told)) > SHEET_GRADE:
        lint.say(lint.checked.modules_dir / "plan.toml", (), "W322", "plan",
                 f"the plan to fill in reads at grade {grade:.1f}; the aim is {SHEET_GRADE:g}",
                 "use shorter words")  # fmt: skip


def many_long_words(lint: Lint) -> None:
    """SMOG (McLaughlin 1969) over 30 sentences or more: each module's pages, each quiz, and all prompts."""
    if lint.grade is None:
        return
    from ketalearn.content.readability import Counts, counted, masked, smog_of

    def pooled() -> Iterable[tuple[Path, str, str, Counts]]:
        for path, module in lint.checked.modules:
            text = " ".join(lint.page_text(page) for _, page in lint.pages_of(module))
            yield path, module.id, "module", counted(masked(text, lint.names))
        for path, module, quiz in lint.checked.quizzes:
            told = [_told(lint, item) for item in quiz.item]
            yield path, module.id, "quiz", Counts(*map(sum, zip(*told, strict=True)))
        prompts = " ".join(f"{prompt.text} {prompt.why}" for _, _, prompt in lint.checked.prompts)
        yield lint.checked.modules_dir / "pack.toml", "prompts", "bank of prompts", counted(masked(prompts, lint.names))

    for path, subject, what, counts in pooled():
        if counts.sentences < SMOG_SENTENCES:
            continue
        if (hard := smog_of(counts)) > SMOG_GRADE:
            lint.say(path, (), "W325", subject, f"this {what}'s SMOG grade is {hard:.1f}; the aim is {SMOG_GRADE:g}",
                     "use fewer words of three syllables or more")  # fmt: skip


def _told(lint: Lint, item: models.ItemBase) -> Counts:
    """Counts of all words of an item as sentences (options seldom end in a full stop), names masked; made once."""
    from ketalearn.content.readability import counted, masked

    if id(item) not in lint.told:
        text = " ".join(text if text.rstrip()[-1:] in ".?!" else f"{text}." for _, text in item.words())
        lint.told[id(item)] = counted(masked(text, lint.names))
    return lint.told[id(item)]


PACK_RULES = (
    not_measured,
    hard_page,
    hard_module,
    hard_median,
    hard_item,
    hard_stems,
    hard_prompt,
    hard_plan,
    many_long_words,
)
