"""Laws of what a person does with their sheet: nothing typed is lost, nothing is doubled, no star vanishes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ketalearn.decision import edits
from ketalearn.decision.profile import Profile
from ketalearn.decision.sheet import build_sheet
from tests.support import TODAY, all_topics, profiles, real_pack

PACK = real_pack()
WORDS = st.text(alphabet="abc?", min_size=1, max_size=8)


@st.composite
def with_own(draw: st.DrawFn) -> Profile:
    profile = draw(profiles())
    own = draw(st.lists(WORDS, min_size=1, max_size=8))
    names = [f"own:{at}" for at in range(1, len(own) + 1)]
    order = draw(st.permutations(names))
    starred = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return replace(profile, own_questions=tuple(own), order=tuple(order), starred=tuple(starred))


def own_on(profile: Profile) -> list[str]:
    return list(build_sheet(PACK, profile, TODAY).own_questions)


@given(with_own(), st.data())
def test_moving_never_loses_or_doubles_a_question(profile: Profile, data: st.DataObject) -> None:
    names = list(build_sheet(PACK, profile, TODAY).own_names)
    name = data.draw(st.sampled_from(names))
    moved = edits.move(profile, name, data.draw(st.sampled_from([-1, 1])), names)
    assert Counter(own_on(moved)) == Counter(own_on(profile)) == Counter(profile.own_questions)
    assert set(build_sheet(PACK, moved, TODAY).own_names) == set(names)


@given(with_own(), st.data())
def test_dropping_one_own_question_keeps_every_other_with_its_star_and_order(
    profile: Profile, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(profile.own_questions) - 1))
    before = build_sheet(PACK, profile, TODAY)
    rows = list(zip(before.own_names, before.own_questions, strict=True))
    after = edits.drop_own(profile, place)
    assert own_on(after) == [text for name, text in rows if name != f"own:{place + 1}"]
    assert len(after.starred) == len([name for name in profile.starred if name != f"own:{place + 1}"])
    assert edits.drop_own(profile, len(profile.own_questions)) == profile


@given(with_own(), WORDS, st.data())
def test_rewording_changes_one_question_alone(profile: Profile, words: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(profile.own_questions) - 1))
    after = edits.edit(profile, f"own:{place + 1}", words)
    assert after.own_questions[place] == words
    assert [one for at, one in enumerate(after.own_questions) if at != place] == [
        one for at, one in enumerate(profile.own_questions) if at != place
    ]


@given(profiles(), profiles(), st.sampled_from(all_topics(PACK)), st.booleans())
def test_a_starred_or_reworded_question_is_listed_for_any_later_profile(
    before: Profile, later: Profile, topic: str, star: bool
) -> None:
    profile = replace(before, starred=(), hidden=(), edited={})
    kept = edits.star(profile, topic) if star else edits.edit(profile, topic, "My words?")
    changed = replace(later, starred=kept.starred, edited=kept.edited, hidden=())
    sheet = build_sheet(PACK, changed, TODAY)
    found = [one for one in (*sheet.front, *sheet.back, *sheet.more) if one.topic == topic]
    assert len(found) == 1
    assert star or found[0].text == "My words?"
    without = build_sheet(PACK, replace(changed, starred=(), edited={}), TODAY)
    if topic not in {one.topic for one in (*without.front, *without.back, *without.more)}:
        assert found[0].because[0].endswith("It no longer fits what you said now.")
    hidden = build_sheet(PACK, edits.hide(changed, topic), TODAY)
    if not found[0].pinned:
        assert topic not in {one.topic for one in (*hidden.front, *hidden.back, *hidden.more)}
