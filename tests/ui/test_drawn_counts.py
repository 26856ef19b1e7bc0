"""What is drawn is what the evidence counts: as many full marks as people, in both arms, told apart by shape alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ketalearn.content.models import Choice
from ketalearn.decision.options import pictures_of
from ketalearn.journey import Place
from ketalearn.learning.lesson import lesson_of
from ketalearn.render.icons import EMPTY, FULL, TEN
from ketalearn.ui.screens.compare import picture_lines
from ketalearn.ui.screens.lesson import array_parts
from tests.support import ROOT, journey, real_pack
from tests.ui.support import LARGE, SIZES, WIDE, app_for, at, screen_text, settle, sync, words_of

PACK = real_pack()
NUMBER_PAGES = [
    (module, page)
    for module in PACK.info.modules
    for page in PACK.module(module).pages
    if PACK.page(module, page).front.array
]
ROW = re.compile(f"[{FULL}{EMPTY}]{{20}}")
MARKS = re.compile(f"([{''.join(TEN)}]{{10}}) (\\d+) of 100")
PAGES = pytest.mark.parametrize(("module", "page"), NUMBER_PAGES)


def arms(module: str, page: str) -> list[float]:
    """The counts of the page's fact, this treatment first."""
    fact = PACK.facts[PACK.page(module, page).front.array or ""]
    assert fact.count is not None and fact.of == 100
    others = [] if fact.comparator is None or isinstance(fact.comparator, str) else [fact.comparator.count]
    return [fact.count, *others]


def drawn(text: str, count: int) -> list[int]:
    """Full marks of each of `count` arms, from text where arms stand side by side or one below the other."""
    lines = [found for line in text.splitlines() if (found := ROW.findall(line))]
    assert sum(map(len, lines)) == 5 * count, "five rows of twenty for each arm"
    rows = [one for line in zip(*lines, strict=True) for one in line]
    return [sum(row.count(FULL) for row in rows[at : at + 5]) for at in range(0, len(rows), 5)]


@PAGES
@pytest.mark.parametrize("width", [36, 76, 116])
def test_a_page_draws_as_many_full_marks_as_people(module: str, page: str, width: int) -> None:
    array = lesson_of(PACK, module, PACK.page(module, page)).array
    assert array is not None
    text = "".join(part if isinstance(part, str) else part[0] for part in array_parts(array, width))
    counts = arms(module, page)
    assert drawn(text, len(counts)) == counts
    assert all(f"{count:g} of 100" in text for count in counts)


@PAGES
@sync
async def test_it_is_so_on_the_screen_without_colour(module: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("page", module=module, page=page))
        assert drawn(screen_text(app), len(arms(module, page))) == arms(module, page)


@pytest.mark.parametrize("option", PACK.options, ids=lambda option: option.id)
@pytest.mark.parametrize("width", [22, 36])
def test_a_choice_draws_each_count_to_the_nearest_ten(option: Choice, width: int) -> None:
    for cell in option.cell:
        pictures = pictures_of(PACK, cell)
        lines = picture_lines(pictures, width)
        assert all(len(line) <= width for line in lines)
        found = [(marks.count(TEN[0]), int(people)) for marks, people in MARKS.findall("\n".join(lines))]
        assert [people for _, people in found] == [bar.people for picture in pictures for bar in picture.bars]
        assert all(abs(full * 10 - people) <= 5 for full, people in found)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_a_choice_looks_so_without_colour(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_for(journey(ROOT))
    seen: set[tuple[int, int]] = set()
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("compare"))
        for _ in range(6):
            seen |= {(marks.count(TEN[0]), int(people)) for marks, people in MARKS.findall(screen_text(app))}
            await pilot.press("pagedown")
            await settle(pilot)
    assert {(6, 63), (5, 50)} <= seen, "the spray and its dummy"


def test_the_title_says_the_outcome_and_each_line_says_who() -> None:
    (cell,) = [cell for option in PACK.options if option.id == "ect" for cell in option.cell if cell.row == "help"]
    assert picture_lines(pictures_of(PACK, cell), 40) == [
        "Saw symptoms fall by half or more:",
        "●●●●○○○○○○ 41 of 100",
        "  with ECT",
        "●●●●●●○○○○ 55 of 100",
        "  with ketamine drips",
        "In hospital, had few or no symptoms",
        "left:",
        "●●●●●●○○○○ 63 of 100",
        "  with ECT",
        "●●●●●○○○○○ 46 of 100",
        "  with ketamine drips",
    ]


@PAGES
@sync
async def test_on_a_number_page_nothing_fuses_and_each_number_of_the_picture_is_said_once(
    module: str, page: str
) -> None:
    """Between the words and the picture stands an empty line; counts that the caption has are not said again below."""
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("page", module=module, page=page))
        lines = screen_text(app).splitlines()
        array = lesson_of(PACK, module, PACK.page(module, page)).array
        assert array is not None
        caption = next(at for at, line in enumerate(lines) if line.strip() and array.caption.startswith(line.strip()))
        assert not lines[caption - 1].strip()
        last = max(at for at, line in enumerate(lines) if ROW.search(line))
        said = all(f"{arm.count:g} of {arm.of}" in array.caption for arm in array.arms)
        for arm in array.arms:
            assert (f"{arm.count:g} of {arm.of}" in lines[last + 1]) is not said


def test_a_caption_without_the_counts_leaves_them_to_the_legends() -> None:
    array = lesson_of(PACK, "06-risks", PACK.page("06-risks", "cut-off")).array
    assert array is not None
    parts = array_parts(replace(array, caption="Some felt cut off."), 76)
    text = "".join(part if isinstance(part, str) else part[0] for part in parts)
    assert "41 of 100" in text and "9 of 100" in text


@sync
async def test_both_marks_of_a_picture_are_told() -> None:
    async with app_for(journey(ROOT)).run_test(size=LARGE) as pilot:
        app = await at(pilot, Place("page", module="06-risks", page="cut-off"))
        assert f"Each mark is one person: {FULL} yes, {EMPTY} no. These are 346 adults" in words_of(app)
        assert "Time: four weeks." in words_of(app)
