"""Two or more options side by side, row by row; and all options next to what matters to the person."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.decision.cites import Cites, of_compared, of_fits
from ketalearn.decision.options import (
    HOW_TO_READ,
    HOW_TO_READ_SHORT,
    NO_SECOND_ARM,
    ONLY_YOU,
    Picture,
    compared,
    fits,
    numbered,
    titles,
)
from ketalearn.journey import Open, Place
from ketalearn.render.icons import ten_marks
from ketalearn.ui.messages import AskMany
from ketalearn.ui.widgets.cited import CITED_KEYS, CitedPane
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.past_date import banner_parts

if TYPE_CHECKING:
    from ketalearn.content.models import Choice

Part = str | tuple[str, str]

GAP = 3
ROOMY = 30
"""Rows of a terminal from which how to use the table is said in full, above it."""
WIDEST = 114
COMPARED = "options_compared"


class ComparePane(CitedPane):
    """The first option stays; left and right change the ones beside it."""

    ABOUT = (
        "The same questions for each choice, in the order of the list. None of them wins. "
        "The first choice stays; the right and left arrows change what stands beside it. Up and down read on."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "across(1)", show=False),
        Binding("left", "across(-1)", show=False),
        Binding("enter,space", "pick", show=False),
        Binding("m", "fit", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = 1
        self._drawn_width = 0

    def compose(self) -> ComposeResult:
        yield Static(id="names", markup=False)
        yield Static(id="table", markup=False)

    # ------------------------------------------------------------ what stands there

    @property
    def _chosen(self) -> list[Choice]:
        """The options that the person picked (two or more), else all of them."""
        options = {option.id: option for option in self.journey.workspace.pack.options}
        picked = [options[name] for name in self.journey.memory.get(COMPARED) or [] if name in options]
        return picked if len(picked) > 1 else list(options.values())

    @property
    def _columns(self) -> int:
        width = self.app.size.width
        return min(len(self._chosen), 3 if width >= 110 else 2)

    @property
    def _shown(self) -> list[Choice]:
        """The first option and those beside it, which go round."""
        first, *others = self._chosen
        self._at = (self._at - 1) % max(1, len(others)) + 1
        turned = others[self._at - 1 :] + others[: self._at - 1]
        return [first, *turned[: self._columns - 1]]

    def draw(self, place: Place) -> None:
        super().draw(place)
        self._drawn_width = self.app.size.width
        shown = self._shown
        rows = compared(self.journey.workspace.pack, [option.id for option in shown])
        numbers = numbered(cell.sources for row in rows for cell in row.cells)
        stacked = self.app.size.width < 60
        width = min(WIDEST, self.app.size.width - 5)
        column = (width - GAP * (len(shown) - 1)) // len(shown)
        names = self.query_one("#names", Static)
        names.display = not stacked
        names.update(Content.assemble((beside([option.name for option in shown], column), "bold $accent")))
        parts: list[Part] = banner_parts(self.journey.past_date(place, [option.id for option in shown]))
        if not stacked:
            tall = self.app.size.height >= ROOMY
            parts += [(f"{HOW_TO_READ}\n\n" if tall else f"{HOW_TO_READ_SHORT}\n", "$quiet")]
        for row in rows:
            marks = [f"[{','.join(str(numbers[name]) for name in cell.sources)}]" for cell in row.cells]
            texts = [f"{cell.text} {mark}" for cell, mark in zip(row.cells, marks, strict=True)]
            parts += [(row.heading, "bold"), "\n"]
            drawn = [picture_lines(cell.pictures, column if not stacked else width) for cell in row.cells]
            if row.key:
                parts += [("\n".join(textwrap.wrap(row.key, width)), "$quiet"), "\n"]
            if stacked:
                for cell, text, lines in zip(row.cells, texts, drawn, strict=True):
                    parts += [(f"{cell.option.name}\n", "$accent"), f"{text}\n", *(f"{line}\n" for line in lines), "\n"]
            else:
                parts += [beside(texts, column), "\n"]
                if any(drawn):
                    parts += ["\n", columns_of(drawn, column), "\n"]
                parts.append("\n")
        parts += [(f"{HOW_TO_READ} ", "$quiet")] if stacked else []
        parts.append(("No choice here is best for everyone. s lists the sources.", "$quiet"))
        self.query_one("#table", Static).update(Content.assemble(*parts))

    def on_resize(self) -> None:
        if self.is_mounted and self._drawn_width not in (0, self.app.size.width):
            self.draw(self.place)

    def title(self) -> str:
        chosen = self._chosen
        beside_it = [str(chosen.index(option) + 1) for option in self._shown[1:]]
        if self.app.size.width < 60:
            return f"My choices 1, {', '.join(beside_it)} of {len(chosen)}"
        return f"My choices · 1 and {' and '.join(beside_it)} of {len(chosen)}, side by side"

    def hints(self) -> list[Hint]:
        return [("→", "other"), ("enter", "pick"), ("s", "sources")]

    def more_keys(self) -> list[Hint]:
        return [("←", "the one before"), ("m", "next to what matters to me"), *CITED_KEYS[1:]]

    def cites(self) -> Cites:
        return of_compared(self.journey.workspace.pack, [option.id for option in self._shown])

    # ------------------------------------------------------------ actions

    def action_across(self, by: int) -> None:
        self._at += by
        self.redraw()

    def action_fit(self) -> None:
        self.go(Open(Place("fit")))

    def action_pick(self) -> None:
        options = self.journey.workspace.pack.options

        def chosen(ticked: list[int]) -> None:
            if len(ticked) == 1:
                self.redraw("Tick two or more. Nothing was changed.")
                return
            self.journey.memory.put(COMPARED, [options[at].id for at in ticked])
            self._at = 1
            self.redraw()

        self.post_message(
            AskMany(
                "Which choices side by side?",
                [option.name for option in options],
                chosen,
                "Tick two or more. With none ticked, all are there. The first one stays in place.",
                "Show them",
            )
        )


class FitPane(CitedPane):
    """Each value the person chose, and every option in the order of the list."""

    ABOUT = (
        "How each choice goes with what matters to you, one reason each. "
        "There is no score, and the order is always the same. The words are the same for everyone."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "matters", show=False),
        Binding("j", "compare", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        super().draw(place)
        profile = self.journey.profile()
        views = fits(self.journey.workspace.pack, profile)
        numbers = numbered(one.sources for view in views for one in view.fits)
        options = [option.id for option in self.journey.workspace.pack.options] if views else []
        above = banner_parts(self.journey.past_date(place, options))
        parts: list[Part] = [*above, ("How do the choices go with what matters to me?", "bold $accent"), "\n\n"]
        if not views and not profile.own_value:
            parts.append("You have not chosen what matters most to you. Press m to choose up to three things.")
        for view in views:
            parts += [(view.label, "bold"), "\n"]
            for one in view.fits:
                mark = f" [{','.join(str(numbers[name]) for name in one.sources)}]" if one.sources else ""
                parts += [f"{one.option.name}: ", (one.fit, "bold"), f". {one.why}", (mark, "$quiet"), "\n"]
            parts.append("\n")
        if profile.own_value:
            parts += [(f"In my own words: {profile.own_value}", "bold"), f"\n{ONLY_YOU}\n\n"]
        if views:
            parts.append(("No score and no winner: you weigh this, with your clinician.", "$quiet"))
        self.query_one(Static).update(Content.assemble(*(part for part in parts if part and part[0])))

    def title(self) -> str:
        return "My choices" if self.app.size.width < 60 else "My choices · each next to what matters to me"

    def hints(self) -> list[Hint]:
        return [("m", "change"), ("j", "compare"), ("s", "sources")]

    def more_keys(self) -> list[Hint]:
        return CITED_KEYS[1:]

    def cites(self) -> Cites:
        return of_fits(self.journey.workspace.pack, self.journey.profile())

    def action_matters(self) -> None:
        self.go(Open(Place("matters")))

    def action_compare(self) -> None:
        self.go(Open(Place("compare")))


def picture_lines(pictures: tuple[Picture, ...], width: int) -> list[str]:
    """What is counted; then each arm as ten marks with its count, and who they were, in lines of at most `width`."""
    lines: list[str] = []
    for picture, title in zip(pictures, titles(pictures), strict=True):
        lines += textwrap.wrap(title, width)
        for bar, who in picture.arms:
            lines.append(f"{ten_marks(bar.people, bar.of)} {bar.people:g} of {bar.of}")
            lines += textwrap.wrap(who, width, initial_indent="  ", subsequent_indent="  ")
        if len(picture.bars) == 1:
            lines += textwrap.wrap(NO_SECOND_ARM, width)
    return lines


def beside(texts: list[str], column: int) -> str:
    """Texts in columns of `column` cells with a gap between, wrapped."""
    return columns_of([textwrap.wrap(text, column, break_on_hyphens=False) for text in texts], column)


def columns_of(wrapped: list[list[str]], column: int) -> str:
    """Lines that already fit, in columns of `column` cells with a gap between."""
    lines = zip_longest(*wrapped, fillvalue="")
    return "\n".join((" " * GAP).join(part.ljust(column) for part in line).rstrip() for line in lines)
