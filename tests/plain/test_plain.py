"""Plain mode: the same journey by lines, ending in the same sheet as the app's."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.journey import HOME, Journey, Next, Open, Place
from ketalearn.plain.talk import Talk
from tests.support import ROOT, journey


class Script:
    """A person who types these lines, and what they were told."""

    def __init__(self, one: Journey, *lines: str) -> None:
        self.lines = list(lines)
        self.told: list[str] = []
        self.status = Talk(one, self._read, self.told.append).run()

    def _read(self) -> str | None:
        return self.lines.pop(0) if self.lines else None

    @property
    def text(self) -> str:
        return "\n".join(self.told)


def welcomed() -> Journey:
    one = journey()
    one.memory.put("welcomed", True)
    return one


def test_every_prompt_stands_on_its_own_line_and_the_end_of_input_is_a_good_end() -> None:
    script = Script(journey(), "", "quit")
    assert script.status == 0
    assert script.told.count("> ") == 2
    assert "Nothing you answer leaves this computer" in script.text
    assert Script(journey()).status == 0


def test_from_welcome_to_results_with_a_miss() -> None:
    one = journey()
    script = Script(one, "", "", "", "", "1", "", "", "3", "", "quit")
    assert [answer.chosen for answer in one.memory.answers()] == [(0,), ()]
    for said in ("Question 1 of 2", "Not quite.", "The answer: The next day.", "Source: Lamp label 2021.",
                 "Added to My questions:", "+ When can I drive again?",
                 "Results: Lamps. 2 answered; 2 to ask about."):  # fmt: skip
        assert said in script.text
    assert "41 of 100 with the blue lamp." in script.text
    assert not set("█●○│─") & set(script.text)


def test_unknown_input_says_what_is_taken_and_asks_again() -> None:
    script = Script(welcomed(), "99", "blah", "1 2", "quit")
    told = [line for line in script.told if line.startswith("Please give")]
    assert len(told) == 3
    assert "crisis or !" in told[0]


@pytest.mark.parametrize("word", ["crisis", "!"])
def test_crisis_help_from_anywhere_and_back(word: str) -> None:
    one = welcomed()
    script = Script(one, "", word, "", "quit")
    assert "findahelpline.com" in script.text
    assert script.text.count("What does a lamp do?") == 2


def test_words_of_danger_typed_at_any_prompt_open_crisis_help() -> None:
    script = Script(welcomed(), "i want to kill myself", "quit")
    assert "If it does not fit, press enter." in script.text


def test_another_country_in_crisis_help() -> None:
    script = Script(welcomed(), "crisis", "2", "", "quit")
    assert "116 123" in script.text


def test_help_sheet_and_save_work_anywhere(tmp_path: Path) -> None:
    one = welcomed()
    path = tmp_path / "mine.txt"
    script = Script(one, "help", "?", "sheet", f"save {path}", f"save {path}", f"save {tmp_path / 'x.doc'}", "quit")
    assert script.text.count("These words work anywhere") == 2
    assert "Should I try the blue lamp" in script.text
    assert f"Saved: {path}" in script.text
    assert "When can I drive again?" in path.read_text("utf-8")
    assert f"The sheet could not be saved: {path} is there already; choose another name." in script.text
    assert "--force" not in script.text
    assert "does not say which format" in script.text


def test_a_page_tells_its_sources_and_words_and_goes_back() -> None:
    script = Script(welcomed(), "", "sources", "words", "zzz", "2", "quit")
    assert "Blue lamps in winter" in script.text
    assert "Glare: Light that is too strong for the eye." in script.text
    assert "Please give 1 or 2" in script.text
    assert script.told[-3] == "Press enter to go on with Lamps, page 1 of 2." or "Welcome back" in script.text


def test_skip_leaves_an_item_for_later_and_back_goes_back() -> None:
    one = welcomed()
    script = Script(one, "3", "skip", "back", "quit")
    assert one.memory.answers() == ()
    assert script.text.count("Question 1 of 2") == 2


def test_about_me_by_numbers_and_the_choices_are_told_alike() -> None:
    one = welcomed()
    script = Script(one, "6", "", "1 2", "", "Wetty", "2", "1", "1", "1", "", "", "", "", "quit")
    profile = one.profile()
    assert profile.conditions == ("sore_eyes", "blind_spot")
    assert profile.medicine_names == ("Wetty",)
    assert "Wetty: eye drops. Right?" in script.text
    assert "Eyes:" in script.text
    assert "What you said." in script.text


def test_thoughts_of_suicide_open_crisis_help_first_and_one_enter_goes_on() -> None:
    one = welcomed()
    script = Script(one, "6", "2", "", "quit")
    assert "Thank you for saying so" in script.text
    assert one.profile().safety == ("suicidal_plan",)


def test_none_of_these_clears_a_field() -> None:
    one = welcomed()
    one.keep(one.profile().with_field("conditions", ["rash"]))
    Script(one, "6", "", "4", "quit")
    assert one.profile().conditions == ()


def test_questions_can_be_starred_reworded_added_and_taken_off() -> None:
    one = welcomed()
    script = Script(one, "8", "3", "1", "4", "2", "May I drive?", "5", "My own?", "6", "4", "7", "1", "9", "quit")
    profile = one.profile()
    assert profile.starred == ("options_including_none",)
    assert profile.edited == {"driving": "May I drive?"}
    assert profile.own_questions == ("My own?",)
    assert profile.hidden == ()
    assert "Undone." in script.text


def test_a_red_flag_is_taken_off_paper_only_when_one_is_sure() -> None:
    one = welcomed()
    one.keep(one.profile().with_field("conditions", ["blind_spot"]))
    Script(one, "8", "6", "1", "", "quit")
    assert one.profile().hidden == ()
    Script(one, "8", "6", "1", "2", "quit")
    assert one.profile().hidden == ("sore_eyes",)


def test_choices_matters_and_about() -> None:
    one = welcomed()
    script = Script(one, "5", "2", "1", "", "back", "home", "7", "1 2 3 4", "1 2", "My dog", "home", "11", "", "quit")
    assert "How sure are we?" in script.text
    assert "Please give at most 3." in script.text
    assert one.profile().values == ("speed", "low_cost")
    assert one.profile().own_value == "My dog"
    assert "No one paid." in script.text


def test_where_one_leans_is_said_at_my_questions_and_goes_on_the_sheet() -> None:
    one = welcomed()
    script = Script(one, "8", "17", "to wait a while", "1", "", "quit")
    assert "Only if you like" in script.text
    assert one.profile().leaning == "to wait a while"
    assert "Where I lean now, in my own words: to wait a while." in " ".join(script.text.split())


def test_plain_mode_goes_on_where_the_app_left_off_and_the_other_way_round() -> None:
    one = welcomed()
    one.advance(Place("page", module="01-first", page="light"), Next())
    script = Script(one, "", "quit")
    assert "How many people see glare?" in script.text
    again = journey(memory=one.memory)
    assert again.home().goes_on == Place("page", module="01-first", page="glare")


def test_broken_content_is_said_in_words(tmp_path: Path) -> None:
    import shutil

    from tests.support import SMALL

    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    (root / "modules" / "01-first" / "light.md").write_text("no front matter")
    one = journey(root)
    one.memory.put("welcomed", True)
    script = Script(one, "", "quit")
    assert "This cannot be opened." in script.text
    assert script.status == 0


def test_leaving_never_says_saved_when_it_is_not() -> None:
    one = welcomed()
    one.memory.saved = False  # type: ignore[misc]
    one.memory.notice = "Your answers cannot be saved now (disk full)."  # type: ignore[misc]
    script = Script(one, "quit")
    assert script.told.count("Your answers cannot be saved now (disk full).") == 1
    assert "NOT saved" in script.told[-1]
    assert "All you answered is saved." not in script.text


def test_the_visit_line_by_line_ends_in_an_answered_sheet(tmp_path: Path) -> None:
    one = journey(home=tmp_path)
    one.memory.put("welcomed", True)
    one.advance(HOME, Open(Place("visit")))
    script = Script(one, "", "1", "Two hours.", "", "2", "4", "2", "home", "quit")
    first, second = one.visit().questions[:2]
    assert (first.note, first.asked, second.asked) == ("Two hours.", True, True)
    assert "My note: Two hours." in script.text
    assert "2 of" in script.text
    assert "Two hours." in (tmp_path / "questions-2026-11-24-answered.txt").read_text("utf-8")


def test_words_of_danger_in_a_note_open_crisis_help() -> None:
    one = welcomed()
    one.advance(HOME, Open(Place("visit")))
    script = Script(one, "", "1", "i want to kill myself", "", "quit")
    assert "Some of your words made us want to show this first." in script.text
    assert one.visit().questions[0].note == "i want to kill myself"


def real() -> Journey:
    one = journey(ROOT)
    one.memory.put("welcomed", True)
    return one


def talk_from(one: Journey, place: Place, *lines: str) -> str:
    """What is told when a person who is at `place` types these lines."""
    told: list[str] = []
    left = list(lines)
    talk = Talk(one, lambda: left.pop(0) if left else None, told.append)
    one.start = lambda: place  # type: ignore[method-assign]
    assert talk.run() == 0
    return "\n".join(told)


def test_a_name_with_a_slip_is_asked_about_and_undone() -> None:
    one = real()
    text = talk_from(one, Place("interview", screen="medicines"), "", "xanx, Zoloft", "1", "undo", "quit")
    assert "Did you mean Xanax (a benzodiazepine)?" in text
    assert "Xanax: a benzodiazepine. Right?" in text
    assert "Zoloft: an antidepressant. Right?" in text
    assert one.profile().medicine_names == ("xanx", "Zoloft")
    talk_from(one, Place("interview", screen="medicines"), "", "ritlain", "", "quit")
    assert one.profile().medicine_names == ("ritlain",)


def test_words_suggest_and_declined_ones_are_not_offered_again() -> None:
    one = real()
    place = Place("interview", screen="worries")
    text = talk_from(one, place, "", "my bladder hurts, and I have glaucoma, no seizures", "1", "quit")
    assert "Your words made us think of:" in text
    assert "Added." in text
    assert one.profile().conditions == ("bladder",)
    assert "made us think" not in talk_from(one, place, "", "glaucoma again, and my bladder", "", "quit")


def test_readiness_by_numbers_raises_its_question_and_enter_skips() -> None:
    one = real()
    text = talk_from(one, Place("ready"), "3", "", "2", "1", "", "quit")
    assert "This is not a test." in text
    assert one.profile().readiness == ("choices", "what_matters")
    assert "My questions:" in text


def test_why_and_why_not() -> None:
    one = real()
    one.keep(one.profile().with_field("reproductive", ["not_able"]))
    text = talk_from(one, Place("questions"), "10", "1", "11", "pregnancy", "1", "11", "zzzz", "quit")
    assert "What raised it:" in text
    assert "You said: I cannot become pregnant. With that, it is not asked." in text
    assert "No question that is left out has this word." in text
    assert "If it does not fit" in talk_from(one, Place("questions"), "11", "i want to kill myself", "quit")


def test_own_questions_are_moved_and_deleted() -> None:
    one = real()
    for words in ("One?", "Two?"):
        talk_from(one, Place("questions"), "5", words, "quit")
    talk_from(one, Place("questions"), "12", "2", "quit")
    assert one.sheet().own_questions == ("Two?", "One?")
    talk_from(one, Place("questions"), "13", "1", "1", "quit")
    assert one.sheet().own_questions == ("Two?", "One?")
    talk_from(one, Place("questions"), "13", "1", "2", "quit")
    assert one.sheet().own_questions == ("One?",)
