"""Someone who wants the treatment and someone who fears it read the same words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ketalearn.decision.cites import of_compared, of_items, of_lesson
from ketalearn.decision.options import compared, fits
from ketalearn.decision.profile import Profile
from ketalearn.journey import Choose, Journey, Place
from ketalearn.plain import words
from ketalearn.render.choices import choices_page
from ketalearn.render.rating import rating_lines
from tests.support import ROOT, TODAY, journey, real_pack
from tests.ui.support import app_for, at, screen_text, sync

WANTS = Profile(values=("speed", "lasting_benefit"), goal=("relief",))
FEARS = Profile(values=("few_side_effects", "speed", "avoid_addiction"), conditions=("high_bp_uncontrolled",))
ADDED = ("Added to My questions:", "+ ", "Nothing to ask here:", "Not added to My questions")
"""Where the words about the person's own questions begin, below the feedback of an item."""


def both() -> tuple[Journey, Journey]:
    """Someone who wants it, with an app full of hope; someone who fears it."""
    one, other = journey(ROOT), journey(ROOT)
    one.keep(replace(WANTS, route=("iv",), stage="considering"))
    other.keep(replace(FEARS, concerns=("addiction",), safety=("recent_attempt",)), safety_said=True)
    return one, other


def test_the_two_are_not_the_same_to_us() -> None:
    """Without this the other tests could hold for two empty profiles."""
    one, other = both()
    assert [q.text for q in one.sheet().front] != [q.text for q in other.sheet().front]
    assert one.sheet().level != other.sheet().level


def test_lessons_numbers_and_options_are_byte_identical() -> None:
    one, other = journey(ROOT), journey(ROOT)
    one.keep(WANTS)
    other.keep(FEARS)
    for head in one.workspace.heads.modules:
        for page in head.pages:
            place = Place("page", module=head.id, page=page)
            assert one.lesson(place) == other.lesson(place)
            assert words.lesson(one, place, one.lesson(place)) == words.lesson(other, place, other.lesson(place))
    for option in one.workspace.pack.options:
        assert words.choice(one, option.id) == words.choice(other, option.id)
    assert words.side_by_side(one, ()) == words.side_by_side(other, ())
    assert compared(one.workspace.pack) == compared(other.workspace.pack)


def test_a_value_that_both_chose_reads_the_same_and_keeps_the_order_of_the_options() -> None:
    pack = journey(ROOT).workspace.pack
    mine = {view.label: view for view in fits(pack, WANTS)}
    theirs = {view.label: view for view in fits(pack, FEARS)}
    shared = set(mine) & set(theirs)
    assert shared and all(mine[label] == theirs[label] for label in shared)
    for view in (*mine.values(), *theirs.values()):
        assert [one.option.id for one in view.fits] == [option.id for option in pack.options]


def test_every_quiz_question_its_answers_and_its_feedback_are_byte_identical() -> None:
    one, other = both()
    asked = 0
    for head in one.workspace.heads.modules:
        assert one.quiz.items(head.id) == other.quiz.items(head.id)
        for name in one.quiz.items(head.id):
            place = Place("item", module=head.id, item=name)
            # the item holds every option and the feedback of each
            assert one.item(place).item == other.item(place).item
            told = []
            for journey_of in (one, other):
                journey_of.advance(place, Choose(None))
                view = journey_of.item(place._replace(kind="feedback"))
                assert view.answer is not None
                said = words.feedback(journey_of, view, journey_of.row(view.answer))
                told.append([line for line in said.splitlines() if not line.startswith(ADDED)])
            assert told[0] == told[1]
            asked += 1
    assert asked >= 180


def test_every_reason_of_fit_is_byte_identical_whoever_chose_the_value() -> None:
    one, other = both()
    names = [value.id for value in one.workspace.pack.personal_values]
    for at_ in range(0, len(names), 3):
        chosen = tuple(names[at_ : at_ + 3])
        for journey_of in (one, other):
            journey_of.keep(replace(journey_of.profile(), values=chosen))
        assert words.fit_words(one) == words.fit_words(other)
        assert fits(one.workspace.pack, one.profile()) == fits(other.workspace.pack, other.profile())


def test_sources_words_paper_and_rating_are_byte_identical() -> None:
    one, other = both()
    pack = real_pack()
    for head in one.workspace.heads.modules:
        for page in head.pages:
            place = Place("page", module=head.id, page=page)
            mine, theirs = (of_lesson(each.workspace.pack, each.lesson(place)) for each in (one, other))
            assert words.sources(one, mine) == words.sources(other, theirs)
            assert words.terms(one, mine) == words.terms(other, theirs)
        items = [(head.id, item) for item in pack.quiz(head.id)]
        assert words.sources(one, of_items(pack, items)) == words.sources(other, of_items(pack, items))
    assert words.sources(one, of_compared(pack, ())) == words.sources(other, of_compared(pack, ()))
    assert choices_page(one.workspace.pack, TODAY) == choices_page(other.workspace.pack, TODAY)
    assert rating_lines(one.workspace.pack) == rating_lines(other.workspace.pack)


@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
@sync
async def test_number_pages_choices_and_the_comparison_look_the_same(size: tuple[int, int]) -> None:
    pack = real_pack()
    numbers = [Place("page", module=module, page=page) for module in pack.info.modules
               for page in pack.module(module).pages if pack.page(module, page).front.array]  # fmt: skip
    assert len(numbers) >= 5
    places = [*numbers, *(Place("choice", screen=option.id) for option in pack.options), Place("compare")]
    drawn = []
    for journey_of in both():
        async with app_for(journey_of).run_test(size=size) as pilot:
            screens = []
            for place in places:
                app = await at(pilot, place)
                screens.append(screen_text(app))
            drawn.append(screens)
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == len(places)
