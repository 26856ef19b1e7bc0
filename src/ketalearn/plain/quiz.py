"""Quiz questions in plain mode: every type takes numbers, enter for the default, or words that work anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ketalearn.content.models import MatchItem, MultipleItem, NumberItem, OneOf, OrderItem, TeachbackItem
from ketalearn.decision.cites import of_items
from ketalearn.journey import HOME, Again, AnswerTo, Choose, Hinted, Next, OnSheet, Open, Place, Reply, Retold
from ketalearn.learning.feedback import LETTERS
from ketalearn.learning.grading import reply
from ketalearn.learning.records import BEFORE, REVIEW, SURENESS
from ketalearn.learning.session import ItemView
from ketalearn.plain import words

if TYPE_CHECKING:
    from ketalearn.plain.talk import Talk

NOT_SURE = "I'm not sure"
IF_UNSURE = "Press enter if you are not sure. Type skip to leave it for later."


def heading(view: ItemView) -> str:
    """On which occasion this is asked, and where one is in it."""
    name = f"Quiz: {view.module_title}"
    if view.screen.startswith(REVIEW):
        name = "Review"
    elif view.screen == BEFORE:
        name = f"Guess first: {view.module_title}. A guess is fine; the lesson comes next"
    elif view.screen:
        name = f"Once more: {view.module_title}"
    return f"{name}. Question {view.number} of {view.of}."


def at_item(talk: Talk, place: Place) -> AnswerTo | None:
    """Ask one item."""
    view = talk.journey.item(place)
    talk.write(heading(view))
    if view.changed:
        talk.write("This question has changed since you answered it.")
    talk.write(view.item.stem)
    if view.hint:
        talk.write(f"Hint: {view.hint}")
    elif view.can_hint:
        talk.write("Type hint for a hint.")
    answer = _asked(talk, view)
    if isinstance(answer, Reply) and view.asks_how_sure:
        return _how_sure(talk, answer)
    return answer


def _asked(talk: Talk, view: ItemView) -> AnswerTo | None:
    item = view.item
    match item:
        case OneOf():
            return _options(talk, view, [option.text for option in item.option], several=False)
        case MultipleItem():
            return _options(talk, view, [option.text for option in item.option], several=True)
        case MatchItem():
            for letter, pair in zip(LETTERS, item.pair, strict=False):
                talk.write(f"{letter}: {pair.left}")
            talk.write("What goes with each?")
            shown = [item.pair[place].right for place in view.shown]
            return _arranged(talk, view, shown, f"one number for each letter, {LETTERS[0]} first")
        case OrderItem():
            shown = [item.step[place].text for place in view.shown]
            return _arranged(talk, view, shown, "all the numbers, what comes first in front")
        case NumberItem():
            return _number(talk, view, item)
        case TeachbackItem():
            return _teachback(talk, view, item)


def _words(view: ItemView) -> dict[str, AnswerTo]:
    return {"hint": Hinted()} if view.can_hint and not view.hint else {}


def _numbered(talk: Talk, texts: list[str]) -> None:
    for number, text in enumerate(texts, start=1):
        talk.write(f"{number}. {text}")


def _options(talk: Talk, view: ItemView, texts: list[str], *, several: bool) -> AnswerTo | None:
    _numbered(talk, [*texts, NOT_SURE])
    if several:
        talk.write("Several may fit. Give all the numbers that fit, such as 1 3.")
    talk.write(IF_UNSURE)
    last = len(texts)

    def take(chosen: list[int]) -> AnswerTo | None:
        if chosen == [last]:
            return Choose(None)
        if last in chosen:
            talk.write(f"{last + 1} stands alone. Please answer again.")
            return None
        return Reply(tuple(chosen))

    return talk.ask(take, Choose(None), options=last + 1, several=several, words=_words(view))


def _arranged(talk: Talk, view: ItemView, shown: list[str], how: str) -> AnswerTo | None:
    """A match or an order: every number once, in the order that the person means."""
    _numbered(talk, shown)
    count = len(shown)
    example = " ".join(str(number) for number in range(count, 0, -1))
    talk.write(f"Give {how}, such as {example}.")
    talk.write(IF_UNSURE)

    def take(chosen: list[int]) -> AnswerTo | None:
        if sorted(chosen) != list(range(count)):
            talk.write(f"Please give each number from 1 to {count} once, such as {example}.")
            return None
        return Reply(tuple(view.shown[number] for number in chosen))

    return talk.ask(take, Choose(None), options=count, several=True, words=_words(view))


def _number(talk: Talk, view: ItemView, item: NumberItem) -> AnswerTo | None:
    talk.write(f"Type a number from 0 to {item.of}.")
    talk.write(IF_UNSURE)

    def take(chosen: list[int]) -> AnswerTo | None:
        text = str(chosen[0] + 1)
        return Reply(text=text) if reply(item, (), text) is not None else None

    return talk.ask(take, Choose(None), options=item.of, least=0, words=_words(view))


def _teachback(talk: Talk, view: ItemView, item: TeachbackItem) -> AnswerTo | None:
    if view.draft is None:
        talk.write("Nobody grades this but you.")
        _numbered(talk, ["Say it aloud, or think it; then see the points", NOT_SURE])
        talk.write("Or type it in your own words, in one line. " + IF_UNSURE)
        return talk.ask(
            lambda chosen: Choose(None) if chosen[0] else Retold(""),
            Choose(None),
            options=2,
            words=_words(view),
            typed=Retold,
        )
    if view.draft:
        talk.write(f"You wrote: {view.draft}")
    talk.write(f"Which of these did you {'write' if view.draft else 'say or think'}?")
    _numbered(talk, [point.text for point in item.point])
    talk.write("Give their numbers, such as 1 3. Press enter for none.")
    draft = view.draft
    return talk.ask(
        lambda chosen: Reply(tuple(chosen), text=draft), Reply((), text=draft), options=len(item.point), several=True
    )


def _how_sure(talk: Talk, answer: Reply) -> AnswerTo | None:
    talk.write("How sure are you of this answer? You may skip this: it is never a score.")
    _numbered(talk, list(SURENESS))
    talk.write("Press enter to go on without saying.")
    return talk.ask(lambda chosen: answer._replace(confidence=chosen[0] + 1), answer, options=len(SURENESS))


def at_feedback(talk: Talk, place: Place, menu: Callable[..., AnswerTo | None]) -> AnswerTo | None:
    """What an answer says."""
    view = talk.journey.item(place)
    if view.answer is None:
        return Open(place._replace(kind="item"))
    row = talk.journey.row(view.answer)
    talk.cites = of_items(talk.journey.workspace.pack, [(view.module, view.item)])
    talk.write(words.feedback(talk.journey, view, row))
    rows: list[tuple[str, AnswerTo]] = [
        ("Next question", Next()),
        (f"Read page {row.page_number} again", Open(Place("page", module=place.module, page=view.item.page))),
    ]
    if view.printable:
        name = "Take my words off my sheet" if view.printed else "Print my words with my sheet, for the clinician"
        rows.append((name, OnSheet(view.item.id)))
    return menu(rows, Next(), "go on")


def at_results(talk: Talk, place: Place, menu: Callable[..., AnswerTo | None]) -> AnswerTo | None:
    """What a sitting's answers say."""
    view = talk.journey.results(place)
    talk.cites = of_items(talk.journey.workspace.pack, [(row.module, row.item) for row in view.rows])
    talk.write(words.results(view))
    rows: list[tuple[str, AnswerTo]] = [("Go on", Next())]
    if place.module:
        rows.append(("Take the quiz again", Again(place.module)))
    return menu([*rows, ("Home", Open(HOME))], Next(), "go on")
