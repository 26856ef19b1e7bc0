"""The bounds that the course holds over all its modules: pages, items of every type, objectives, history, keys."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ketalearn.content import models
from ketalearn.content.lint import bank
from ketalearn.content.lint.words import content_words, word_count
from ketalearn.learning.grading import explained
from ketalearn.learning.lesson import plain_words
from tests.support import real_pack

MODULES = real_pack().info.modules
TYPES = {"single", "truefalse", "multiple", "match", "order", "number", "teachback"}
FEWEST_PAGES, MOST_PAGES = 5, 8
FEWEST_ITEMS = 200
HISTORY, HISTORY_SHARE = "02-history", 0.15
LONGEST_SHARE = 0.35
CHI_5_PERCENT_2 = 5.99
"""Upper 5 % point of chi-squared with two degrees of freedom: places of the key with three options."""


@cache
def words_of(module: str) -> int:
    pack = real_pack()
    pages = pack.module(module).pages
    return sum(word_count(plain_words(pack.page(module, page).body, pack.facts)) for page in pages)


def quizzes() -> list[models.Item]:
    return [item for module in MODULES for item in real_pack().quiz(module)]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_five_to_eight_pages_and_says_what_to_keep(module: str) -> None:
    pages = real_pack().module(module).pages
    assert FEWEST_PAGES <= len(pages) <= MOST_PAGES
    assert pages[-1] == "keep"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_is_known_and_what_is_not(module: str) -> None:
    pack = real_pack()
    text = "\n".join(pack.page(module, page).body for page in pack.module(module).pages)
    assert "**What we know.**" in text
    assert "**What we do not know yet.**" in text
    assert "*For your visit:*" in pack.page(module, "keep").body


@pytest.mark.parametrize("module", MODULES)
def test_a_quiz_asks_in_all_seven_ways(module: str) -> None:
    assert {item.type for item in real_pack().quiz(module)} == TYPES


@pytest.mark.parametrize("module", MODULES)
def test_each_objective_has_two_items_one_for_before_and_one_for_after(module: str) -> None:
    items = real_pack().quiz(module)
    for objective in real_pack().module(module).objective:
        mine = [item for item in items if item.objective == objective.id]
        assert len(mine) >= 2, objective.id
        assert not bank.pair_missing(mine, objective.id), objective.id


def test_what_is_so_reads_alone_after_a_wrong_answer() -> None:
    """The app shows the right option's feedback after "The answer:", without the "Yes" it opens with."""
    openers = re.compile(r"(?:and|also|then|so|but|too|that is why|while)\b", re.I)
    leaning = {
        item.id: explained(item)
        for item in quizzes()
        if isinstance(item, models.SingleItem | models.TrueFalseItem) and openers.match(explained(item))
    }
    assert leaning == {}


BELIEF = re.compile(
    r"\b(?:seems?|sounds?|feels?|feel like|looks? like|tempt\w+|easy to|natural|one (?:may|might|would)|"
    r"(?:may|many) think|may be all|fears?|brave|simple)\b",
    re.I,
)
"""How a mistaken belief is told; not how a fact is."""


def test_of_a_pair_a_step_or_a_point_what_is_so_comes_first_and_a_belief_after_it() -> None:
    """These stand below a row of their own: a belief there, told first, would read as what is so."""
    told = [
        (item.id, part.feedback)
        for item in quizzes()
        for part in (
            item.pair if isinstance(item, models.MatchItem) else
            item.step if isinstance(item, models.OrderItem) else
            item.point if isinstance(item, models.TeachbackItem) else ()
        )
    ]  # fmt: skip
    assert len(told) > 90
    assert [one for one in told if BELIEF.search(re.split(r"[.?!] ", one[1])[0])] == []
    # most tell of a belief, below what is so: the words that tell of one are looked for rightly
    assert sum(bool(BELIEF.search(words)) for _, words in told) > len(told) / 2


def test_the_bank_has_two_hundred_items_or_more() -> None:
    assert len(quizzes()) >= FEWEST_ITEMS


def test_each_question_that_keeps_people_safe_has_a_hint_and_no_hint_says_the_key() -> None:
    """A hint helps to recall; a word of it that stands in the key alone would give the key away."""
    pack = real_pack()
    critical = {(name, one.id) for name in MODULES for one in pack.module(name).objective if one.critical}
    bare, telling = [], {}
    for module in MODULES:
        for item in pack.quiz(module):
            safe = item.critical or (module, item.objective) in critical
            if safe and item.type != "teachback" and not item.hint:
                bare.append(item.id)
            if not item.hint or not isinstance(item, models.SingleItem):
                continue
            key = content_words(" ".join(one.text for one in item.option if one.correct))
            rest = content_words(" ".join([item.stem, *(one.text for one in item.option if not one.correct)]))
            if said := content_words(item.hint) & (key - rest):
                telling[item.id] = said
    assert bare == [] and telling == {}


def test_history_is_a_small_share_of_the_words() -> None:
    assert words_of(HISTORY) <= HISTORY_SHARE * sum(map(words_of, MODULES))


def test_neither_length_nor_place_gives_the_key_away() -> None:
    numbers = bank.numbers_of(quizzes())
    assert numbers.longest_share <= LONGEST_SHARE
    assert numbers.chi_squared(3) < CHI_5_PERCENT_2


def test_what_the_company_that_sells_it_wrote_is_called_that() -> None:
    sources = real_pack().sources
    own_sites = ("spravatohcp.com", "spravato.com", "spravatorems.com", "jnjmedicalconnect.com")
    theirs = {name: one for name, one in sources.items() if any(site in (one.url or "") for site in own_sites)}
    assert len(theirs) > 8
    assert {one.kind for one in theirs.values()} == {"company"}
    for one in sources.values():
        if one.kind == "company":
            assert "Johnson & Johnson" in one.citation
        # a guide that a publisher draws from labels is no official label
        if "drug guide" in one.short or "MIMS" in one.short:
            assert one.kind == "drug-guide"
