"""What panes tell the app. The app alone routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from ketalearn.journey import AnswerTo


@dataclass(eq=False, repr=False)
class Go(Message):
    """Send an answer to the journey and show where it leads; `then` runs once that is shown."""

    answer: AnswerTo
    then: Callable[[], None] | None = None


@dataclass(eq=False, repr=False)
class Redraw(Message):
    """Something of this place changed: draw it again, with a word about what happened."""

    words: str = ""


class Scrolled(Message):
    """What is shown of a pane has moved."""


@dataclass(eq=False, repr=False)
class Inform(Message):
    """Show a page of words beside the journey; escape leads back."""

    title: str
    words: Content
    broad: bool = False
    """Lines as long as the window, for a picture made of letters."""


@dataclass(eq=False, repr=False)
class AskText(Message):
    """Ask for words, then hand them to `then`; escape leads back and changes nothing."""

    title: str
    help: str
    then: Callable[[str], None]
    text: str = ""
    lines: bool = False
    """Keep line breaks, as in a pasted file; else they become spaces."""


@dataclass(eq=False, repr=False)
class AskFile(Message):
    """Ask for the path of a file or for its text, typed or pasted in one or more lines, then hand it to `then`."""

    title: str
    help: str
    then: Callable[[str], None]
    text: str = ""


@dataclass(eq=False, repr=False)
class AskOne(Message):
    """Offer a list, then hand the position of the choice (from 0) to `then`; escape leads back."""

    title: str
    rows: list[str]
    then: Callable[[int], None]
    words: str = ""


@dataclass(eq=False, repr=False)
class AskMany(Message):
    """Offer rows to tick, then hand the positions of the ticked ones (from 0) to `then`; escape changes nothing."""

    title: str
    rows: list[str]
    then: Callable[[list[int]], None]
    words: str = ""
    done: str = "Done"
    ticked: tuple[int, ...] = ()
    """Rows that are ticked from the start. A row may have several lines: the first is ticked, the others are shown."""


@dataclass(eq=False, repr=False)
class FindOne(Message):
    """Offer a long list that can be searched, then hand the key of the choice to `then`; escape leads back."""

    title: str
    rows: list[tuple[str, str]]
    then: Callable[[str], None]
