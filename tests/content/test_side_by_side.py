"""The options side by side: every row answered, within bounds, resting on sources, in equal room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ketalearn.content.check import check_pack
from ketalearn.content.models import Choice
from ketalearn.content.pack import Pack
from ketalearn.content.readability import flesch_kincaid
from ketalearn.learning.lesson import CITATION, cited
from tests.support import ROOT, real_pack

PACK: Pack = real_pack()
OPTIONS = pytest.mark.parametrize("option", PACK.options, ids=lambda option: option.id)
NUMBER = re.compile(r"\b\d+ of 100\b")


@OPTIONS
def test_every_row_and_every_value_is_answered_once(option: Choice) -> None:
    assert [cell.row for cell in option.cell] == [row.id for row in PACK.choices.row]
    assert [fit.value for fit in option.fit] == [value.id for value in PACK.personal_values]


@OPTIONS
def test_a_count_rests_on_a_fact_that_holds_it(option: Choice) -> None:
    for cell in option.cell:
        words = " ".join(PACK.facts[name].statement for name in cell.facts)
        for count in NUMBER.findall(cell.text):
            assert re.search(rf"\b{count.split()[0]}\b", words), (option.id, cell.row, count)
        known = {source for name in cell.facts for source in PACK.facts[name].sources}
        assert not cell.facts or known & set(cited(cell.text)), (option.id, cell.row)


@OPTIONS
def test_the_words_are_plain(option: Choice) -> None:
    assert flesch_kincaid(" ".join(CITATION.sub("", cell.text) for cell in option.cell)) <= 8
    assert flesch_kincaid(" ".join(fit.why for fit in option.fit)) <= 8


def test_no_option_has_much_more_room_than_another() -> None:
    side = {row.id: row.side for row in PACK.choices.row}
    totals = []
    for option in PACK.options:
        room = {"good": 0, "bad": 0, "": 0}
        for cell in option.cell:
            room[side[cell.row]] += len(CITATION.sub("", cell.text).split())
        assert 0.67 <= room["good"] / room["bad"] <= 1.5, option.id
        totals.append(sum(room.values()))
    assert max(totals) <= 1.5 * min(totals)


FAULTS = {
    "a row with no cell": ('row = "soon"', 'row = "lasts"', "E065"),
    "a row that is not there": ('row = "soon"', 'row = "sooner"', "E065"),
    "a source that is not there": ("[@turkoz-2021]", "[@turkoz-2020]", "E040"),
    "no source": (" [@turkoz-2021]", "", "E066"),
    "a fact that is not there": ('"ben-many-not-day2"', '"ben-day2"', "E046"),
    "too many words": ("By day 2, about", "By day 2, " + "about " * 30, "E067"),
    "a value that is not there": ('value = "speed"', 'value = "spped"', "E065"),
    "a fit of another name": ('fit = "partly"', 'fit = "maybe"', "E0"),
    "a known fit with no source": ('sources = ["newport-2015", "turkoz-2021"]\n', "", "E0"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str, tmp_path: Path) -> None:
    import shutil

    for part in ("modules", "questions"):
        shutil.copytree(ROOT / part, tmp_path / part)
    before, after, code = FAULTS[name]
    path = tmp_path / "modules" / "options.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = [one for one in check_pack(tmp_path) if one.path == "modules/options.toml" and one.code.startswith(code)]
    assert found and found[0].line > 1
