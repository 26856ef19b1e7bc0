"""Printing from the app: a list of printers, then what became of the sheet. All waiting is done in threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.worker import get_current_worker

from ketalearn.errors import KetalearnError
from ketalearn.ui.messages import AskOne

if TYPE_CHECKING:
    from ketalearn.printing import Outcome, Printer
    from ketalearn.ui.app import KetalearnApp
    from ketalearn.ui.widgets.pane import Pane

LOOKING = "Looking for printers..."
SENDING = "Sending the {name} to the printer's queue..."
PRIVACY = (
    "It is saved as a PDF, too. On a printer that others use, be there when it comes out: it is about your health."
)
SENT = "Sent to the printer"
NOT_PRINTED = "The {name} is not printed yet"


class SheetPrinting:
    """Prints what `made` makes, a PDF, on behalf of a pane. The pane stays usable at every moment."""

    def __init__(
        self,
        pane: Pane,
        made: Callable[[], bytes],
        *,
        keep: Callable[[bytes], Path] | None = None,
        privacy: str = PRIVACY,
        name: str = "sheet",
    ) -> None:
        """`keep` saves the PDF and says where; without it, it goes where sheets go. `name` is what the paper is."""
        self._name = name
        self._pane = pane
        self._made = made
        self._keep = keep
        self._privacy = privacy
        self._at_work = False

    @property
    def _app(self) -> KetalearnApp:
        return self._pane.app  # type: ignore[return-value]

    @property
    def _seen(self) -> bool:
        """Whether the person is still where they asked for it."""
        return self._app.pane is self._pane

    # ------------------------------------------------------------ which printer

    def begin(self) -> None:
        """Look for printers and offer them."""
        if self._at_work:
            self._app.say(SENDING.format(name=self._name))
            return
        # made here, where the learner's file may be read; a thread may not
        try:
            data = self._made()
        except KetalearnError as error:
            self._app.say(f"The {self._name} could not be made: {error}")
            return
        self._app.say(LOOKING)
        self._in_thread(lambda: self._look(data))

    def _look(self, data: bytes) -> None:
        from ketalearn.printing import PrintTrouble, print_system

        try:
            printers = print_system().printers()
        except PrintTrouble as trouble:
            outcome = trouble.outcome
            self._keep_and_tell(data, lambda _path: outcome)
        else:
            self._pane.call_later(self._offer, printers, data)

    def _offer(self, printers: list[Printer], data: bytes) -> None:
        self._at_work = False
        if self._seen:
            rows = [printer.words for printer in printers]
            self._pane.post_message(
                AskOne("Which printer?", rows, lambda at: self._send(data, printers[at].name), self._privacy)
            )

    # ------------------------------------------------------------ sending

    def _send(self, data: bytes, printer: str) -> None:
        from ketalearn.printing import print_system

        def sent(path: Path) -> Outcome:
            worker = get_current_worker()
            return print_system().send(path, printer, leave=lambda: worker.is_cancelled)

        self._app.say(SENDING.format(name=self._name))
        self._in_thread(lambda: self._keep_and_tell(data, sent))

    def _in_thread(self, work: Callable[[], None]) -> None:
        self._at_work = True
        self._pane.run_worker(work, thread=True, exit_on_error=False, name="printing", group="printing")

    def _keep_and_tell(self, data: bytes, send: Callable[[Path], Outcome]) -> None:
        from ketalearn.printing import keep_pdf

        try:
            path = self._keep(data) if self._keep else keep_pdf(data, self._pane.journey.workspace)
        except (KetalearnError, OSError) as error:
            self._pane.call_later(self._tell_unsaved, str(error))
            return
        outcome = send(path)
        self._pane.call_later(self._tell, path, outcome)

    # ------------------------------------------------------------ what happened

    def _tell_unsaved(self, why: str) -> None:
        self._at_work = False
        self._app.say(f"The {self._name} could not be saved, so it was not printed: {why}")

    def _tell(self, path: Path, outcome: Outcome) -> None:
        """A page, where the path has room, if the person is still here; else one line, wherever they are."""
        from ketalearn.printing import named

        self._at_work = False
        outcome = named(outcome, self._name)
        if not self._seen:
            self._app.say(f"{outcome.words} Saved: {self._pane.told_path(path)}")
            return
        self._app.say("")
        parts: list[str | tuple[str, str]] = [f"{outcome.words}\n\n"]
        if outcome.ok and outcome.advice:
            parts.append(f"{outcome.advice}\n\n")
        elif outcome.advice:
            parts += [("What to do: ", "bold"), f"{outcome.advice}\n\n"]
        parts += [(f"The {self._name} is saved here:\n", "bold"), f"{path}"]
        self._pane.inform(SENT if outcome.ok else NOT_PRINTED.format(name=self._name), Content.assemble(*parts))
