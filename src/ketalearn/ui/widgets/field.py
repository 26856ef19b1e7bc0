"""A field to type in that wraps, so that no word of a long question is out of sight."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

TYPING = "Here ! and ? only type.\nF2, or Esc, then ! for crisis help."
"""Stands under every field, each sentence on one line at 40 columns. F1 opens help from one, as the footer says."""


class Field(TextArea):
    """Words to type. Enter and escape both leave it; `kept` says which."""

    class Left(Message):
        """The person is done typing."""

        def __init__(self, field: Field, kept: bool) -> None:
            super().__init__()
            self.field = field
            self.kept = kept

    def __init__(self) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Left(self, event.key == "enter"))
            return
        await super()._on_key(event)
