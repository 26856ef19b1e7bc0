"""What one sees of where one is: the pointer, the bar, the left edge, and that a list goes on below."""

from __future__ import annotations

import pytest
from textual.theme import Theme

from ketalearn.journey import HOME, STEPS, Place
from ketalearn.place import STEP_KINDS
from ketalearn.ui.app import PathLine
from ketalearn.ui.themes import BAR, NIGHT, PAPER, colour
from ketalearn.ui.widgets.rows import POINTER, Rows
from tests.support import ROOT, journey
from tests.ui.support import (
    LARGE,
    SIZES,
    SMALL_SCREEN,
    WIDE,
    app_for,
    at,
    foot,
    kind,
    screen_text,
    settle,
    sync,
    words_of,
)
from tests.ui.test_frame import contrast

CONDITIONS = Place("interview", screen="conditions")
LISTS = [HOME, Place("choices"), CONDITIONS, Place("overview"), Place("matters"), Place("questions")]
PAGE = Place("page", module="06-risks", page="common")
TEXTS = [Place("welcome"), Place("about"), Place("choice", screen="ect"), Place("crisis", returns=HOME)]


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@pytest.mark.parametrize("place", LISTS, ids=lambda place: place.kind)
@sync
async def test_one_pointer_stands_beside_the_row_one_is_on(place: Place, size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, place)
        await pilot.press("down")
        await settle(pilot)
        assert [line.count(POINTER) for line in screen_text(app).splitlines() if POINTER in line] == [1]


@sync
async def test_the_pointer_is_seen_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with app_for(journey(ROOT)).run_test(size=LARGE) as pilot:
        app = await at(pilot, CONDITIONS)
        assert screen_text(app).count(POINTER) == 1


