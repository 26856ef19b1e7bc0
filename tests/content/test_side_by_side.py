"""The options side by side: every row answered, within bounds, resting on sources, in equal room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ketalearn.content.check import check_pack
from ketalearn.content.models import Choice
from ketalearn.content.pack import Pack
from ketalearn.content.readability import flesch_kincaid
from ketalearn.decision.options import pictures_of
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


SPAN = re.compile(r"^Within (about )?\d+ weeks, adults [^:]+: symptoms fell by half or more in \d+ of 100 ")


@OPTIONS
def test_how_likely_says_within_what_time_and_for_whom_in_one_form(option: Choice) -> None:
    cell = next(cell for cell in option.cell if cell.row == "help")
    assert SPAN.match(cell.text), cell.text
    weeks = int(re.search(r"\d+", cell.text)[0])  # type: ignore[index]
    assert 3 <= weeks <= 8, "the spans lie close together"
    assert "comparison group" in cell.text or len(NUMBER.findall(cell.text)) >= 2, "both arms"


@OPTIONS
def test_what_is_drawn_is_a_count_of_the_evidence_that_the_cell_says_too(option: Choice) -> None:
    cell = next(cell for cell in option.cell if cell.row == "help")
    (first, *others) = pictures_of(PACK, cell)
    assert f"in {first.bars[0].people:g} of 100" in cell.text, "this option's own arm is drawn first"
    for picture in (first, *others):
        for bar in picture.bars:
            assert re.search(rf"\b{bar.people:g}\b", cell.text), (option.id, bar)
        assert bar.of == 100, "one scale for all"


BESIDE = re.compile(r"\b\d+(?: of 100 [\w -]+)? \((?:dummy[a-z ]*|ECT|drips), \d+[;)]")
"""A count with its own comparison in brackets: "41 of 100 felt cut off (dummy spray, 9)"."""
COUNTED = re.compile(r"^(?:Adults|People) .+(?:weeks?|sessions|months|time not given)[,:]|^No good number")
"""Who was counted and for how long stand first, or that there is no number."""


def test_each_option_says_how_often_its_common_harms_come() -> None:
    """Who and how long first; then a count with its comparison, or in plain words that there is none."""
    for option in PACK.options:
        text = next(cell.text for cell in option.cell if cell.row == "common")
        assert COUNTED.search(text), option.id
        assert BESIDE.search(text) or re.search("No comparison group|no pooled count|No good number", text), option.id


def test_each_count_of_a_common_harm_has_its_band_and_the_bands_are_said_above_the_row() -> None:
    row = next(row for row in PACK.choices.row if row.id == "common")
    assert all(word in row.note for word in ("Very common: 10 or more", "Common: 1 to 9", "Uncommon: fewer than 1"))
    for option in PACK.options:
        text = next(cell.text for cell in option.cell if cell.row == "common")
        assert ("of 100" in text) == bool(re.search(r"\b(very )?common\b", text, re.IGNORECASE)), option.id


def test_each_option_says_what_it_is_like_for_body_mind_and_daily_life() -> None:
    rooms = []
    for option in PACK.options:
        text = CITATION.sub("", next(cell.text for cell in option.cell if cell.row == "like"))
        assert re.match(r"Body(:| and mind:)", text) and "ind:" in text and "Daily life:" in text, option.id
        rooms.append(len(text.split()))
    assert max(rooms) <= 1.3 * min(rooms)


PICTURE_FAULTS = {
    "a fact that is not there": ('fact = "ben-esk-response"', 'fact = "ben-esk-respons"', "E046"),
    "a fact with no count": ('fact = "ben-esk-response"', 'fact = "ben-esk-mixed"', "E047"),
    "no comparison group to put first": (
        'fact = "home-evidence"',
        'fact = "home-evidence"\nfirst = "comparator"',
        "E047",
    ),
    "a source that the cell does not cite": ('fact = "ben-esk-response"', 'fact = "alt-cbt"', "E066"),
}


@pytest.mark.parametrize("name", PICTURE_FAULTS)
def test_a_fault_of_a_picture_is_found(name: str, tmp_path: Path) -> None:
    import shutil

    for part in ("modules", "questions"):
        shutil.copytree(ROOT / part, tmp_path / part)
    before, after, code = PICTURE_FAULTS[name]
    path = tmp_path / "modules" / "options.toml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = [one for one in check_pack(tmp_path) if one.path == "modules/options.toml" and one.code == code]
    assert found and found[0].line > 1
