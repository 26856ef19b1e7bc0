"""The rules of good content over a whole pack: places, what may be switched off, dates, balance, reading grade."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from ketalearn.content.check import check_pack
from ketalearn.content.readability import flesch_kincaid, smog
from ketalearn.findings import Finding
from tests.support import ROOT, SMALL, TODAY


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "pack"
    shutil.copytree(SMALL, root)
    return root


def found(root: Path, code: str, today: dt.date = TODAY) -> list[Finding]:
    return [one for one in check_pack(root, today) if one.code == code]


def change(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_what_ships_has_no_error() -> None:
    assert [str(one) for one in check_pack(ROOT, TODAY) if one.level == "error"] == []


def test_a_warning_is_switched_off_for_one_place_with_a_reason(pack: Path) -> None:
    assert [one.line for one in found(pack, "W312")] == [21, 2, 18]
    (pack / "modules" / "lint.toml").write_text(
        '[[allow]]\ncode = "W312"\nat = "lamp-glare"\nreason = "A small pack for tests needs no third option."\n'
    )
    assert [one.line for one in found(pack, "W312")] == [2, 18]
    assert found(pack, "W390") == []


def test_an_entry_that_switches_nothing_off_is_said(pack: Path) -> None:
    (pack / "modules" / "lint.toml").write_text(
        '[[allow]]\ncode = "W305"\nat = "lamp-glare"\nreason = "This was true once, and is no more."\n'
    )
    assert [one.path for one in found(pack, "W390")] == ["modules/lint.toml"]


def test_an_entry_without_a_reason_or_for_an_error_is_refused(pack: Path) -> None:
    (pack / "modules" / "lint.toml").write_text('[[allow]]\ncode = "E304"\nat = "lamp-glare"\nreason = ""\n')
    lines = [(one.path, one.line) for one in check_pack(pack, TODAY) if one.path == "modules/lint.toml"]
    assert lines == [("modules/lint.toml", 2), ("modules/lint.toml", 4)]


def test_what_is_past_its_date_is_said(pack: Path) -> None:
    assert found(pack, "W360") == []
    late = found(pack, "W360", dt.date(2050, 1, 1))
    assert {one.path for one in late} >= {"modules/facts.toml", "modules/help.toml", "questions/prompts/01-all.toml"}


def test_good_and_bad_points_get_equal_room(pack: Path) -> None:
    assert found(pack, "W340") == []
    change(
        pack,
        "modules/options.toml",
        "It may take longer to feel more awake, and the winter may be over by then.",
        "It is slow.",
    )
    assert [one.line for one in found(pack, "W340")] == [10]


def test_no_option_is_far_longer_than_another(pack: Path) -> None:
    change(
        pack, "modules/options.toml", "Not very. No study looked at it for long.", "Not very. " + "No study did. " * 20
    )
    assert len(found(pack, "W341")) == 1


def test_a_module_that_is_hard_to_read_is_an_error(pack: Path) -> None:
    page = pack / "modules" / "01-first" / "light.md"
    head = page.read_text("utf-8").split("+++\n")[1]
    hard = "Phototherapeutic administration necessitates considerable institutional collaboration. [@lamp-2020]"
    page.write_text(f"+++\n{head}+++\n{hard}\n")
    assert [one.path for one in found(pack, "E321")] == ["modules/01-first/module.toml"]
    assert [(one.path, one.line) for one in found(pack, "W320")][:1] == [
        ("modules/01-first/light.md", page.read_text("utf-8").split(hard, maxsplit=1)[0].count("\n") + 1)
    ]


def test_a_hard_prompt_is_said(pack: Path) -> None:
    before = len(found(pack, "W322"))
    change(
        pack,
        "questions/prompts/01-all.toml",
        'why = "',
        'why = "Institutional considerations necessitate elaboration. ',
    )
    assert len(found(pack, "W322")) == before + 1


def test_numbers_and_tone_are_looked_at_wherever_a_reader_reads(pack: Path) -> None:
    change(pack, "modules/options.toml", "It costs nothing,", "It helps 1 in 5 people,")
    change(pack, "questions/quiz/01-first.toml", 'stem = "', 'stem = "Patients should know this. ')
    assert [(one.path, one.line) for one in found(pack, "E330")] == [("modules/options.toml", 14)]
    assert [one.path for one in found(pack, "E350")] == ["questions/quiz/01-first.toml"]


def test_the_formulas_are_the_published_ones() -> None:
    # 6 words, 1 sentence, 7 syllables
    assert flesch_kincaid("The cat sat on the table.") == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert smog("The cat sat on the table.") == pytest.approx(3.1291)
    assert smog("Medication is complicated.") == pytest.approx(1.0430 * (2 * 30) ** 0.5 + 3.1291)
