"""The map from a claim, or from what articles leave out, to the sentence of a lesson that answers it."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TypedDict

import pytest

from ketalearn.content.lint.words import sentences
from ketalearn.learning.lesson import plain_words
from tests.support import ROOT, real_pack


class Answer(TypedDict):
    id: str
    module: str
    page: str
    sentence: str


MOST_ON_A_PAGE = 3
MOST_SENTENCES = 3


def answers() -> list[Answer]:
    found: list[Answer] = tomllib.loads((ROOT / "modules" / "answers.toml").read_text("utf-8"))["answer"]
    return found


def shown(module: str, page: str) -> str:
    """What a reader sees on a page, without citations and marks, on one line."""
    pack = real_pack()
    return " ".join(plain_words(pack.page(module, page).body, pack.facts).split())


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: answer["id"])
def test_an_answer_is_a_whole_sentence_of_its_page(answer: Answer) -> None:
    assert answer["sentence"][-1] in ".?"
    assert answer["sentence"] in shown(answer["module"], answer["page"])


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: answer["id"])
def test_an_answer_stands_alone_in_at_most_three_sentences(answer: Answer) -> None:
    assert len(sentences(answer["sentence"])) <= MOST_SENTENCES
    before = shown(answer["module"], answer["page"]).split(answer["sentence"])[0].rstrip()
    assert before == "" or before[-1] in '.?!":-', f"starts in the middle of a sentence, after {before[-40:]!r}"


def test_a_claim_is_answered_once() -> None:
    assert [name for name, times in Counter(one["id"] for one in answers()).items() if times > 1] == []


def test_no_page_answers_more_than_three_claims() -> None:
    pages = Counter((one["module"], one["page"]) for one in answers())
    assert {page: count for page, count in pages.items() if count > MOST_ON_A_PAGE} == {}