@pytest.mark.parametrize("theme", [NIGHT, PAPER], ids=lambda theme: theme.name)
def test_the_bar_stands_out_and_its_words_can_be_read(theme: Theme) -> None:
    assert contrast(colour(theme, BAR), colour(theme, "background")) >= 1.5
    assert contrast(colour(theme, "foreground"), colour(theme, BAR)) >= 4.5


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_every_screen_has_the_left_edge_of_its_frame(size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        for place in (*LISTS, *TEXTS):
            app = await at(pilot, place)
            lines = screen_text(app).splitlines()
            edge = len(lines[0]) - len(lines[0].lstrip())
            inside = [line.replace(POINTER, " ") for line in lines[3:-1] if line.strip()]
            assert min(len(line) - len(line.lstrip()) for line in inside) == edge, place
            assert max(map(len, lines)) == len(lines[2]) == len(lines[0]), place


@sync
async def test_a_list_that_grows_says_that_there_is_more_below() -> None:
    async with app_for(journey(ROOT)).run_test(size=LARGE) as pilot:
        app = await at(pilot, CONDITIONS)
        assert "more below" not in words_of(app)
        assert "enter open" in foot(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "more below" in words_of(app)
        assert "enter close" in foot(app)
        await pilot.press("down")
        await settle(pilot)
        assert "enter tick" in foot(app)


@pytest.mark.parametrize("step", range(len(STEPS)), ids=STEPS)
@sync
async def test_a_click_on_a_step_of_the_path_opens_it(step: int) -> None:
    async with app_for(journey(ROOT)).run_test(size=LARGE) as pilot:
        app = await at(pilot, HOME)
        column = str(app.query_one(PathLine).content).index(STEPS[step])
        await pilot.click("#path", offset=(2 + column + 1, 0))
        await settle(pilot)
        assert kind(app) == STEP_KINDS[step]


@sync
async def test_on_home_every_step_of_the_path_is_seen_with_its_key_at_80_by_24() -> None:
    one = journey(ROOT)
    one.memory.put("place", {"kind": "choices", "module": "", "page": "", "item": "", "screen": ""})
    async with app_for(one).run_test(size=LARGE) as pilot:
        app = await at(pilot, HOME)
        lines = screen_text(app)
        for key, name in (("j", "My choices"), ("y", "About me"), ("m", "What matters"), ("p", "My questions")):
            assert f"  {key}  {name}" in lines
        assert "arrows move, enter opens" in words_of(app)


@sync
async def test_ticks_are_kept_by_the_row_that_goes_on_and_none_of_these_is_offered_where_it_takes_nothing() -> None:
    one = journey(ROOT)
    async with app_for(one).run_test(size=WIDE) as pilot:
        app = await at(pilot, CONDITIONS)
        assert "( ) None of these" in words_of(app)
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert "your answer is kept" in words_of(app) and "None of these" not in words_of(app)
        rows = app.pane.query_one(Rows)
        rows.highlighted = [row.key for row in rows._rows].index("go-on")
        await pilot.press("enter")
        await settle(pilot)
        assert app.place.screen == "medicines" and one.profile().conditions


@sync
async def test_on_a_small_screen_the_line_under_a_field_and_the_end_of_each_row_are_seen() -> None:
    async with app_for(journey(ROOT)).run_test(size=SMALL_SCREEN) as pilot:
        app = await at(pilot, Place("questions"))
        await pilot.press("e")
        await settle(pilot)
        assert "Esc, then ! for crisis help." in words_of(app)
        await pilot.press("escape", "p")
        await settle(pilot)
        # one scroll bar at most: the words and the rows scroll as one
        assert app.pane.query_one(Rows).max_scroll_y == 0


@sync
async def test_on_a_small_screen_the_highlighted_question_is_seen_whole() -> None:
    async with app_for(journey(ROOT)).run_test(size=SMALL_SCREEN) as pilot:
        app = await at(pilot, Place("questions"))
        for _ in range(6):
            await pilot.press("down")
            await settle(pilot)
            rows = app.pane.query_one(Rows)
            words = next(row.words.plain for row in rows._rows if row.key == rows.key)
            assert " ".join(words.split()) in words_of(app).replace(POINTER, " ").replace("  ", " "), rows.key


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_an_empty_column_stands_before_every_scroll_bar(size: tuple[int, int]) -> None:
    """Words that touch the bar read as if they went on under it."""
    one = journey(ROOT)
    one.keep(one.profile().with_field("conditions", ["high_bp_uncontrolled"]))
    bars = 0
    async with app_for(one).run_test(size=size) as pilot:
        long = Place("interview", screen="treatment")
        for place in (*LISTS, *TEXTS, Place("rating"), Place("compare"), Place("fit"), PAGE, long):
            app = await at(pilot, place)
            lines = screen_text(app).splitlines()
            for widget in (app.pane, *app.pane.query("*")):
                if widget.display and widget.show_vertical_scrollbar and widget.max_scroll_y > 0:
                    bars += 1
                    bar = widget.vertical_scrollbar.region
                    before = [lines[y][bar.x - 1 : bar.x].strip() for y in range(bar.y, bar.bottom)]
                    assert not any(before), (place, before)
    assert bars > (3 if size == WIDE else 5)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_list_scrolled_down_says_that_there_is_more_above(size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        for place in (CONDITIONS, Place("questions"), Place("matters"), Place("about")):
            app = await at(pilot, place)
            assert "more above" not in words_of(app), place
            await pilot.press("end")
            await pilot.pause(0.3)
            assert ("more above" in words_of(app)) == app.pane.more_above, place
            assert app.pane.more_above or size == LARGE, place
            await pilot.press("home")
            await pilot.pause(0.3)
            assert "more above" not in words_of(app), place


@sync
async def test_home_heads_its_lessons_at_80_by_24_and_says_nothing_of_what_is_not_begun() -> None:
    async with app_for(journey(ROOT)).run_test(size=LARGE) as pilot:
        app = await at(pilot, HOME)
        assert "Lessons, each with its quiz" in words_of(app)
        assert "not started" not in words_of(app)


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN])
@sync
async def test_what_a_value_means_stands_under_its_row_alone(size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, Place("matters"))
        for _ in range(3):
            lines = screen_text(app).splitlines()
            row = next(at for at, line in enumerate(lines) if line.startswith("►"))
            assert lines[row + 1].startswith("      This means: You want ")
            assert words_of(app).count("This means:") == 1
            await pilot.press("down")
            await settle(pilot)
        for _ in range(12):
            await pilot.press("down")
            await settle(pilot)
            assert "►" in words_of(app)


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN])
@sync
async def test_the_page_that_saves_names_the_folder(size: tuple[int, int]) -> None:
    async with app_for(journey(ROOT)).run_test(size=size) as pilot:
        app = await at(pilot, Place("questions"))
        await pilot.press("p")
        await settle(pilot)
        assert "Saving is done at once, in your home folder." in words_of(app)
        assert "nowhere" not in words_of(app)
