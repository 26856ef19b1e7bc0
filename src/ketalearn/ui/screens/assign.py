"""A new assignment: a form of a few rows, kept at every change. The work itself is in `clinic.desk`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.errors import KetalearnError
from ketalearn.journey import Open, Place
from ketalearn.ui.messages import AskMany, AskOne, AskText
from ketalearn.ui.widgets.desk import DeskPane
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from ketalearn.clinic.desk import Draft

LABEL_WIDTH = 20
NEEDED = "needed: "
"""Before what a row still lacks: a word, since `!` is the key of crisis help."""
SIDE_BY_SIDE = 60
CODE_HELP = (
    "This code was made up and says nothing about anyone. Write it in your own file beside the name. "
    "You may type another: letters, digits, . _ or -. Never a name or a date of birth."
)
DUE_HELP = "Write a date like {today}, or a number of days, such as 14. Leave it empty for no date."
MODULES_WORDS = "Enter ticks a row. Choose few: each takes about ten minutes."
PLAIN_HELP = "One plain line, at most 200 letters. No price, dose or promise. Empty takes it away."
DELETED_ALONE = "What was assigned with it stays as it is."
TEMPLATE_HELP = "A short name: letters, digits, - or _."


class AssignPane(DeskPane):
    """The form."""

    ABOUT = (
        "Each row is one part of the assignment; enter changes it. What you have is kept if you leave. The last row "
        "makes the file for the patient and the handout to print."
    )

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._patient = ""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def draw(self, place: Place) -> None:
        super().draw(place)
        with self.desk() as desk:
            # a code that was shown once stays, whatever happens next
            self._draft = desk.keep(desk.draft())
            who = f"{desk.name}{', ' if desk.phone else ''}{desk.phone}" if desk.name else f"{NEEDED}who you are"
            templates = len(desk.roster.templates())
        self.query_one(Static).update(Content.assemble(("New assignment", "bold $accent")))
        # another form begins at its code, which is to be written down; within one the mark stays
        another, self._patient = self._draft.patient != self._patient, self._draft.patient
        self.query_one(Rows).fill(self._rows(who, templates), highlight="patient" if another else None)

    def _rows(self, who: str, templates: int) -> list[Row]:
        from ketalearn.clinic.assignment import NOT_WHOLE

        draft = self._draft
        titles = {head.id: head.title for head in self.journey.workspace.heads.modules}
        chosen = ", ".join(titles.get(module, module) for module in draft.modules)
        lines = (
            ("patient", "Patient's code", f"{draft.patient}: write it in the chart now"),
            ("modules", "What to read", chosen or f"{NEEDED}choose modules"),
            ("due", "Due", draft.due or "no date"),
            ("questions", "Your questions", self._counted(draft.questions)),
            ("note", "Your note", draft.note or "none"),
            ("who", "From", who),
            ("template", "Templates", f"{templates} kept" if templates else "none kept"),
            ("empty", "Empty this form", "and make up a new code"),
        )
        wide = self.app.size.width >= SIDE_BY_SIDE
        rows = []
        for number, (key, label, told) in enumerate(lines, start=1):
            name = f"{label:<{LABEL_WIDTH}}" if wide else f"{label}: "
            style = "$caution" if told.startswith(NEEDED) else ""
            hang = 3 + (LABEL_WIDTH if wide else 0)
            rows.append(Row(Content.assemble(f"{number}  ", (name, "$quiet"), (told, style)), key, hang=hang))
            if key == "modules" and draft.modules and not draft.whole_picture:
                rows.append(Row(Content(f"   Note: {NOT_WHOLE}"), "heading:whole", heading=True, hang=3))
        rows.append(Row(Content("→ Make the file and the handout"), "make", hang=2))
        return rows

    @staticmethod
    def _counted(questions: tuple[str, ...]) -> str:
        return f"{len(questions)}: {questions[0]}" + (" ..." if len(questions) > 1 else "") if questions else "none"

    def title(self) -> str:
        return "New assignment"

    def hints(self) -> list[Hint]:
        return [("enter", "change")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    # ------------------------------------------------------------ changing a row

    def _keep(self, draft: Draft, words: str = "") -> None:
        with self.desk() as desk:
            desk.keep(draft)
        self.redraw(words)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        draft = self._draft
        match event.key:
            case "patient":
                self.post_message(AskText("Patient's code", CODE_HELP, self._coded, draft.patient))
            case "modules":
                self._ask_modules()
            case "due":
                today = self.journey.workspace.today.isoformat()
                self.post_message(AskText("Due", DUE_HELP.format(today=today), self._dated, draft.due))
            case "questions":
                self._ask_questions()
            case "note":
                self._ask_plain("Your note", draft.note, self._noted)
            case "who":
                self.ask_who(lambda: self.redraw("Kept."))
            case "template":
                self._templates()
            case "empty":
                self._ask_to_empty()
            case "make":
                self._make()

    def _ask_to_empty(self) -> None:
        """Empty the form, once that is sure: the code of this one may stand in a chart already."""

        def chosen(place: int) -> None:
            if place == 1:
                with self.desk() as desk:
                    desk.keep(desk.fresh())
                self.redraw("Emptied. This form has another code.")

        rows = ["Keep it", "Empty it, and make up another code"]
        self.post_message(AskOne("Empty this form?", rows, chosen, f"It is for {self._draft.patient}."))

    def _coded(self, text: str) -> None:
        from ketalearn.clinic.assignment import CODE
        from ketalearn.clinic.text import harmless

        code = text.strip()
        if not CODE.fullmatch(code):
            self.redraw(f"'{harmless(code)}' cannot be a code; use up to 40 letters, digits, . _ or -, and no name.")
            return
        with self.desk() as desk:
            known = desk.roster.has(code)
        self._keep(
            replace(self._draft, patient=code), f"{code} has an assignment already; this adds one." if known else ""
        )

    def _ask_modules(self) -> None:
        heads = [head for head in self.journey.workspace.heads.modules if head.readable]
        rows = [f"{head.title}, {head.minutes} minutes" for head in heads]
        ticked = tuple(place for place, head in enumerate(heads) if head.id in self._draft.modules)

        def chosen(places: list[int]) -> None:
            self._keep(replace(self._draft, modules=tuple(heads[place].id for place in places)))

        self.post_message(AskMany("What to read", rows, chosen, MODULES_WORDS, "Keep these", ticked))

    def _dated(self, text: str) -> None:
        from ketalearn.clinic.desk import due_from

        try:
            self._keep(replace(self._draft, due=due_from(text, self.journey.workspace.today)))
        except KetalearnError as error:
            self.redraw(str(error))

    def _ask_questions(self) -> None:
        from ketalearn.clinic.desk import MOST_QUESTIONS

        questions = self._draft.questions
        more = ["Write another"] if len(questions) < MOST_QUESTIONS else []

        def write(place: int) -> None:
            text = questions[place] if place < len(questions) else ""
            self._ask_plain("Your question", text, lambda said: self._asked(place, said))

        if not questions:
            write(0)
            return

        def chosen(place: int) -> None:
            if place < len(questions) + len(more):
                write(place)

        self.post_message(AskOne("Your questions", [*questions, *more, "Back"], chosen, "Enter changes one."))

    def _ask_plain(self, title: str, text: str, then: Callable[[str], None], fault: str = "") -> None:
        """Ask for a line that stands on the sheet, again with what was typed until it may stand there."""
        from ketalearn.clinic.text import fault_in

        def said(words: str) -> None:
            words = words.strip()
            if trouble := fault_in(words):
                self._ask_plain(title, words, then, f"\n\nThis cannot stand on the sheet: {trouble}.")
            else:
                then(words)

        self.post_message(AskText(title, f"{PLAIN_HELP}{fault}", said, text))

    def _asked(self, place: int, text: str) -> None:
        questions = list(self._draft.questions)
        questions[place : place + 1] = [text] if text else []
        self._keep(replace(self._draft, questions=tuple(questions)))

    def _noted(self, text: str) -> None:
        self._keep(replace(self._draft, note=text))

    def _templates(self) -> None:
        with self.desk() as desk:
            names = list(desk.roster.templates())

        def chosen(place: int) -> None:
            if place < len(names):
                with self.desk() as desk:
                    desk.keep(desk.with_template(self._draft, names[place]))
                self.redraw(f"Filled in from {names[place]}.")
            elif place == len(names):
                self.post_message(AskText("Keep as a template", TEMPLATE_HELP, self._named))
            elif more and place == len(names) + 1:
                self._ask_which_to_delete(names)

        more = ["Delete a template"] if names else []
        rows = [*(f"Fill in: {name}" for name in names), "Keep this form as a template", *more, "Back"]
        self.post_message(AskOne("Templates", rows, chosen, "Modules, questions and note; never a code or a date."))

    def _ask_which_to_delete(self, names: list[str]) -> None:
        def sure(name: str) -> None:
            def chosen(place: int) -> None:
                if place == 1:
                    with self.desk() as desk:
                        desk.roster.drop_template(name)
                    self.redraw(f"Deleted: {name}")

            rows = [f"Keep {name}", f"Delete {name}"]
            self.post_message(AskOne("Delete this template?", rows, chosen, DELETED_ALONE))

        def chosen(place: int) -> None:
            if place > 0:
                sure(names[place - 1])

        self.post_message(AskOne("Delete which template?", ["None", *names], chosen, DELETED_ALONE))

    def _named(self, name: str) -> None:
        try:
            with self.desk() as desk:
                desk.keep_template(name, self._draft)
        except KetalearnError as error:
            self.redraw(str(error))
        else:
            self.redraw(f"Kept: {name.strip()}")

    # ------------------------------------------------------------ making it

    def _make(self) -> None:
        from ketalearn.clinic.keys import ABOUT_KEYS, IF_LOST

        with self.desk() as desk:
            named, has_keys = bool(desk.name), desk.has_keys
        if not self._draft.modules:
            self.redraw("Choose what to read first: row 2.")
        elif not named:
            self.ask_who(self._make)
        elif has_keys:
            self._hand_over()
        else:

            def chosen(place: int) -> None:
                if place == 0:
                    self.save_copy(lambda _: self._hand_over())
                elif place == 1:
                    self._hand_over()

            rows = ["Make the keys, and save a copy", "Make the keys; I save a copy later", "Not now"]
            self.post_message(AskOne("Your keys are made now", rows, chosen, f"{ABOUT_KEYS}\n\n{IF_LOST}"))

    def _hand_over(self) -> None:
        """Make it, and leave the form, which now has another code: what was made is told above the menu."""
        try:
            with self.desk() as desk:
                handed = desk.hand_over(self._draft)
        except KetalearnError as error:
            self.redraw(str(error))
            return

        def told() -> None:
            # the menu, which stands there once the journey went
            if isinstance(menu := self.app.pane, DeskPane):  # type: ignore[attr-defined]
                menu.tell_handed(handed)

        self.go(Open(Place("clinics")), told)
