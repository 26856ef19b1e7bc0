"""Printing on Windows, through the program that Windows has registered for PDF files. Not yet tried on Windows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ketalearn.printing.outcome import Outcome, Printer, never

USUAL = "the usual printer of this computer"

Start = Callable[[str, str], None]
"""Ask Windows to do something ("print", "open") with a file; OSError when no program is registered for it."""


def start_file(path: str, verb: str) -> None:
    """`os.startfile`, which only Windows has."""
    getattr(os, "startfile")(path, verb)  # noqa: B009 - type checkers elsewhere know no os.startfile


class WindowsPrinting:
    """A `PrintSystem` for Windows. Which printer it goes to, and how it fares, only Windows knows."""

    def __init__(self, start: Start = start_file) -> None:
        self._start = start

    def printers(self) -> list[Printer]:
        return [Printer(USUAL, "known to Windows alone", usual=True)]

    def send(self, pdf: Path, printer: str = "", leave: Callable[[], bool] = never) -> Outcome:
        if printer in ("", USUAL):
            try:
                self._start(str(pdf), "print")
            except OSError:
                pass
            else:
                return Outcome(
                    "sent",
                    "The sheet was handed to the program that prints PDF files on this computer.",
                    "If nothing comes out, open the saved sheet and press Ctrl+P.",
                )
        try:
            self._start(str(pdf), "open")
        except OSError:
            return Outcome(
                "refused",
                "No program on this computer opens PDF files, so nothing was printed.",
                "Drag the saved sheet into a web browser, and press Ctrl+P there.",
            )
        chosen = f" and choose '{printer}'" if printer not in ("", USUAL) else ""
        return Outcome("waiting", "The sheet is open in another window. It is not printed yet.",
                       f"Press Ctrl+P there{chosen}.")  # fmt: skip
