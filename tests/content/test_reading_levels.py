"""The reading grades that the app shows are those of the content."""

from __future__ import annotations

import pytest

from ketalearn.content.readability import flesch_kincaid, smog
from ketalearn.content.reading import ALL, measured
from tests.support import ROOT, TODAY, real_pack

NEAR = 0.3
"""Grades by which a figure may be off, so that one changed word does not ask for a new measurement."""
AGAIN = "run: python scripts/reading_levels.py"


def test_the_figures_are_those_of_the_content() -> None:
    shown = real_pack().reading_levels
    assert shown is not None
    now = measured(ROOT, TODAY)
    assert [part.part for part in shown.part] == [part.part for part in now.part], AGAIN
    for old, new in zip(shown.part, now.part, strict=True):
        for key in ("fkgl", "smog", "fkgl_as_printed", "smog_as_printed"):
            assert getattr(old, key) == pytest.approx(getattr(new, key), abs=NEAR), f"{old.title}: {key}; {AGAIN}"
        assert old.words == pytest.approx(new.words, rel=0.1), f"{old.title}; {AGAIN}"
    assert shown.how == now.how


def test_every_module_is_measured_and_lessons_keep_to_grade_eight() -> None:
    shown = real_pack().reading_levels
    assert shown is not None
    parts = {part.part: part for part in shown.part}
    for module in real_pack().info.modules:
        assert module in parts, AGAIN
        assert parts[module].fkgl <= 8
    assert parts[ALL].words == pytest.approx(sum(parts[name].words for name in real_pack().info.modules), abs=5)


def test_harder_words_give_a_higher_grade() -> None:
    easy = "You can ask. You can wait. No one will press you to choose today."
    hard = "Psychopharmacological interventions necessitate individualized multidisciplinary consideration."
    assert flesch_kincaid(hard) > flesch_kincaid(easy) + 5
    assert smog(hard) > smog(easy) + 3
