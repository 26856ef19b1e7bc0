"""What can be ticked: one's own words one by one, quiz answers with the guess before and the latest after."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.clinic.completion import BY_DEFAULT, content_of, parts_of
from ketalearn.clinic.returned import QuizAnswer, TeachbackAnswer, read_return
from ketalearn.clinic.roster import CodeView, Roster, new_assignment
from ketalearn.decision.profile import Profile
from ketalearn.learning.records import AGAIN, BEFORE, QUIZ, REVIEW, Answer
from tests.clinic.support import NOW
from tests.support import ROOT, TODAY, journey, workspace

WORDS = "I would call my sister \x1b[2J and wait a day"


def answer(item: str, right: bool, asked: str = QUIZ, *, text: str = "", confidence: int | None = None) -> Answer:
    revision = workspace(ROOT).pack.items[item].revision
    return Answer(
        item,
        revision,
        "01-decision",
        (0,),
        right,
        "",
        "2026-11-24T12:00:00+00:00",
        1,
        confidence,
        text=text,
        asked=asked,
    )


def test_own_words_go_only_one_by_one_and_quiz_answers_tell_before_and_after(tmp_path: Path) -> None:
    learner = journey(ROOT)
    learner.keep(Profile(conditions=("high_bp",), free_text="I am tired"))
    item = next(one.id for one in learner.workspace.pack.quiz("01-decision") if one.type == "single")
    for one in (
        answer(item, True, BEFORE), answer(item, False, confidence=3), answer(item, True, AGAIN),
        answer(item, True, REVIEW), answer("dec-teach", True, text=WORDS),
    ):  # fmt: skip
        learner.memory.add_answer(one)
    assignment = new_assignment(
        Roster(tmp_path), patient="P", modules=["01-decision"], known_modules=["01-decision"], due="", questions=(),
        note="", clinic="C", phone="", now=lambda: NOW,
    )  # fmt: skip
    parts = {part.key: part for part in parts_of(learner, assignment)}
    private = {"quiz", "teachback:dec-teach", "profile:conditions:high_bp", "free_text"}
    assert private <= {key for key, part in parts.items() if part.private}
    assert not private & set(BY_DEFAULT)
    default = content_of(assignment, list(parts.values()), BY_DEFAULT, TODAY).decode()
    assert "sister" not in default and "tired" not in default and "high_bp" not in default and item not in default
    content = content_of(assignment, list(parts.values()), {"quiz", "teachback:dec-teach"}, TODAY)
    sent = read_return(content, "r")
    assert [type(one) for one in sent.answers] == [QuizAnswer, TeachbackAnswer]
    quiz = sent.answers[0]
    assert isinstance(quiz, QuizAnswer)
    assert (quiz.before, quiz.correct, quiz.later, quiz.confidence) == (True, False, True, 3)
    shown = learner.workspace.pack.items[item]
    assert shown.type == "single"
    chose = "; ".join(shown.option[place].text.rstrip(".") for place in quiz.chosen)
    line = parts["quiz"].lines[0]
    # what was chosen goes with the answer, so it is shown
    assert f"Guess before the lesson: right. First answer: “{chose}”: wrong, very sure; latest: right" in line
    view = CodeView("P", (assignment.model_dump(),), (sent.model_dump(exclude_none=True),))
    assert view.said[0]["text"] == WORDS and view.sure_but_wrong != ()
    from ketalearn.clinic.making import told_of

    lines = told_of(view, workspace(ROOT))
    assert any("In their own words: I would call my sister" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_home_says_what_a_clinic_asks_for_once_its_words_matched_until_it_is_read(tmp_path: Path) -> None:
    from ketalearn.clinic.roster import Roster
    from ketalearn.clinic.trust import Assignments
    from tests.clinic.support import assigned
    from tests.support import journey

    learner = journey(home=tmp_path)
    one, file = assigned(Roster(tmp_path))
    known = Assignments(learner.memory)
    known.keep(file)
    # anyone can sign a file in a clinic's name
    assert learner.home().asked_words == ""
    known.say(one, matches=True)
    assert learner.home().asked_words == "Your clinic asks for lessons 1 and 2."
    head = learner.head("01-first")
    for page in head.pages:
        learner.memory.mark_page(head.id, page, 1)
    assert learner.home().asked_words == "Your clinic asks for lesson 2."
    known.say(one, matches=False)
    assert learner.home().asked_words == ""


@pytest.mark.parametrize(
    ("places", "words"), [((1, 2, 3), "lessons 1 to 3"), ((1, 3), "lessons 1 and 3"), ((1, 2, 4), "lessons 1, 2 and 4")]
)
def test_asked_lessons_in_words(places: tuple[int, ...], words: str) -> None:
    from ketalearn.journey import HomeView

    home = HomeView((), None, "", returning=False, questions=None, starred=0, asked=places)
    assert home.asked_words == f"Your clinic asks for {words}."
