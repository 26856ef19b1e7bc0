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
from ketalearn.store.folders import free_name, save_new
from ketalearn.ui.messages import AskFile, AskMany, AskOne, AskText, Inform
from ketalearn.ui.printing import SheetPrinting
from ketalearn.ui.widgets.hanging import DOT
from ketalearn.ui.widgets.pane import Hint, Pane
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketalearn.clinic.completion import Part
    from ketalearn.clinic.trust import Assignments, Opened

OPEN = "open"
OPEN_HELP = "Type where the file is; it ends in .ketalearn-assign. Or paste the text from the mail, all of it."
FOUND = "Found in Downloads, on the Desktop and in this folder. Opening one sends nothing."
TYPE_IT = "Another: type where it is, or paste the text from the mail"
MOST_FOUND = 6
STEM = "for-my-clinic"
WHAT_TO_SEND = (
    "Enter ticks or unticks a row, with all the lines under it. Only what is ticked goes to your clinic; you see it "
    "once more before."
)
ON_PAPER = "Anyone who sees the page can read its lines: be there when it comes out."
HOW = "Nothing is sent by ketalearn. You make a file, and you decide whether to give it to your clinic."


class ClinicPane(Pane):
    """Files of a clinic."""

    ABOUT = "Open a file that your clinic gave you. Later, choose what to send back: you see every line first."

    def __init__(self) -> None:
        super().__init__(classes="-list")

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def draw(self, place: Place) -> None:
        super().draw(place)
        self.query_one(Static).update(Content.assemble(("From my clinic", "bold $accent"), f"\n{HOW}"))
        rows = [Row(Content("1  Open a file of my clinic, or the text from its mail"), OPEN, hang=3)]
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
            self._ask_file()
            return
        opened = self._known().one(name)
        if kind == "look":
            self.post_message(Inform("What they ask", Content("\n".join(self._told(opened)))))
        elif opened.matched:
            self._choose(opened)
        else:
            self._match(opened)

    def _ask_file(self) -> None:
        """Offer the files that lie where mail and browsers put them, else ask for a path or the text."""
        from ketalearn.clinic.assignment import SUFFIX
        from ketalearn.clinic.text import harmless
        from ketalearn.store.folders import files_near

        found = files_near(self.journey.workspace.home, SUFFIX)[:MOST_FOUND]

        def type_it() -> None:
            self.post_message(AskFile("Open a file", OPEN_HELP, self._open))

        def chosen(place: int) -> None:
            if place < len(found):
                self._open(str(found[place]))
            else:
                type_it()

        if not found:
            type_it()
            return
        names = [harmless(f"{path.name}, in {path.parent.name}") for path in found]
        self.post_message(AskOne("Open a file", [*names, TYPE_IT], chosen, FOUND))

    def _told(self, opened: Opened) -> list[str]:
        titles = {head.id: head.title for head in self.journey.workspace.heads.modules}
        return opened.told(titles, self.journey.workspace.today)

    def _open(self, text: str) -> None:
        from ketalearn.clinic.assignment import LARGEST
        from ketalearn.clinic.commands import read_file
        from ketalearn.clinic.pasted import begun

        try:
            data = text.encode() if begun(text) else read_file(Path(text.strip()).expanduser(), LARGEST)
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

            self._known().say(opened.assignment, choice == 1)
            self.redraw("Its modules now come first on Home." if choice == 1 else NO_MATCH)

        # what enter chooses is the safe answer: a yes trusts the file
        rows = ["No, or I am not sure, or I have no paper", "Yes, all six are the same"]
        self.post_message(AskOne("Do these match your paper?", rows, said, "\n".join(words)))

    def _choose(self, opened: Opened) -> None:
        from ketalearn.clinic.completion import BY_DEFAULT, parts_of

        parts = parts_of(self.journey, opened.assignment)

        def ticked(places: list[int]) -> None:
            self._review(opened, parts, frozenset(parts[place].key for place in places))

        from_start = tuple(place for place, part in enumerate(parts) if part.key in BY_DEFAULT)
        self.post_message(
            AskMany("What to send", [_row(part) for part in parts], ticked, WHAT_TO_SEND, "Go on", from_start)
        )

    def _review(self, opened: Opened, parts: Sequence[Part], ticked: frozenset[str]) -> None:
        """All that would be sent, in words, and byte for byte for who asks; then a file, or paper, or nothing."""
        from ketalearn.clinic.completion import by_title, content_of

        content = content_of(opened.assignment, parts, ticked, self.journey.workspace.today)

        def chosen(place: int) -> None:
            if place == 0:
                where = self.told_path(free_name(self._papers, self._stem, ".ketalearn-return"))
                self.post_message(AskText("Save the file", "Only your clinic can open it.", save, where))
            elif place == 1:
                self._paper(opened, parts, ticked, content)
            elif place == 2:
                self.post_message(AskOne("The exact text, byte for byte", ["Back"], again, content.decode()))

        def again(_: int) -> None:
            self._review(opened, parts, ticked)

        def save(path: str) -> None:
            from ketalearn.clinic.completion import sealed

            try:
                saved = save_new(self.typed_path(path), sealed(content, opened.assignment.clinic.age_key))
                self.redraw(f"Saved: {self.told_path(saved)}. Nothing was sent: mail it, or hand it over.")
            except KetalearnError as error:
                self.redraw(str(error))

        lines: list[str] = []
        for title, told in by_title(part for part in parts if part.key in ticked):
            lines += [title, *(f"{DOT}{line}" for line in told), ""]
        code = f"With your code ({opened.assignment.patient_code}), which assignment it is, and the day. Nothing else."
        rows = ["Make the file", "Put it on paper instead", "See the exact text, byte for byte", "Not now"]
        self.post_message(AskOne("Exactly this would be sent", rows, chosen, "\n".join([*lines, code])))

    def _paper(self, opened: Opened, parts: Sequence[Part], ticked: frozenset[str], content: bytes) -> None:
        from ketalearn.render.clinic import paper

        try:
            made = paper(opened.assignment, parts, ticked, content, self.journey)
            path = save_new(free_name(self._papers, self._stem, ".pdf"), made.pdf)
        except KetalearnError as error:
            self.redraw(str(error))
            return

        def chosen(place: int) -> None:
            if place == 1:
                SheetPrinting(self, lambda: made.pdf, keep=lambda _: path, privacy=ON_PAPER, name="page").begin()

        words = f"Saved: {self.told_path(path)}\n\n{made.told}\n\nNothing was sent: hand the page over at the visit."
        self.post_message(AskOne("The page for your clinic", ["Done", "Print it now"], chosen, words))

    @property
    def _papers(self) -> Path:
        from ketalearn.printing import sheets_folder

        return sheets_folder(self.journey.workspace)

    @property
    def _stem(self) -> str:
        return f"{STEM}-{self.journey.workspace.today}"


def _row(part: Part) -> str:
    """A part to tick: its title, and each line that would be sent under it."""
    return f"{part.title}: {part.lines[0]}" if len(part.lines) == 1 else "\n".join([part.title, *part.lines])
