"""Pictures of the app's screens as SVG, to look at.

    python scripts/pictures.py FOLDER [80x24 120x40 40x15] [night paper]

A made-up person is at work in them: some pages read, a quiz with misses, a few answers about themselves. The pictures
of the README are `home-80x24-night` and `quiz-80x24-paper`, turned to PNG with `rsvg-convert -w 1000`.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support import ROOT, journey
from tests.ui.support import settle

from ketalearn.content.models import OneOf
from ketalearn.journey import HOME, Choose, Journey, Place
from ketalearn.ui.app import KetalearnApp

SIZES = ("80x24", "120x40", "40x15")
THEMES = ("night", "paper")
SCREENS: dict[str, tuple[Place, tuple[str, ...]]] = {
    "welcome": (Place("welcome"), ()),
    "home": (HOME, ()),
    "page": (Place("page", module="03-mechanism", page="links"), ()),
    "number": (Place("page", module="06-risks", page="cut-off"), ()),
    "words": (Place("page", module="03-mechanism", page="links"), ("g",)),
    "sources": (Place("page", module="06-risks", page="home"), ("s",)),
    "item": (Place("item", module="03-mechanism", item="works-links"), ()),
    "quiz": (Place("feedback", module="06-risks", item="risks-driving-spray"), ()),
    "right": (Place("feedback", module="06-risks", item="risks-common"), ()),
    "several": (Place("item", module="06-risks", item="risk-signs"), ("1", "2")),
    "match": (Place("item", module="06-risks", item="risk-organs"), ("2",)),
    "order": (Place("item", module="06-risks", item="risk-day"), ("2",)),
    "count": (Place("item", module="06-risks", item="risk-dizzy"), ("1", "2")),
    "teach-back": (Place("item", module="06-risks", item="risk-teach"), ("enter",)),
    "sure": (Place("item", module="03-mechanism", item="works-links"), ("1",)),
    "several-after": (Place("item", module="06-risks", item="risk-signs"), ("1", "2", "5", "enter")),
    "match-after": (Place("item", module="06-risks", item="risk-organs"), ("1", "2", "enter", "enter")),
    "count-after": (Place("item", module="06-risks", item="risk-dizzy"), ("9", "enter", "enter")),
    "teach-back-after": (Place("item", module="06-risks", item="risk-teach"), ("enter", "1", "4")),
    "results": (Place("results", module="06-risks"), ()),
    "choices": (Place("choices"), ()),
    "choice": (Place("choice", screen="esketamine-spray"), ()),
    "safety": (Place("interview", screen="safety"), ()),
    "health": (Place("interview", screen="conditions"), ("enter",)),
    "overview": (Place("overview"), ()),
    "matters": (Place("matters"), ()),
    "questions": (Place("questions"), ("down",)),
    "save": (Place("questions"), ("p",)),
    "edit": (Place("questions"), ("down", "e")),
    "crisis": (Place("crisis", returns=HOME, why="asked"), ()),
    "help": (Place("questions"), ("question_mark",)),
    "about": (Place("about"), ()),
    "rating": (Place("rating"), ()),
}


def someone() -> Journey:
    """A journey half done."""
    one = journey(ROOT, region="US")
    one.memory.put("welcomed", True)
    choices = [item for item in one.workspace.pack.quiz("06-risks") if isinstance(item, OneOf)]
    for number, (name, right) in enumerate((item.id, item.correct) for item in choices):
        chosen = None if number == 11 else (right + 1) % 3 if number in (3, 9) else right
        one.advance(Place("item", module="06-risks", item=name), Choose(chosen))
    for module, pages in (("06-risks", 3), ("02-history", 6)):
        for page in one.head(module).pages[:pages]:
            one.memory.mark_page(module, page, 1)
    one.advance(Place("item", module="02-history", item="history-first"), Choose(1))
    one.keep(
        replace(
            one.profile(), conditions=("high_bp_uncontrolled", "sleep_apnea"), medicine_names=("Xanax",),
            medicines=("benzodiazepine",), circumstances=("no_ride",), values=("speed", "certainty"), age_band="40_64",
            region="US", stage="considering", goal=("depression",), starred=("total_cost",),
            own_questions=("May I bring my sister?",),
        )
    )  # fmt: skip
    one.memory.put("place", {"kind": "page", "module": "06-risks", "page": "cut-off", "item": "", "screen": ""})
    one.sheet()
    return one


async def draw(folder: Path, size: str, theme: str, without: tuple[str, ...] = ()) -> None:
    """Every screen at one size in one theme, but for those of `without`."""
    width, height = map(int, size.split("x"))
    for name, (place, keys) in SCREENS.items():
        if name in without:
            continue
        # each begins anew: what one picture ticked or typed is not in the next
        one = someone()
        one.memory.put("theme", theme)
        app = KetalearnApp(one)
        async with app.run_test(size=(width, height)) as pilot:
            await app.show(place)
            await pilot.press(*keys)
            await settle(pilot)
            # a converter would run spaces together, and the columns with them; and where its font is narrower than
            # the one the picture was measured for, long lines would end a column early
            drawn = app.export_screenshot().replace("<text ", '<text xml:space="preserve" letter-spacing="0.16" ')
            (folder / f"{name}-{size}-{theme}.svg").write_text(drawn, encoding="utf-8")


def main(folder: str, *wanted: str) -> None:
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    for size in [one for one in wanted if one in SIZES] or SIZES:
        for theme in [one for one in wanted if one in THEMES] or THEMES:
            asyncio.run(draw(where, size, theme))
    print(f"{len(list(where.glob('*.svg')))} pictures in {where}")


if __name__ == "__main__":
    main(*sys.argv[1:] or ["pictures"])
