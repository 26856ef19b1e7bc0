"""What a print system offers, and what became of a sheet that was sent to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from ketalearn.errors import KetalearnError

Kind = Literal["sent", "waiting", "failed", "refused"]
"""sent: in the queue, and nothing speaks against it. waiting: in the queue, and something must be done first.
failed: it was in the queue and came out unprinted. refused: it never came into a queue."""


@dataclass(frozen=True)
class Outcome:
    """What happened, in words, and what to do next ("" when there is nothing to do)."""

    kind: Kind
    words: str
    advice: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing more need be done."""
        return self.kind == "sent"

    @property
    def told(self) -> str:
        """Both, a line each."""
        return f"{self.words}\n{self.advice}".rstrip()


def named(outcome: Outcome, name: str) -> Outcome:
    """The outcome with the paper called by its name: the words of a print system are written for the sheet."""

    def called(text: str) -> str:
        for sheet in ("The sheet", "the sheet", "the saved sheet", "The saved sheet"):
            text = text.replace(sheet, sheet.replace("sheet", name))
        return text

    return replace(outcome, words=called(outcome.words), advice=called(outcome.advice))


class PrintTrouble(KetalearnError):
    """There is nothing to print with."""

    exit_status = 1

    def __init__(self, words: str, advice: str) -> None:
        self.outcome = Outcome("refused", words, advice)
        super().__init__(f"{words} {advice}")


@dataclass(frozen=True)
class Printer:
    """One printer that a sheet could go to."""

    name: str
    state: str = "ready"
    """In words: ready, busy, paused, not accepting."""
    usual: bool = False
    """Whether it is the one that is used when none is named."""
    description: str = ""
    """What its owner called it, "" when that says no more than its name."""

    @property
    def words(self) -> str:
        """As it stands in a list."""
        called = f"{self.name} ({self.description})" if self.description else self.name
        return f"{called}: {self.state}{', the usual one' if self.usual else ''}"


def never() -> bool:
    """Nobody wants to leave."""
    return False


class PrintSystem(Protocol):
    """What prints on this computer."""

    def printers(self) -> list[Printer]:
        """All printers, the usual one first. Raises PrintTrouble when there is none."""

    def send(self, pdf: Path, printer: str = "", leave: Callable[[], bool] = never) -> Outcome:
        """Send a saved PDF to `printer` ("": the usual one) and see for some seconds what becomes of it.

        `leave` is asked now and then; once it is true, what is known by then is told. Never raises.
        """
