"""The banner of content past its date, with a sign and a word, so that colour does not carry it alone."""

from __future__ import annotations

Part = str | tuple[str, str]


def banner_parts(words: str) -> list[Part]:
    """The banner above a page, and an empty line; nothing when there is nothing to say."""
    return [("Important: ", "bold $alert"), (f"{words}\n\n", "bold $caution")] if words else []
