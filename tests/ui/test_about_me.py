"""About me, What matters and My questions, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.journey import Place, Said
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import LARGE, SIZES, app_for, at, foot, kind, screen_text, settle, sync, words_of

CONDITIONS = Place("interview", screen="conditions")


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_groups_open_and_a_tick_is_kept_and_undone(size: tuple[int, int]) -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, CONDITIONS)
        assert "Sore eyes" not in words_of(app)
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert "[x] Sore eyes" in words_of(app)
        assert "1 ticked" in words_of(app)
        assert one.profile().conditions == ("sore_eyes",)
        await pilot.press("u")
        await settle(pilot)
        assert one.profile().conditions == ()
        assert "[ ] Sore eyes" in words_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert "nothing to undo" in words_of(app)


@sync
async def test_a_word_finds_its_rows_and_escape_leaves_the_search_first() -> None:
    app = app_for(journey())
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, CONDITIONS)
        await pilot.press("slash", *"rash")
        await settle(pilot)
        assert "[ ] A rash" in words_of(app)
        assert "Eyes" not in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "[x] A rash" in words_of(app)
        await pilot.press("slash", *"rash", "down", "space")
        await settle(pilot)
        assert "[ ] A rash" in words_of(app)
        await pilot.press("slash", *"zzz")
        await settle(pilot)
        assert "Nothing fits 'zzz'" in words_of(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.place == CONDITIONS
        assert "+ Eyes" in words_of(app)


@sync
async def test_a_word_of_another_page_leads_there_and_ticks_nothing() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="medicines"))
        await pilot.press("slash", *"blind")
        await settle(pilot)
        assert "Not on this page. On other pages:" in words_of(app)
        assert "Your health: A blind spot" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.place == CONDITIONS
        assert one.profile().conditions == ()
        assert "− Eyes" in words_of(app)
        assert app.pane.query_one(Rows).key == "conditions:blind_spot"
        await pilot.press("enter")
        await settle(pilot)
        assert one.profile().conditions == ("blind_spot",)


@sync
async def test_a_typed_medicine_is_recognised_and_shown_for_checking() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="medicines"))
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        await pilot.press(*"Wetty, Foo", "enter")
        await settle(pilot)
        assert one.profile().medicine_names == ("Wetty", "Foo")
        words = words_of(app)
        assert "Wetty: eye drops." in words
        assert "Right? u undoes it." in words
        assert "Foo: kept as typed" in words
        assert one.sheet().tell == ("I take Wetty (eye drops).", "I take Foo.")


@sync
async def test_enough_for_now_leads_to_all_answers_which_can_be_changed_and_cleared() -> None:
    one = journey()
    one.keep(one.profile().with_field("conditions", ["rash"]))
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, CONDITIONS)
        await pilot.press("l")
        await settle(pilot)
        assert kind(app) == "overview"
        # what was asked and what was said stand in two columns
        assert "Health problems A rash" in words_of(app)
        await pilot.press("down", "down", "x")
        await settle(pilot)
        assert one.profile().conditions == ()
        await pilot.press("u")
        await settle(pilot)
        assert one.profile().conditions == ("rash",)
        await pilot.press("enter")
        await settle(pilot)
        assert app.place == CONDITIONS
        await pilot.press("l", "right")
        await settle(pilot)
        assert kind(app) == "matters"


@sync
async def test_the_screens_follow_each_other_and_go_back() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="safety"))
        for screen in one.screens[1:]:
            await pilot.press("right")
            await settle(pilot)
            assert app.place.screen == screen
        await pilot.press("left")
        await settle(pilot)
        assert app.place.screen == one.screens[-2]


@sync
async def test_words_about_suicide_open_crisis_help_and_one_key_goes_on() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="concerns"))
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press(*"I want to kill myself", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        assert "If it does not fit, press enter." in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.place.screen == "concerns"
    assert one.profile().safety == ()
    assert one.sheet().level == "none"


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_the_page_about_safety_begins_with_no_row_marked_below_the_numbers_to_call(size: tuple[int, int]) -> None:
    one = journey(ROOT, region="US")
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("interview", screen="safety"))
        words = words_of(app)
        assert screen_text(app).splitlines()[3].strip() == "Is someone in danger now? Call 911."
        assert "988 Suicide & Crisis Lifeline: Call 988." in words
        assert words.index("911") < words.index("988") < words.index("help lines come up next")
        assert "I have thoughts of suicide" in words and "►" not in words
        assert "/ find" not in foot(app) and "↓ to a row" in foot(app)
        # a key pressed without thought says nothing at all, and nothing of being safe
        for key in ("enter", "space"):
            await pilot.press(key)
            await settle(pilot)
            assert app.place.screen == "safety" and "►" not in words_of(app)
            assert "Nothing is ticked." in words_of(app)
        assert one.profile().safety == ()
        # the statements come first, then none of them, then what is no statement; each is reached by arrows
        seen = []
        for _ in range(8):
            await pilot.press("down")
            await settle(pilot)
            line = next(line for line in screen_text(app).splitlines() if line.startswith("►"))
            seen.append(line)
            assert "enter tick" in foot(app) or "enter next" in foot(app)
        starts = ["[ ] I have thoughts", "[ ] I have a plan", "[ ] I tried", "[ ] Someone needs", "( ) None of these",
                  "[ ] I would rather", "→ Go on", "→ That is enough"]  # fmt: skip
        assert [line.removeprefix("► ")[: len(start)] for line, start in zip(seen, starts, strict=True)] == starts
        assert "enter next" in foot(app)
        await pilot.press("up", "up", "up", "enter")
        await settle(pilot)
        assert app.place.screen == "conditions"
        assert one.profile().safety == ()
        # with an answer there is no "none"; whoever comes back finds no row marked either
        one.advance(Place("interview", screen="safety"), Said("safety", ("recent_attempt",)))
        await at(pilot, Place("interview", screen="safety"))
        assert "►" not in words_of(app) and "None of these" not in words_of(app)
        await pilot.press("down", "escape")
        await settle(pilot)
        await at(pilot, Place("interview", screen="safety"))
        assert "►" not in words_of(app)
        assert one.profile().safety == ("recent_attempt",)
        # the lines are those of the region alone
        one.keep(one.profile().with_field("region", ["UK"]))
        await at(pilot, Place("interview", screen="safety"))
        assert "Samaritans: Call 116 123" in words_of(app)
        assert "988" not in words_of(app)


@sync
async def test_the_page_of_health_says_what_enter_does_and_so_does_the_footer_by_the_row() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, CONDITIONS)
        assert "Enter opens a group and ticks a line. Skip what you like." in words_of(app)
        assert "enter open" in foot(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "enter close" in foot(app)
        await pilot.press("down")
        await settle(pilot)
        assert "enter tick" in foot(app)


@sync
async def test_an_emergency_now_is_shown_and_never_kept() -> None:
    one = journey(region="US")
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="safety"))
        await pilot.press("down", "down", "down", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        assert words_of(app).index("Call 911") < words_of(app).index("988")
    assert "medical_emergency_now" not in str(one.memory.get("profile"))


@sync
async def test_at_most_three_values_and_own_words() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("matters"))
        await pilot.press("enter", "down", "enter", "down", "enter", "down", "enter")
        await settle(pilot)
        assert "Take one off first" in words_of(app)
        assert len(one.profile().values) == 3
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press(*"My dog", "enter")
        await settle(pilot)
        assert one.profile().own_value == "My dog"
        assert one.sheet().values[-1] == "My dog"
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "Only if you like" in words_of(app)
        await pilot.press(*"to wait", "enter")
        await settle(pilot)
        assert "Where I lean now: to wait" in words_of(app)
        assert one.sheet().leaning == "to wait"
        await pilot.press("down", "enter")
        await settle(pilot)
        assert kind(app) == "questions"


@sync
async def test_questions_are_starred_edited_added_hidden_moved_and_undone() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        first = one.sheet().front[0].topic
        await pilot.press("asterisk")
        await settle(pilot)
        assert one.profile().starred == (first,)
        await pilot.press("e")
        await settle(pilot)
        await pilot.press("exclamation_mark", "enter")
        await settle(pilot)
        edited = one.sheet().front[0]
        assert edited.text.endswith("!")
        assert edited.edited
        await pilot.press("a")
        await settle(pilot)
        await pilot.press(*"My own [x]?", "enter")
        await settle(pilot)
        assert "My own [x]?" in words_of(app)
        await pilot.press("x", "3")
        await settle(pilot)
        assert one.profile().hidden
        await pilot.press("u")
        await settle(pilot)
        assert not one.profile().hidden
        assert [question.topic for question in one.sheet().on_paper][1:3] == ["driving", "total_cost"]
        rows = app.pane.query_one(Rows)
        while rows.key != "driving":
            await pilot.press("down")
        await pilot.press("full_stop")
        await settle(pilot)
        assert [question.topic for question in one.sheet().on_paper][1:3] == ["total_cost", "driving"]
        await pilot.press("comma")
        await settle(pilot)
        assert [question.topic for question in one.sheet().on_paper][1:3] == ["driving", "total_cost"]
        await pilot.press("l")
        await settle(pilot)


@sync
async def test_a_red_flag_is_hidden_only_after_a_warning_and_stays_in_the_list() -> None:
    one = journey()
    one.keep(one.profile().with_field("conditions", ["blind_spot"]))
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        assert "Important: Talk with a clinician before you start or go on. You said: a blind spot." in words_of(app)
        await pilot.press("x")
        await settle(pilot)
        assert "something that can be dangerous" in words_of(app)
        await pilot.press("1")
        await settle(pilot)
        assert one.sheet().front[0].topic == "sore_eyes"
        await pilot.press("x", "2")
        await settle(pilot)
        assert "sore_eyes" in {question.topic for question in one.sheet().more}


@sync
async def test_the_sheet_is_saved_and_the_screen_says_where(tmp_path: Path) -> None:
    one = journey(home=tmp_path)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("questions"))
        for _ in range(2):
            await pilot.press("p")
            await settle(pilot)
            await pilot.press("2")
            await settle(pilot)
        assert "Saved:" in words_of(app)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["questions-2026-11-24-2.pdf", "questions-2026-11-24.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.iterdir())


@sync
async def test_crisis_help_can_show_another_country() -> None:
    app = app_for(journey(region="US"))
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("crisis", returns=Place("home")))
        assert "988" in words_of(app)
        assert "Not ready" not in words_of(app)
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        words = words_of(app)
        assert "116 123" in words
        assert "988" not in words
        # what a mark means stands in words beside the number: that one can use it comes first
        assert "This number" not in words and "*" not in words
        assert "You can use this number (not checked with them)." in words_of(app)
        assert words_of(app).count("If no one answers, use another line here.") == 1


@pytest.mark.parametrize(
    ("region", "talk"), [("US", "Call 988 · Text 988"), ("UK", "Call 116 123"), ("AU", "Call 13 11 14")]
)
@sync
async def test_on_a_small_screen_the_first_view_of_crisis_help_has_a_line_to_talk_and_the_key_of_other_countries(
    region: str, talk: str
) -> None:
    app = app_for(journey(ROOT, region=region))
    async with app.run_test(size=SIZES[1]) as pilot:
        for why in ("", "asked", "words", "safety", "start"):
            await at(pilot, Place("crisis", returns=Place("home"), why=why))
            words = words_of(app)
            assert "Is someone in danger now? Call" in words
            assert talk in words and "Not there? Press c." in words and "c countries" in words
            # nothing stands before who to call
            assert screen_text(app).splitlines()[3].strip().startswith("! Is someone in danger")


@sync
async def test_with_no_country_said_a_small_screen_shows_at_once_how_to_see_its_lines() -> None:
    app = app_for(journey(ROOT))
    async with app.run_test(size=SIZES[1]) as pilot:
        await at(pilot, Place("crisis", returns=Place("home")))
        words = words_of(app)
        assert "findahelpline.com" in words and "Press c to see the lines of your country." in words


@sync
async def test_enter_after_a_search_ticks_what_was_found_wherever_the_highlight_was() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="medicines"))
        for start in ("down", "end"):
            await pilot.press(start, "slash", *"benzo", "enter")
            await settle(pilot)
            assert one.profile().medicines == (("benzodiazepine",) if start == "down" else ())
            await pilot.press("escape")
            await settle(pilot)


@sync
async def test_each_page_opens_with_its_first_row_highlighted() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("interview", screen="medicines"))
        await pilot.press("end", "left")
        await settle(pilot)
        assert app.place.screen == "conditions"
        assert app.pane.query_one(Rows).highlighted == 0
