"""What can go wrong, in words a reader can act on.

Every error that may reach a person derives from :class:`KetalearnError`: its text is one line that says what is
wrong and how to mend it, and it carries the exit status of the command line (1: the command ran and has something
wrong to report; 2: wrong usage or unreadable input).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


class KetalearnError(Exception):
    """A fault that is shown to the person as it is, without a traceback."""

    exit_status = 2


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


class ContentError(KetalearnError):
    """A file that authors or learners write does not hold what it must; carries every finding in it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
