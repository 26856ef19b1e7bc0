"""What many tests use: the real content, a small pack, workspaces, and profiles that Hypothesis makes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ketalearn.content.pack import Pack
from ketalearn.decision.profile import MANY, ONE, QUIZ, Profile, Vocabulary, kept
from ketalearn.journey import Journey
from ketalearn.learning.records import Memory, ShortMemory
from ketalearn.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "packs" / "small"
TODAY = dt.date(2026, 11, 24)


@cache
def real_pack() -> Pack:
    """The content that ships."""
    return Pack(ROOT)


@cache
def small_pack() -> Pack:
    return Pack(SMALL)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(real_pack().interview)


class Clock:
    """A clock that a test can move."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.time

    def goes_on(self, hours: float) -> None:
        self.time += dt.timedelta(hours=hours)


def workspace(
    root: Path = SMALL,
    memory: Memory | None = None,
    clock: Clock | None = None,
    region: str = "",
    home: Path | None = None,
    data: Path | None = None,
) -> Workspace:
    return Workspace(
        root=root,
        memory=memory if memory is not None else ShortMemory(),
        now=clock or Clock(),
        region=region,
        home=home or Path("nowhere"),
        data=data,
    )


def journey(root: Path = SMALL, **given: Any) -> Journey:
    return Journey(workspace(root, **given))


def all_topics(pack: Pack) -> list[str]:
    return [prompt.topic for group in pack.groups for prompt in group.prompt]


@st.composite
def profiles(draw: st.DrawFn, *, typed: bool = False) -> Profile:
    """A profile of the real vocabulary, as the interview would keep it."""
    known = vocabulary()
    said: dict[str, Any] = {}
    for name in ONE:
        said[name] = draw(st.sampled_from(["", *known.allowed(name)]))
    for name in MANY:
        most = 3 if name == "values" else 6
        chosen = draw(st.lists(st.sampled_from(known.allowed(name)), max_size=most, unique=True))
        said[name] = kept(name, chosen, known)
    for name in QUIZ:
        said[name] = tuple(draw(st.lists(st.sampled_from(known.allowed(name)), max_size=4, unique=True)))
    said["medicine_names"] = tuple(
        draw(st.lists(st.sampled_from(["Xanax", "Zoloft", "lithium", "Foobarin"]), max_size=2, unique=True))
    )
    topics = all_topics(real_pack())
    said["starred"] = tuple(draw(st.lists(st.sampled_from(topics), max_size=3, unique=True)))
    said["order"] = tuple(draw(st.lists(st.sampled_from(topics), max_size=5, unique=True)))
    if typed:
        text = st.text(max_size=60)
        said["own_value"] = draw(text)
        said["own_questions"] = tuple(draw(st.lists(text, max_size=4)))
        said["medicine_names"] = tuple(draw(st.lists(text, max_size=2)))
        said["edited"] = draw(st.dictionaries(st.sampled_from(topics), text, max_size=2))
    return Profile(**said)
