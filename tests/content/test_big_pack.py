"""All that is planted in a generated pack is found, and nothing else: the pack that the timings use, made smaller."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.big_pack import FAULTS, make

from ketalearn.content.check import check_pack
from tests.support import TODAY


def test_every_planted_fault_is_found_at_its_line_and_nothing_else(tmp_path: Path) -> None:
    planted = Counter(make(tmp_path, modules=12))
    codes = {code for name in FAULTS for code in name.split()[::2]} | {"E048"}
    assert {code for _, _, code in planted} == codes
    found = Counter(
        (one.path, one.line, one.code)
        for one in check_pack(tmp_path, TODAY)
        if one.path.startswith(("modules/m", "questions/quiz"))
    )
    assert found == planted


def test_the_same_seed_makes_the_same_pack(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        folder.mkdir()
        make(folder, seed=seed, modules=2)
    texts = [(folder / "questions" / "quiz" / "m001.toml").read_text("utf-8") for folder in folders]
    assert texts[0] == texts[1] != texts[2]
