"""An item: answer it, say how sure if you like, then see the verdict, why, and where it says so.

One text and one list serve every type of item and every stage of it, so that going on lays out as little as it can.
"""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.content.models import Item, MatchItem, MultipleItem, NumberItem, OneOf, OrderItem, TeachbackItem
from ketalearn.decision.cites import Cites, of_items
from ketalearn.journey import Back, Choose, Hinted, Next, OnSheet, Open, Place, Reply, Retold
from ketalearn.learning.feedback import (
    LETTERS,
    STATE_WORDS,
    Line,
    ended,
    page_says,
    said_of_number,
    so_and_why,
    verdict,
)
from ketalearn.learning.grading import explained
from ketalearn.learning.records import BEFORE, REVIEW, SURENESS
from ketalearn.learning.session import ItemView, ResultRow
from ketalearn.ui.messages import AskText
from ketalearn.ui.widgets.cited import CITED_KEYS, CitedPane
from ketalearn.ui.widgets.hanging import Hanging
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.past_date import banner_parts
from ketalearn.ui.widgets.rows import Row, Rows
from ketalearn.ui.widgets.undo import undo_hint

if TYPE_CHECKING:
    from ketalearn.ui.app import KetalearnApp

Part = str | tuple[str, str]

NOT_SURE = "I'm not sure"
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
"""The places of an order while it is answered: in words, as the rows beside them have numbers."""
UNSURE, DONE, WRITE, ALOUD, NO_MATTER = "unsure", "done", "write", "aloud", "no-matter"
GAP = "gap"
FINISH = "[ Done ]"
"""A row that is a button has its words in brackets: a mark that is no key of the footer, and no box to tick."""
HOW = {
    **dict.fromkeys(("single", "truefalse"), "One answer: press its number, or use the arrows and enter."),
    "multiple": f"Tick all that fit, one or more. Then choose {FINISH}.",
    "number": "Type the number, then press enter.",
    "teachback": "Say it aloud, think it, or write it: nobody grades it but you. Enter shows the points.",
}
HOW_SHORT = {
    **HOW,
    **dict.fromkeys(("single", "truefalse"), "Choose one answer."),
    "multiple": f"Tick all that fit, then {FINISH}.",
    "teachback": "Say it aloud, think it, or write it. Enter shows the points.",
}
"""How to answer, above the list. No box stands here: it would look like one to tick."""
SURE_ASKED = "How sure are you of this answer?"
SURE_TOLD = "You may skip this: it is never a score."
PLACING = "Up and down move ►, enter puts that row in place, ← takes it back."
PLACING_SHORT = "↑↓ move, enter places, ← takes back"
"""What `u` does with the questions for the doctor that a miss added."""
STEM_SHORT, SAID_SHORT = 76, 50
"""Characters of a question, and of what was chosen, that are only named again."""
BOX = 4
"""Cells of a box and the space after it."""
HANG = 7
TALL = 20
"""Rows of the terminal from which there is room for an empty line."""


