"""Printing by CUPS through its own programs, which Linux and macOS have. Nothing is linked or spoken over a network.

`lp` exits 0 for a paused queue, a dead device and a broken file, and tells a wrong story when the server is down.
So the system is looked at before, and the job is followed for some seconds after.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from ketalearn.printing.outcome import Outcome, Printer, PrintTrouble, never
from ketalearn.printing.signs import Sign, Signals, sign_of

ANSWER_SECONDS = 10
"""How long one program of CUPS may take."""
FOLLOW_SECONDS = 6.0
"""How long a job is followed."""
LOOK_AGAIN_SECONDS = 0.3

TITLE = "Document"
"""Other people may see the title in the queue: no topic, no name."""

STATES = {"4": "busy", "5": "paused"}


@dataclass(frozen=True)
class Said:
    """What a program said and how it ended."""

    status: int
    out: str
    error: str


class Cups:
    """A `PrintSystem` that talks with lp, lpstat and lpoptions."""

    def __init__(self, *, follow_seconds: float = FOLLOW_SECONDS, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._follow_seconds = follow_seconds
        self._answer_seconds = answer_seconds

    # ------------------------------------------------------------ before

    def printers(self) -> list[Printer]:
        self._must_run()
        names = self._names()
        usual = self._usual(names)
        # a printer that was only found on the network is asked nothing: that could take long
        local = {line.split(maxsplit=1)[0] for line in self._said("lpstat", "-a").out.splitlines() if line[:1].strip()}
        found = [
            self._printer(name, usual == name) if name in local else Printer(name, "not used yet", usual == name)
            for name in names
        ]
        return sorted(found, key=lambda printer: not printer.usual)

    def _must_run(self) -> None:
        if not all(shutil.which(name) for name in ("lp", "lpstat", "lpoptions")):
            raise PrintTrouble(
                "This computer has no print system that we can use, so nothing was printed.",
                "Open the saved sheet and print it from there, or take the file to a computer with a printer. "
                "On Debian and Ubuntu this adds one: sudo apt install cups",
            )
        # `lpstat -r` exits 0 when the server is down, too
        if "is running" not in self._said("lpstat", "-r").out:
            raise PrintTrouble(
                "The print system of this computer is not running, so nothing was printed.",
                "Restart the computer, or start it (on most Linux systems: sudo systemctl start cups). Then try again.",
            )

    def _names(self) -> list[str]:
        names = self._said("lpstat", "-e").out.split()
        if not names:
            raise PrintTrouble(
                "No printer is set up on this computer, so nothing was printed.",
                "Add a printer in the system's settings and print again, or take the saved file to a library or a "
                "copy shop.",
            )
        return names

    def _usual(self, names: list[str]) -> str:
        """The printer that is used when none is named: the default, or the only one; "" when that is open."""
        _, _, default = self._said("lpstat", "-d").out.strip().partition("default destination: ")
        if default in names:
            return default
        return names[0] if len(names) == 1 else ""

    def _printer(self, name: str, usual: bool) -> Printer:
        options = self._options(name)
        accepts = options.get("printer-is-accepting-jobs", "true") == "true"
        state = STATES.get(options.get("printer-state", ""), "ready") if accepts else "not accepting"
        described = options.get("printer-info", "")
        return Printer(name, state, usual, "" if described == name else described)

    def _options(self, name: str) -> dict[str, str]:
        try:
            words = shlex.split(self._said("lpoptions", "-p", name).out)
        except ValueError:
            return {}
        return {key: value for key, _, value in (word.partition("=") for word in words)}

    def _chosen(self, name: str) -> Printer:
        """The printer to send to. Raises PrintTrouble when it is unknown or takes nothing."""
        self._must_run()
        names = self._names()
        name = name or self._usual(names)
        # a queue may be named with an instance of its options: Office/two-sided
        if not name or name.partition("/")[0] not in [one.partition("/")[0] for one in names]:
            close = get_close_matches(name, names, n=1, cutoff=0.5)
            unknown = f"There is no printer called '{name}', so nothing was printed."
            guess = f" Did you mean '{close[0]}'?" if close else ""
            raise PrintTrouble(
                f"{unknown}{guess}"
                if name
                else "There is more than one printer, and none is the usual one, so nothing was printed.",
                f"Name one of these: {', '.join(names)}.",
            )
        printer = self._printer(name, False)
        if printer.state == "not accepting":
            why = self._second_line("lpstat", "-a", name)
            raise PrintTrouble(
                f"The printer '{name}' takes no papers now{f' ({why})' if why else ''}, so nothing was printed.",
                "Choose another printer, or ask whoever looks after this one.",
            )
        return printer

    # ------------------------------------------------------------ sending

    def send(self, pdf: Path, printer: str = "", leave: Callable[[], bool] = never) -> Outcome:
        try:
            chosen = self._chosen(printer)
        except PrintTrouble as trouble:
            return trouble.outcome
        try:
            with pdf.open("rb") as file:
                done = self._said("lp", "-d", chosen.name, "-t", TITLE, "-", stdin=file.fileno())
        except PrintTrouble:
            return Outcome(
                "failed",
                f"The print system did not answer within {self._answer_seconds:g} seconds, so it is not known "
                "whether the sheet was sent.",
                "Look at the printer before you send it again.",
            )
        except OSError as error:
            return Outcome("refused", f"The saved sheet cannot be read ({error.strerror}).", "Save it again.")
        if done.status != 0:
            lines = done.error.strip().splitlines()
            why = f" It said: {lines[-1].removeprefix('lp: ')}" if lines else ""
            return Outcome(
                "refused",
                f"The print system did not take the sheet, so nothing was printed.{why}",
                "Choose another printer, or open the saved sheet and print it from there.",
            )
        number = re.search(r"request id is (\S+-\d+)", done.out)
        if number is None:
            return self._taken(chosen.name)
        try:
            return self._followed(chosen.name, number[1], leave)
        except PrintTrouble:
            # it was taken; that the system then fell silent takes nothing back
            return self._taken(chosen.name)

    # ------------------------------------------------------------ after

    def _followed(self, name: str, job: str, leave: Callable[[], bool]) -> Outcome:
        """Look again and again until the job is out of the queue, has met something lasting, or time is up."""
        until = time.monotonic() + self._follow_seconds
        while True:
            signals = self._signals(name, job)
            sign = sign_of(signals)
            over = not signals.queued or (sign is not None and (sign.at_once or sign.ends))
            if over or leave() or time.monotonic() >= until:
                break
            time.sleep(LOOK_AGAIN_SECONDS)
        if sign is not None:
            return self._stuck(name, job, signals, sign)
        if not signals.queued:
            return self._taken(name)
        jobs = self._jobs(name)
        if job in jobs[1:]:
            return replace(self._taken(name), advice="It waits behind other papers.")
        return replace(
            self._taken(name), advice="It is still at work there. If nothing comes out, look at the printer."
        )

    def _signals(self, name: str, job: str) -> Signals:
        options = self._options(name)
        reasons = options.get("printer-state-reasons", "")
        if (block := self._block(job, "-l", "-o", name)) is None:
            text, alerts = self._block(job, "-l", "-W", "completed", "-o", name) or ("", "")
            return Signals(False, text, alerts, reasons)
        text, alerts = block
        if not text and options.get("printer-state") in STATES:
            # behind a job that is stuck, or stopped: then only the printer says why
            text = self._second_line("lpstat", "-p", name)
        return Signals(True, text, alerts, reasons)

    def _jobs(self, name: str) -> list[str]:
        """The jobs in a queue, the next one first."""
        return [line.split(maxsplit=1)[0] for line in self._said("lpstat", "-o", name).out.splitlines()]

    def _block(self, job: str, *arguments: str) -> tuple[str, str] | None:
        """A job's last words and its alerts from a long list; None when it is not in the list."""
        found: dict[str, str] | None = None
        for line in self._said("lpstat", *arguments).out.splitlines():
            if line[:1].strip():
                if found is not None:
                    break
                if line.split(maxsplit=1)[0] == job:
                    found = {}
            elif found is not None:
                key, _, value = line.strip().partition(":")
                found[key] = value.strip()
        return None if found is None else (found.get("Status", ""), found.get("Alerts", ""))

    def _second_line(self, *arguments: str) -> str:
        """The reason that stands below a printer's line, "" for none."""
        lines = self._said(*arguments).out.splitlines()
        why = lines[1].strip() if len(lines) > 1 else ""
        return "" if why in ("reason unknown", "Unknown") else why.rstrip(".")

    # ------------------------------------------------------------ words

    def _taken(self, name: str) -> Outcome:
        return Outcome("sent", f"The sheet was sent to the queue of the printer '{name}'.")

    def _stuck(self, name: str, job: str, signals: Signals, sign: Sign) -> Outcome:
        if not signals.queued or sign.ends:
            return Outcome(
                "failed", f"The printer '{name}' did not print the sheet, because {sign.because}.",
                f"{sign.mend} Then print again." if sign.again else sign.mend,
            )  # fmt: skip
        # whoever paused a printer may have said why
        says = f" ({signals.text})" if sign.quotes and signals.text.casefold() not in ("", "paused") else ""
        return Outcome(
            "waiting", f"The sheet waits in the queue of the printer '{name}', because {sign.because}{says}.",
            f"{sign.mend} It may come out later, when you are not there. "
            f"To take it back, type this in a terminal: cancel {job}",
        )  # fmt: skip

    # ------------------------------------------------------------ the programs

    def _said(self, program: str, *arguments: str, stdin: int = subprocess.DEVNULL) -> Said:
        """Run one program of CUPS, in English. Raises PrintTrouble when it does not answer or does not start."""
        try:
            done = subprocess.run(
                [program, *arguments],
                stdin=stdin,
                capture_output=True,
                timeout=self._answer_seconds,
                check=False,
                env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""},
            )
        except subprocess.TimeoutExpired:
            raise PrintTrouble(
                f"The print system did not answer within {self._answer_seconds:g} seconds, so nothing was printed.",
                "Try again in a minute, or open the saved sheet and print it from there.",
            ) from None
        except OSError as error:
            raise PrintTrouble(
                f"The print system could not be started ({error.strerror}), so nothing was printed.",
                "Open the saved sheet and print it from there.",
            ) from None
        return Said(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
