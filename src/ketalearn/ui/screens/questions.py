"""My questions: what goes on the sheet, and all a person may do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision import edits
from ketalearn.decision.cites import Cites, of_questions
from ketalearn.decision.explain import places_why
from ketalearn.errors import KetalearnError
from ketalearn.journey import Open, Place
from ketalearn.render.wording import ASK_WORDS, FIRST_HEADING, OWN_HEADING, STALE, THEN_HEADING, TOP, back_groups
from ketalearn.ui.messages import AskOne, AskText, FindOne
from ketalearn.ui.printing import SheetPrinting
from ketalearn.ui.visit_day import ask_day
from ketalearn.ui.widgets.cited import CITED_KEYS, CitedPane
from ketalearn.ui.widgets.pane import SHORT, Hint, Pair
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.decision.profile import Profile
    from ketalearn.decision.sheet import Question, Sheet
    from ketalearn.render.formats import Format

Part = str | tuple[str, str]

PRINT_ROW = "Print it now"
SAVE_ROWS: tuple[tuple[str, Format, bool], ...] = (
    ("Save as PDF, to print or send", "pdf", False),
    ("Save as PDF in large print", "pdf", True),
)
MORE_ROW = "More ways: text, web page, QR code, copy"
MORE_SAVE_ROWS: tuple[tuple[str, Format, bool], ...] = (
    ("Save as plain text", "text", False),
    ("Save as a web page", "html", False),
    ("Save as Markdown", "markdown", False),
)
SHARE_ROWS = ("Show as QR code", "Save a QR code picture", "Copy as text")
CHOICES_ROW = "Add the page of choices, and save as PDF"
PLAN_ROW = "Add a plan for worse days and a diary to fill in, and save as PDF"
SOURCES_SHOWN = 2
ABSENT = "absent"
DAY = "day"
FIRST = "FIRST"
"""Marks what to talk about before one starts or goes on: a word, as ! is the key of Crisis help."""
FIRST_MEANS = f"{FIRST}: talk about this before you start or go on."
KEYS = "a add · x off · <> move"
ONE_LINE = 60
"""Cells of the terminal from which a question that is not marked has one line, and those that are not its own."""
AROUND_LINE = 12
BESIDE = 110
"""Cells of the terminal from which what stands behind a question has the room beside the list."""
WHY = "Why this is here: "
WHY_LINES = 2
WRAPPED = 12
"""Cells that may stay empty where lines wrap."""
WIDEST_WHY = 80
MORE_WHY = " … (w: more)"
DO = "e  put it in your own words\n*  star it\nx  take it off\n<  >  move it up or down\nw  why it is here, in full"
TELL = "tell"
ROOMY = 30
"""Rows of a terminal in which the Tell lines leave room for the questions."""
SUFFIX: dict[Format, str] = {"pdf": ".pdf", "text": ".txt", "html": ".html", "markdown": ".md", "json": ".json"}


class QuestionsPane(CitedPane):
    """The sheet, question by question."""

    ABOUT = (
        "These are the questions for your visit, the most pressing first. FIRST means: talk about this before you "
        "start or go on. ★ is your own pick. Star up to three that matter most: they go first. "
        "You can put any question in your own words, add your own, or take one off. p prints or saves."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("asterisk", "star", show=False),
        Binding("e", "edit", show=False),
        Binding("a", "add", show=False),
        Binding("p", "print", show=False),
        Binding("u", "undo", show=False),
        Binding("less_than_sign,comma", "move(-1)", show=False),
        Binding("greater_than_sign,full_stop", "move(1)", show=False),
        Binding("l", "more", show=False),
        Binding("v", "visit", show=False),
        Binding("w", "why", show=False),
        Binding("x", "off", show=False),
        Binding("d", "day", show=False),
    ]

    sheet: Sheet

    def compose(self) -> ComposeResult:
        yield Static(id="tell", markup=False)
        with Pair():
            yield Rows(digits=False)
            yield Static(id="detail", markup=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._show_more = False
        self._show_tell: bool | None = None
        self._marked = ""
        self._printing = SheetPrinting(self, lambda: self._rendered("pdf"))

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.sheet = self.journey.sheet()
        self.query_one("#tell", Static).update(Content.assemble(*self._head()))
        rows = self.query_one(Rows)
        # what one comes for is the first question, not the row above it
        first = None if rows.key or not self.sheet.front else self.sheet.front[0].topic
        self._marked = first or rows.key
        rows.fill(self._rows(), highlight=first)
        self._draw_detail()
        if first:
            # the height of the list is known only when it is laid out: it opens at its top, first question and all
            self.call_after_refresh(self._open_at_top)

    def _open_at_top(self) -> None:
        rows = self.query_one(Rows)
        rows.scroll_home(animate=False, force=True, immediate=True)
        rows.scroll_to_highlight()

    # ------------------------------------------------------------ what stands there

    def _head(self) -> list[Part]:
        sheet = self.sheet
        size = self.app.size
        short = size.height < SHORT
        parts: list[Part] = []
        if not (short and sheet.notices):
            parts += [(counted(min(TOP, len(sheet.on_paper)), sheet.paper_count, len(sheet.more)), "$quiet"), "\n"]
        for notice in sheet.notices:
            parts += [(f"Important: {notice.lead if short else notice.text}", "bold $alert"), "\n"]
        if not short:
            # what the word means stands where the word is seen; the keys that the footer has no room for, too
            meant = [FIRST_MEANS] if any(question.pinned for question in sheet.on_paper) else []
            starred = ["★ is your pick."] if self.journey.profile().starred else []
            keys = [KEYS] if size.width < BESIDE else []
            if line := " ".join([*starred, *meant, *keys]):
                parts += [(line, "$quiet"), "\n"]
        if sheet.content.stale:
            parts += [("Important: ", "bold $alert"), (STALE, "bold $caution"), "\n"]
        return parts[:-1]

    @property
    def _tell_open(self) -> bool:
        """Whether the lines to tell stand in the list: as the person chose, else where there is room."""
        return self.app.size.height >= ROOMY if self._show_tell is None else self._show_tell

    def _rows(self) -> list[Row]:
        sheet = self.sheet
        rows: list[Row] = []
        own = list(zip(sheet.own_names, sheet.own_questions, strict=True))
        starred = set(self.journey.profile().starred)
        marked, room = self._marked, self._line_room

        def own_row(name: str, text: str) -> Row:
            mark = "★" if name in starred else "✎"
            return Row(Content.assemble((f" {mark} ", "bold $accent"), text), name, hang=3)

        def row(number: int, question: Question) -> Row:
            star = ("★" if question.starred else " ", "bold $accent")
            first = [(f"{FIRST}: ", "bold $alert")] if question.pinned else []
            text = question.text
            # what is dangerous, and what the person picked, is never cut
            if room and question.topic != marked and not (question.pinned or question.starred):
                text = shortened(text, room)
            words = Content.assemble(f"{number:>2} ", star, " ", *first, text)
            return Row(words, question.topic, hang=5)

        numbered = list(enumerate(sheet.on_paper, start=1))
        if sheet.tell:
            count = f"{len(sheet.tell)} thing{'s' if len(sheet.tell) > 1 else ''}"
            told = [f"\n    · {line}" for line in sheet.tell] if self._tell_open else []
            mark = "−" if self._tell_open else "+"
            rows.append(Row(Content.assemble((f"{mark} Tell your clinician: ", "bold"), count, *told), TELL, hang=2))
        rows.append(Row(Content(FIRST_HEADING), heading=True))
        rows += [row(number, question) for number, question in numbered[:TOP]]
        rows += [own_row(*one) for one in own[: len(sheet.own_front)]]
        if len(sheet.front) > TOP:
            rows.append(Row(Content(THEN_HEADING), heading=True))
            rows += [row(number, question) for number, question in numbered[TOP : len(sheet.front)]]
        for heading, group in back_groups(sheet):
            rows.append(Row(Content(heading), heading=True))
            rows += [row(number, question) for number, question in group]
        if sheet.own_back or sheet.own_extra:
            rows.append(Row(Content(OWN_HEADING), heading=True))
            rows += [own_row(*one) for one in own[len(sheet.own_front) :]]
        if sheet.more:
            rows.append(Row(Content(f"{'−' if self._show_more else '+'} {len(sheet.more)} more, not on paper"), "more"))
            if self._show_more:
                why = places_why(sheet, self.journey.profile(), self.journey.workspace.pack)
                rows += [
                    Row(
                        Content.assemble(f"   · {question.text}", (f"\n     {why[question.topic]}", "$quiet")),
                        question.topic,
                        hang=5,
                    )
                    for question in sheet.more
                ]
        rows.append(Row(Content("? Why is a question not here?"), ABSENT, hang=2))
        day = self.journey.quiz.visit_day()
        rows.append(Row(Content(f"d The day of my visit: {day.isoformat() if day else 'not set'}"), DAY, hang=2))
        hidden = self.journey.profile().hidden
        if hidden:
            rows.append(Row(Content("Taken off by you: choose one to put it back"), heading=True))
            for topic in hidden:
                rows.append(Row(Content(f" - {self._hidden_words(topic)}"), f"hidden:{topic}", hang=3))
        return rows

    @property
    def _line_room(self) -> int:
        """Cells of a question that is not marked: one line, to show more of them; 0 where it has all that it needs."""
        width, height = self.app.size
        return width - AROUND_LINE if width >= ONE_LINE and SHORT <= height < ROOMY else 0

    def _hidden_words(self, topic: str) -> str:
        if topic.startswith("own:"):
            questions = self.journey.profile().own_questions
            at = int(topic.removeprefix("own:")) - 1
            return questions[at] if at < len(questions) else topic
        for group in self.journey.workspace.pack.groups:
            for prompt in group.prompt:
                if prompt.topic == topic:
                    return prompt.text
        return topic

    def _question(self) -> Question | None:
        key = self.query_one(Rows).key
        return next((one for one in (*self.sheet.on_paper, *self.sheet.more) if one.topic == key), None)

    def _draw_detail(self) -> None:
        detail = self.query_one("#detail", Static)
        question = self._question()
        detail.display = self.app.size.height >= 18
        if question is None:
            detail.update(Content(""))
            return
        because = [f"{reason}." for reason in question.because[:2]]
        sources = self.journey.workspace.pack.sources
        wide = self.app.size.width >= BESIDE
        why = " ".join([*because, question.why])
        if question.unchecked:
            named = "clinical reasoning, not yet checked by a clinician"
        else:
            names = [sources[name].short for name in question.sources if name in sources]
            # the paper has them all; where the list needs the room, two are named
            left = 0 if wide else len(names) - SOURCES_SHOWN
            named = "; ".join(names[: None if wide else SOURCES_SHOWN]) + (f"; and {left} more" if left > 0 else "")
        asked = " or ".join(ASK_WORDS[who] for who in question.ask)
        if wide:
            # beside the list is room for all of it, and for what one can do with the question
            parts: list[Part] = [(f"{question.text}\n\n", "bold $accent"), ("Why this is here\n", "bold"), f"{why}\n\n",
                                 ("Ask\n", "bold"), f"{asked}\n\n", ("Source\n", "bold"), f"{named}.\n\n",
                                 (DO, "$quiet")]  # fmt: skip
        else:
            room = WHY_LINES * (min(self.app.size.width, WIDEST_WHY) - 4) - len(WHY)
            short = shortened(why, room - WRAPPED, MORE_WHY) if SHORT <= self.app.size.height < ROOMY else why
            parts = [(WHY, "bold"), short, (f"\nAsk: {asked}. Source: {named}.", "$quiet")]
        detail.update(Content.assemble(*parts))

    def on_option_list_option_highlighted(self) -> None:
        rows = self.query_one(Rows)
        if self.display and self._line_room and rows.key != self._marked:
            self._marked = rows.key
            rows.fill(self._rows())
            rows.scroll_to_highlight()
        self._draw_detail()

    def title(self) -> str:
        return "My questions"

    def hints(self) -> list[Hint]:
        return [("p", "print"), ("*", "star"), ("e", "edit")]

    def more_keys(self) -> list[Hint]:
        return [
            ("v", "my visit: one question at a time, with room for answers"),
            ("a", "add a question of your own"),
            ("<", "move up"),
            (">", "move down"),
            ("w", "why this question is here, or why one is not"),
            ("x", "take a question off; one of your own you can delete"),
            ("l", "list or hide what is not on paper"),
            ("d", "the day of your visit"),
            ("u", "undo the last change"),
            *CITED_KEYS,
        ]

    def cites(self) -> Cites:
        """Those of the marked question."""
        question = self._question()
        return of_questions((question,)) if question else Cites()

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    # ------------------------------------------------------------ what one may do

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key == "more":
            self.action_more()
        elif event.key == TELL:
            self._show_tell = not self._tell_open
            self.redraw()
        elif event.key == ABSENT:
            self.action_why()
        elif event.key == DAY:
            self.action_day()
        elif event.key.startswith("hidden:"):
            name = event.key.removeprefix("hidden:")
            self._change(lambda profile: edits.hide(profile, name), "Put back.")
        elif event.key:
            self.action_edit()

    def _change(self, change: Callable[[Profile], Profile], words: str) -> None:
        try:
            self.journey.keep(change(self.journey.profile()))
        except KetalearnError as error:
            words = str(error)
        self.redraw(words)

    def action_star(self) -> None:
        name = self.query_one(Rows).key
        if self._question() is not None or name.startswith("own:"):
            on = name in self.journey.profile().starred
            self._change(lambda profile: edits.star(profile, name), "Star taken off." if on else "Starred.")

    def action_edit(self) -> None:
        name = self.query_one(Rows).key
        question = self._question()
        if question is None and not name.startswith("own:"):
            return
        text = question.text if question else self._hidden_words(name)
        self.post_message(
            AskText(
                "In your own words",
                "Change the question as you like. Why it is here and its source stay. "
                "To get the first wording back, leave the field empty.",
                lambda words: self._typed(words, lambda profile: edits.edit(profile, name, words)),
                text,
            )
        )

    def action_add(self) -> None:
        self.post_message(
            AskText(
                "A question of your own",
                "Ask it as you would say it.",
                lambda words: self._typed(words, lambda profile: edits.add_own(profile, words)),
            )
        )

    def _typed(self, words: str, change: Callable[[Profile], Profile]) -> None:
        self._change(change, "Kept." if words.strip() else "")
        if crisis := self.journey.crisis_after(words, self.place):
            self.go(Open(crisis))

    def action_hide(self) -> None:
        name = self.query_one(Rows).key
        question = self._question()
        if question is not None and question.pinned and name not in self.journey.profile().hidden:
            self.post_message(
                AskOne(
                    "This question is about something that can be dangerous.",
                    ["Keep it on paper", "Take it off paper; it stays in the list here"],
                    lambda at: self._change(lambda profile: edits.hide(profile, name), "Taken off.") if at else None,
                    question.text,
                )
            )
        elif question is not None or name.startswith("own:"):
            self._change(lambda profile: edits.hide(profile, name), "Taken off. Press u to undo.")

    def action_move(self, by: int) -> None:
        name = self.query_one(Rows).key
        question = self._question()
        if name.startswith("own:"):
            front = len(self.sheet.own_front)
            names = self.sheet.own_names
            peers = list(names[:front] if name in names[:front] else names[front:])
            self._change(lambda profile: edits.move(profile, name, by, peers), "Moved among your own questions.")
            return
        if question is None:
            return
        peers = [one.topic for one in (*self.sheet.on_paper, *self.sheet.more) if one.rank == question.rank]
        self._change(lambda profile: edits.move(profile, name, by, peers), "Moved among questions of the same weight.")

    def action_day(self) -> None:
        ask_day(self)

    def action_visit(self) -> None:
        self.go(Open(Place("visit")))

    def action_off(self) -> None:
        """Take the marked question off; an own one may be deleted instead, once the person is sure."""
        name = self.query_one(Rows).key
        if not name.startswith("own:"):
            self.action_hide()
            return
        place = int(name.removeprefix("own:")) - 1

        def chosen(at: int) -> None:
            if at == 1:
                self._change(lambda profile: edits.drop_own(profile, place), "Deleted. Press u to undo.")
            elif at:
                self.action_hide()

        self.post_message(
            AskOne(
                "Take this question of your own off?",
                ["Keep it", "Delete it", "Take it off paper; it stays in the list here"],
                chosen,
                self._hidden_words(name),
            )
        )

    def action_why(self) -> None:
        """Why the marked question is here; on the last row, why another is not."""
        name = self.query_one(Rows).key
        if name == ABSENT:
            self.post_message(
                FindOne("Why is a question not here?", list(self.journey.absent(self.sheet)), self._tell_why)
            )
        elif name.startswith("own:"):
            self.redraw("You added this question yourself.")
        else:
            topic = name.removeprefix("hidden:")
            if self._question() is not None or topic in self.journey.bank_topics:
                self._tell_why(topic)

    def _tell_why(self, topic: str) -> None:
        told = self.journey.explained(topic, self.sheet)
        self.inform("Why this question?" if told.number else "Why is it not here?", Content("\n".join(told.lines())))

    def action_more(self) -> None:
        self._show_more = not self._show_more
        self.query_one(Rows).fill(self._rows())

    def action_undo(self) -> None:
        self.redraw("Undone." if self.journey.undo() else "There is nothing to undo.")

    # ------------------------------------------------------------ paper

    def action_print(self) -> None:
        from ketalearn.printing import sheets_folder

        saves = [words for words, _, _ in SAVE_ROWS]
        where = self.told_path(sheets_folder(self.journey.workspace))
        where = "your home folder" if where in ("~", "~/.") else where
        words = f"Saving is done at once, in {where}. A saved sheet stays on this computer until you delete it."
        if self.app.size.height >= SHORT:
            words = f"Printing shows a list of printers first. {words}"
        self.post_message(AskOne("Print or save the sheet", [PRINT_ROW, *saves, MORE_ROW], self._chosen, words))

    def _chosen(self, at: int) -> None:
        if at == 0:
            self._printing.begin()
        elif at <= len(SAVE_ROWS):
            _, form, large = SAVE_ROWS[at - 1]
            self._save(form, large)
        else:
            rows = [*(words for words, _, _ in MORE_SAVE_ROWS), *SHARE_ROWS, CHOICES_ROW]
            if self.journey.workspace.pack.plan is not None:
                rows.append(PLAN_ROW)
            self.post_message(AskOne("More ways", rows, self._chosen_more))

    def _chosen_more(self, at: int) -> None:
        if at < len(MORE_SAVE_ROWS):
            _, form, large = MORE_SAVE_ROWS[at]
            self._save(form, large)
        elif (share := at - len(MORE_SAVE_ROWS)) < len(SHARE_ROWS):
            self._share(share)
        elif share == len(SHARE_ROWS):
            self._save("pdf", choices=True)
        else:
            self._save("pdf", plan=True)

    def _save(self, form: Format, large: bool = False, *, choices: bool = False, plan: bool = False) -> None:
        from ketalearn.printing import sheet_stem, sheets_folder
        from ketalearn.store.folders import free_name, save_new

        workspace = self.journey.workspace
        try:
            data = self._rendered(form, large, choices=choices, plan=plan)
            path = free_name(sheets_folder(workspace), sheet_stem(workspace), SUFFIX[form])
            words = f"Saved: {save_new(path, data)}"
        except (KetalearnError, OSError) as error:
            words = f"The sheet could not be saved: {error}"
        self.redraw(words)

    def _share(self, at: int) -> None:
        """Show the QR code (0), save its picture (1), or copy the sheet (2); then say who can read it."""
        from ketalearn.ui.sharing import copied, picture_saved, shown

        try:
            title, words = (shown, picture_saved, copied)[at](self.app, self.journey, self.sheet)
        except (KetalearnError, OSError) as error:
            self.redraw(f"That did not work: {error}")
            return
        self.inform(title, words, broad=at == 0)

    def _rendered(self, form: Format, large: bool = False, *, choices: bool = False, plan: bool = False) -> bytes:
        from ketalearn.render.choices import choices_page
        from ketalearn.render.formats import paper_for, rendered
        from ketalearn.render.plan import plan_page

        paper = paper_for(self.journey.profile().region or self.journey.workspace.region)
        page = choices_page(self.journey.workspace.pack, self.journey.workspace.today) if choices else None
        workspace = self.journey.workspace
        form_page = plan_page(workspace.pack, self.sheet.crisis, workspace.today) if plan else None
        return rendered(self.sheet, form, paper=paper, large_print=large, choices=page, plan=form_page)


def shortened(text: str, room: int, more: str = "…") -> str:
    """The words of `text` that fit `room` cells, and `more` in place of the others."""
    if len(text) <= room:
        return text
    kept = text[: max(0, room - len(more)) + 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{kept}{more}"


def counted(first: int, printed: int, kept: int) -> str:
    """How many questions go first, how many more are printed of all `printed`, and how many stay in the app."""
    more = printed - first
    if not printed:
        words = "No question is on the sheet."
    elif not first:
        words = f"{more} on the sheet."
    else:
        words = f"Your {first} to ask first" + (f", and {more} more on the sheet." if more else ".")
    return words + (f" {kept} other{'s stay' if kept > 1 else ' stays'} here." if kept else "")
