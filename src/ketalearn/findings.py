"""One fault in something that people write, with its place and its mend."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in a content pack or a profile file, with its place (1-based line and column)."""

    path: str
    line: int
    col: int
    code: str
    level: Severity
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}: {self.code} {self.message}; {self.fix}"

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)
