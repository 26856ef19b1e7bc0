"""What can go wrong, in words a reader can act on.

Every error that may reach a person derives from :class:`KetalearnError`: its text is one line that says what is
wrong and how to mend it, and it carries the exit status of the command line (1: the command ran and has something
wrong to report; 2: wrong usage or unreadable input). This module imports nothing: `--version` must be quick.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ketalearn.findings import Finding


class KetalearnError(Exception):
    """A fault that is shown to the person as it is, without a traceback."""

    exit_status = 2


class ContentError(KetalearnError):
    """A file that authors or learners write does not hold what it must; carries every finding in it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
