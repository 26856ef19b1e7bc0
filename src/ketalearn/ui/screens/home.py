"""Home: where you were, the modules with their progress, and the other steps. Reads no lesson and no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.journey import Next, Open, Place, VisitOn
from ketalearn.learning.progress import ModuleProgress
from ketalearn.learning.records import REVIEW
from ketalearn.ui.messages import AskText
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import DIGITS, Row, Rows

if TYPE_CHECKING:
    from ketalearn.journey import Journey

BAR = 8
TITLE_WIDTH = 29
SIDE_BY_SIDE = 76
ROOMY = 22

STEP_ROWS: tuple[tuple[str, str, str], ...] = (
    ("choices", "My choices", "eight ways to go, waiting among them"),
    ("interview", "About me", "private; every question can be skipped"),
    ("matters", "What matters to me", "choose up to three"),
    ("questions", "My questions", ""),
    ("visit", "My visit", "ask, tick, and note the answers"),
    ("about", "About ketalearn", "who made it, who paid, its sources"),
    ("clinic", "From my clinic", "open its file, choose what to send"),
    ("clinics", "For clinics", "nurses and doctors: assign, read returns"),
)


def bar(done: int, of: int) -> str:
    """Progress as eight cells; never full before all is done, never empty once begun."""
    filled = 0 if of == 0 else done * BAR // of
    if 0 < done < of:
        filled = min(max(filled, 1), BAR - 1)
    return "█" * filled + "░" * (BAR - filled)


def digit(number: int) -> str:
    """The key that opens the nth row: 1 to 9, 0 for the tenth; later rows have none."""
    return str(number % 10) if number <= DIGITS else " "


def checking(module: ModuleProgress, mastered: tuple[int, int, bool] | None) -> str:
    """How the quiz stands, in words: how much is mastered, once anything is."""
    if mastered is None or not mastered[0]:
        return module.checking
    done, of, whole = mastered
    return "✓ mastered" if whole else f"{done} of {of} mastered"


class HomePane(Pane):
    """Where every visit begins."""

    ABOUT = (
        "This is home. The first row goes on where you were. Below it are the lessons: enter opens one, "
        "c takes its quiz. Then the other steps, in any order you like. Mastered means: right twice, a day or more "
        "apart, and at least fairly sure. What you missed or guessed comes back: r goes over what is due today. "
        "The last row is for clinics, not for patients."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", show=False),
        Binding("p", "print", show=False),
        Binding("r", "review", show=False),
        Binding("d", "day", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._words = Content("")
        self._rows: list[Row] = []
        self._due = 0

    def begin(self, journey: Journey, place: Place) -> None:
        super().begin(journey, place)
        self._words, self._rows = self._home(journey)
        self.begun = True

    def compose(self) -> ComposeResult:
        yield Static(self._words, markup=False)
        yield Rows(unnumbered=self._unnumbered, rows=self._rows)

    def draw(self, place: Place) -> None:
        super().draw(place)
        words, rows = self._home(self.journey)
        self.query_one(Static).update(words)
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
            words = Content.assemble(("Welcome back.", "bold"), f" You were at: {home.goes_on_words}.")
        else:
            words = Content(journey.workspace.heads.decision)
        rows = [Row(Content.assemble(("▸ Continue" if home.returning else "▸ Start here", "bold"),
                                     f": {home.goes_on_words}"), "continue", hang=2)]  # fmt: skip
        self._due = home.due
        if home.due:
            rows.append(Row(Content.assemble(("▸ Review", "bold"), f": {home.due} due"), "review", hang=2))
        roomy = self.app.size.height >= ROOMY
        number = 0
        if roomy:
            rows.append(Row(Content("\nLearn, and check myself"), "heading:learn", heading=True))
        for module in home.modules:
            number += 1
            words_of = checking(module, home.mastered.get(module.head.id))
            rows.append(Row(self._module(number, module, words_of, wide), f"module:{module.head.id}", hang=3))
        if roomy:
            rows.append(Row(Content("\nThen"), "heading:then", heading=True))
        for key, name, told_of in STEP_ROWS:
            number += 1
            told = told_of
            if key == "visit" and home.visit_day:
                told = f"on {home.visit_day.isoformat()}; d changes the day"
            if key == "questions":
                told = "your sheet for the doctor"
                if home.questions:
                    told = f"{home.questions} on paper so far"
                    told += f", {home.starred} starred" if home.starred else ""
            gap = f"{name:<{TITLE_WIDTH}}" if wide else f"{name}: "
            rows.append(Row(Content.assemble(f"{digit(number)}  {gap}", (told, "$quiet")), f"step:{key}", hang=3))
        return words, rows

    @staticmethod
    def _module(number: int, module: ModuleProgress, checked: str, wide: bool) -> Content:
        title = module.head.title
        if not module.head.readable:
            return Content.assemble(f"{digit(number)}  {title}: ", (module.reading, "$caution"))
        drawn = bar(module.read, module.pages)
        if wide:
            return Content.assemble(
                f"{digit(number)}  {title:<{TITLE_WIDTH}}", (drawn, "$accent"),
                (f"  {module.reading:<12}  {checked}", "$quiet"),
            )  # fmt: skip
        return Content.assemble(f"{digit(number)}  {title}: ", (f"{module.reading}, {checked}", "$quiet"))

    def title(self) -> str:
        return "ketalearn"

    def hints(self) -> list[Hint]:
        if self._due:
            return [("enter", "open"), ("r", "review"), ("c", "quiz")]
        return [("enter", "open"), ("c", "quiz"), ("p", "print")]

    def more_keys(self) -> list[Hint]:
        return [("c", "quiz of this lesson"), ("r", "review: what comes back"), ("p", "print"),
                ("d", "the day of your visit")]  # fmt: skip

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
        day = self.journey.quiz.visit_day()
        self.post_message(
            AskText(
                "When is your visit?",
                "What you may want to go over comes back before that day. Write it as 2026-12-31. Empty takes it away.",
                lambda text: self.go(VisitOn(text)),
                day.isoformat() if day else "",
            )
        )

    def action_print(self) -> None:
        self.go(Open(Place("questions")))