class QuizPane(CitedPane):
    """One item before and after its answer."""

    ABOUT = (
        "This is a quiz question. Nobody sees your answers. Press a number, or move with the arrows and press enter. "
        "( ) takes one answer, [ ] takes several. "
        "If you do not know, say so: that is a good answer too. To say how sure you are is up to you: enter goes on."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False),
        Binding("right", "on", show=False),
        Binding("left", "before", show=False),
        Binding("h", "hint", show=False),
        Binding("o", "open_page", show=False),
        Binding("u", "undo", show=False),
        Binding("p", "keep", show=False),
        Binding("backspace", "erase", show=False),
        *(Binding(str(digit), f"digit('{digit}')", show=False) for digit in range(10)),
    ]

    view: ItemView

    def __init__(self) -> None:
        super().__init__()
        self._of: tuple[str, str] | None = None
        self._row: ResultRow | None = None
        """What a miss added, once there is an answer."""
        self._forget()

    def _forget(self) -> None:
        """Begin the item anew: nothing chosen, ticked, placed or typed."""
        self._ticked: set[int] = set()
        self._placed: list[int | None] = []
        self._typed = ""
        self._wrong = ""
        self._reply: Reply | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="stem", markup=False)
        yield Rows()

    def draw(self, place: Place) -> None:
        super().draw(place)
        view = self.view = self.journey.item(place)
        if (place.screen, place.item) != self._of or view.answer is not None:
            self._of = (place.screen, place.item)
            self._forget()
        if not self._placed:
            self._placed = [None] * len(view.shown)
        rows = self.query_one(Rows)
        answered = view.answer is not None
        self._row = self.journey.row(view.answer) if view.answer is not None and not view.answer.correct else None
        self.set_class(not answered, "-list")
        self.query_one("#stem", Static).update(
            Hanging(Content.assemble(*(self._after() if answered else self._asked())))
        )
        rows.display = not answered
        if answered:
            if self.has_focus_within:
                self.focus(scroll_visible=False)
            return
        self._fill(self._first_row())

    # ------------------------------------------------------------ before the answer

    @property
    def _asks_sure(self) -> bool:
        return self._reply is not None

    @property
    def _slots(self) -> list[str]:
        """What is to be filled one after the other: the left sides of a match, or the places of an order."""
        item = self.view.item
        if isinstance(item, MatchItem):
            return [pair.left for pair in item.pair]
        return list(PLACES[: len(item.step)]) if isinstance(item, OrderItem) else []

    def _pool(self, place: int) -> str:
        """The right side or the step at `place`."""
        item = self.view.item
        if isinstance(item, MatchItem):
            return item.pair[place].right
        assert isinstance(item, OrderItem)
        return item.step[place].text

    def _asked(self) -> list[Part]:
        """The question, and how to answer it."""
        view = self.view
        parts: list[Part] = []
        if view.changed:
            parts.append(("This question has changed since you answered it.\n", "$quiet"))
        if view.screen == BEFORE:
            parts.append(("A guess is fine. No marks: the lesson comes next.\n", "$quiet"))
        parts.append((view.item.stem, "bold"))
        if view.hint:
            parts += ["\n", ("Hint: ", "bold $accent"), view.hint]
        if self._asks_sure:
            said = self._said()
            if self._short:
                # the choices of how sure stand on the screen, all of them; the question was read, and is known again
                parts = [(shorten(view.item.stem, STEM_SHORT, placeholder=" …"), "bold")]
                said = shorten(said, SAID_SHORT, placeholder=" …")
            if said:
                parts += ["\n", ("You chose: ", "$quiet"), said]
            return [*parts, "\n" if self._short else "\n\n", (SURE_ASKED, "bold $accent"), (f" {SURE_TOLD}", "$quiet")]
        if (now := self._now()) is not None:
            return [*parts, "\n", *now]
        if isinstance(view.item, NumberItem):
            parts += ["\n\n  ", (f" {self._typed or '__'} ", "bold $accent reverse"), f" of {view.item.of}"]
        if self._wrong:
            return [*parts, "\n", (self._wrong, "bold $caution")]
        if view.draft is not None:
            if view.draft:
                parts += ["\n", ("You wrote: ", "$quiet"), view.draft]
            said = "write" if view.draft else "say or think"
            return [*parts, "\n", (f"Which of these did you {said}? Tick each, then {FINISH}.", "$quiet")]
        words = HOW_SHORT if self._short else HOW
        return [*parts, "\n", (words[view.item.type], "$quiet")]

    @property
    def _short(self) -> bool:
        """Whether each line counts."""
        return self.app.size.height < TALL

    def _said(self) -> str:
        """What was chosen, in short; "" for what was placed, which stands in no one line."""
        item, reply = self.view.item, self._reply
        assert reply is not None
        if isinstance(item, NumberItem):
            return f"{reply.text} of {item.of}"
        if isinstance(item, MultipleItem) and self._short:
            return ", ".join(str(at + 1) for at in reply.chosen)
        return "; ".join(item.option[at].text for at in reply.chosen) if isinstance(item, OneOf | MultipleItem) else ""

    def _buttons(self, number: int, *buttons: tuple[str, str], indent: int = 0) -> list[Row]:
        """Rows that end the item, as (key, words): apart from the options where there is room, `number` the first's."""
        gap = [] if self._short else [Row(Content(""), GAP, heading=True)]
        before = " " * indent
        rows = [
            Row(Content.assemble(f"{before}{at}  ", (f"[ {words} ]", "bold")), key, hang=indent + 3)
            for at, (key, words) in enumerate(buttons, start=number)
        ]
        return [*gap, *rows]

    def _now(self) -> list[Part] | None:
        """What is placed, what is to be placed next, and how; None where nothing is placed.

        On a short screen only the side or place that is next, as the rows say what stands where.
        """
        slots = self._slots
        if not slots:
            return None
        ordering = isinstance(self.view.item, OrderItem)
        at = self._placed.index(None) if None in self._placed else None
        parts: list[Part] = []
        for slot, name in enumerate(slots):
            if self._short and slot != at:
                continue
            if ordering and self._short:
                continue
            place = self._placed[slot]
            given = "____" if place is None else self._pool(place)
            words = f"{name}  {given}" if ordering else f"{LETTERS[slot]}  {name}{'' if self._short else f': {given}'}"
            look = "bold $accent" if slot == at else "$quiet" if place is None else ""
            parts += [(words, look), "\n"]
        if at is None:
            return [*parts, (f"All placed. Choose {FINISH}, or press ← to take one back.", "bold")]
        asked = f"Which comes {slots[at]}?" if ordering else f"Which row goes with {LETTERS[at]}?"
        how = PLACING_SHORT if self._short else PLACING
        return [*parts, (asked, "bold $accent"), (f" ({at + 1} of {len(slots)})\n{how}", "$quiet")]

    def _first_row(self) -> str | None:
        """The row to begin at: none when the list stays as it was."""
        if self._asks_sure:
            return NO_MATTER
        begun = self._ticked or self._typed or any(place is not None for place in self._placed)
        if begun:
            return None
        # of a match or an order the first on the screen: to begin at the right one would give it away
        return str(self.view.shown[0]) if self._slots else "0"

    def _fill(self, highlight: str | None) -> None:
        """Draw the list of this stage."""
        rows = self.query_one(Rows)
        rows.digits = not isinstance(self.view.item, NumberItem) or self._asks_sure
        if highlight == "0" and isinstance(self.view.item, NumberItem):
            highlight = DONE
        rows.fill(self._rows(), highlight=highlight)

    def _rows(self) -> list[Row]:
        if self._asks_sure:
            sure = [
                Row(Content(f"( ) {at}  {words}"), str(at), hang=HANG) for at, words in enumerate(SURENESS, start=1)
            ]
            return [*sure, *self._buttons(len(sure) + 1, (NO_MATTER, "Skip"), indent=BOX)]
        item = self.view.item
        match item:
            case OneOf():
                texts = [option.text for option in item.option]
                rows = [Row(Content(f"( ) {at + 1}  {text}"), str(at), hang=HANG) for at, text in enumerate(texts)]
            case MultipleItem():
                rows = [self._tick(at, option.text) for at, option in enumerate(item.option)]
            case MatchItem() | OrderItem():
                rows = [self._place_row(number, place) for number, place in enumerate(self.view.shown, start=1)]
            case NumberItem():
                said = f": {self._typed} of {item.of}" if self._typed and int(self._typed) <= item.of else ""
                return [Row(Content.assemble((f"[ {words} ]", "bold")), key)
                        for key, words in ((DONE, f"Done{said}"), (UNSURE, NOT_SURE))]  # fmt: skip
            case TeachbackItem() if self.view.draft is not None:
                rows = [self._tick(at, point.text) for at, point in enumerate(item.point)]
                return [*rows, *self._buttons(len(rows) + 1, (DONE, "Done"), (UNSURE, NOT_SURE), indent=BOX)]
            case TeachbackItem():
                return self._buttons(1, (ALOUD, "Show the points"), (WRITE, "Write it first"), (UNSURE, NOT_SURE))
        number = len(rows) + 1
        if isinstance(item, OneOf):
            return [*rows, *self._buttons(number, (UNSURE, NOT_SURE), indent=BOX)]
        several = isinstance(item, MultipleItem)
        buttons = [(UNSURE, NOT_SURE)]
        if several or None not in self._placed:
            buttons.insert(0, (DONE, "Done"))
        return [*rows, *self._buttons(number, *buttons, indent=BOX if several else 0)]

    def _tick(self, at: int, text: str) -> Row:
        box: Part = ("[x]", "bold $accent") if at in self._ticked else "[ ]"
        return Row(Content.assemble(box, f" {at + 1}  {text}"), str(at), hang=HANG)

    def _place_row(self, number: int, place: int) -> Row:
        """A right side or a step, with the side or place it was given to."""
        words = f"{number}  {self._pool(place)}"
        if place not in self._placed:
            return Row(Content(words), str(place), hang=3)
        slot = self._placed.index(place)
        letter = LETTERS[slot] if self._short else f"with {LETTERS[slot]}"
        mark = PLACES[slot] if isinstance(self.view.item, OrderItem) else letter
        return Row(Content.assemble((words, "$quiet"), (f"  ({mark})", "bold $accent")), str(place), hang=3)

    # ------------------------------------------------------------ after the answer

    def _after(self) -> list[Part]:
        view = self.view
        answer = view.answer
        assert answer is not None
        item = view.item
        parts: list[Part] = [(item.stem, "bold"), "\n\n", *banner_parts(self.journey.past_date(self.place))]
        if isinstance(item, OneOf):
            parts += self._one_of(item)
        else:
            # nothing grades what a person said in their own words: no mark and no colour of a verdict
            plain = answer.unsure or isinstance(item, TeachbackItem)
            look = "bold" if plain else "bold $accent" if answer.correct else "bold $caution"
            mark = "" if plain else "✓ " if answer.correct else "✗ "
            parts += [(f"{mark}{verdict(item, answer)}", look), "\n"]
            if answer.text and isinstance(item, TeachbackItem):
                parts += [("You wrote: ", "$quiet"), answer.text, "\n"]
            for line in self.journey.quiz.lines(view):
                parts += line_parts(line, item)
            if view.printable:
                box = "[x]" if view.printed else "[ ]"
                parts += ["\n", (f"{box} p", "bold $accent"), "  Print my words with my sheet, for the clinician\n"]
            if isinstance(item, TeachbackItem):
                parts += ["\n", ("One way to say it: ", "bold"), item.example, "\n"]
        sources = self.journey.workspace.pack.sources
        named = "; ".join(sources[name].short for name in item.sources)
        parts += ["\n", (f"Source: {named}", "$quiet"), "\n"]
        if view.once_more:
            title, words = page_says(self.journey.workspace.pack, view.module, item)
            parts += ["\n", ("You were very sure, so here is more. ", "bold"), f"The page “{title}” says: {words}",
                      "\nWe ask this once more at the end.\n"]  # fmt: skip
        if not answer.correct:
            assert self._row is not None
            parts += ["\n", *added_parts(self._row)]
        return parts

    def _one_of(self, item: OneOf) -> list[Part]:
        answer = self.view.answer
        assert answer is not None
        chosen = answer.chosen[0] if answer.chosen else None
        parts: list[Part] = []
        for at, option in enumerate(item.option):
            if option.correct:
                mark, said = "(✓)", "  ✓ this one"
            elif at == chosen:
                mark, said = "(●)", "  ✗ not quite"
            else:
                mark, said = "( )", ""
            look = "bold $accent" if option.correct else "bold $caution" if at == chosen else "$quiet"
            parts += [(f"{mark} {at + 1}  {option.text}{said}\n", look)]
        parts.append((f"{'(●)' if chosen is None else '( )'} {len(item.option) + 1}  {NOT_SURE}\n",
                      "bold" if chosen is None else "$quiet"))  # fmt: skip
        parts.append("\n")
        if answer.correct:
            parts += [("✓ Yes. ", "bold $accent"), explained(item)]
        elif chosen is None:
            parts += [("You were not sure, and that is worth knowing. ", "bold"), explained(item)]
        else:
            so, why = so_and_why(item)
            parts += [("✗ Not quite. ", "bold $caution"), item.option[chosen].feedback, "\n\n",
                      (f"✓ The answer: {so}{' ' if so else ''}", "bold $accent"), why]  # fmt: skip
        return [*parts, "\n"]

    def title(self) -> str:
        view = self.view
        name = view.module_title
        if view.screen.startswith(REVIEW):
            name = "Review"
        elif view.screen == BEFORE:
            name = "Guess first"
        elif view.screen:
            name = "Once more"
        if self.app.size.width < 60:
            return f"{name} {view.number}/{view.of}"
        return f"Quiz · {name} · {view.number} of {view.of}"

    def hints(self) -> list[Hint]:
        if self.view.answer is None:
            if self._asks_sure:
                return [("enter", "choose"), ("→", "skip"), ("←", "change answer")]
            hints: list[Hint] = [("enter", "place" if self._slots else "choose"), ("→", "skip")]
            if any(place is not None for place in self._placed):
                return [("enter", "choose" if None not in self._placed else "place"), ("←", "take back"), ("→", "skip")]
            return [*hints, ("h", "hint")] if self.view.can_hint and not self.view.hint else hints
        on = "more" if self._reads_on else "next"
        if self.view.printable:
            return [("enter", on), ("p", "print my words"), ("o", "lesson")]
        return [("enter", on), ("o", "lesson"), *(undo_hint(self._row) if self._row else [])]

    def more_keys(self) -> list[Hint]:
        return [("1-9", "choose by number"), ("←", "one back"), *CITED_KEYS]

    def cites(self) -> Cites:
        """Those of an answer; before it, none, as a source's name can give the answer away."""
        view = self.view
        return of_items(self.journey.workspace.pack, [(view.module, view.item)]) if view.answer else Cites()

    def focus_target(self) -> Widget:
        return self.query_one(Rows) if self.view.answer is None else self

    # ------------------------------------------------------------ keys

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        key = event.key
        if self._reply is not None:
            self._send(self._reply._replace(confidence=None if key == NO_MATTER else int(key)))
            return
        item = self.view.item
        if key == UNSURE:
            self.go(Choose(None))
        elif key == WRITE:
            self._write()
        elif key == ALOUD:
            self.go(Retold(""))
        elif key == DONE:
            self._finish()
        elif isinstance(item, MultipleItem | TeachbackItem):
            self._ticked ^= {int(key)}
            self._again()
        elif isinstance(item, MatchItem | OrderItem):
            self._put_in_place(int(key))
        else:
            self._chosen(Reply((int(key),)))

    def on_option_list_option_highlighted(self) -> None:
        """What was said about an answer that was none goes as soon as one moves on."""
        if self._wrong and self.query_one(Rows).key != DONE:
            self._again()

    def _put_in_place(self, place: int) -> None:
        """Give the next open slot this one, or take it out of the slot it stands in."""
        if place in self._placed:
            self._placed[self._placed.index(place)] = None
        else:
            self._placed[self._placed.index(None)] = place
        left = [one for one in self.view.shown if one not in self._placed]
        if len(left) == 1 and self._placed.count(None) == 1 and place in self._placed:
            # nothing else can go there
            self._placed[self._placed.index(None)] = left[0]
        shown = self.view.shown
        at = shown.index(place)
        free = next((str(one) for one in (*shown[at:], *shown[:at]) if one not in self._placed), None)
        self._again(DONE if None not in self._placed else free)

    def _again(self, highlight: str | None = None, wrong: str = "") -> None:
        """Draw the question and its list again, after a change that is not an answer yet."""
        app: KetalearnApp = self.app  # type: ignore[assignment]
        app.say("")
        self._wrong = wrong
        self.query_one("#stem", Static).update(Hanging(Content.assemble(*self._asked())))
        self._fill(highlight)
        self.tell_keys()

    def _finish(self) -> None:
        """What stands there is the answer, if it is one."""
        item = self.view.item
        if isinstance(item, NumberItem):
            if not self._typed or int(self._typed) > item.of:
                self._again(DONE, f"Type a number from 0 to {item.of} first, or choose: {NOT_SURE}.")
                return
            self._chosen(Reply(text=self._typed))
        elif isinstance(item, MultipleItem):
            if not self._ticked:
                self._again(DONE, f"Tick at least one first, or choose: {NOT_SURE}.")
                return
            self._chosen(Reply(tuple(sorted(self._ticked))))
        elif isinstance(item, TeachbackItem):
            self.go(Reply(tuple(sorted(self._ticked)), text=self.view.draft or ""))
        else:
            self._chosen(Reply(tuple(place for place in self._placed if place is not None)))

    def _chosen(self, reply: Reply) -> None:
        """An answer was chosen: ask how sure, where that is asked."""
        if not self.view.asks_how_sure:
            self._send(reply)
            return
        self._reply = reply
        self._wrong = ""
        self.redraw()

    def _send(self, reply: Reply) -> None:
        self._reply = None
        self.go(reply)

    def _write(self) -> None:
        def then(text: str) -> None:
            self.go(Retold(text))

        self.post_message(AskText("In your own words", self.view.item.stem, then, self.view.draft or ""))

    def action_digit(self, digit: str) -> None:
        if isinstance(self.view.item, NumberItem) and self.view.answer is None and not self._asks_sure:
            item, typed = self.view.item, str(int(f"{self._typed}{digit}"))
            if int(typed) > item.of:
                self._again(DONE, f"The most is {item.of}.")
                return
            self._typed = typed
            self._again(DONE)

    def action_erase(self) -> None:
        if self._typed and self.view.answer is None and not self._asks_sure:
            self._typed = self._typed[:-1]
            self._again(DONE)

    def action_hint(self) -> None:
        if self.view.can_hint:
            self.go(Hinted())

    def action_keep(self) -> None:
        """Print the words of a teach-back with the sheet, or no more."""
        if self.view.printable:
            self.go(OnSheet(self.view.item.id))

    def action_next(self) -> None:
        """Go on; on a short screen first down to the end of what an answer says."""
        if self._reads_on:
            self.scroll_page_down(animate=False)
        else:
            self.go(Next())

    @property
    def _reads_on(self) -> bool:
        """Whether there is still to read what an answer says, where little of it has room."""
        return self._short and self.view.answer is not None and self.more_below

    def watch_virtual_size(self) -> None:
        super().watch_virtual_size()
        # only what is laid out has an end to go down to
        self.call_after_refresh(self.tell_keys)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.tell_keys()

    def action_on(self) -> None:
        """Skip; or go on without saying how sure."""
        if self._reply is not None:
            self._send(self._reply)
        else:
            self.go(Next())

    def action_before(self) -> None:
        """Take back what was placed or typed last; else the question before."""
        if self._reply is not None:
            self._reply = None
            self.redraw()
        elif self.view.answer is None and self._typed:
            self.action_erase()
        elif self.view.answer is None and any(place is not None for place in self._placed):
            last = max(at for at, place in enumerate(self._placed) if place is not None)
            self._placed[last] = None
            self._again()
        else:
            self.go(Back())

    def action_open_page(self) -> None:
        self.go(Open(Place("page", module=self.place.module, page=self.view.item.page)))

    def action_undo(self) -> None:
        answer = self.view.answer
        if answer is None or answer.correct:
            return
        aside = self.journey.toggle_set_aside(answer.item)
        self.redraw("Taken back: this adds nothing to My questions." if aside else "Added again.")


