"""Every type of quiz question by keys, at 80x24 and 40x15: what stands there, what is kept, what is said after."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ketalearn.content.models import Item, MatchItem, MultipleItem, NumberItem, OneOf, OrderItem, TeachbackItem
from ketalearn.journey import Choose, Journey, Place, Reply, Retold
from ketalearn.learning.feedback import LETTERS, ORDINALS
from ketalearn.learning.records import Answer
from ketalearn.plain.words import results
from ketalearn.ui.app import KetalearnApp
from ketalearn.ui.widgets.rows import Rows
from tests.support import ROOT, journey
from tests.ui.support import (
    LARGE,
    SIZES,
    SMALL_SCREEN,
    WIDE,
    app_for,
    at,
    foot,
    kind,
    screen_text,
    settle,
    sync,
    words_of,
)  # fmt: skip

MODULE = "06-risks"


def item_of(one: Journey, type_: str) -> Item:
    return next(item for item in one.workspace.pack.quiz(MODULE) if item.type == type_)


async def opened(pilot: Pilot[None], one: Journey, type_: str) -> tuple[KetalearnApp, Item]:
    item = item_of(one, type_)
    app = await at(pilot, Place("item", module=MODULE, item=item.id))
    assert " ".join(item.stem.split())[:30] in words_of(app)
    return app, item


async def skip_sure(pilot: Pilot[None], app: KetalearnApp) -> None:
    await settle(pilot)
    assert "How sure are you of this answer? You may skip this: it is never a score." in words_of(app)
    await pilot.press("enter")
    await settle(pilot)
    assert kind(app) == "feedback"


def rows_of(app: KetalearnApp) -> list[str]:
    """The rows that can be chosen, in their order: the digit of each is its place here."""
    return [str(row.words) for row in app.pane.query_one(Rows)._rows if not row.heading]


def told(app: KetalearnApp) -> str:
    """All words of an item, those below the edge of the screen among them."""
    return " ".join(str(app.pane.query_one("#stem", Static).render()).split())


def beside(slot: str, size: tuple[int, int]) -> str:
    """The mark at the end of a row that was given to a left side."""
    return f"({slot})" if size == SMALL_SCREEN else f"(with {slot})"


def last(one: Journey) -> Answer:
    return one.memory.answers()[-1]


async def read_all(pilot: Pilot[None], app: KetalearnApp) -> str:
    """Everything of the pane, by scrolling to its end."""
    seen = [words_of(app)]
    for _ in range(40):
        if not app.pane.more_below:
            break
        await pilot.press("down")
        seen.append(words_of(app))
    assert not app.pane.more_below
    return " ".join(" ".join(seen).split())


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_choice_of_one_with_how_sure(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "single")
        assert isinstance(item, OneOf)
        await pilot.press(str(item.correct + 1))
        await settle(pilot)
        assert "How sure are you of this answer? You may skip this: it is never a score." in words_of(app)
        assert "Just guessing" in words_of(app)
        assert rows_of(app)[-1] == "    4  [ Skip ]"
        assert f"You chose: {item.option[item.correct].text}"[:30] in words_of(app)
        await pilot.press("2")
        await settle(pilot)
        assert kind(app) == "feedback"
    assert (last(one).correct, last(one).confidence, last(one).not_sure) == (True, 2, False)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_several_are_ticked_by_digit_space_and_enter(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "multiple")
        assert isinstance(item, MultipleItem)
        assert "Tick all that fit" in words_of(app)
        done = str(len(item.option) + 1)
        await pilot.press(done)
        await settle(pilot)
        assert "Tick at least one first" in words_of(app)
        assert one.memory.answers() == ()
        await pilot.press("1", "down", "space", "1")
        await settle(pilot)
        assert "Tick at least one first" not in words_of(app)
        assert [row[:3] for row in rows_of(app)[:3]] == ["[ ]", "[x]", "[ ]"]
        await pilot.press("2", *(str(place + 1) for place in item.right), done)
        await skip_sure(pilot, app)
        assert "✓ Yes." in words_of(app)
    assert (last(one).chosen, last(one).correct, last(one).confidence) == (item.right, True, None)


@sync
async def test_each_option_chosen_and_each_right_one_missed_is_explained() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        _, item = await opened(pilot, one, "multiple")
        assert isinstance(item, MultipleItem)
        wrong = next(at for at, option in enumerate(item.option) if not option.correct)
        await pilot.press(str(wrong + 1), str(item.right[0] + 1), str(len(item.option) + 1))
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        for words in ("✗ Not quite all of it.", "✗ not this one: ", "✓ right: ", "▲ missed: ", "Source:"):
            assert words in said
        for option in item.option:
            assert " ".join(option.feedback.split())[6:40].split(". ")[0] in said


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_pairs_are_put_together_and_can_be_taken_apart(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "match")
        assert isinstance(item, MatchItem)
        count = len(item.pair)
        shown = one.quiz.view(app.place).shown
        assert list(shown) != list(range(count))
        assert f"A {' '.join(item.pair[0].left.split())}" in words_of(app)
        assert f"(1 of {count})" in words_of(app)
        wrong = next(number for number, place in enumerate(shown, start=1) if place != 0)
        await pilot.press(str(wrong))
        await settle(pilot)
        assert rows_of(app)[wrong - 1].endswith(f"  {beside('A', size)}")
        assert "← take back" in foot(app) or size == SMALL_SCREEN
        assert f"(2 of {count})" in words_of(app)
        await pilot.press("left")
        await settle(pilot)
        assert app.place.item == item.id
        assert f"(1 of {count})" in words_of(app)
        for place in range(count - 1):
            await pilot.press(str(shown.index(place) + 1))
        await settle(pilot)
        assert "All placed." in words_of(app)
        placed = sorted(row.rsplit("  ", 1)[1] for row in rows_of(app)[:count])
        assert placed == [beside(letter, size) for letter in "ABCDE"[:count]]
        await pilot.press("enter")
        await skip_sure(pilot, app)
        assert "✓ Yes." in words_of(app)
        said = await read_all(pilot, app)
        for pair in item.pair:
            assert f"✓ right: {' '.join(pair.left.split())}"[:24] in said
            assert f"The answer: {' '.join(pair.right.split())}"[:24] in said
    assert (last(one).chosen, last(one).correct) == (tuple(range(count)), True)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_steps_are_put_in_order(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "order")
        assert isinstance(item, OrderItem)
        count = len(item.step)
        shown = one.quiz.view(app.place).shown
        assert "Which comes first?" in words_of(app)
        # the last two the wrong way round
        for place in [*range(count - 2), count - 1]:
            await pilot.press(str(shown.index(place) + 1))
        await settle(pilot)
        assert {row.rsplit("  ", 1)[1] for row in rows_of(app)[:count]} == {
            f"({n})" for n in ("first", "second", "third", "fourth", "fifth")[:count]
        }
        await pilot.press("enter")
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        assert "✗ Not quite all of it." in said
        assert f"The answer: it comes {ORDINALS[count - 2]}. Your pick: {ORDINALS[count - 1]}." in said
        assert f"✗ not quite: {' '.join(item.step[-1].text.split())}"[:24] in said
        assert f"✓ right: 1st {' '.join(item.step[0].text.split())}"[:24] in said
        assert item.step[-1].feedback[:20] in said
    assert last(one).chosen == (*range(count - 2), count - 1, count - 2)
    assert not last(one).correct


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_number_is_typed(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "number")
        assert isinstance(item, NumberItem)
        assert f"of {item.of}" in words_of(app)
        await pilot.press("enter")
        await settle(pilot)
        assert f"Type a number from 0 to {item.of} first" in words_of(app)
        await pilot.press("9", "9", "9")
        await settle(pilot)
        assert f"The most is {item.of}." in words_of(app)
        assert rows_of(app)[0] == f"[ Done: 99 of {item.of} ]"
        await pilot.press("left", "backspace")
        await settle(pilot)
        assert "The most is" not in words_of(app)
        await pilot.press(*str(item.of))
        await settle(pilot)
        assert f"[ Done: {item.of} of {item.of} ]" in words_of(app)
        await pilot.press("enter")
        await skip_sure(pilot, app)
        said = await read_all(pilot, app)
        assert f"You said {item.of} of {item.of}." in said
        assert told(app).count(f"{item.answer} of {item.of}") == 1
        assert item.feedback_high[:30] in said
    assert (last(one).text, last(one).correct) == (str(item.of), False)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_a_teach_back_in_own_words_is_ticked_by_the_person(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "teachback")
        assert isinstance(item, TeachbackItem)
        assert item.example not in words_of(app)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press(*"I call her", "enter")
        await settle(pilot)
        assert "You wrote: I call her" in words_of(app)
        await pilot.press("1", "2", str(len(item.point) + 1))
        await settle(pilot)
        assert kind(app) == "feedback"
        said = await read_all(pilot, app)
        assert "Here are the points, next to your words." in said
        assert "You ticked 2 of" not in said
        assert "○ worth adding: " in said
        assert item.example[:25] in said
        assert item.point[2].feedback[:25] in said
    assert (last(one).text, last(one).chosen, last(one).unsure) == ("I call her", (0, 1), False)
    assert one.topics().unsure == (item.topic,)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_after_a_teach_back_said_aloud_only_the_ticks_are_spoken_of(size: tuple[int, int]) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "teachback")
        assert isinstance(item, TeachbackItem)
        await pilot.press("enter")
        await settle(pilot)
        assert "Which of these did you say or think?" in words_of(app)
        await pilot.press("1", str(len(item.point) + 1))
        await settle(pilot)
        said = await read_all(pilot, app)
        assert "Here are the points." in said
        assert "You ticked 1 of" not in said
        assert "✓ you ticked this: " in said
        for claimed in ("your words", "you said", "You wrote", "not yet said"):
            assert claimed not in said


TYPES = ("single", "truefalse", "multiple", "match", "order", "number", "teachback")


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_round_takes_one_square_takes_several_and_both_are_said_above_the_list(
    size: tuple[int, int], type_: str
) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, one, type_)
        rows = rows_of(app)
        boxes = {row[:3] for row in rows if row[:3] in ("( )", "[ ]")}
        assert boxes == ({"( )"} if type_ in ("single", "truefalse") else
                         {"[ ]"} if type_ == "multiple" else set())  # fmt: skip
        # a box above the list looks like one to tick
        assert not any(box in told(app) for box in ("( )", "[ ]"))
        # no row looks like a key of the footer
        assert not any(sign in row for row in rows for sign in "→←")
        unsure = "[ I'm not sure ]" if type_ == "number" else f"{len(rows)}  [ I'm not sure ]"
        assert rows[-1].strip() == unsure


@pytest.mark.parametrize("colours", [True, False])
@pytest.mark.parametrize("type_", ["multiple", "match", "order", "number", "teachback"])
@sync
async def test_what_ends_an_item_looks_like_a_button_and_the_pointer_stands_beside_its_words(
    type_: str, colours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        _, item = await opened(pilot, one, type_)
        if isinstance(item, MatchItem | OrderItem):
            await pilot.press(*(str(number) for number in range(1, len(one.quiz.view(app.place).shown))))
        elif isinstance(item, TeachbackItem):
            await pilot.press("enter")
            await settle(pilot)
            await pilot.press(*["down"] * len(item.point))
        elif isinstance(item, NumberItem):
            await pilot.press("7")
        else:
            assert isinstance(item, MultipleItem)
            await pilot.press(*["down"] * len(item.option))
        await settle(pilot)
        pointed = [line.strip() for line in screen_text(app).splitlines() if line.strip().startswith("►")]
        assert len(pointed) == 1
        assert pointed[0].endswith(f"[ Done: 7 of {item.of} ]" if isinstance(item, NumberItem) else "[ Done ]")


@pytest.mark.parametrize("type_", ["match", "order"])
@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_where_one_is_and_how_to_move_is_said_and_the_start_gives_no_answer_away(
    size: tuple[int, int], type_: str
) -> None:
    one = journey(ROOT)
    for module in one.workspace.pack.info.modules:
        item = next(item for item in one.workspace.pack.quiz(module) if item.type == type_)
        app = app_for(one)
        async with app.run_test(size=size) as pilot:
            await at(pilot, Place("item", module=module, item=item.id))
            words = words_of(app)
            # always the row on top, be it right or not
            assert app.pane.query_one(Rows).highlighted == 0
            if size == SMALL_SCREEN:
                assert "↑↓ move, enter places, ← takes back" in words
            else:
                assert "Up and down move ►, enter puts that row in place, ← takes it back." in words
                lefts = [pair.left for pair in item.pair] if isinstance(item, MatchItem) else []
                for letter, left in zip(LETTERS, lefts, strict=False):
                    assert f"{letter} {' '.join(left.split())}: ____" in words
            assert "enter place" in foot(app)
            assert ("Which comes first?" if type_ == "order" else "Which row goes with A?") in words
            assert f"(1 of {len(one.quiz.view(app.place).shown)})" in words
            assert app.pane.query_one(Rows).size.height >= 3, screen_text(app)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_what_is_so_comes_before_all_that_is_said_about_a_pair_and_a_miss_never_wears_a_tick(
    size: tuple[int, int],
) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        _, item = await opened(pilot, one, "match")
        assert isinstance(item, MatchItem)
        shown = one.quiz.view(app.place).shown
        # each side one place off
        for place in [*range(1, len(item.pair)), 0][:-1]:
            await pilot.press(str(shown.index(place) + 1))
        await pilot.press("enter")
        await skip_sure(pilot, app)
        said = told(app)
        for pair in item.pair:
            left, right = (" ".join(text.split()) for text in (pair.left, pair.right))
            head = said.index(f"✗ not quite: {left}"[:20])
            so = said.index(f"The answer: {right}"[:22], head)
            assert head < so < said.index(" ".join(pair.feedback.split())[:20], head)
        assert "✓" not in said
        _, several = await opened(pilot, one, "multiple")
        assert isinstance(several, MultipleItem)
        await pilot.press(str(several.right[0] + 1), str(len(several.option) + 1))
        await skip_sure(pilot, app)
        said = told(app)
        for place in several.right[1:]:
            assert f"▲ missed: {' '.join(several.option[place].text.split())}"[:22] in said
        assert f"✓ right: {several.option[several.right[0]].text}"[:20] in said


@pytest.mark.parametrize("right", [True, False])
@sync
async def test_u_says_what_it_does_and_only_where_it_does_it(right: bool) -> None:
    one = journey(ROOT)
    item = item_of(one, "single")
    assert isinstance(item, OneOf)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, "single")
        await pilot.press(str((item.correct if right else (item.correct + 1) % len(item.option)) + 1), "enter")
        await settle(pilot)
        assert kind(app) == "feedback"
        assert ("u don't add it" in foot(app)) is not right
        if right:
            assert "u " not in foot(app)
            return
        await pilot.press("u")
        await settle(pilot)
        assert "u add it again" in foot(app)
        await pilot.press("u")
        await settle(pilot)
        assert "u don't add it" in foot(app)


@sync
async def test_a_teach_back_said_aloud_with_no_point_ticked_is_no_not_sure() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        _, item = await opened(pilot, one, "teachback")
        assert isinstance(item, TeachbackItem)
        await pilot.press("1")
        await settle(pilot)
        await pilot.press(str(len(item.point) + 1))
        await settle(pilot)
    assert (last(one).text, last(one).chosen, last(one).unsure) == ("", (), False)


@sync
async def test_words_of_danger_in_a_teach_back_open_crisis_help_and_the_words_wait() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, "teachback")
        await pilot.press("2")
        await settle(pilot)
        await pilot.press(*"i want to kill myself", "enter")
        await settle(pilot)
        assert kind(app) == "crisis"
        await pilot.press("enter")
        await settle(pilot)
        assert "You wrote: i want to kill myself" in words_of(app)


@pytest.mark.parametrize("type_", ["single", "truefalse", "multiple", "match", "order", "number", "teachback"])
@pytest.mark.parametrize("size", SIZES)
@sync
async def test_not_being_sure_is_offered_everywhere(size: tuple[int, int], type_: str) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await opened(pilot, one, type_)
        rows = rows_of(app)
        at_row = next(place for place, row in enumerate(rows) if "I'm not sure" in row)
        if type_ == "number":
            await pilot.press("down", "enter")
        else:
            await pilot.press(str(at_row + 1))
        await settle(pilot)
        assert kind(app) == "feedback"
        assert "You were not sure, and that is worth" in await read_all(pilot, app)
    assert last(one).unsure
    assert last(one).confidence is None


@pytest.mark.parametrize("type_", ["single", "multiple", "match", "order", "number", "teachback"])
@sync
async def test_at_40_by_15_the_question_and_a_choice_are_on_the_screen(type_: str) -> None:
    one = journey(ROOT)
    for module in one.workspace.pack.info.modules:
        for item in one.workspace.pack.quiz(module):
            if item.type != type_:
                continue
            app = app_for(one)
            async with app.run_test(size=SMALL_SCREEN) as pilot:
                await at(pilot, Place("item", module=module, item=item.id))
                rows = app.pane.query_one(Rows)
                assert rows.size.height >= 2, (item.id, screen_text(app))
                assert "esc back" in foot(app)
            break


@sync
async def test_very_sure_and_wrong_says_more_and_asks_once_more_at_the_end() -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await at(pilot, Place("item", module="01-first", item="lamp-colour"))
        await pilot.press("1", "3")
        await settle(pilot)
        said = await read_all(pilot, app)
        assert "You were very sure, so here is more. The page “" in said
        assert "We ask this once more at the end." in said
        await pilot.press("enter", "1", "enter", "enter")
        await settle(pilot)
        assert app.place == Place("item", module="01-first", item="lamp-colour", screen="again")
        assert "Once more" in words_of(app)
        await pilot.press("2", "3")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "results"
        assert "Right when asked once more." in words_of(app)
    assert [answer.asked for answer in one.memory.answers()] == ["quiz", "quiz", "again"]
    assert one.profile().quiz_sure == ("driving",)
    reasons = [reason for question in one.sheet().on_paper for reason in question.because]
    assert any("You were very sure about this, and the sources say otherwise" in reason for reason in reasons)


@sync
async def test_without_colour_the_row_one_is_on_is_underlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, "multiple")
        await pilot.press("down")
        await settle(pilot)
        lines = [
            "".join(segment.text for segment in strip).strip()
            for strip in app.screen._compositor.render_strips()
            if any(segment.style is not None and segment.style.underline for segment in strip)
        ]
        assert [line[:7] for line in lines] == ["► [ ] 2"]


@sync
async def test_results_say_what_is_so_and_no_tick_stands_beside_a_bare_false_statement() -> None:
    for right in (True, False):
        one = journey(ROOT)
        item = next(
            item
            for item in one.workspace.pack.quiz(MODULE)
            if item.type == "truefalse" and item.option[item.correct].text == "False"
        )
        assert isinstance(item, OneOf)
        at_item = Place("item", module=MODULE, item=item.id)
        one.advance(at_item, Choose(item.correct if right else 1 - item.correct))
        app = app_for(one)
        async with app.run_test(size=LARGE) as pilot:
            await at(pilot, Place("results", module=MODULE))
            said = words_of(app)
            plain = results(one.results(Place("results", module=MODULE)))
            for text, mark in ((said, "✓ right: "), (plain, "Right: ")):
                assert (f"{mark}You knew: false. “{item.stem[:20]}" in text) == right
                assert ("The answer: this is false." in text) == (not right)


def mixed() -> Journey:
    """A sitting of the real quiz: right, wrong, not sure, and a teach-back in part; the others are not answered."""
    one = journey(ROOT)
    singles = [item for item in one.workspace.pack.quiz(MODULE) if item.type == "single"]
    for item, off in zip(singles[:3], (0, 1, None), strict=True):
        assert isinstance(item, OneOf)
        chosen = None if off is None else (item.correct + off) % len(item.option)
        one.advance(Place("item", module=MODULE, item=item.id), Choose(chosen))
    teach = item_of(one, "teachback")
    place = Place("item", module=MODULE, item=teach.id)
    one.advance(place, Retold(""))
    one.advance(place, Reply((0,), text=""))
    return one


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_results_at_every_size(size: tuple[int, int]) -> None:
    one = mixed()
    view = one.results(Place("results", module=MODULE))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("results", module=MODULE))
        words = words_of(app)
        assert "4 answered; 3 to ask about." in words
        assert rows_of(app)[0] == f"→ Answer the {view.left} left"
        assert "enter lesson" in foot(app)
        assert "What you missed is worth asking about:" in words
        lines = screen_text(app).splitlines()
        assert lines[0].rstrip().endswith("! Crisis help")
        assert all(len(line) <= size[0] for line in lines)
        assert ("more below" in words) == app.pane.more_below
        rows = app.pane.query_one(Rows)
        assert rows.size.height >= 3, screen_text(app)
        assert {row[:2] for row in rows_of(app)[1:4]} == {"✗ ", "? ", "○ "}
        assert rows_of(app)[4].startswith("✓ right: ")
        urgent = [row.item.critical for row in view.rows if row.missed]
        assert urgent == sorted(urgent, reverse=True)
        assert True in urgent
        for row, drawn_row in zip(view.rows[:3], rows_of(app)[1:], strict=False):
            sign = "? not sure" if row.answer.unsure else "✗ not quite"
            sign = "○ to look at again" if row.item.type == "teachback" else sign
            assert drawn_row.startswith(f"{sign}: {row.item.stem}")
        # every row is reached; its lines stand beside its mark
        for row in view.rows:
            assert rows.key == row.item.id
            assert ("u don't add it" in foot(app)) == (row.missed and size != SMALL_SCREEN)
            drawn = screen_text(app).splitlines()[rows.region.y : rows.region.bottom]
            assert sum(line.startswith("► ") for line in drawn) == 1
            assert all(
                line[:4] == "    " or line[2:4] in ("✗ ", "? ", "○ ", "✓ ", "→ ") for line in drawn if line.strip()
            )
            await pilot.press("down")
            await settle(pilot)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_results_take_a_question_back_and_open_the_page_at_every_size(size: tuple[int, int]) -> None:
    one = mixed()
    view = one.results(Place("results", module=MODULE))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("results", module=MODULE))
        await pilot.press("u")
        await settle(pilot)
        assert "Taken back: this miss adds nothing to My questions." in words_of(app)
        assert "Not added to My questions, as you chose." in rows_of(app)[1]
        await pilot.press("enter")
        await settle(pilot)
        assert app.place == Place("page", module=MODULE, page=view.rows[0].item.page)


@pytest.mark.parametrize("size", SIZES)
@sync
async def test_results_lead_to_what_is_not_answered_yet(size: tuple[int, int]) -> None:
    one = mixed()
    given = {answer.item for answer in one.memory.answers()}
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("results", module=MODULE))
        await pilot.press("up")
        await settle(pilot)
        assert "enter answer" in foot(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "item"
        assert app.place.item not in given


@sync
async def test_on_a_short_screen_enter_first_goes_down_to_the_end_of_what_is_said() -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=SMALL_SCREEN) as pilot:
        _, item = await opened(pilot, one, "multiple")
        assert isinstance(item, MultipleItem)
        await pilot.press(str(item.right[0] + 1), str(len(item.option) + 1))
        await settle(pilot)
        assert item.stem[:20] in words_of(app)  # how sure is asked of a question that is still named
        await skip_sure(pilot, app)
        assert "▲ missed: " in words_of(app)
        for _ in range(30):
            if not app.pane.more_below:
                break
            assert "enter more" in foot(app)
            await pilot.press("enter")
            await settle(pilot)
            assert kind(app) == "feedback"
        assert "enter next" in foot(app)
        await pilot.press("enter")
        await settle(pilot)
        assert kind(app) == "item"


@pytest.mark.parametrize("type_", ["match", "order"])
@sync
async def test_after_placing_the_pointer_stands_on_a_row_that_is_free(type_: str) -> None:
    one = journey(ROOT)
    app = app_for(one)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot, one, type_)
        shown = one.quiz.view(app.place).shown
        await pilot.press("enter")
        await settle(pilot)
        assert app.pane.query_one(Rows).key == str(shown[1])


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_results_with_no_answer_and_with_all_right(size: tuple[int, int]) -> None:
    one = journey()
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("results", module="01-first"))
        assert "You have not answered yet. Press a to take the quiz." in words_of(app)
        for item in one.workspace.pack.quiz("01-first"):
            assert isinstance(item, OneOf)
            one.advance(Place("item", module="01-first", item=item.id), Choose(item.correct))
        await at(pilot, Place("results", module="01-first"))
        assert "All 2 right." in words_of(app)
        assert "worth asking" not in words_of(app)
        assert {row[:2] for row in rows_of(app)} == {"✓ "}


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@sync
async def test_what_to_talk_about_first_is_marked_by_a_word_and_the_crisis_key_by_its_own_sign(
    size: tuple[int, int],
) -> None:
    one = journey(ROOT)
    one.keep(one.profile().with_field("conditions", ["high_bp_uncontrolled"]))
    app = app_for(one)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Place("questions"))
        pinned = [question for question in one.sheet().on_paper if question.pinned]
        assert pinned
        for question in pinned:
            assert any(f" FIRST: {question.text}" in row for row in rows_of(app))
        assert sum("FIRST: " in row for row in rows_of(app)) == len(pinned)
        # the sign is the key's alone
        assert [word for word in words_of(app).split() if word == "!"] == ["!"]
        assert "FIRST means: talk about this before you start" in " ".join(app.pane.ABOUT.split())
