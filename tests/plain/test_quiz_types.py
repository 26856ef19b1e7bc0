"""Every type of quiz question line by line, over the real content: the same answers as in the app."""

from __future__ import annotations

import pytest

from ketalearn.content.models import Item, MatchItem, MultipleItem, NumberItem, OrderItem, TeachbackItem
from ketalearn.journey import Choose, Journey, Place
from tests.plain.test_plain import Script
from tests.support import ROOT, Clock, journey

MODULE = "06-risks"


def ready(type_: str) -> tuple[Journey, Item]:
    """A journey that goes on at the first question of this type."""
    one = journey(ROOT)
    item = next(item for item in one.workspace.pack.quiz(MODULE) if item.type == type_)
    one.memory.put("welcomed", True)
    place = Place("item", module=MODULE, item=item.id)
    one.memory.put("place", {"kind": "item", "module": place.module, "page": "", "item": place.item, "screen": ""})
    return one, item


def numbers(*places: int) -> str:
    return " ".join(str(place + 1) for place in places)


def test_several_by_their_numbers_with_how_sure() -> None:
    one, item = ready("multiple")
    assert isinstance(item, MultipleItem)
    unsure = str(len(item.option) + 1)
    script = Script(one, "", f"1 {unsure}", numbers(*reversed(item.right)), "3", "", "quit")
    answer = one.memory.answers()[-1]
    assert (answer.chosen, answer.correct, answer.confidence) == (item.right, True, 3)
    assert f"{unsure} stands alone." in script.text
    assert "Give all the numbers that fit, such as 1 3." in script.text
    assert "Yes." in script.text


def test_pairs_as_one_number_for_each_letter() -> None:
    one, item = ready("match")
    assert isinstance(item, MatchItem)
    count = len(item.pair)
    shown = journey(ROOT).quiz.view(Place("item", module=MODULE, item=item.id)).shown
    right = numbers(*(shown.index(place) for place in range(count)))
    script = Script(one, "", "1 1 2", "1", right, "", "", "quit")
    assert script.text.count(f"Please give each number from 1 to {count} once") == 2
    assert f"A: {item.pair[0].left}" in script.text
    assert (one.memory.answers()[-1].chosen, one.memory.answers()[-1].correct) == (tuple(range(count)), True)


def test_steps_in_order() -> None:
    one, item = ready("order")
    assert isinstance(item, OrderItem)
    shown = journey(ROOT).quiz.view(Place("item", module=MODULE, item=item.id)).shown
    script = Script(one, "", numbers(*range(len(item.step))), "1", "", "quit")
    answer = one.memory.answers()[-1]
    assert (answer.chosen, answer.correct, answer.confidence) == (shown, False, 1)
    assert "Not quite: " in script.text
    assert " The answer: it comes " in script.text


@pytest.mark.parametrize("typed", ["0", "100"])
def test_a_number(typed: str) -> None:
    one, item = ready("number")
    assert isinstance(item, NumberItem)
    script = Script(one, "", "101", "-1", "many", typed, "", "", "quit")
    assert script.text.count("Please give a number from 0 to 100") == 3
    assert one.memory.answers()[-1].text == typed
    assert f"Your answer: {typed} of 100. " in script.text
    assert script.text.count(f"about {item.answer} of 100") == 1


def test_a_teach_back_in_own_words_and_its_points() -> None:
    one, item = ready("teachback")
    assert isinstance(item, TeachbackItem)
    script = Script(one, "", "I call her at once", "1 3", "", "quit")
    answer = one.memory.answers()[-1]
    assert (answer.text, answer.chosen, answer.unsure) == ("I call her at once", (0, 2), False)
    for said in ("You wrote: I call her at once", "Worth adding: ", f"One way to say it: {item.example}"):
        assert said in script.text


def test_a_teach_back_with_words_of_danger_opens_crisis_help_and_goes_on() -> None:
    one, _ = ready("teachback")
    script = Script(one, "", "i want to kill myself", "", "", "quit")
    assert "If it does not fit, press enter." in script.text
    assert one.memory.answers()[-1].text == "i want to kill myself"
    assert not one.memory.answers()[-1].unsure


@pytest.mark.parametrize("type_", ["single", "truefalse", "multiple", "match", "order", "number", "teachback"])
def test_enter_is_not_being_sure(type_: str) -> None:
    one, _ = ready(type_)
    script = Script(one, "", "", "quit")
    assert one.memory.answers()[-1].unsure
    assert "You were not sure, and that is worth knowing." in script.text
    assert not set("█●○│✓✗") & set(script.text)


def test_very_sure_and_wrong_says_more_and_comes_once_more() -> None:
    one = journey()
    one.memory.put("welcomed", True)
    script = Script(one, "3", "1", "3", "", "1", "", "", "2", "", "", "quit")
    assert "You were very sure, so here is more. The page '" in script.text
    assert "Once more: Lamps. Question 1 of 1." in script.text
    assert "Right when asked once more." in script.text
    assert one.profile().quiz_sure == ("driving",)


def test_home_offers_the_review_and_the_day_of_the_visit() -> None:
    clock = Clock()
    one = journey(clock=clock)
    one.memory.put("welcomed", True)
    for name in ("lamp-colour", "lamp-glare"):
        one.advance(Place("item", module="01-first", item=name), Choose(None))
    day = next(line.split(".")[0] for line in Script(one, "quit").text.splitlines() if "The day of my visit" in line)
    script = Script(one, day, "31 February", day, "2026-12-01", day, "1", "quit")
    assert "'31 February' is no day." in script.text
    assert "The day of my visit (2026-12-01)" in script.text
    assert script.text.count("The day of my visit (not given)") >= 2
    clock.goes_on(25)
    one = journey(memory=one.memory, clock=clock)
    review = next(line.split(".")[0] for line in Script(one, "quit").text.splitlines() if "Review: 2 due" in line)
    script = Script(one, review, "", "", "", "", "", "quit")
    assert "Review. Question 1 of 2." in script.text
    assert "Results: Review." in script.text
    assert {answer.asked for answer in one.memory.answers()[2:4]} == {"review"}


def test_a_guess_first_is_offered_on_the_first_page_and_leads_back_to_it() -> None:
    one = journey(ROOT)
    one.memory.put("welcomed", True)
    one.memory.put(
        "place", {"kind": "page", "module": MODULE, "page": one.head(MODULE).pages[0], "item": "", "screen": ""}
    )
    script = Script(one, "", "3", *([""] * len(one.quiz.guesses(MODULE))), "quit")
    assert "3. Guess first: a few questions, no marks" in script.text
    assert "Guess first: Risks. A guess is fine; the lesson comes next. Question 1 of" in script.text
    assert "Source:" not in script.text
    assert {answer.asked for answer in one.memory.answers()} == {"before"}
    assert one.topics().unsure == ()
