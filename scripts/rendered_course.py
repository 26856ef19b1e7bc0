"""The whole course as a reader sees it, as files to read: lessons, quiz, choices, sheet, About, pictures of screens.

    python scripts/rendered_course.py FOLDER [--no-pictures]

It is made for fresh readers who fill the forms of docs/ratings. The words are those of plain mode. Pictures are SVG,
and PNG where `rsvg-convert` is installed.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ketalearn.commands import about_lines
from ketalearn.content.models import AnyItem, Chosen
from ketalearn.decision.cites import of_lesson
from ketalearn.journey import Journey, Place
from ketalearn.learning.records import ShortMemory
from ketalearn.plain import words
from ketalearn.render.icons import icon_rows
from ketalearn.render.rating import measured_lines, rating_lines
from ketalearn.workspace import Workspace, clock_from

ROOT = Path(__file__).resolve().parent.parent
PICTURES = (("80x24", "night"), ("120x40", "paper"), ("40x15", "night"))


def new_journey() -> Journey:
    """A journey in which nothing was said yet; its region is the US."""
    return Journey(Workspace(root=ROOT, memory=ShortMemory(), now=clock_from({}), region="US"))


def lessons(journey: Journey, module: str) -> str:
    """All pages of a module, each with its picture of a number, its sources and its words."""
    parts = []
    for page in journey.head(module).pages:
        place = Place("page", module=module, page=page)
        lesson = journey.lesson(place)
        cites = of_lesson(journey.workspace.pack, lesson)
        text = [words.lesson(journey, place, lesson)]
        if lesson.array is not None:
            for arm in lesson.array.arms:
                text += ["", *icon_rows(arm.count, arm.of, columns=20), f"{arm.count:g} of {arm.of} {arm.label}"]
        text += ["", "(s) Sources of this page:", words.sources(journey, cites)]
        text += ["", "(g) Words on this page:", words.terms(journey, cites)]
        parts.append("\n".join(text))
    return f"\n\n{'=' * 74}\n\n".join(parts)


def item_words(journey: Journey, item: AnyItem) -> str:
    """An item with every answer, what each answer is told, and its sources."""
    lines = [item.stem]
    if isinstance(item, Chosen):
        for number, option in enumerate(item.option, start=1):
            lines.append(f"  {'(right) ' if option.correct else ''}{number}. {option.text}")
            lines.append(f"       told when chosen: {option.feedback}")
    else:
        lines += [f"  {'.'.join(map(str, key))}: {text}" for key, text in item.words() if key != ("stem",)]
    known = journey.workspace.pack.sources
    lines.append(f"  Source: {'; '.join(known[name].short for name in item.sources)}.")
    return "\n".join(lines)


def choices(journey: Journey) -> str:
    """Each choice on its page, then all of them row by row."""
    pack = journey.workspace.pack
    cards = [words.choice(journey, option.id) for option in pack.options]
    return "\n\n".join([*cards, words.side_by_side(journey, ())])


def fit(journey: Journey) -> str:
    """Every choice next to each of the twelve values, three at a time as a person would choose them."""
    names = [value.id for value in journey.workspace.pack.personal_values]
    parts = []
    for at in range(0, len(names), 3):
        journey.keep(replace(journey.profile(), values=tuple(names[at : at + 3])))
        parts.append(words.fit_words(journey))
    return "\n\n".join(parts)


def pictures(folder: Path) -> int:
    """Screens of someone half way through; how many were made."""
    from scripts.pictures import draw

    folder.mkdir(parents=True, exist_ok=True)
    for size, theme in PICTURES:
        asyncio.run(draw(folder, size, theme, without=("rating",)))
    made = sorted(folder.glob("*.svg"))
    if shutil.which("rsvg-convert"):
        for path in made:
            subprocess.run(["rsvg-convert", "-w", "1000", path, "-o", path.with_suffix(".png")], check=True)
            path.unlink()
    return len(made)


def main(folder: str, *options: str) -> None:
    """Write everything to `folder`."""
    where = Path(folder)
    journey = new_journey()
    heads = journey.workspace.heads
    files = {"00-start.txt": words.welcome(journey)}
    for head in heads.modules:
        files[f"lessons/{head.id}.txt"] = f"{head.title}\n{head.question}\n\n{lessons(journey, head.id)}"
        items = journey.workspace.pack.quiz(head.id)
        files[f"quiz/{head.id}.txt"] = "\n\n".join(
            [f"Quiz: {head.title}", *(item_words(journey, item) for item in items)]
        )
    files["choices.txt"] = choices(journey)
    files["sheet.txt"] = words.sheet_text(new_journey())
    files["fit.txt"] = fit(journey)
    pack = journey.workspace.pack
    # the project's own rating stays out: a reader is to make up their own mind
    files["about.txt"] = "\n".join([*measured_lines(pack), "", *about_lines(pack)])
    if "--with-rating" in options:
        files["rating.txt"] = "\n".join(rating_lines(pack))
    for name, text in files.items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    drawn = 0 if "--no-pictures" in options else pictures(where / "screens")
    print(f"{len(files)} files and {drawn} pictures in {where}")


if __name__ == "__main__":
    main(*sys.argv[1:])
