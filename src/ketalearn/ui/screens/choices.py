"""My choices: the eight options, each with the same fields in the same order and equal room."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.decision.cites import Cites, of_choice
from ketalearn.decision.options import grouped
from ketalearn.journey import Back, Next, Open, Place
from ketalearn.learning.lesson import CITATION
from ketalearn.ui.widgets.cited import CITED_KEYS, CitedPane
from ketalearn.ui.widgets.pane import SHORT, Hint, Pair
from ketalearn.ui.widgets.past_date import banner_parts
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.content.models import Choice

Part = str | tuple[str, str]

# rows of the list that are no option; an id of an option never holds a blank
WIDEST_TEXT = 74
FRAME_LINES = 5
MORE = "j shows serious harms, visits and cost of all choices, side by side."
COMPARE, FIT = "side by side", "what matters"

FIELDS: tuple[tuple[str, str], ...] = (
    ("what", "What it is"),
    ("good", "A good point"),
    ("bad", "A bad point"),
    ("sure", "How sure are we?"),
)


def card_parts(option: Choice) -> list[Part]:
    """An option's card: the same fields for each, in the same order."""
    numbers = {source: number for number, source in enumerate(of_choice(option).sources, start=1)}
    parts: list[Part] = [(option.name, "bold $accent"), "\n"]
    for field, heading in FIELDS:
        text = getattr(option, field)
        parts += ["\n", (heading, "bold"), "\n"]
        at = 0
        for match in CITATION.finditer(text):
            names = [part.strip().removeprefix("@") for part in match[1].split(";")]
            parts += [text[at : match.start()], (f"[{','.join(str(numbers[name]) for name in names)}]", "$quiet")]
            at = match.end()
        parts += [text[at:], "\n"]
    return [part for part in parts if part]


class ChoicesPane(CitedPane):
    """The list of options."""

    ABOUT = (
        "These are eight ways to go, waiting among them. None is best for everyone. Enter opens one. "
        "j shows them side by side, and m next to what matters to you."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "next", show=False),
        Binding("j", "open('compare')", show=False),
        Binding("m", "open('fit')", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Pair():
            yield Rows()
            yield Static(id="detail", markup=False)

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.query_one("#head", Static).update(
            Content.assemble(
                ("What are my choices?", "bold $accent"),
                "\n\nEight ways to go, in equal detail. There is no winner here.",
            )
        )
        options = self.journey.workspace.pack.options
        number_of = {option.id: number for number, option in enumerate(options, start=1)}
        rows: list[Row] = []
        for heading, group in grouped(options):
            rows += [Row(Content(heading), heading=True)] if heading else []
            rows += [Row(Content(f"{number_of[one.id]}  {one.name}"), one.id, hang=3) for one in group]
        if self.journey.workspace.pack.choices.row:
            rows += [
                Row(Content("\nLook at them together" if self.app.size.height >= SHORT else "Together"), heading=True),
                Row(Content("j  Compare them side by side"), COMPARE, hang=3),
                Row(Content("m  See how each fits what matters to me"), FIT, hang=3),
            ]
        self.query_one(Rows).fill(rows)
        self._draw_detail()

    def _draw_detail(self) -> None:
        """On a wide screen: the option that the highlight is on, beside the list."""
        option_id = self.query_one(Rows).key
        option = next((one for one in self.journey.workspace.pack.options if one.id == option_id), None)
        if option is not None:
            above = banner_parts(self.journey.past_date(self.place, (option.id,)))
            self.query_one("#detail", Static).update(Content.assemble(*above, *card_parts(option)))

    def on_option_list_option_highlighted(self) -> None:
        self._draw_detail()

    def title(self) -> str:
        return "My choices"

    def hints(self) -> list[Hint]:
        return [("enter", "open"), ("j", "compare"), ("→", "next")]

    def more_keys(self) -> list[Hint]:
        return [
            ("m", "how each choice fits what matters to me"),
            ("s", "sources of the marked choice"),
            ("g", "its words"),
        ]

    def cites(self) -> Cites:
        """Those of the choice that the highlight is on; of no choice on the other rows."""
        key = self.query_one(Rows).key
        return next((of_choice(one) for one in self.journey.workspace.pack.options if one.id == key), Cites())

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.key in (COMPARE, FIT):
            self.action_open("compare" if event.key == COMPARE else "fit")
            return
        self.go(Open(Place("choice", screen=event.key)))

    def action_open(self, kind: Literal["compare", "fit"]) -> None:
        if self.journey.workspace.pack.choices.row:
            self.go(Open(Place(kind)))

    def action_next(self) -> None:
        self.go(Next())


class ChoicePane(CitedPane):
    """One option on one page."""

    ABOUT = (
        "One of the choices. The right arrow shows the next one, the left arrow the one before. s lists the sources. "
        "j shows all choices side by side, row by row: how soon, common and serious harms, visits, cost."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "compare", show=False),
        Binding("right,enter", "next", show=False),
        Binding("left", "before", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    @property
    def _option(self) -> Choice:
        options = self.journey.workspace.pack.options
        return next(option for option in options if option.id == self.place.screen)

    def draw(self, place: Place) -> None:
        super().draw(place)
        above = banner_parts(self.journey.past_date(place, (place.screen,)))
        card = [*above, *card_parts(self._option)]
        words = Content.assemble(*card, (MORE, "$quiet"))
        # the key stands in the footer, too: no card scrolls for the sake of this line alone
        fits = words.get_height({}, min(self.app.size.width - 4, WIDEST_TEXT)) <= self.app.size.height - FRAME_LINES
        self.query_one(Static).update(words if fits and self._compared else Content.assemble(*card[:-1]))

    def title(self) -> str:
        ids = [option.id for option in self.journey.workspace.pack.options]
        return f"My choices · {ids.index(self.place.screen) + 1} of {len(ids)}"

    def hints(self) -> list[Hint]:
        return [("→", "next"), ("j", "compare"), ("s", "sources")]

    def more_keys(self) -> list[Hint]:
        return [("←", "the choice before"), *CITED_KEYS]

    def action_next(self) -> None:
        self.go(Next())

    def action_before(self) -> None:
        self.go(Back())

    @property
    def _compared(self) -> bool:
        """Whether the pack sets the choices side by side."""
        return bool(self.journey.workspace.pack.choices.row)

    def action_compare(self) -> None:
        if self._compared:
            self.go(Open(Place("compare")))

    def cites(self) -> Cites:
        return of_choice(self._option)
