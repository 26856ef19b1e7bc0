"""Plain mode: the journey line by line, for screen readers, pipes and slow links. No Textual is imported.

Each prompt ends with `> ` on its own line. It takes the number of an option (several: `1 3`), enter for the default
that is shown, or a word (see WORDS). End of input saves and leaves with status 0.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

from ketalearn.decision import cites as behind
from ketalearn.decision import edits
from ketalearn.decision.cites import Cites
from ketalearn.decision.options import LEAN_ASKED, LEAN_HELP
from ketalearn.decision.profile import MOST_VALUES
from ketalearn.decision.visit import CLOSING
from ketalearn.errors import KetalearnError
from ketalearn.journey import (
    HOME,
    AnswerTo,
    Asked,
    Back,
    Begin,
    Journey,
    Next,
    Noted,
    Open,
    Place,
    Ready,
    Said,
    Typed,
    VisitOn,
)
from ketalearn.learning.records import BEFORE, REVIEW
from ketalearn.plain import quiz, words
from ketalearn.workspace import Workspace

if TYPE_CHECKING:
    from ketalearn.decision.medicines import Guess
    from ketalearn.decision.visit import Visit
    from ketalearn.render.answered import AnsweredFormat

NOT_SAID = "Leave it open"
WORDS = "back, skip, undo, sources, words, crisis or !, help or ?, sheet, save PATH, quit"


class Left(Exception):
    """The person said quit, or the input ended."""


@dataclass(frozen=True)
class Step:
    """What a line of input led to: an answer for the journey, or None to ask again."""

    answer: AnswerTo | None


Take = Callable[[list[int]], AnswerTo | None]
NO_WORDS: Mapping[str, AnswerTo] = MappingProxyType({})


class Talk:
    """Asks and tells. `read` gives a line without its end, or None at the end of input."""

    def __init__(self, journey: Journey, read: Callable[[], str | None], write: Callable[[str], None]) -> None:
        self.journey = journey
        self.read = read
        self.write = write
        self.place = HOME
        self._noticed = ""
        self.cites = Cites()
        """What `sources` and `words` tell here."""

    # ------------------------------------------------------------ the loop

    def run(self) -> int:
        self.place = self.journey.start()
        self.journey.quiz.settle()
        try:
            while True:
                self._tell_notice()
                self._advance(self._visit(self.place))
        except Left:
            self._tell_notice()
            self.write(f"{self.journey.parting()} Take care.")
            return 0
        except KeyboardInterrupt:
            # ctrl-C in the middle of a line
            self.write(f"\n{self.journey.parting()} Take care.")
            raise

    def _advance(self, answer: AnswerTo | None) -> None:
        if answer is None:
            return
        try:
            self.place = self.journey.advance(self.place, answer)
        except KetalearnError as error:
            self.write(str(error).splitlines()[0])
            self.place = HOME

    def _tell_notice(self) -> None:
        """Say once what happened to the file of answers."""
        notice = self.journey.memory.notice
        if notice != self._noticed:
            self._noticed = notice
            if notice:
                self.write(notice)

    def _visit(self, place: Place) -> AnswerTo | None:
        """Tell a place and ask what comes next."""
        self.cites = Cites()
        try:
            visit: Callable[[Place], AnswerTo | None] = getattr(self, f"_at_{place.kind}")
            return visit(place)
        except KetalearnError as error:
            self.write(f"This cannot be opened. {str(error).splitlines()[0]}")
            if place.kind == "home":
                raise Left from error
            return Open(HOME)

    # ------------------------------------------------------------ asking

    def _line(self) -> str:
        self.write("> ")
        line = self.read()
        if line is None:
            raise Left
        return line.strip()

    def ask(
        self,
        take: Take,
        default: AnswerTo | None,
        *,
        options: int,
        several: bool = False,
        told: str = "",
        least: int = 1,
        words: Mapping[str, AnswerTo] = NO_WORDS,
        typed: Callable[[str], AnswerTo] | None = None,
    ) -> AnswerTo | None:
        """Ask until something is accepted. `take` gets positions from 0; enter gives `default`.

        `words` are taken here beside those that work anywhere; `typed` takes any other line, where words are asked for.
        """
        while True:
            line = self._line()
            if not line:
                return default
            if line.casefold() in words:
                return words[line.casefold()]
            if self._cited(line):
                continue
            try:
                numbers = [int(part) for part in line.replace(",", " ").split()]
            except ValueError:
                step = self._command(line) if typed else self._word(line)
                if step is not None:
                    return step.answer
                if typed:
                    return typed(line)
            else:
                fits = all(least <= number <= options for number in numbers)
                if fits and (several or len(numbers) == 1):
                    return take([number - 1 for number in numbers])
            many = "one or more numbers" if several else "a number"
            wanted = told or (f"{many} from {least} to {options}" if options else "")
            if options == 1:
                wanted = told or "1"
            here = ", ".join([*([wanted] if wanted else []), "enter", *words])
            self.write(f"Please give {here}, or one of: {WORDS}.")

    def _cited(self, line: str) -> bool:
        """Tell the sources or the new words of the place, when that is what was typed; the prompt comes again."""
        match line.casefold():
            case "sources":
                self.write(words.sources(self.journey, self.cites))
            case "words":
                self.write(words.terms(self.journey, self.cites))
            case _:
                return False
        return True

    def _word(self, line: str) -> Step | None:
        """A word that works anywhere, or None when the line is none of them."""
        word, _, rest = line.partition(" ")
        match word.casefold():
            case "back" if not rest:
                return Step(Back())
            case "skip" if not rest:
                return Step(Next())
            case "crisis" | "!" if not rest:
                return Step(Open(Place("crisis")))
            case "help" | "?" if not rest:
                self.write(words.HELP)
                return Step(None)
            case "home" if not rest:
                return Step(Open(HOME))
            case "sheet" if not rest:
                self.write(words.sheet_text(self.journey))
                return Step(None)
            case "save" if rest:
                self.save(rest.strip())
                return Step(None)
            case "undo" if not rest:
                self.write("Undone." if self.journey.undo() else "There is nothing to undo.")
                return Step(None)
            case "quit" | "exit" if not rest:
                raise Left
        # whatever is typed is looked at for a cry for help, on this computer only
        if crisis := self.journey.crisis_after(line, self.place):
            return Step(Open(crisis))
        return None

    def _text(self, title: str, help_: str, kept: str) -> str | None:
        """Ask for words; None leaves them as they are."""
        self.write(title)
        self.write(help_)
        if kept:
            self.write(f"Now: {kept}")
        self.write("Type it, or press enter to leave it as it is.")
        return self._line() or None

    def save(self, path: str, *, plan: bool = False) -> None:
        """Save the sheet, or with `plan` the sheet and its form; its ending is the format, else PDF."""
        from ketalearn.render.formats import SUFFIXES, paper_for, rendered
        from ketalearn.store.folders import FileInTheWay, save_new

        target = Path(path).expanduser()
        form = SUFFIXES.get(target.suffix.lower())
        if form is None and target.suffix:
            self.write(f"'{path}' does not say which format. End it in .pdf, .html, .md, .txt or .json.")
            return
        if form is None:
            form, target = "pdf", target.with_suffix(".pdf")
        region = self.journey.profile().region or self.journey.workspace.region
        try:
            sheet, workspace = self.journey.sheet(), self.journey.workspace
            page = None
            if plan:
                from ketalearn.render.plan import plan_page

                page = plan_page(workspace.pack, sheet.crisis, workspace.today)
            data = rendered(sheet, form, paper=paper_for(region), plan=page)
            self.write(f"Saved: {save_new(target, data)}")
        except FileInTheWay as error:
            # a command's option is of no use here
            self.write(f"The sheet could not be saved: {error.short}.")
        except (KetalearnError, OSError) as error:
            self.write(f"The sheet could not be saved: {error}")

    def _menu(
        self, rows: Sequence[tuple[str, AnswerTo]], default: AnswerTo | None, default_words: str
    ) -> AnswerTo | None:
        for number, (name, _) in enumerate(rows, start=1):
            self.write(f"{number}. {name}")
        self.write(f"Press enter to {default_words}.")
        return self.ask(lambda chosen: rows[chosen[0]][1], default, options=len(rows))

    # ------------------------------------------------------------ places

    def _at_welcome(self, _place: Place) -> AnswerTo | None:
        self.write(words.welcome(self.journey))
        return self._menu([], Next(), "begin")

    def _at_home(self, _place: Place) -> AnswerTo | None:
        home = self.journey.home()
        self.write("Home")
        if home.returning:
            self.write(f"Welcome back. You were at: {home.goes_on_words}.")
        if home.asked_words:
            self.write(home.asked_words)
        rows: list[tuple[str, AnswerTo]] = []
        for module in home.modules:
            head = module.head
            rows.append((f"Read: {head.title} ({module.reading})", Open(Place("page", module=head.id))))
        for module in home.modules:
            if module.items:
                rows.append((f"Quiz: {module.head.title} ({module.checking})",
                             Open(Place("item", module=module.head.id))))  # fmt: skip
        rows += [
            ("My choices", Open(Place("choices"))),
            ("About me", Open(Place("interview"))),
            ("What matters to me", Open(Place("matters"))),
            ("My questions", Open(Place("questions"))),
            ("My visit", Open(Place("visit"))),
            ("Crisis help", Open(Place("crisis"))),
            ("About ketalearn", Open(Place("about"))),
            ("From my clinic", Open(Place("clinic"))),
            ("For clinics, not for patients", Open(Place("clinics"))),
        ]
        day = home.visit_day.isoformat() if home.visit_day else "not given"
        rows.append((f"The day of my visit ({day})", VisitOn("")))
        if home.due:
            rows.append((f"Review: {home.due} due", Open(Place("item", screen=REVIEW))))
        go_on = f"{'go on with' if home.returning else 'start with'} {home.goes_on_words}"
        answer = self._menu(rows, Next(), go_on)
        return self._visit_day() if isinstance(answer, VisitOn) else answer

    def _visit_day(self) -> AnswerTo | None:
        """Ask for the day of the visit: what is to go over comes back before it."""
        self.write("When is your visit? What you may want to go over comes back before that day.")
        self.write("Write it as 2026-12-31. 1. Take the day away")
        self.write("Press enter to leave it as it is.")
        return self.ask(lambda _: VisitOn(""), None, options=1, typed=VisitOn)

    def _at_page(self, place: Place) -> AnswerTo | None:
        lesson = self.journey.lesson(place)
        self.cites = behind.of_lesson(self.journey.workspace.pack, lesson)
        self.write(words.lesson(self.journey, place, lesson))
        rows: list[tuple[str, AnswerTo]] = [("Next page", Next()), ("Page before", Back())]
        if self.journey.head(place.module).pages[0] == place.page and self.journey.quiz.may_guess(place.module):
            rows.append(("Guess first: a few questions, no marks", Open(Place("item", place.module, screen=BEFORE))))
        self.write("Type sources or words for the sources and the new words of this page.")
        for number, (name, _) in enumerate(rows, start=1):
            self.write(f"{number}. {name}")
        self.write("Press enter for the next page.")
        while True:
            line = self._line()
            if self._cited(line):
                continue
            if not line:
                return Next()
            if line.isdigit() and 1 <= int(line) <= len(rows):
                return rows[int(line) - 1][1]
            if (step := self._word(line)) is not None:
                return step.answer
            numbers = "1 or 2" if len(rows) == 2 else f"1 to {len(rows)}"
            self.write(f"Please give {numbers}, enter, or one of: {WORDS}.")

    def _at_item(self, place: Place) -> AnswerTo | None:
        return quiz.at_item(self, place)

    def _at_feedback(self, place: Place) -> AnswerTo | None:
        return quiz.at_feedback(self, place, self._menu)

    def _at_results(self, place: Place) -> AnswerTo | None:
        return quiz.at_results(self, place, self._menu)

    def _at_choices(self, _place: Place) -> AnswerTo | None:
        self.write("My choices. Eight ways to go, in equal detail. There is no winner here.")
        options = self.journey.workspace.pack.options
        rows: list[tuple[str, AnswerTo]] = [
            (option.name, Open(Place("choice", screen=option.id))) for option in options
        ]
        if self.journey.workspace.pack.choices.row:
            rows += [("Side by side, row by row", Open(Place("compare"))),
                     ("Next to what matters to me", Open(Place("fit")))]  # fmt: skip
        return self._menu(rows, Next(), "read the first")

    def _at_compare(self, _place: Place) -> AnswerTo | None:
        options = self.journey.workspace.pack.options
        self.write("Which choices side by side? Give two or more numbers.")
        for number, option in enumerate(options, start=1):
            self.write(f"{number}. {option.name}")
        self.write("Press enter for all.")
        said: list[int] | None = None

        def take(numbers: list[int]) -> AnswerTo:
            nonlocal said
            said = numbers
            return Open(Place("choices"))

        everything = Open(Place("choices"))
        answer = self.ask(take, everything, options=len(options), several=True)
        if said is None and answer is not everything:
            return answer
        self.cites = behind.of_compared(self.journey.workspace.pack, [options[at].id for at in said or ()])
        self.write(words.side_by_side(self.journey, [options[at].id for at in said or ()]))
        return self._menu([("Next to what matters to me", Open(Place("fit")))], Open(Place("choices")), "see the list")

    def _at_fit(self, _place: Place) -> AnswerTo | None:
        self.cites = behind.of_fits(self.journey.workspace.pack, self.journey.profile())
        self.write(words.fit_words(self.journey))
        rows: list[tuple[str, AnswerTo]] = [
            ("Change what matters to me", Open(Place("matters"))),
            ("Side by side, row by row", Open(Place("compare"))),
        ]
        return self._menu(rows, Open(Place("choices")), "see the list")

    def _at_choice(self, place: Place) -> AnswerTo | None:
        option = next(one for one in self.journey.workspace.pack.options if one.id == place.screen)
        self.cites = behind.of_choice(option)
        self.write(words.choice(self.journey, place.screen))
        rows: list[tuple[str, AnswerTo]] = [("Next", Next()), ("The one before", Back()), ("Home", Open(HOME))]
        return self._menu(rows, Next(), "go on")

    def _at_interview(self, place: Place) -> AnswerTo | None:
        screens = self.journey.screens
        pack = self.journey.workspace.pack
        screen = next(one for one in pack.interview.screen if one.id == place.screen)
        self.write(f"About me, {screens.index(place.screen) + 1} of {len(screens)}: {screen.title}")
        for name in screen.fields:
            answer = self._field(place, name)
            if answer is not None:
                return answer
        return Next()

    def _field(self, place: Place, name: str) -> AnswerTo | None:
        """Ask one field; None means it was answered or left, and the screen goes on."""
        field = self.journey.workspace.vocabulary.fields[name]
        chosen = self.journey.profile().chosen(name)
        order = [value for group in field.group for value in group.values]
        order += [value.id for value in field.value if value.id not in order]
        screen = next(one for one in self.journey.workspace.pack.interview.screen if one.id == place.screen)
        self.write(words.field(field, order, chosen, under=screen.title))
        several = field.kind == "many"
        none = len(order) + 1
        self.write(f"{none}. {'None of these' if several else NOT_SAID}")
        now = "keep what is ticked" if chosen else "skip"
        self.write(f"Give {'one or more numbers' if several else 'a number'}. Press enter to {now}.")
        said: list[int] | None = None

        def take(numbers: list[int]) -> AnswerTo:
            nonlocal said
            said = numbers
            return Next()

        answer = self.ask(take, Next(), options=none, several=several)
        if said is None and not isinstance(answer, Next):
            return answer if answer is not None else self._field(place, name)
        if said is not None:
            values = tuple(order[at] for at in said if at < len(order))
            before = self.place
            self._advance(Said(name, values))
            if self.place != before:
                # Crisis help came first; it leads back to this screen's next field by itself
                crisis = self.place
                self.place = before
                return Open(crisis)
        if name == "medicines":
            return self._typed("medicine_names", "Names of medicines you take", "With a comma between them.",
                               ", ".join(self.journey.profile().medicine_names))  # fmt: skip
        if name == "concerns":
            return self._typed("free_text", "Something else you want to say",
                               "In your own words. It stays on this computer, and is not printed.",
                               self.journey.profile().free_text)  # fmt: skip
        return None

    def _typed(self, field: str, title: str, help_: str, kept: str) -> AnswerTo | None:
        text = self._text(title, help_, kept)
        if text is None:
            return None
        if len(text.split()) <= 2 and (step := self._command(text)) is not None:
            return step.answer
        before = self.place
        names_before = self.journey.profile().medicine_names
        self._advance(Typed(field, text))
        if self.place != before:
            crisis = self.place
            self.place = before
            return Open(crisis)
        if field == "medicine_names":
            for guess in self.journey.medicine_guesses(names_before):
                if (answer := self._confirm(guess)) is not None:
                    return answer
            self.write(words.medicines(self.journey))
        if field == "free_text":
            return self._suggest()
        return None

    def _confirm(self, guess: Guess) -> AnswerTo | None:
        """Ask whether a name with a slip was meant for a known one; enter leaves it as typed."""
        self.write(f"Did you mean {guess.known.name} ({guess.known.kind_words})?")
        self.write(f"1. Yes: {guess.known.name}")
        self.write("2. No: type it again")
        self.write(f"3. Leave it as typed: {guess.typed}")
        self.write("Press enter to leave it as typed.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, None, options=3)
        if picked == [0]:
            self.journey.correct_name(guess)
        if picked == [1]:
            return self._typed("medicine_names", "Names of medicines you take", "With a comma between them.",
                               ", ".join(self.journey.profile().medicine_names))  # fmt: skip
        return answer

    def _suggest(self) -> AnswerTo | None:
        """Offer what the free text made us think of; only what is picked is added."""
        offered = self.journey.suggested()
        if not offered:
            return None
        self.write("Your words made us think of:")
        for number, (_, label) in enumerate(offered, start=1):
            self.write(f"{number}. [ ] {label}")
        self.write("Give the numbers to add. Press enter to add none.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, None, options=len(offered), several=True)
        if answer is None:
            facts = [fact for fact, _ in offered]
            self.journey.add_suggested(facts, [facts[at] for at in picked])
            self.write("Added." if picked else "Nothing was added.")
        return answer

    def _at_ready(self, _place: Place) -> AnswerTo | None:
        self.write("Am I ready to choose? This is not a test. A no adds a question to ask.")
        for statement in self.journey.workspace.pack.statements:
            said = {"yes": "yes", "not_sure": "not sure", "no": "no"}.get(self.journey.readiness(statement.id), "")
            self.write(statement.text)
            self.write(f"1. Yes\n2. Not sure\n3. No\nPress enter to {f'keep: {said}' if said else 'skip'}.")
            picked: list[int] = []

            def take(numbers: list[int], into: list[int] = picked) -> AnswerTo | None:
                into.extend(numbers)
                return None

            answer = self.ask(take, Next(), options=3)
            if picked:
                self._advance(Ready(statement.id, ("yes", "not_sure", "no")[picked[0]]))
            elif not isinstance(answer, Next):
                return answer
        return Next()

    def _command(self, text: str) -> Step | None:
        """The words that work even where text is asked for."""
        if text.casefold() in ("back", "skip", "undo", "crisis", "!", "help", "?", "quit"):
            return self._word(text)
        return None

    def _at_overview(self, _place: Place) -> AnswerTo | None:
        self.write(words.overview(self.journey))
        screens = self.journey.workspace.pack.interview.screen
        rows: list[tuple[str, AnswerTo]] = [
            (f"Change: {screen.title}", Open(Place("interview", screen=screen.id))) for screen in screens
        ]
        return self._menu(rows, Next(), "go on to what matters")

    def _at_matters(self, place: Place) -> AnswerTo | None:
        values = self.journey.workspace.pack.personal_values
        chosen = self.journey.profile().values
        self.write(f"What matters most to me? Up to {MOST_VALUES}.")
        for number, value in enumerate(values, start=1):
            self.write(f"{number}. {'[x]' if value.id in chosen else '[ ]'} {value.label}. {value.help}")
        self.write(f"{len(values) + 1}. None of these")
        now = "keep what is ticked" if chosen else "skip"
        self.write(f"Give up to {MOST_VALUES} numbers. Press enter to {now}.")
        said: list[int] | None = None

        def take(numbers: list[int]) -> AnswerTo:
            nonlocal said
            said = numbers
            return Next()

        answer = self.ask(take, Next(), options=len(values) + 1, several=True)
        if said is None and not isinstance(answer, Next):
            return answer
        if said is not None:
            picked = tuple(values[at].id for at in said if at < len(values))
            if len(set(picked)) > MOST_VALUES:
                self.write(f"Please give at most {MOST_VALUES}.")
                return None
            self._advance(Said("values", picked))
        return self._typed("own_value", "Does something else matter to you?",
                           "In your own words. It is printed on your sheet.",
                           self.journey.profile().own_value) or Next()  # fmt: skip

    def _at_questions(self, _place: Place) -> AnswerTo | None:
        self.cites = behind.of_questions(self.journey.sheet().front[:3])
        self.write(words.questions(self.journey))
        names = ["Read the whole sheet", "Save as PDF", "Star a question", "Put a question in my own words",
                 "Add a question of my own", "Take a question off", "Undo the last change",
                 "Send to the printer", "Home", "Why is a question here?", "Why is a question not here?",
                 "Move a question of my own up", "Delete a question of my own",
                 "Show as QR code", "Save a QR code picture",
                 "Save as PDF with a plan for worse days and a diary to fill in",
                 "Say where I lean now"]  # fmt: skip
        for number, name in enumerate(names, start=1):
            self.write(f"{number}. {name}")
        self.write("Press enter to go home.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, Open(HOME), options=len(names))
        if not picked:
            return answer
        match picked[0]:
            case 0:
                self.write(words.sheet_text(self.journey))
            case 1 | 15:
                from ketalearn.printing import sheet_stem, sheets_folder
                from ketalearn.store.folders import free_name

                workspace = self.journey.workspace
                self.save(str(free_name(sheets_folder(workspace), sheet_stem(workspace), ".pdf")), plan=picked[0] == 15)
            case 2 | 3 | 5:
                return self._change(picked[0])
            case 4:
                return self._own()
            case 6:
                self.write("Undone." if self.journey.undo() else "There is nothing to undo.")
            case 7:
                return self._print()
            case 9:
                return self._why()
            case 10:
                return self._why_not()
            case 11 | 12:
                return self._own_question(picked[0])
            case 13 | 14:
                self._code(show=picked[0] == 13)
            case 16:
                return self._typed("leaning", LEAN_ASKED, LEAN_HELP, self.journey.profile().leaning)
            case _:
                return Open(HOME)
        return None

    def _code(self, *, show: bool) -> None:
        """Show the QR code, where the window has room for it, or save its picture."""
        import os
        import shutil

        from ketalearn.output import can_print
        from ketalearn.render import qr

        sheet = self.journey.sheet()
        try:
            if not show:
                self.write(f"Saved: {qr.keep_picture(sheet, self.journey.workspace)}")
                self.write(f"{qr.WARNING} {qr.NOT_A_LINK}")
                return
            # room for the warning and for the prompt
            lines, trouble = qr.for_window(sheet, *shutil.get_terminal_size(), beside=(0, 3))
        except (KetalearnError, OSError) as error:
            self.write(f"That did not work: {error}")
            return
        if os.environ.get("NO_COLOR"):
            trouble = qr.COLOURS_OFF
        elif not can_print("█▀▄"):
            trouble = "This terminal cannot show a QR code."
        if trouble:
            self.write(f"{trouble} You can save it as a picture instead.")
            return
        self.write(qr.painted(lines))
        self.write(qr.WARNING)

    def _print(self) -> AnswerTo | None:
        """Let a printer be chosen, send the sheet there, say what became of it."""
        from ketalearn.printing import PrintTrouble, keep_pdf, print_system
        from ketalearn.render.formats import paper_for, rendered

        workspace = self.journey.workspace
        region = self.journey.profile().region or workspace.region
        system = print_system()
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        outcome = None
        try:
            printers = system.printers()
        except PrintTrouble as trouble:
            outcome = trouble.outcome
        else:
            self.write("Which printer?")
            for number, printer in enumerate(printers, start=1):
                self.write(f"{number}. {printer.words}")
            self.write("On a printer that others use, be there when it comes out: it is about your health.")
            self.write("Press enter to leave it.")
            answer = self.ask(take, None, options=len(printers))
            if not picked:
                return answer
        try:
            path = keep_pdf(rendered(self.journey.sheet(), "pdf", paper=paper_for(region)), workspace)
        except (KetalearnError, OSError) as error:
            self.write(f"The sheet could not be saved, so it was not printed: {error}")
            return None
        if outcome is None:
            self.write("Sending...")
            outcome = system.send(path, printers[picked[0]].name)
        self.write(outcome.told)
        self.write(f"The sheet is saved here: {path}")
        return None

    def _pick(self, rows: Sequence[str]) -> tuple[int | None, AnswerTo | None]:
        """The position of the row that was picked (None for none), and what a word led to."""
        for number, row in enumerate(rows, start=1):
            self.write(f"{number}. {row}")
        self.write("Which number? Press enter to leave it.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, None, options=len(rows))
        return (picked[0] if picked else None), answer

    def _why(self) -> AnswerTo | None:
        """Why one of the questions is here, on paper or kept."""
        sheet = self.journey.sheet()
        questions = (*sheet.on_paper, *sheet.more)
        at, answer = self._pick([question.text for question in questions])
        if at is not None:
            self.write("\n".join(self.journey.explained(questions[at].topic, sheet).lines()))
        return answer

    def _why_not(self) -> AnswerTo | None:
        """Why a question is not here, found by a word."""
        self.write("Type a word of the question. Press enter to see all.")
        word = self._line()
        if (step := self._command(word)) is not None:
            return step.answer
        if crisis := self.journey.crisis_after(word, self.place):
            return Open(crisis)
        sheet = self.journey.sheet()
        rows = [row for row in self.journey.absent(sheet) if word.casefold() in f"{row[1]} {row[0]}".casefold()]
        if not rows:
            self.write("No question that is left out has this word.")
            return None
        at, answer = self._pick([text for _, text in rows])
        if at is not None:
            self.write("\n".join(self.journey.explained(rows[at][0], sheet).lines()))
        return answer

    def _own_question(self, what: int) -> AnswerTo | None:
        """Move up (11) or delete (12) a question of one's own."""
        sheet = self.journey.sheet()
        if not sheet.own_names:
            self.write("You have no question of your own yet.")
            return None
        at, answer = self._pick(sheet.own_questions)
        if at is None:
            return answer
        name, profile = sheet.own_names[at], self.journey.profile()
        if what == 11:
            front = len(sheet.own_front)
            peers = sheet.own_names[:front] if at < front else sheet.own_names[front:]
            self.journey.keep(edits.move(profile, name, -1, peers))
        else:
            self.write("1. Keep it\n2. Delete it\nPress enter to keep it.")
            if self._line() != "2":
                return None
            self.journey.keep(edits.drop_own(profile, int(name.removeprefix("own:")) - 1))
        self.write("Done. Type undo to take it back.")
        return None

    def _own(self) -> AnswerTo | None:
        text = self._text("A question of your own", "Ask it as you would say it.", "")
        if text is None:
            return None
        self.journey.keep(edits.add_own(self.journey.profile(), text))
        self.write("Done.")
        crisis = self.journey.crisis_after(text, self.place)
        return Open(crisis) if crisis else None

    def _change(self, what: int) -> AnswerTo | None:
        """Star (2), reword (3) or take off (5) one of the questions on paper, by its number."""
        sheet = self.journey.sheet()
        names = [question.topic for question in sheet.on_paper]
        own = self.journey.profile().own_questions
        names += [f"own:{at}" for at in range(1, len(own) + 1)]
        texts = [question.text for question in sheet.on_paper] + list(own)
        for number, text in enumerate(texts, start=1):
            self.write(f"{number}. {text}")
        self.write("Which number? Press enter to leave it.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, None, options=len(names))
        if not picked:
            return answer
        name = names[picked[0]]
        profile = self.journey.profile()
        words_typed = ""
        try:
            if what == 2:
                self.journey.keep(edits.star(profile, name))
            elif what == 5:
                pinned = picked[0] < len(sheet.on_paper) and sheet.on_paper[picked[0]].pinned
                if pinned and not self._sure():
                    return None
                self.journey.keep(edits.hide(profile, name))
            else:
                words_typed = self._text("In your own words", "Why it is here and its source stay.",
                                         texts[picked[0]]) or ""  # fmt: skip
                if not words_typed:
                    return None
                self.journey.keep(edits.edit(profile, name, words_typed))
        except KetalearnError as error:
            self.write(str(error))
            return None
        self.write("Done.")
        crisis = self.journey.crisis_after(words_typed, self.place)
        return Open(crisis) if crisis else None

    def _sure(self) -> bool:
        self.write("This question is about something that can be dangerous.")
        self.write("1. Keep it on paper")
        self.write("2. Take it off paper; it stays in the list here")
        self.write("Press enter to keep it.")
        return self._line() == "2"

    def _at_visit(self, place: Place) -> AnswerTo | None:
        visit = self.journey.visit()
        question = visit.question(place.screen)
        at, of = visit.names.index(place.screen) + 1, len(visit.names)
        self.write(f"My visit, {at} of {of}.")
        if question:
            self.write(" ".join(filter(None, [question.mark, question.text])))
            self.write("Asked." if question.asked else "Not asked yet.")
        else:
            self.write("\n".join(CLOSING[place.screen]))
        if note := visit.note(place.screen):
            self.write(f"My note: {note}")
        rows: list[tuple[str, AnswerTo | None]] = [("Write the note", None)]
        if question:
            rows.append(("Not asked after all" if question.asked else "I asked this", Asked(not question.asked)))
        rows += [("The one before", Back()), ("All my notes, and saving", Open(Place("notes")))]
        for number, (name, _) in enumerate(rows, start=1):
            self.write(f"{number}. {name}")
        self.write("Press enter for the next one.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return rows[numbers[0]][1]

        answer = self.ask(take, Next(), options=len(rows))
        return self._note() if picked == [0] else answer

    def _note(self) -> AnswerTo | None:
        """Ask for the words of a note; the words that work anywhere still do."""
        text = self._text("What did you hear?", "In your own words. It is kept at once.", "")
        if text is None:
            return None
        if (step := self._command(text)) is not None:
            return step.answer
        return Noted(text)

    def _at_notes(self, _place: Place) -> AnswerTo | None:
        visit = self.journey.visit()
        self.write(words.visit_notes(visit))
        names = ["Save as PDF", "Save as plain text", "Save as Markdown", "Save a PDF that says nothing about me",
                 "Change a note", "Add a question that came up", "Begin a new visit", "Home"]  # fmt: skip
        for number, name in enumerate(names, start=1):
            self.write(f"{number}. {name}")
        self.write("Press enter to go home.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        answer = self.ask(take, Open(HOME), options=len(names))
        if not picked:
            return answer
        match picked[0]:
            case 0 | 1 | 2 | 3:
                forms: tuple[AnsweredFormat, ...] = ("pdf", "text", "markdown", "pdf")
                self._save_answers(visit, forms[picked[0]], hide=picked[0] == 3)
            case 4:
                self.write(f"Which one? 1 to {len(visit.names)}. Press enter to leave it.")
                return self.ask(
                    lambda chosen: Open(Place("visit", screen=visit.names[chosen[0]])), None, options=len(visit.names)
                )
            case 5:
                text = self._text("A question that came up", "Write it as you would say it.", "")
                self.journey.add_to_visit(text or "")
                crisis = self.journey.crisis_after(text or "", self.place)
                return Open(crisis) if crisis else None
            case 6:
                return Begin()
            case _:
                return Open(HOME)
        return None

    def _save_answers(self, visit: Visit, form: AnsweredFormat, *, hide: bool) -> None:
        from ketalearn.printing import sheets_folder
        from ketalearn.render.answered import SUFFIX, answered_of, rendered, stem
        from ketalearn.render.formats import paper_for
        from ketalearn.store.folders import free_name, save_new

        workspace = self.journey.workspace
        paper = paper_for(self.journey.profile().region or workspace.region)
        try:
            data = rendered(answered_of(self.journey, visit, hide=hide), form, paper=paper)
            path = save_new(free_name(sheets_folder(workspace), stem(visit), SUFFIX[form]), data)
            self.write(f"Saved: {path}")
        except (KetalearnError, OSError) as error:
            self.write(f"The sheet could not be saved: {error}")

    def _at_crisis(self, place: Place) -> AnswerTo | None:
        self.write(words.crisis(self.journey, place))
        codes = [code for code in self.journey.workspace.pack.help_regions if code != "other"]
        regions = self.journey.workspace.pack.help_regions
        self.write("Give a number to see another country:")
        for number, code in enumerate(codes, start=1):
            self.write(f"{number}. {regions[code].label}")
        self.write("Press enter to go on.")
        picked: list[int] = []

        def take(numbers: list[int]) -> AnswerTo | None:
            picked.extend(numbers)
            return None

        while True:
            answer = self.ask(take, Next(), options=len(codes))
            if not picked:
                return answer
            self.write(words.crisis(self.journey, place, region=codes[picked.pop()]))
            self.write("Press enter to go on.")

    def _at_about(self, _place: Place) -> AnswerTo | None:
        from ketalearn.commands import about_lines

        self.write("\n".join(about_lines(self.journey.workspace.pack)))
        return self._menu([("How good is this tool?", Open(Place("rating")))], Open(HOME), "go home")

    def _at_rating(self, _place: Place) -> AnswerTo | None:
        from ketalearn.render.rating import rating_lines

        self.write("\n".join(rating_lines(self.journey.workspace.pack)))
        return self._menu([("About ketalearn", Open(Place("about")))], Open(HOME), "go home")

    def _at_clinics(self, _place: Place) -> AnswerTo | None:
        from ketalearn.plain.clinic import FOR_CLINICS

        self.write(FOR_CLINICS)
        return self._menu([], Open(HOME), "go home")

    def _at_clinic(self, place: Place) -> AnswerTo | None:
        from ketalearn.plain.clinic import open_or_return

        class Away(Exception):
            """A word that leads elsewhere."""

        answers: list[AnswerTo] = []

        def ask() -> str:
            while (step := self._word(line := self._line())) is not None:
                if step.answer is not None:
                    answers.append(step.answer)
                    raise Away
            return line

        try:
            return Open(place) if open_or_return(self.journey, self.write, ask) else Open(HOME)
        except Away:
            return Open(HOME) if isinstance(answers[0], Back | Next) else answers[0]


def run_plain(workspace: Workspace, stdin: TextIO = sys.stdin, stdout: TextIO = sys.stdout) -> int:
    """Plain mode over standard input and output."""

    def read() -> str | None:
        line = stdin.readline()
        return line if line else None

    def write(text: str) -> None:
        stdout.write(text if text == "> " else f"{text}\n")
        if text == "> ":
            stdout.flush()

    return Talk(Journey(workspace), read, write).run()
