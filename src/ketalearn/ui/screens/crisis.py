"""Crisis help: the lines of the person's region, and of no other unless they open it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ketalearn.journey import Next, Place
from ketalearn.ui.messages import AskOne
from ketalearn.ui.widgets.hanging import Hanging
from ketalearn.ui.widgets.pane import Hint, Pane

Part = str | tuple[str, str]

OPENINGS = {
    "": "You are not alone. People are there to talk with you.",
    "asked": "You are not alone. People are there to talk with you.",
    "words": "Some of your words made us want to show this first. If it does not fit, press enter.",
    "safety": "Thank you for saying so. Please talk with someone now. All else here can wait, and will be kept.",
    "emergency": "Get help first. Call now. All else here can wait.",
    "start": "Not long ago you said that things were very hard. So we show this first. Press enter to go on.",
}
BACK = "Enter takes you back to where you were."


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
        opening = OPENINGS[place.why]
        parts: list[Part] = [(opening, "bold"), "\n\n" if "enter" in opening else f"\n{BACK}\n\n"]
        if crisis.label:
            parts += [(crisis.label, "bold $accent"), "\n\n"]
        # the few to see at a glance come first; each other line keeps its place
        for entry in sorted(crisis.entries, key=lambda entry: not entry.main):
            if entry.emergency:
                parts += [(f"! {entry.reach}", "bold $alert"), "\n\n"]
                continue
            parts += [(entry.name, "bold"), "\n  ", (entry.reach, "bold $accent"), "\n"]
            if entry.for_whom:
                parts.append(f"  {entry.for_whom}\n")
            more = " ".join(words for words in (f"{entry.hours}." if entry.hours else "", entry.mark) if words)
            if more:
                parts.append((f"  {more.replace('..', '.')}\n", "$quiet"))
            parts.append("\n")
        parts += [f"{note}\n" for note in crisis.notes]
        if crisis.unchecked:
            parts.append((f"{crisis.unchecked}\n", "$quiet"))
        if crisis.review_by and self.journey.workspace.today.isoformat() > crisis.review_by:
            parts.append(("These numbers may be out of date.\n", "bold $caution"))
        if not crisis.label:
            parts.append("Press c to see the lines of your country.\n")
        self.query_one(Static).update(Hanging(Content.assemble(*parts)))

    def title(self) -> str:
        return "Crisis help"

    def hints(self) -> list[Hint]:
        return [("enter", "back"), ("c", "countries")]

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
