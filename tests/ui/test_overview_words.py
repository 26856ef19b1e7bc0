"""What the page of all answers and the page of health say: no two answers alike, no heading that could mean a place."""

from __future__ import annotations

import pytest

from ketalearn.journey import Place
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SMALL_SCREEN, app_for, at, foot, settle, sync, words_of


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN])
@sync
async def test_the_two_rows_on_blood_pressure_say_how_they_differ(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("interview", screen="conditions"))
        await pilot.press("enter", "down")
        await settle(pilot)
        # on the small screen the scroll bar stands at the end of the first of its two lines
        assert "[ ] High blood pressure, under" in words_of(app) and "control (or not sure)" in words_of(app)
        await pilot.press("enter", "down")
        await settle(pilot)
        assert "High blood pressure that is still high" in words_of(app)
    # what is printed of it stays as plain as before
    assert one.profile().conditions == ("high_bp",)
    assert "I have high blood pressure." in one.sheet().tell
    told = {reason for question in one.sheet().on_paper for reason in question.because}
    assert "You said: high blood pressure" in told


@sync
async def test_the_page_of_all_answers_says_what_each_was_asked() -> None:
    one = journey(ROOT)
    one.keep(one.profile().with_field("stage", ["considering"]))
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("overview"))
        assert "How far along you are Thinking about it" in words_of(app)
        assert "Where you are now" not in words_of(app)


@pytest.mark.parametrize("size", [LARGE, SMALL_SCREEN])
@sync
async def test_the_keys_of_the_page_of_all_answers_follow_the_row_and_safety_not_said_is_no_grey(
    size: tuple[int, int],
) -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("overview"))
        assert "enter next" in foot(app) and "clear" not in foot(app)
        await pilot.press("down")
        await settle(pilot)
        assert "enter change" in foot(app)
        assert "not said (! help lines any time)" in words_of(app)
        rows = {row.key: row.words for row in app.pane.query_one(Rows)._rows}
        assert "$quiet" not in [span.style for span in rows["safety:safety"].spans]
        assert "$quiet" in [span.style for span in rows["conditions:conditions"].spans]
