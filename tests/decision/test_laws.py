"""The laws of the sheet, over the real bank and any profile."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ketalearn.content.rules.wording import FORBIDDEN
from ketalearn.decision.profile import MANY, ONE, QUIZ, Profile
from ketalearn.decision.sheet import (
    FRONT_RED_FLAGS,
    ON_FRONT,
    ON_PAPER,
    Question,
    Sheet,
    Wishes,
    build_sheet,
    said_in,
)
from ketalearn.decision.triggers import Rank
from ketalearn.render.fit import fit
from ketalearn.render.formats import FORMATS, rendered
from tests.support import TODAY, all_topics, profiles, real_pack, vocabulary

PACK = real_pack()


def sheet_of(profile: Profile, wishes: Wishes | None = None) -> Sheet:
    return build_sheet(PACK, profile, TODAY, wishes=wishes)


def everywhere(sheet: Sheet) -> tuple[Question, ...]:
    return (*sheet.front, *sheet.back, *sheet.more)


def red_flag_facts() -> list[str]:
    return sorted({fact for group in PACK.groups for prompt in group.prompt for fact in prompt.red_flag_if})


def with_fact(profile: Profile, fact: str) -> Profile:
    field = vocabulary().by_prefix[fact.partition(":")[0]]
    value = fact.partition(":")[2]
    if field in ONE:
        return profile.with_field(field, [value])
    return profile.with_field(field, dict.fromkeys([*profile.chosen(field), value]))


@given(profiles(), st.sampled_from(red_flag_facts()))
def test_a_red_flag_never_removes_a_question_and_is_pinned(profile: Profile, fact: str) -> None:
    field = vocabulary().by_prefix[fact.partition(":")[0]]
    if field in ONE:
        # choosing another value of a one-choice field takes a fact away as well as adding one
        profile = profile.with_field(field, [])
    before = sheet_of(profile)
    after = sheet_of(with_fact(profile, fact))
    assert {q.topic for q in everywhere(before)} <= {q.topic for q in everywhere(after)}
    said = said_in(with_fact(profile, fact), vocabulary())
    for group in PACK.groups:
        for prompt in group.prompt:
            raised = next((q for q in everywhere(after) if q.topic == prompt.topic), None)
            if fact in prompt.red_flag_if and raised is not None and raised.pinned:
                leads = after.back[: max(0, sum(q.pinned for q in everywhere(after)) - FRONT_RED_FLAGS)]
                assert prompt.topic in {q.topic for q in (*after.front, *leads)}
    assert fact in said.facts


@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_answers_never_changes_the_sheet(profile: Profile, random: object) -> None:
    shuffled = profile
    for name in (*MANY, *QUIZ):
        values = list(profile.chosen(name))
        random.shuffle(values)  # type: ignore[attr-defined]
        shuffled = shuffled.with_field(name, values)
    assert sheet_of(shuffled).as_dict() == sheet_of(profile).as_dict()


def test_prefer_not_to_say_everywhere_gives_the_generic_sheet() -> None:
    silent = Profile()
    for name in (*ONE, *MANY):
        for value in ("prefer_not_to_say", "not_said"):
            if value in vocabulary().allowed(name):
                silent = silent.with_field(name, [value])
    assert silent != Profile()
    assert sheet_of(silent).as_dict() == sheet_of(Profile()).as_dict()


@given(profiles(typed=True))
def test_every_question_has_a_source_that_resolves_and_a_reason(profile: Profile) -> None:
    sheet = sheet_of(profile)
    bases = {prompt.topic: prompt.base for group in PACK.groups for prompt in group.prompt}
    for question in everywhere(sheet):
        assert question.sources
        assert all(source in PACK.sources for source in question.sources)
        assert question.because or (bases[question.topic] and question.why)


@given(profiles())
def test_each_tell_line_comes_from_exactly_one_chosen_value(profile: Profile) -> None:
    sheet = sheet_of(profile)
    known = vocabulary().recognised(profile)
    expected = 0
    for name, values in vocabulary().values.items():
        if name in QUIZ:
            continue
        expected += sum(bool(values[value].tell) for value in known.chosen(name))
    unknown = [name for name in profile.medicine_names if vocabulary().class_of(name) is None]
    assert len(sheet.tell) == expected + len(unknown)
    assert len(set(sheet.tell)) == len(sheet.tell)


def test_every_tell_line_of_the_vocabulary_is_its_own() -> None:
    tells = [value.tell for field in PACK.interview.field for value in field.value if value.tell]
    assert len(tells) == len(set(tells))


@given(profiles(typed=True))
def test_the_places_keep_their_sizes_and_share_no_topic(profile: Profile) -> None:
    sheet = sheet_of(profile)
    topics = [question.topic for question in everywhere(sheet)]
    assert len(topics) == len(set(topics))
    assert len(sheet.front) <= ON_FRONT
    assert len(sheet.front) + len(sheet.back) <= ON_PAPER
    assert sum(question.pinned for question in sheet.front) <= FRONT_RED_FLAGS
    assert not sheet.more or len(sheet.front) + len(sheet.back) == ON_PAPER or all(q.pinned for q in sheet.more)
    back_ranks = [question.rank for question in sheet.back]
    assert back_ranks == sorted(back_ranks)


@given(profiles())
def test_what_cannot_wait_is_always_on_paper(profile: Profile) -> None:
    sheet = sheet_of(profile)
    on_paper = {question.topic for question in sheet.on_paper}
    assert all(question.topic in on_paper for question in everywhere(sheet) if question.pinned)
    if sum(question.pinned for question in sheet.on_paper) <= ON_PAPER - 14:
        must = {p.topic for g in PACK.groups for p in g.prompt if p.base == "must"}
        raised = {question.topic for question in everywhere(sheet)}
        assert must & raised <= on_paper


@given(profiles())
def test_a_mended_miss_raises_to_should_at_most(profile: Profile) -> None:
    topics = [topic for topic in profile.quiz_mended if topic not in (*profile.quiz_misses, *profile.quiz_unsure)]
    without = replace(profile, quiz_mended=())
    before = {question.topic: question for question in everywhere(sheet_of(without))}
    for question in everywhere(sheet_of(replace(profile, quiz_mended=tuple(topics)))):
        if question.topic in before:
            assert question.rank <= before[question.topic].rank
            if question.priority == "must":
                assert before[question.topic].priority == "must"
        else:
            assert question.rank >= Rank.OWN_SHOULD or question.starred


@settings(max_examples=60)
@given(profiles(), st.sampled_from([Wishes(hide_sensitive=True), Wishes(ask="billing")]))
def test_hiding_says_nothing_about_the_person(profile: Profile, wishes: Wishes) -> None:
    hidden = sheet_of(profile, wishes)
    known = vocabulary().recognised(profile)
    secret = {*sheet_of(profile).tell, *profile.medicine_names}
    for name, values in vocabulary().values.items():
        # the names of crisis lines hold the country's name; where one lives is what picks them
        if name not in (*QUIZ, "region"):
            secret |= {values[value].label for value in known.chosen(name)}
    printed = rendered(fit(hidden), "text").decode() + rendered(fit(hidden), "json").decode()
    for words in secret:
        assert not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", printed), words


@settings(max_examples=40)
@given(profiles(typed=True))
def test_whatever_was_typed_every_format_is_made(profile: Profile) -> None:
    sheet = fit(sheet_of(profile))
    for form in FORMATS:
        assert rendered(sheet, form)
    assert rendered(sheet, "pdf").startswith(b"%PDF")


@given(profiles())
def test_nothing_we_say_says_who_may_have_it(profile: Profile) -> None:
    for question in everywhere(sheet_of(profile)):
        assert not FORBIDDEN.search(f"{question.text} {question.why} {' '.join(question.because)}")


def test_options_are_the_same_for_everyone() -> None:
    from ketalearn.plain import words
    from tests.support import ROOT, journey

    one, other = journey(ROOT), journey(ROOT)
    other.keep(Profile(conditions=("high_bp_uncontrolled",), values=("speed",), goal=("supporting_someone",)))
    for option in PACK.options:
        assert words.choice(one, option.id) == words.choice(other, option.id)


@pytest.mark.parametrize("topic", all_topics(PACK))
def test_every_prompt_can_be_raised(topic: str) -> None:
    prompt = next(one for group in PACK.groups for one in group.prompt if one.topic == topic)
    facts = set(prompt.gate_all) | set(prompt.gate_any[:1])
    if not prompt.base:
        facts.add(next(iter((*prompt.must_if, *prompt.should_if, *prompt.red_flag_if))))
    profile = Profile()
    for fact in facts:
        prefix, _, value = fact.partition(":")
        profile = replace(profile, quiz_misses=(value,)) if prefix == "quiz" else with_fact(profile, fact)
    assert topic in {question.topic for question in everywhere(sheet_of(profile))}


@given(profiles())
def test_very_sure_and_wrong_raises_as_a_miss_and_says_so_kindly(profile: Profile) -> None:
    surely = profile.quiz_sure
    as_missed = replace(profile, quiz_sure=(), quiz_misses=tuple(dict.fromkeys((*profile.quiz_misses, *surely))))
    with_sure = {question.topic: question for question in everywhere(sheet_of(profile))}
    with_miss = {question.topic: question for question in everywhere(sheet_of(as_missed))}
    assert {topic: one.rank for topic, one in with_sure.items()} == {
        topic: one.rank for topic, one in with_miss.items()
    }
    labels = {vocabulary().values["quiz_misses"][topic].label.casefold() for topic in surely}
    for question in with_sure.values():
        for reason in question.because:
            if reason.startswith("You were very sure about this, and the sources say otherwise."):
                assert reason.rpartition(": ")[2].casefold() in labels
