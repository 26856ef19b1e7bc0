"""Driving the app in tests, and reading its screen as text."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

from ketalearn.journey import Journey, Place
from ketalearn.ui.app import FootLine, KetalearnApp

LARGE = (80, 24)
SMALL_SCREEN = (40, 15)
WIDE = (120, 40)
SIZES = [LARGE, SMALL_SCREEN]


def sync(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test without a plugin."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))  # type: ignore[arg-type]

    return run


def screen_text(app: KetalearnApp) -> str:
    """What stands on the screen, line by line. The one place that uses Textual's compositor."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def words_of(app: KetalearnApp) -> str:
    """The screen's words with all white space collapsed, so that wrapping does not matter."""
    return " ".join(screen_text(app).split())


def foot(app: KetalearnApp) -> str:
    return app.query_one(FootLine).words


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


def app_for(journey: Journey, *, welcomed: bool = True) -> KetalearnApp:
    if welcomed:
        journey.memory.put("welcomed", True)
    return KetalearnApp(journey)


async def at(pilot: Pilot[None], place: Place) -> KetalearnApp:
    """Show a place."""
    app = pilot.app
    assert isinstance(app, KetalearnApp)
    await app.show(place)
    await settle(pilot)
    return app


def kind(app: KetalearnApp) -> str:
    """The kind of place that is shown now."""
    return app.place.kind