MARKS = {"right": "✓ ", "wrong": "✗ ", "missed": "○ ", "plain": "· "}
"""A tick stands beside what was given and is so, and beside nothing else."""
MISSED = "▲ "
"""Beside what is so and was left out of what was ticked: seen first, without colour too."""
LOOKS = {"right": "bold $accent", "wrong": "bold $caution", "missed": "bold", "plain": "$quiet"}


def line_parts(line: Line, item: Item) -> list[Part]:
    """One part of an answered item: the verdict, its words, what is so, and below them what there is to say."""
    look = LOOKS[line.state]
    if isinstance(item, NumberItem):
        said = said_of_number(item, line, "You said")
        return [(f"\n{said}\n" if said else "\n", look), f"    {line.told}\n"]
    verdict_words = f"{line.words}: " if line.words else ""
    left_out = line.words == STATE_WORDS["multiple"]["missed"]
    mark = MISSED if left_out else MARKS[line.state]
    parts: list[Part] = [(f"\n{mark}{verdict_words}{line.heading}\n", "bold $caution" if left_out else look)]
    if line.so:
        parts += [("    The answer: ", "bold"), f"{ended(line.so)}\n"]
    if line.said:
        parts.append((f"    Your pick: {ended(line.said)}\n", "$quiet"))
    return [*parts, f"    {line.told}\n"] if line.told else parts


def added_parts(row: ResultRow) -> list[Part]:
    """What a miss added to My questions, in words."""
    if row.set_aside:
        return [("Not added to My questions, as you chose.", "$quiet"), "\n"]
    if not row.added:
        return [f"Nothing to ask here: read page {row.page_number} again.\n"]
    parts: list[Part] = [("Added to My questions:\n", "bold")]
    for question in row.added[:2]:
        parts += [f"+ {question.text}\n"]
    if len(row.added) > 2:
        parts.append((f"and {len(row.added) - 2} more\n", "$quiet"))
    return parts
