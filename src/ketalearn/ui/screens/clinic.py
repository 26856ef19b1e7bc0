"""From my clinic: open its file, look at what it asks, and choose line by line what goes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ketalearn.errors import KetalearnError
from ketalearn.journey import Place
from ketalearn.ui.messages import AskMany, AskOne, AskText, Inform
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from ketalearn.clinic.trust import Assignments, Opened

OPEN = "open"
HOW = "Nothing is sent by ketalearn. You make a file, and you decide whether to give it to your clinic."


class ClinicPane(Pane):
    """Files of a clinic."""

    ABOUT = "Open a file that your clinic gave you. Later, choose what to send back, one line at a time."

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.query_one(Static).update(Content.assemble(("From my clinic", "bold $accent"), f"\n{HOW}"))
        rows = [Row(Content("1  Open a file of my clinic"), OPEN, hang=3)]
        for one in self._known().all():
            name, key = one.assignment.clinic.name, one.assignment.id
            for kind, words in (("look", "See what they ask"), ("return", "Choose what to send back")):
                rows.append(Row(Content(f"{len(rows) + 1}  {name}: {words}"), f"{kind}:{key}", hang=3))
        self.query_one(Rows).fill(rows)

    def title(self) -> str:
        return "From my clinic"

    def hints(self) -> list[Hint]:
        return [("enter", "open")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def _known(self) -> Assignments:
        from ketalearn.clinic.trust import Assignments

        return Assignments(self.journey.memory)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        kind, _, name = event.key.partition(":")
        if kind == OPEN:
            self.post_message(
                AskText("Open a file", "Type where the file is, ending in .ketalearn-assign.", self._open)
            )
            return
        opened = self._known().one(name)
        if kind == "look":
            self.post_message(Inform("What they ask", Content("\n".join(self._told(opened)))))
        elif opened.matched:
            self._choose(opened)
        else:
            self._match(opened)

    def _told(self, opened: Opened) -> list[str]:
        titles = {head.id: head.title for head in self.journey.workspace.heads.modules}
        return opened.told(titles, self.journey.workspace.today)

    def _open(self, path: str) -> None:
        from ketalearn.clinic.assignment import LARGEST
        from ketalearn.clinic.commands import read_file

        try:
            data = read_file(Path(path.strip()).expanduser(), LARGEST)
            self._match(self._known().keep(data))
        except KetalearnError as error:
            self.redraw(str(error))

    def _match(self, opened: Opened) -> None:
        words = [*self._told(opened), "", f"The six words of this file: {' '.join(opened.assignment.words)}"]
        if opened.matched:
            self.post_message(Inform("What they ask", Content("\n".join(words))))
            return

        def said(choice: int) -> None:
            from ketalearn.clinic.commands import NO_MATCH

            self._known().say(opened.assignment, choice == 0)
            self.redraw("Its modules now come first on Home." if choice == 0 else NO_MATCH)

        rows = ["Yes, they are the same", "No, or I have no paper"]
        self.post_message(AskOne("Do these match your paper?", rows, said, "\n".join(words)))

    def _choose(self, opened: Opened) -> None:
        from ketalearn.clinic.completion import content_of, parts_of, sealed

        parts = parts_of(self.journey, opened.assignment)

        def ticked(places: list[int]) -> None:
            keys = {parts[place].key for place in places}
            content = content_of(opened.assignment, parts, keys, self.journey.workspace.today)

            def make(choice: int) -> None:
                if choice == 0:
                    name = f"for-my-clinic-{self.journey.workspace.today}.ketalearn-return"
                    where = str(self.journey.workspace.home / name)
                    self.post_message(AskText("Save the file", "Only your clinic can open it.", save, where))

            def save(path: str) -> None:
                from ketalearn.store.folders import save_new

                try:
                    data = sealed(content, opened.assignment.clinic.age_key)
                    self.redraw(f"Saved: {save_new(Path(path.strip()).expanduser(), data)}. Nothing was sent.")
                except KetalearnError as error:
                    self.redraw(str(error))

            self.post_message(
                AskOne("Exactly this would be in the file", ["Make the file", "Not now"], make, content.decode())
            )

        rows = [f"{part.title}: {'; '.join(part.lines)}" for part in parts]
        self.post_message(AskMany("What to send", rows, ticked, "Only what you tick is in the file.", "Go on"))
