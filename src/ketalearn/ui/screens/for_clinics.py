"""For clinics: what one can do, the clinic's name and keys. The work itself is in `clinic.desk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from ketalearn.errors import KetalearnError
from ketalearn.journey import Open, Place
from ketalearn.ui.messages import AskFile, AskOne, Inform
from ketalearn.ui.widgets.desk import WHOEVER, DeskPane
from ketalearn.ui.widgets.pane import Hint
from ketalearn.ui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from pathlib import Path

    from ketalearn.clinic.desk import Tally

LABEL_WIDTH = 26
SIDE_BY_SIDE = 60
LEAD = "Ask a patient to read, and see what they choose to send back. By files and paper: no account, no server."
ADD_HELP = (
    "Type where the files are: one, several, a folder, or a pattern such as *.ketalearn-return. Or paste the text of a "
    "scanned page. The same one twice does no harm."
)
NEITHER = "not said yet"
BEGUN_WORDS = "Start new empties it and makes up another code."
FOUND_WORDS = "Found in Downloads, on the Desktop and in this folder. The same one twice does no harm."
NO_COPY = "no copy yet: if lost, returns stay shut"
MOST_SHOWN = 12


class ClinicsPane(DeskPane):
    """The clinic's menu."""

    ABOUT = (
        "This part is for nurses and doctors. Make an assignment: choose modules, add your own questions, print a "
        "handout. Later, add what patients send back, and read it by code. Patients do not need this page."
    )

    def __init__(self) -> None:
        super().__init__(classes="-list")
        self._adding = False

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Rows()

    def draw(self, place: Place) -> None:
        from ketalearn.clinic.desk import counted

        super().draw(place)
        with self.desk() as desk:
            rows = desk.roster.rows()
            aside = desk.roster.aside()
            returned = sum(bool(row.returns) for row in rows)
            begun = desk.begun
            known = f"{counted(len(rows))}, {returned} returned" if rows else "nothing assigned yet"
            if desk.has_keys:
                keys = f"copied on {desk.backed_up}" if desk.backed_up else NO_COPY
            else:
                keys = "made with your first assignment"
            name = desk.name or NEITHER
            last = desk.last_code
        self.query_one(Static).update(Content.assemble(("For clinics", "bold $accent"), f"\n{LEAD}"))
        lines = (
            ("assign", "New assignment", f"begun for {begun}" if begun else "choose modules, print a handout"),
            ("roster", "What came back", known + (f", {aside} set aside" if aside else "")),
            ("add", "Add returns", "files, a folder, or pasted text"),
            ("export", "Save the list", "as CSV, for a spreadsheet"),
            ("figures", "Figures of the questions", "pooled, without codes"),
            ("keys", "Your keys", keys),
            ("name", "Your clinic", name),
            *((("last", "Made last", f"{last}: print or copy it again"),) if last else ()),
        )
        wide = self.app.size.width >= SIDE_BY_SIDE
        self.query_one(Rows).fill(
            [
                Row(
                    Content.assemble(
                        f"{number}  ",
                        f"{label:<{LABEL_WIDTH}}" if wide else f"{label}: ",
                        (told, "$caution" if told == NO_COPY else "$quiet"),
                    ),
                    key,
                    hang=3,
                )
                for number, (key, label, told) in enumerate(lines, start=1)
            ]
        )

    def title(self) -> str:
        return "For clinics"

    def hints(self) -> list[Hint]:
        return [("enter", "open")]

    def focus_target(self) -> Widget:
        return self.query_one(Rows)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        match event.key:
            case "assign":
                self._assign()
            case "roster":
                self.go(Open(Place("roster")))
            case "add":
                self._ask_returns()
            case "export":
                self._export()
            case "figures":
                with self.desk() as desk:
                    words = "\n".join(desk.statistics())
                self.post_message(Inform("Figures of the questions", Content(words)))
            case "keys":
                self._keys()
            case "last":
                with self.desk() as desk:
                    handed = desk.handed
                if handed is not None:
                    self.tell_handed(handed)
            case _:
                self.ask_who(lambda: self.redraw("Kept."))

    def _assign(self) -> None:
        """The form; when one is begun already, ask which: it may be another patient's."""
        with self.desk() as desk:
            begun = desk.begun

        def chosen(place: int) -> None:
            if place == 1:
                with self.desk() as desk:
                    desk.keep(desk.fresh())
            self.go(Open(Place("assign")))

        if begun:
            self.post_message(AskOne("A form is begun", [f"Continue {begun}", "Start new"], chosen, BEGUN_WORDS))
        else:
            self.go(Open(Place("assign")))

    # ------------------------------------------------------------ taking in

    def _ask_returns(self) -> None:
        """Offer the files that lie where mail and browsers put them, else ask for a path or a text."""
        from ketalearn.clinic.text import harmless

        with self.desk() as desk:
            found = desk.returns_near()
            where = str(desk.roster.get("returns_from") or "")
        shown = found[:MOST_SHOWN]

        def type_it() -> None:
            self.post_message(AskFile("Add returns", ADD_HELP, self._add, where))

        def chosen(place: int) -> None:
            if place == 0:
                self._add(found)
            elif place == 1:
                type_it()
            else:
                self._add([shown[place - 2]])

        if not found:
            type_it()
            return
        count = "the 1 file" if len(found) == 1 else f"all {len(found)} files"
        names = [harmless(f"{path.name}, in {path.parent.name}") for path in shown]
        rows = [f"Add {count}", "Type where others are, or paste a text", *names]
        self.post_message(AskOne("Add returns", rows, chosen, FOUND_WORDS))

    def _add(self, text: str | list[Path]) -> None:
        if self._adding:
            self.redraw("Returns are being added already.")
            return
        self._adding = True
        self.redraw("Adding...")
        self.run_worker(lambda: self._take(text), thread=True, exit_on_error=False, name="adding")

    def _take(self, text: str | list[Path]) -> None:
        """In a thread, with a desk of its own: many files take a while, and each is whole or not there at all."""
        from ketalearn.clinic.desk import Tally
        from ketalearn.clinic.pasted import begun

        tally, trouble, worker = Tally(), "", get_current_worker()
        try:
            with self.desk() as desk:
                for one in desk.take(text):
                    tally.taken.append(one)
                    if len(tally.taken) % 20 == 0:
                        self.call_later(self._tell_progress, tally.words)
                    if worker.is_cancelled:
                        return
                if tally.taken and isinstance(text, str) and not begun(text):
                    desk.roster.put("returns_from", text.strip())
        except KetalearnError as error:
            trouble = str(error)
        self.call_later(self._added, tally, trouble)

    def _tell_progress(self, words: str) -> None:
        self.redraw(f"Adding: {words} so far.") if self.display else None

    def _added(self, tally: Tally, trouble: str) -> None:
        self._adding = False
        words = tally.words if tally.taken or not trouble else trouble
        if not self.display:
            self.app.say(f"Returns: {words}")  # type: ignore[attr-defined]
            return
        self.redraw(words)
        if not tally.taken:
            return
        notable = [one.words for one in tally.taken if one.outcome in ("aside", "refused")]
        plain = [one.words for one in tally.taken if one.outcome not in ("aside", "refused")]
        lines = [f"{words}.", *(["", *notable] if notable else []), "", *plain]
        rows = ["See what came back", "Add more", "Done"]

        def chosen(place: int) -> None:
            if place == 0:
                self.go(Open(Place("roster")))
            elif place == 1:
                self._ask_returns()

        self.post_message(AskOne("Returns", rows, chosen, "\n".join(lines)))

    def _export(self) -> None:
        try:
            with self.desk() as desk:
                self.redraw(f"Saved: {self.told_path(desk.export())}")
        except KetalearnError as error:
            self.redraw(str(error))

    # ------------------------------------------------------------ keys

    def _keys(self) -> None:
        from ketalearn.clinic.keys import ABOUT_KEYS, IF_LOST

        with self.desk() as desk:
            if not desk.has_keys:
                self.post_message(Inform("Your keys", Content(f"{ABOUT_KEYS}\n\n{IF_LOST}")))
                return
            words = [
                f"Your six words: {' '.join(desk.roster.keys.words)}",
                f"Your keys: {self.told_path(desk.roster.keys_path)}",
                f"Copied on {desk.backed_up}." if desk.backed_up else "There is no copy yet.",
                "",
                ABOUT_KEYS,
                "",
                IF_LOST,
                "",
                f"To bring a copy back, put it in place of {self.told_path(desk.roster.keys_path)}.",
            ]

        def chosen(place: int) -> None:
            if place == 0:
                self.save_copy(lambda path: self.redraw(f"Saved: {self.told_path(path)}. {WHOEVER}"))

        self.post_message(AskOne("Your keys", ["Save a copy now", "Back"], chosen, "\n".join(words)))
