"""Good and bad points in equal room, and no option that looks better for its length (IPDAS, balance)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ketalearn.content import models
from ketalearn.content.lint.words import word_count
from ketalearn.learning.lesson import CITATION

if TYPE_CHECKING:
    from ketalearn.content.lint.run import Lint

BALANCE = (0.67, 1.5)
"""Words of good to words of bad, lowest and highest."""
CARD_TIMES = 1.5


def _words(text: str) -> int:
    return word_count(CITATION.sub("", text))


def _room(lint: Lint, option: models.Choice) -> dict[str, int]:
    """Words side by side, by the side that each row is on."""
    side = {row.id: row.side for row in lint.checked.rows}
    room = {"good": 0, "bad": 0, "": 0}
    for cell in option.cell:
        room[side.get(cell.row, "")] += _words(cell.text)
    return room


def even_card(lint: Lint) -> None:
    """The good and the bad point of a card have about as many words (IPDAS 2013, balance: same detail)."""
    for at, option in enumerate(lint.checked.options):
        good, bad = _words(option.good), _words(option.bad)
        if not BALANCE[0] <= good / bad <= BALANCE[1]:
            lint.say(lint.checked.modules_dir / "options.toml", ("option", at), "W340", option.id,
                     f"'{option.id}' has {good} words of good and {bad} of bad", "give both equal room")  # fmt: skip


def even_rows(lint: Lint) -> None:
    """Side by side, the rows of good and of bad have about as many words in each option (IPDAS 2013, balance)."""
    for at, option in enumerate(lint.checked.options):
        room = _room(lint, option)
        if room["bad"] and not BALANCE[0] <= room["good"] / room["bad"] <= BALANCE[1]:
            lint.say(lint.checked.modules_dir / "options.toml", ("option", at), "W340", option.id,
                     f"side by side, '{option.id}' has {room['good']} words of good and {room['bad']} of bad",
                     "give both equal room")  # fmt: skip


def alike_in_length(lint: Lint) -> None:
    """The longest card has at most 1.5 times the words of the shortest (IPDAS 2013, balance)."""
    lengths = [
        _words(" ".join((option.what, option.good, option.bad, option.sure))) + sum(_room(lint, option).values())
        for option in lint.checked.options
    ]
    if not lengths or max(lengths) <= CARD_TIMES * min(lengths):
        return
    at = lengths.index(max(lengths))
    name = lint.checked.options[at].id
    lint.say(
        lint.checked.modules_dir / "options.toml",
        ("option", at),
        "W341",
        name,
        f"'{name}' has {max(lengths)} words and the shortest option {min(lengths)}",
        "make them alike",
    )


PACK_RULES = (even_card, even_rows, alike_in_length)
