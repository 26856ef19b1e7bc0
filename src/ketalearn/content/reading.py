"""How hard each part of a pack is to read, measured for `modules/reading.toml`. Needs pyphen (extra `author`)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ketalearn.content.check import Checked
from ketalearn.content.lint.run import Lint
from ketalearn.content.lint.words import sentences
from ketalearn.content.models import ReadingLevel, ReadingLevels
from ketalearn.content.readability import flesch_kincaid, masked, smog
from ketalearn.learning.lesson import CITATION

HOW = (
    "US school grades by two published formulas, Flesch-Kincaid and SMOG, with syllables from hyphenation points. "
    "First with the names of drugs and conditions counted as one short word, then as printed."
)
ALL = "all-lessons"


def measured(root: Path, today: dt.date) -> ReadingLevels:
    """Lessons and quiz of each module of the pack at `root`, then all lessons, the choices and the questions."""
    checked = Checked(root)
    lint = Lint(checked, today)
    parts: list[tuple[str, str, list[str]]] = []
    everything: list[str] = []
    for _, module in checked.modules:
        lessons = [lint.page_text(page) for _, one, page in checked.pages if one is module]
        parts.append((module.id, module.title, lessons))
        everything += lessons
    for _, module, quiz in checked.quizzes:
        # an option that is no sentence would count as a very short one, and make the quiz look easier than it is
        words = [text for item in quiz.item for _, text in item.words() if text.rstrip()[-1:] in ".!?"]
        parts.append((f"quiz-{module.id}", f"Quiz: {module.title}", words))
    parts.append((ALL, "All lessons together", everything))
    cards = [
        CITATION.sub("", text)
        for option in checked.options
        for text in (option.what, option.good, option.bad, option.sure, *(cell.text for cell in option.cell))
    ]
    parts.append(("choices", "My choices", cards))
    prompts = [f"{prompt.text} {prompt.why}" for _, _, prompt in checked.prompts]
    parts.append(("questions", "Questions for the doctor, with their reasons", prompts))
    levels = tuple(_level(*part, lint.names) for part in parts if any(text.strip() for text in part[2]))
    return ReadingLevels(measured_on=today, how=HOW, part=levels)


def _level(part: str, title: str, texts: list[str], names: tuple[str, ...]) -> ReadingLevel:
    text = " ".join(texts)
    hidden = masked(text, names)
    return ReadingLevel(
        part=part,
        title=title,
        words=len(text.split()),
        sentences=len(sentences(text)),
        fkgl=round(flesch_kincaid(hidden), 1),
        smog=round(smog(hidden), 1),
        fkgl_as_printed=round(flesch_kincaid(text), 1),
        smog_as_printed=round(smog(text), 1),
    )
