"""Where the journey goes next, what it keeps, and how it goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ketalearn.journey import HOME, Again, Back, Choose, Journey, Next, Open, Place, Said, Typed
from ketalearn.learning.records import Answer
from tests.support import SMALL, Clock, journey

FIRST = Place("page", module="01-first", page="light")


def test_a_first_run_begins_with_the_welcome_and_later_ones_at_home() -> None:
    one = journey()
    assert one.start() == Place("welcome")
    assert one.advance(one.start(), Next()) == HOME
    assert one.start() == HOME


def test_the_whole_path_by_going_on() -> None:
    one = journey()
    place = one.advance(HOME, Next())
    seen = [place]
    while place.kind != "home":
        place = one.advance(place, Choose(0)) if place.kind == "item" else one.advance(place, Next())
        seen.append(place)
        assert len(seen) < 60
    kinds = list(dict.fromkeys(place.kind for place in seen))
    expected = ["page", "item", "feedback", "results", "choices", "choice", "interview", "overview", "matters"]
    assert kinds == [*expected, "questions", "home"]
    assert [place.page for place in seen if place.kind == "page"] == ["light", "glare", "wire"]


def test_back_is_the_way_one_came() -> None:
    one = journey()
    second = one.advance(FIRST, Next())
    assert one.advance(second, Back()) == FIRST
    assert one.advance(FIRST, Back()) == HOME
    item = Place("item", module="01-first", item="lamp-glare")
    assert one.advance(item, Back()).item == "lamp-colour"
    assert one.advance(Place("interview", screen=one.screens[0]), Back()) == HOME
    assert one.advance(Place("overview"), Back()).screen == one.screens[-1]
    assert one.advance(Place("matters"), Back()) == Place("overview")
    assert one.advance(Place("about"), Back()) == HOME


def test_an_item_is_answered_once_in_a_sitting_and_again_in_the_next() -> None:
    one = journey()
    item = Place("item", module="01-first", item="lamp-colour")
    one.advance(item, Choose(0))
    assert one.advance(item, Choose(1)).kind == "feedback"
    assert len(one.memory.answers()) == 1
    assert one.advance(item, Again("01-first")) == item
    one.advance(item, Choose(1))
    assert [answer.sitting for answer in one.memory.answers()] == [1, 2]
    assert one.topics().mended == ("driving",)
    assert one.topics().missed == ()


def test_an_option_that_is_not_there_changes_nothing() -> None:
    one = journey()
    item = Place("item", module="01-first", item="lamp-colour")
    assert one.advance(item, Choose(7)) == item
    assert one.memory.answers() == ()


def test_an_answer_to_an_older_wording_counts_as_not_answered() -> None:
    one = journey()
    one.memory.add_answer(
        Answer("lamp-colour", 0, "01-first", (0,), False, "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00", 1)
    )
    assert one.quiz_place("01-first").item == "lamp-colour"
    assert one.item(Place("item", module="01-first", item="lamp-colour")).changed
    assert one.topics().missed == ()


def test_the_answer_row_holds_what_can_never_be_recovered() -> None:
    clock = Clock()
    one = journey(clock=clock)
    place = Place("item", module="01-first", item="lamp-colour")
    one.item(place)
    clock.goes_on(1)
    one.advance(place, Choose(None))
    answer = one.memory.answers()[0]
    assert (answer.item, answer.revision, answer.module, answer.chosen, answer.correct, answer.sitting) == (
        "lamp-colour", 1, "01-first", (), False, 1,
    )  # fmt: skip
    assert answer.unsure
    assert answer.started < answer.answered


def test_crisis_help_leads_back_to_where_one_was_even_when_opened_twice() -> None:
    one = journey()
    crisis = one.advance(FIRST, Open(Place("crisis")))
    assert crisis.kind == "crisis"
    again = one.advance(crisis, Open(Place("crisis")))
    assert one.advance(again, Next()) == FIRST


def test_a_place_that_is_gone_from_the_content_is_not_gone_to() -> None:
    one = journey()
    one.memory.put("place", {"kind": "page", "module": "01-first", "page": "gone", "item": "", "screen": ""})
    assert one.home().goes_on == FIRST
    one.memory.put("place", {"kind": "page", "nonsense": "x"})
    assert one.home().goes_on == FIRST


def test_a_module_that_cannot_be_read_is_listed_and_not_opened(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    (root / "modules" / "01-first" / "module.toml").write_text("not toml [")
    home = journey(root).home()
    assert home.modules[0].reading == "cannot be opened: run ketalearn check"
    assert home.goes_on is not None
    assert home.goes_on.module == "02-second"


def test_values_that_the_content_no_longer_has_count_as_not_said() -> None:
    one = journey()
    one.memory.put("profile", {"conditions": ["rash", "gone"], "starred": ["gone"], "region": "Nowhere"})
    profile = one.profile()
    assert profile.conditions == ("rash",)
    assert profile.starred == ()
    assert profile.region == ""


def test_undo_brings_back_each_change_in_turn() -> None:
    one = journey()
    one.keep(replace(one.profile(), own_value="a"))
    one.keep(replace(one.profile(), own_value="b"))
    assert one.undo()
    assert one.profile().own_value == "a"
    assert one.undo()
    assert one.profile().own_value == ""
    assert not one.undo()


def test_stale_safety_answers_are_neither_yes_nor_no_and_other_changes_leave_them() -> None:
    clock = Clock()
    one = journey(clock=clock)
    screen = Place("interview", screen="safety")
    assert one.advance(screen, Said("safety", ("suicidal_plan",))).kind == "crisis"
    clock.goes_on(25)
    assert one.profile().safety == ()
    one.keep(replace(one.profile(), own_value="x"))
    assert one.profile().safety == ()
    assert one.start().kind != "crisis"
    clock.goes_on(-40)
    assert one.profile().safety == ("suicidal_plan",)


def test_a_lasting_goal_opens_crisis_help_at_every_start() -> None:
    clock = Clock()
    one = journey(clock=clock)
    opened = one.advance(Place("interview", screen="where"), Said("goal", ("depression_suicidal",)))
    assert opened.kind == "crisis"
    clock.goes_on(1000)
    assert one.start().kind == "crisis"
    one.advance(Place("interview", screen="where"), Said("goal", ()))
    assert one.start().kind != "crisis"


def test_typed_words_are_matched_and_kept_only_where_they_belong() -> None:
    one = journey()
    here = Place("matters")
    assert one.advance(here, Typed("own_value", "I want to kill myself")).why == "words"
    assert one.profile().own_value == "I want to kill myself"
    assert one.profile().safety == ()
    assert one.advance(here, Typed("own_value", "my dog")) == here


def test_one_process_may_hold_many_learners() -> None:
    one, other = journey(), journey()
    one.keep(replace(one.profile(), own_value="mine"))
    assert other.profile().own_value == ""
    assert isinstance(one, Journey)


def test_the_count_for_home_is_kept_with_the_sheet() -> None:
    one = journey()
    assert one.home().questions is None
    one.sheet()
    assert one.home().questions == 4


def test_a_look_at_the_questions_keeps_the_place_one_left_but_the_last_step_of_the_path_is_a_place() -> None:
    one = journey()
    one.advance(HOME, Next())
    one.advance(HOME, Open(Place("questions")))
    assert one.resume() == FIRST
    one.advance(Place("matters"), Next())
    assert one.resume() == Place("questions")
    assert one.home().goes_on_words == "My questions"
