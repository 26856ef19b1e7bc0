"""Someone who wants the treatment and someone who fears it read the same words."""

from __future__ import annotations

from ketalearn.decision.options import compared, fits
from ketalearn.decision.profile import Profile
from ketalearn.journey import Place
from ketalearn.plain import words
from tests.support import ROOT, journey

WANTS = Profile(values=("speed", "lasting_benefit"), goal=("relief",))
FEARS = Profile(values=("few_side_effects", "speed", "avoid_addiction"), conditions=("high_bp_uncontrolled",))


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
