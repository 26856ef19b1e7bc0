"""What the clinic's own panes share: their data, and the questions about the clinic that more than one of them asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.errors import KetalearnError
from ketalearn.ui.messages import AskOne, AskText, FindOne
from ketalearn.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from ketalearn.clinic.desk import Desk, Handed

KEEP_SAFE = "Best on a stick that you lock away, not on this computer alone."
WHOEVER = "Whoever has it can read returns and sign in your name: lock it away."
NAME_HELP = "Patients see it first. At most 80 letters."
PHONE_HELP = "It stands on the handout and on the patient's sheet."
COUNTRY = "Which country's crisis lines go on the handout?"
ANY_COUNTRY = "-"
ON_PAPER = "On a printer that others use, be there when it comes out."


class DeskPane(Pane):
    """A pane of the clinic's side."""

    def desk(self) -> Desk:
        """The clinic's data; to be closed. Raises KetalearnError where nothing is kept."""
        from ketalearn.clinic.desk import Desk

        return Desk(self.journey.workspace.data, self.journey.workspace)

    def ask_who(self, then: Callable[[], None]) -> None:
        """Ask for the clinic's name, phone and country, keep them, and go on."""
        with self.desk() as desk:
            name, phone = desk.name, desk.phone

        def named(name: str) -> None:
            self.post_message(AskText("Your phone number", PHONE_HELP, lambda phone: called(name, phone), phone))

        def called(name: str, phone: str) -> None:
            try:
                with self.desk() as desk:
                    desk.call_it(name.strip(), phone.strip())
            except KetalearnError as error:
                self.redraw(str(error))
            else:
                regions = self.journey.workspace.pack.help_regions
                known = [(code, one.label) for code, one in regions.items() if code not in ("other", "")]
                rows = [*known, (ANY_COUNTRY, "None of these: lines for any country")]
                self.post_message(FindOne(COUNTRY, rows, lives_in))

        def lives_in(region: str) -> None:
            with self.desk() as desk:
                desk.live_in("" if region == ANY_COUNTRY else region)
            then()

        self.post_message(AskText("Your clinic's name", NAME_HELP, named, name))

    def tell_handed(self, handed: Handed, words: str = "") -> None:
        """What was made, where it is, and what to do with it now: printing comes first."""
        from ketalearn.ui.printing import SheetPrinting

        def chosen(place: int) -> None:
            if place == 0:
                SheetPrinting(
                    self, handed.page, keep=lambda _: handed.handout, privacy=ON_PAPER, name="handout"
                ).begin()
            elif place == 1:
                self.app.copy_to_clipboard(handed.text)
                self.tell_handed(handed, "Copied. Some terminals do not allow it: if nothing is pasted, use the file.")

        lines = [words, ""] if words else []
        told = "\n".join([*lines, *handed.words(self.journey.workspace.home)])
        rows = ["Print the handout", "Copy the file's text, to paste in a mail", "Done"]
        self.post_message(AskOne(f"Made for {handed.assignment.patient_code}", rows, chosen, told))

    def save_copy(self, then: Callable[[Path], None]) -> None:
        """Ask where a copy of the keys goes, save it, and go on."""
        with self.desk() as desk:
            where = self.told_path(desk.suggested_backup())

        def copy(path: str) -> None:
            try:
                with self.desk() as desk:
                    saved = desk.back_up(self.typed_path(path))
            except KetalearnError as error:
                self.redraw(str(error))
            else:
                then(saved)

        self.post_message(AskText("Save a copy of your keys", KEEP_SAFE, copy, where))
