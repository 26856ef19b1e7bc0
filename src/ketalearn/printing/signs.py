"""How a print system says that something is wrong, and what to tell a person about it.

CUPS speaks in three places: the printer's state reasons (words of IPP, RFC 8011), the job's alerts (the same), and
free text of filters and backends. Each sign is a pattern over one of them. The first that fits is told, so what names
the cause stands before what names the effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Signals:
    """What CUPS says about one job and its printer, once."""

    queued: bool
    """Whether the job is still in the queue."""
    text: str = ""
    """What a filter or the backend said last, "" for nothing."""
    alerts: str = ""
    """Reasons of the job's state, with commas."""
    reasons: str = ""
    """Reasons of the printer's state, with commas."""


@dataclass(frozen=True)
class Sign:
    """A pattern, what it means (after "because"), and what to do about it."""

    where: Literal["text", "alerts", "reasons"]
    pattern: str
    because: str
    mend: str
    at_once: bool = False
    """Whether it will not pass by itself within seconds, so that waiting for more is of no use."""
    ends: bool = False
    """Whether the job is over, though it may stay in the list."""
    again: bool = True
    """Whether to print again makes sense after that."""
    quotes: bool = False
    """Whether the printer's own words say more, and are told too."""


CONNECT = "Check that the printer is on and connected."
ELSEWHERE = "Open the saved sheet and print it from there, or choose another printer."
DRIVER = (
    "This printer may need its own driver. Choose another printer, or open the saved sheet and print it from there."
)

SIGNS = (
    Sign("text", r"trailer dictionary|loadFilename failed|damaged", "the file could not be read",
         "Save the sheet again, or open it and print it from there.", at_once=True, ends=True, again=False),
    Sign("alerts", r"job-hold", "it is on hold", "Ask whoever looks after this printer to let it go on."),
    Sign("reasons", r"cups-missing-filter|cups-insecure-filter", "this computer lacks a part that the printer needs",
         DRIVER, at_once=True),
    Sign("reasons", r"media-empty|media-needed", "the printer says that it has no paper",
         "Put paper in."),
    Sign("reasons", r"media-jam", "paper is stuck in the printer", "Take the stuck paper out."),
    Sign("reasons", r"cover-open|door-open|interlock-open", "a cover of the printer is open", "Close the cover."),
    Sign("reasons", r"toner-empty|marker-supply-empty|developer-empty", "the printer has no ink or toner",
         "Put in new ink or toner."),
    Sign("reasons", r"output-area-full", "the printer's tray is full", "Take the papers out of the tray."),
    Sign("text", r"[Uu]nable to locate printer|[Hh]ost.*not found", "the printer cannot be found", CONNECT),
    Sign("text", r"may not exist or is unavailable|not responding|to become available|[Uu]nreachable|"
         r"[Uu]nable to connect|[Cc]onnection refused|timed out", "the printer cannot be reached", CONNECT),
    Sign("reasons", r"\boffline|shutdown|timed-out", "the printer cannot be reached", CONNECT),
    Sign("text", r"is in use|is busy|[Cc]urrently busy", "the printer is busy, or cannot be reached",
         "Wait a little. If nothing comes out, check that the printer is on and connected."),
    Sign("text", r"[Aa]uthentication|[Aa]uthoriz|[Pp]assword|credentials", "the printer asks for a name and password",
         "Ask whoever looks after this printer, or choose another one."),
    Sign("text", r"cancel+ed at printer", "it was cancelled at the printer", "Look at the printer.",
         ends=True),
    Sign("text", r"[Uu]nable to add document|[Uu]nsupported|not supported|[Ff]ilter failed|[Bb]ackend failed|"
         r"stopped with status|not available:", "the print system could not prepare it for this printer",
         DRIVER, at_once=True, ends=True, again=False),
    Sign("alerts", r"aborted|with-errors", "the print system gave up on it", ELSEWHERE, at_once=True, ends=True,
         again=False),
    Sign("alerts", r"cancel+ed", "someone cancelled it", "Ask at the printer.", ends=True),
    Sign("reasons", r"paused|hold-new-jobs|stopped", "the printer is paused",
         "Ask whoever looks after this printer to start it again.", at_once=True, quotes=True),
    Sign("reasons", r"connecting-to-device", "the printer does not answer yet", CONNECT),
)  # fmt: skip


def sign_of(signals: Signals) -> Sign | None:
    """The first sign that fits. A job that left the queue quietly has none, whatever its printer says by now."""
    if not signals.queued and not any(
        sign.ends and re.search(sign.pattern, getattr(signals, sign.where)) for sign in SIGNS
    ):
        return None
    return next((sign for sign in SIGNS if re.search(sign.pattern, getattr(signals, sign.where))), None)
