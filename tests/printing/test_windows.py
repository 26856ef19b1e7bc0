"""Printing on Windows, with a stand-in for `os.startfile`. Nobody has tried it on Windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ketalearn.printing import print_system
from ketalearn.printing.cups import Cups
from ketalearn.printing.windows import USUAL, WindowsPrinting, start_file


class Windows:
    """A Windows that has a program for some verbs only."""

    def __init__(self, *verbs: str) -> None:
        self.verbs = verbs
        self.asked: list[tuple[str, str]] = []

    def start(self, path: str, verb: str) -> None:
        self.asked.append((path, verb))
        if verb not in self.verbs:
            raise OSError(1155, "No application is associated with the specified file for this operation")


def test_each_system_has_its_own_way() -> None:
    assert isinstance(print_system("win32"), WindowsPrinting)
    assert isinstance(print_system("darwin"), Cups)
    assert isinstance(print_system("linux"), Cups)


def test_the_program_that_prints_pdf_files_is_asked_to(pdf: Path) -> None:
    windows = Windows("print", "open")
    system = WindowsPrinting(windows.start)
    [printer] = system.printers()
    assert printer.usual
    outcome = system.send(pdf, printer.name)
    assert outcome.ok
    assert "printed" not in outcome.words
    assert "Ctrl+P" in outcome.advice
    assert windows.asked == [(str(pdf), "print")]


def test_with_no_such_program_the_pdf_is_opened_and_ctrl_p_named(pdf: Path) -> None:
    windows = Windows("open")
    outcome = WindowsPrinting(windows.start).send(pdf)
    assert (outcome.kind, outcome.advice) == ("waiting", "Press Ctrl+P there.")
    assert windows.asked == [(str(pdf), "print"), (str(pdf), "open")]


def test_a_named_printer_is_chosen_by_hand(pdf: Path) -> None:
    windows = Windows("print", "open")
    outcome = WindowsPrinting(windows.start).send(pdf, "Office")
    assert outcome.advice == "Press Ctrl+P there and choose 'Office'."
    assert windows.asked == [(str(pdf), "open")]


def test_with_no_program_at_all_a_browser_is_named(pdf: Path) -> None:
    outcome = WindowsPrinting(Windows().start).send(pdf, USUAL)
    assert outcome.kind == "refused"
    assert "web browser" in outcome.advice


def test_the_real_call_is_windows_own(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("os.startfile", lambda path, verb: asked.append((path, verb)), raising=False)
    assert WindowsPrinting().send(pdf).ok
    assert asked == [(str(pdf), "print")]
    start_file("x", "open")
    assert asked[-1] == ("x", "open")
