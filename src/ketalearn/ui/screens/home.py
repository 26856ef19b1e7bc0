"""Home: where you were, the modules with their progress, and the other steps. Reads no lesson and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.journey import Kind, Next, Open, Place
from ketalearn.learning.progress import ModuleProgress
from ketalearn.learning.records import REVIEW
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import DIGITS, Row, Rows

if TYPE_CHECKING:
    from ketalearn.journey import HomeView, Journey

BAR = 6
TITLE_WIDTH = 29
SIDE_BY_SIDE = 76
ROOMY = 20
AIRY = 28
"""Rows of a terminal from which the list has headings, and from which they have an empty line above."""
MOVING = "Up and down arrows move, enter opens."

STEP_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("j", "choices", "My choices", "eight ways to go, waiting among them"),
    ("y", "interview", "About me", "for you or one you help; skip any"),
    ("m", "matters", "What matters to me", "choose up to three"),
    ("p", "questions", "My questions", ""),
    ("v", "visit", "My visit", "ask, tick, and note the answers"),
    ("i", "about", "About ketalearn", "who made it, who paid, its sources"),
    ("f", "clinic", "From my clinic", "open its file, choose what to send"),
    ("z", "clinics", "For clinics", "nurses and doctors: assign, read returns"),
)
"""The key shown before the row, the kind of place that it opens, and its words. No other pane uses the key for another
thing: see LETTERS in tests/ui/test_keys.py."""
NOT_BEGUN = ("not started", "quiz not started")


def bar(done: int, of: int) -> str:
    """Progress as BAR cells; never full before all is done, never empty once begun; nothing before that."""
    if not done:
        return " " * BAR
    filled = 0 if of == 0 else done * BAR // of
    if 0 < done < of:
        filled = min(max(filled, 1), BAR - 1)
    return "━" * filled + "─" * (BAR - filled)


def digit(number: int) -> str:
    """The key that opens the nth row: 1 to 9, 0 for the tenth; later rows have none."""
    return str(number % 10) if number <= DIGITS else " "


def checking(module: ModuleProgress, mastered: tuple[int, int, bool] | None) -> str:
    """How the quiz stands, in words: how much is mastered, once anything is."""
    if mastered is None or not mastered[0]:
        return module.checking
    done, of, whole = mastered
    return "✓ mastered" if whole else f"{done} of {of} mastered"


def standing(reading: str, checked: str) -> tuple[str, str]:
    """How reading and quiz stand, in words; of what is not begun nothing is said."""
    return ("" if reading in NOT_BEGUN else reading, "" if checked in NOT_BEGUN else checked)


def _goes_on(home: HomeView) -> str:
    """Where one goes on, in words. The page that was opened last is not how many were read, so both are said."""
    place = home.goes_on
    module = next((one for one in home.modules if place and one.head.id == place.module), None)
    if not home.returning or place is None or place.kind != "page" or module is None or not module.read:
        return home.goes_on_words
    return f"{module.head.title}, opened at page {module.head.pages.index(place.page) + 1}; {module.reading}"


class HomePane(Pane):
    """Where every visit begins."""

    ABOUT = (
        "This is home. The first row goes on where you were. Below it are the lessons: enter or the number opens one, "
        "c takes its quiz. Then the other steps, each by the letter before it, in any order you like. "
        "Mastered means: right twice, a day or more apart, and at least fairly sure. What you missed or "
        "guessed comes back: r goes over what is due today. "
        "The last row is for clinics, not for patients."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", show=False),
        *(Binding(key, f"open('{kind}')", show=False) for key, kind, _, _ in STEP_ROWS),
        Binding("r", "review", show=False),
        Binding("d", "day", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._words = Content("")
        self._rows: list[Row] = []
        self._due = 0
        self._modules = 0

    def begin(self, journey: Journey, place: Place) -> None:
        super().begin(journey, place)
        self._words, self._rows = self._home(journey)
        self.begun = True

    def compose(self) -> ComposeResult:
        yield Static(self._words, markup=False)
        rows = Rows(unnumbered=self._unnumbered, rows=self._rows)
        rows.numbered = min(self._modules, DIGITS)
        yield rows

    def draw(self, place: Place) -> None:
        super().draw(place)
        words, rows = self._home(self.journey)
        self.query_one(Static).update(words)
        self.query_one(Rows).numbered = min(self._modules, DIGITS)
        self.query_one(Rows).fill(rows, unnumbered=self._unnumbered)

    @property
    def _unnumbered(self) -> int:
        """Rows above the first that carries a digit."""
        return 2 if self._due else 1

    def _home(self, journey: Journey) -> tuple[Content, list[Row]]:
        """The words above the rows, and the rows."""
        home = journey.home()
        wide = self.app.size.width >= SIDE_BY_SIDE
        if home.returning:
            # one line: who comes back knows the arrows, and "?" tells them
            words = Content.assemble(("Welcome back.", "bold"), f" {home.asked_words or MOVING}")
        else:
            told = f"\n{home.asked_words}" if home.asked_words else ""
            words = Content(f"{journey.workspace.heads.decision}\n{MOVING}{told}")
        self._modules = len(home.modules)
        rows = [Row(Content.assemble(("→ Continue where you were" if home.returning else "→ Start here", "bold"),
                                     f": {_goes_on(home)}"), "continue", hang=2)]  # fmt: skip
        self._due = home.due
        if home.due:
            rows.append(Row(Content.assemble(("→ Review", "bold"), f": {home.due} due"), "review", hang=2))
        roomy = self.app.size.height >= ROOMY
        airy = self.app.size.height >= AIRY
        if roomy:
            words_above = "Lessons, each with its quiz"
            rows.append(Row(Content(f"\n{words_above}" if airy else words_above), "heading:learn", heading=True))
        for number, module in enumerate(home.modules, start=1):
            words_of = checking(module, home.mastered.get(module.head.id))
            rows.append(Row(self._module(number, module, words_of, wide), f"module:{module.head.id}", hang=3))
        if roomy:
            rows.append(Row(Content("\nThen" if airy else "Then"), "heading:then", heading=True))
        for letter, key, name, told_of in STEP_ROWS:
            told = told_of
            if key == "visit" and home.visit_day:
                told = f"on {home.visit_day.isoformat()}; d changes the day"
            if key == "questions":
                told = "your sheet for the doctor"
                if home.questions:
                    told = f"{home.questions} to print so far"
                    told += f", {home.starred} starred" if home.starred else ""
            gap = f"{name:<{TITLE_WIDTH}}" if wide else f"{name}: "
            rows.append(Row(Content.assemble(f"{letter}  {gap}", (told, "$quiet")), f"step:{key}", hang=3))
        return words, rows

    @staticmethod
    def _module(number: int, module: ModuleProgress, checked: str, wide: bool) -> Content:
        title = module.head.title
        if not module.head.readable:
            return Content.assemble(f"{digit(number)}  {title}: ", (module.reading, "$caution"))
        drawn = bar(module.read, module.pages)
        reading, checked = standing(module.reading, checked)
        if wide:
            return Content.assemble(
                f"{digit(number)}  {title:<{TITLE_WIDTH}}", (drawn, "$accent"),
                (f"  {reading:<11} {checked}".rstrip(), "$quiet"),
            )  # fmt: skip
        told = ", ".join(filter(None, (reading, checked)))
        return Content.assemble(f"{digit(number)}  {title}{': ' if told else ''}", (told, "$quiet"))

    def title(self) -> str:
        return "ketalearn"

    def hints(self) -> list[Hint]:
        if self._due:
            return [("enter", "open"), ("r", "review"), ("c", "quiz")]
        return [("enter", "open"), ("c", "quiz"), ("p", "questions")]

    def more_keys(self) -> list[Hint]:
        return [("c", "quiz of this lesson"), ("r", "review: what comes back"),
                ("d", "the day of your visit"),
                *((key, name) for key, _, name, _ in STEP_ROWS)]  # fmt: skip

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        kind, _, name = event.key.partition(":")
        match kind:
            case "continue":
                self.go(Next())
            case "review":
                self.action_review()
            case "module":
                self.go(Open(Place("page", module=name)))
            case _:
                self.go(Open(Place(name)))  # type: ignore[arg-type]

    def action_check(self) -> None:
        kind, _, name = self.query_one(Rows).key.partition(":")
        modules = self.journey.home().modules
        here = self.journey.home().goes_on
        module = name if kind == "module" else (here.module if here and here.module else modules[0].head.id)
        self.go(Open(Place("item", module=module)))

    def action_review(self) -> None:
        self.go(Open(Place("item", screen=REVIEW)))

    def action_day(self) -> None:
        from ketalearn.ui.visit_day import ask_day

        ask_day(self)

    def action_open(self, kind: Kind) -> None:
        self.go(Open(Place(kind)))
