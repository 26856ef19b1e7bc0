"""One learner's workspace: content, memory, clock and region, made at the edge and passed in. Nothing is global."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.content.heads import PackHead, read_heads
from ketalearn.errors import KetalearnError
from ketalearn.learning.records import Memory

if TYPE_CHECKING:
    from ketalearn.content.pack import Pack
    from ketalearn.decision.profile import Vocabulary


# days of review lie up to a century ahead, and must be dates that the calendar has
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999


def clock_from(environ: Mapping[str, str]) -> Callable[[], dt.datetime]:
    """The clock: now, or noon of KETALEARN_TODAY. Raises KetalearnError when that is not a date."""
    text = environ.get("KETALEARN_TODAY", "")
    if not text:
        return lambda: dt.datetime.now().astimezone()
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise KetalearnError(f"KETALEARN_TODAY is '{text}'; write it as YYYY-MM-DD") from None
    if day.isoformat() != text:
        raise KetalearnError(f"KETALEARN_TODAY is '{text}'; write it as YYYY-MM-DD")
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise KetalearnError(f"KETALEARN_TODAY is '{text}'; give a year from {EARLIEST_YEAR} to {LATEST_YEAR}")
    return lambda: dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def pack_root(environ: Mapping[str, str], given: str | None = None) -> Path:
    """The content folder: `--pack`, else KETALEARN_PACK, else the one that comes with the program."""
    chosen = given or environ.get("KETALEARN_PACK", "")
    if not chosen:
        package = Path(__file__).resolve().parent
        shipped = package / "pack"
        return shipped if (shipped / "modules").is_dir() else package.parent.parent
    root = Path(chosen)
    if not (root / "modules").is_dir() or not (root / "questions").is_dir():
        raise KetalearnError(f"{chosen} is no content pack; give a folder that holds modules/ and questions/")
    return root


@dataclass
class Workspace:
    """All that one learner's journey needs. `now` gives the time with its offset; `region` is used until asked."""

    root: Path
    memory: Memory
    now: Callable[[], dt.datetime]
    region: str = ""
    private: bool = False
    home: Path = field(default_factory=Path.home)
    """Where saved sheets go when no folder is named."""
    data: Path | None = None
    """The folder of kept data; None where nothing is kept."""

    @cached_property
    def heads(self) -> PackHead:
        return read_heads(self.root)

    @cached_property
    def pack(self) -> Pack:
        from ketalearn.content.pack import Pack

        return Pack(self.root)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        from ketalearn.decision.profile import Vocabulary

        return Vocabulary(self.pack.interview)

    @property
    def today(self) -> dt.date:
        return self.now().date()


def region_from(environ: Mapping[str, str] = os.environ) -> str:
    """KETALEARN_REGION as given; an unknown one shows the neutral lines."""
    return environ.get("KETALEARN_REGION", "").strip()
