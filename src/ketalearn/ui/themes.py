"""Night and paper: the two looks. Every text colour is 4.5:1 or better on both of its grounds (tested)."""

from __future__ import annotations

from textual.theme import Theme

NIGHT = Theme(
    name="night",
    primary="#72c9b4",
    secondary="#a3b1bd",
    accent="#72c9b4",
    foreground="#e7eaed",
    background="#11171d",
    surface="#11171d",
    panel="#182129",
    warning="#e6b85f",
    error="#f2917f",
    success="#72c9b4",
    dark=True,
    variables={"quiet": "#a3b1bd", "caution": "#e6b85f", "alert": "#f2917f", "raised": "#182129", "bar": "#2d5862"},
)
PAPER = Theme(
    name="paper",
    primary="#0a6657",
    secondary="#56616b",
    accent="#0a6657",
    foreground="#23282c",
    background="#faf7f1",
    surface="#faf7f1",
    panel="#ffffff",
    warning="#7d5200",
    error="#a12f1c",
    success="#0a6657",
    dark=False,
    variables={"quiet": "#56616b", "caution": "#7d5200", "alert": "#a12f1c", "raised": "#ffffff", "bar": "#9fc7bd"},
)
# the colours that text is written in, and the grounds it stands on
TEXT_COLOURS = ("foreground", "accent", "quiet", "caution", "alert")
GROUNDS = ("background", "raised")
# the ground of the highlighted row, on which all words are written in the foreground colour
BAR = "bar"


def colour(theme: Theme, name: str) -> str:
    """A named colour of a theme as #rrggbb."""
    return str(theme.variables.get(name) or getattr(theme, name))
