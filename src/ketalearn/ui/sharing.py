"""Handing the sheet on from the app: a QR code on the screen, its picture, and the clipboard.

Each gives a page to show: its title and its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from ketalearn.render.wording import STALE
from ketalearn.ui.widgets.past_date import banner_parts

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from ketalearn.decision.sheet import Sheet
    from ketalearn.journey import Journey

Told = tuple[str, Content]

# what the frame, the title and the warning take, and the margins beside the code
AROUND = (8, 12)
INK = "black on white"
COPIED = (
    "Copied: the whole sheet, as plain text. Anyone who can use this computer can paste it and read it.\n\n"
    "Some terminals do not allow copying. If you paste and nothing comes, save the sheet as plain text instead.\n\n"
    "Copy something else when you are done."
)


def shown(app: App[Any], _journey: Journey, sheet: Sheet) -> Told:
    """The code itself, black on white in every theme; or what size of window it takes."""
    from ketalearn.render import qr

    offer = "\n\nYou can save it as a picture instead: press esc, then p."
    if app.no_color:
        return qr.HEADING, Content(f"{qr.COLOURS_OFF}{offer}")
    past_date = banner_parts(STALE if sheet.content.stale else "")
    lines, trouble = qr.for_window(sheet, *app.size, beside=(AROUND[0], AROUND[1] + 2 * len(past_date[:1])))
    if trouble:
        return qr.HEADING, Content(f"{trouble}{offer}")
    parts: list[str | tuple[str, str]] = [(f"{qr.WARNING}\n\n", "bold"), *past_date]
    for line in lines:
        parts += [(line, INK), "\n"]
    return qr.HEADING, Content.assemble(*parts)


def picture_saved(_app: App[Any], journey: Journey, sheet: Sheet) -> Told:
    """The code as a PNG beside the saved sheets."""
    from ketalearn.render import qr

    path = qr.keep_picture(sheet, journey.workspace)
    return "The QR code is saved", Content(f"Saved: {path}\n\n{qr.WARNING} {qr.NOT_A_LINK}")


def copied(app: App[Any], _journey: Journey, sheet: Sheet) -> Told:
    """The whole sheet as plain text, by the terminal's own clipboard (OSC 52)."""
    from ketalearn.render.text import to_text

    app.copy_to_clipboard(to_text(sheet))
    return "Copied as text", Content(COPIED)
