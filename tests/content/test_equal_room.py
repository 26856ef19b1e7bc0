"""Module 08 gives each of the eight options the same room and the same fields, each with its sources."""

from __future__ import annotations

import re

import pytest

from ketalearn.content.lint.words import word_count
from tests.support import real_pack

MODULE = "08-other-choices"
FIELDS = ("Good", "Hard", "How sure")
LONGEST_TIMES = 1.3
BALANCE = (0.67, 1.5)
CITATION = re.compile(r"\s*\[@[^\]]+\]")


def cards() -> dict[str, dict[str, str]]:
    """Each option's card on the pages of the module: its name, and the text of its fields with the citations."""
    found = {}
    pack = real_pack()
    for page in pack.module(MODULE).pages:
        for paragraph in pack.page(MODULE, page).body.split("\n\n"):
            if match := re.match(r"\*\*(?P<name>[^*]+)\.\*\* \*\*Good:\*\*", paragraph.strip()):
                parts = re.split(r"\*\*(Good|Hard|How sure):\*\*", paragraph.strip())[1:]
                found[match["name"]] = dict(zip(parts[::2], parts[1::2], strict=True))
    return found


def words(text: str) -> int:
    return word_count(CITATION.sub("", text))


def test_there_is_a_card_for_each_of_the_eight_options() -> None:
    assert len(cards()) == len(real_pack().options) == 8


@pytest.mark.parametrize(("name", "fields"), cards().items())
def test_a_card_has_good_hard_and_how_sure_in_that_order_each_with_its_source(
    name: str, fields: dict[str, str]
) -> None:
    assert tuple(fields) == FIELDS
    text = "".join(fields.values())
    assert CITATION.search(text), f"{name} cites nothing"
    assert text.rstrip().endswith("]"), f"the last words of {name} have no source"
    assert BALANCE[0] <= words(fields["Good"]) / words(fields["Hard"]) <= BALANCE[1]
    assert re.search(r"\d+ of 100", fields["Good"]), f"{name} gives no count"


def test_the_longest_card_has_little_more_room_than_the_shortest() -> None:
    rooms = {name: sum(map(words, fields.values())) for name, fields in cards().items()}
    assert max(rooms.values()) <= LONGEST_TIMES * min(rooms.values()), rooms
