"""The sheet as the contract's JSON (`ketalearn/sheet@1`)."""

from __future__ import annotations

import json

from ketalearn.decision.sheet import Sheet


def to_json(sheet: Sheet) -> str:
    """Readable JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    text = json.dumps(sheet.as_dict(), indent=2, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
