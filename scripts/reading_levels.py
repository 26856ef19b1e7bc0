"""Measure how hard each part of the content is to read, and write modules/reading.toml.

    python scripts/reading_levels.py            # writes
    python scripts/reading_levels.py --show     # prints only

Run it after a change of words; a test compares the file with the content. Needs pyphen: pip install '.[author]'.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ketalearn.content.models import ReadingLevels
from ketalearn.content.reading import measured
from ketalearn.workspace import clock_from

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "modules" / "reading.toml"


def written(levels: ReadingLevels) -> str:
    """The figures as TOML."""
    lines = [
        "# How hard each part is to read. Written by scripts/reading_levels.py; do not edit by hand.",
        f"measured_on = {levels.measured_on.isoformat()}",
        f"how = {json.dumps(levels.how)}",
    ]
    for part in levels.part:
        lines += ["", "[[part]]"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in part.model_dump().items()]
    return "\n".join(lines) + "\n"


def main(*args: str) -> None:
    """Measure, print a table, and write unless told only to show."""
    import os

    levels = measured(ROOT, clock_from(os.environ)().date())
    print(f"{'':<46} words  sent.  FKGL  SMOG  as printed")
    for part in levels.part:
        print(
            f"{part.title:<46}{part.words:>6}{part.sentences:>7}{part.fkgl:>6}{part.smog:>6}"
            f"{part.fkgl_as_printed:>6}{part.smog_as_printed:>6}"
        )
    if "--show" not in args:
        TARGET.write_text(written(levels), encoding="utf-8")
        print(f"Written: {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
