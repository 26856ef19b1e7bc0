"""Crisis help: the lines of the person's region, and of no other unless they open it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.decision.safety import WEB
from ketalearn.journey import Next, Place
from ketalearn.ui.messages import AskOne
from ketalearn.ui.widgets.hanging import Hanging
from ketalearn.ui.widgets.pane import SHORT, Hint, Pane

if TYPE_CHECKING:
    from ketalearn.decision.safety import CrisisEntry

WIDE_FOOTER = 60
"""Columns from which the footer has room for more than one key of the pane."""

Part = str | tuple[str, str]

OPENINGS = {
    "": "You are not alone. People are there to talk with you.",
    "asked": "You are not alone. People are there to talk with you.",
    "words": "Some of your words made us want to show this first. If it does not fit, press enter.",
    "safety": "Thank you for saying so. Please talk with someone now. All else here can wait, and will be kept.",
    "emergency": "Get help first. Call now. All else here can wait.",
    "start": "Not long ago you said that things were very hard. So we show this first. Press enter to go on.",
}
ELSEWHERE = "Not there? Press c."
NO_REGION = "Press c to see the lines of your country."
APART = " · "
"""Between two ways to reach a line, so that its numbers do not run together."""


class CrisisPane(Pane):
    """One key away on every screen; one key leads on."""

    ABOUT = "Phone, text and web help where you live. c shows another country. Enter goes back to where you were."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right", "on", show=False),
        Binding("c", "country", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def draw(self, place: Place) -> None:
        if getattr(self, "place", None) != place:
            self._region = ""
        super().draw(place)
        crisis = self.journey.crisis(region=self._region)
        # on a small screen who to call stands first, and no line is left empty
        short = self.app.size.height < SHORT
        gap = "" if short else "\n"
        opening: list[Part] = [(f"{OPENINGS[place.why]}\n", "bold"), gap]
        if crisis.label:
            country: list[Part] = [(crisis.label, "bold $accent"), f". {ELSEWHERE}\n", gap]
        else:
            country = [f"{NO_REGION}\n", gap]
        # the few to see at a glance come first; each other line keeps its place
        entries = sorted(crisis.entries, key=lambda entry: not entry.main)
        told = [self._entry(entry, gap) for entry in entries]
        # the emergency number and the first line to talk with, whichever of the two comes first
        ahead = max(2, 1 + next((at for at, entry in enumerate(entries) if not entry.emergency), 0))
        if short:
            parts = [*chain(*told[:ahead]), *country, *opening, *chain(*told[ahead:])]
        else:
            parts = [*opening, *country, *chain(*told)]
        parts += [f"{note}\n" for note in crisis.notes]
        if crisis.unchecked:
            parts.append(f"{crisis.unchecked}\n")
        if crisis.review_by and self.journey.workspace.today.isoformat() > crisis.review_by:
            parts.append(("These numbers may be out of date.\n", "bold $caution"))
        self.query_one(Static).update(Hanging(Content.assemble(*parts)))

    @staticmethod
    def _entry(entry: CrisisEntry, gap: str) -> list[Part]:
        """One line of help: who, then how, then for whom and when."""
        if entry.emergency:
            return [(f"! {entry.reach}\n", "bold $alert"), gap]
        spoken = APART.join(way for way in entry.ways if not way.startswith(WEB))
        written = next((way for way in entry.ways if way.startswith(WEB)), "")
        reach = "\n  ".join(filter(None, (spoken, written))) or entry.reach
        parts: list[Part] = [(entry.name, "bold"), "\n  ", (reach, "bold $accent"), "\n"]
        if entry.for_whom:
            parts.append(f"  {entry.for_whom}\n")
        more = " ".join(words for words in (f"{entry.hours}." if entry.hours else "", entry.mark) if words)
        if more:
            parts.append((f"  {more.replace('..', '.')}\n", "$quiet"))
        return [*parts, gap]

    def title(self) -> str:
        return "Crisis help"

    def hints(self) -> list[Hint]:
        keys: list[Hint] = [("enter", "back"), ("c", "countries")]
        # where one key has room beside esc, it is the one that no other says
        return keys if self.app.size.width >= WIDE_FOOTER else keys[::-1]

    def action_on(self) -> None:
        self.go(Next())

    def action_country(self) -> None:
        regions = self.journey.workspace.pack.help_regions
        self._codes = [code for code in regions if code not in ("other", "")]
        labels = [regions[code].label for code in self._codes]
        self.post_message(AskOne("Which country are you in?", labels, self._choose))

    def _choose(self, at: int) -> None:
        self._region = self._codes[at]
        self.redraw()
