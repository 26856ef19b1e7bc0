"""Programs by the names of CUPS' own, for what a real queue cannot be made to do, and for tests of the faces."""

from __future__ import annotations

from pathlib import Path

LPSTAT = """\
case "$1" in
  -r) echo "scheduler is running";;
  -e) echo Attic; echo Office;;
  -d) echo "system default destination: Office";;
  -a) echo "Attic accepting requests since now"; echo "Office accepting requests since now";;
esac
"""
LPOPTIONS = """\
if [ "$2" = Attic ]; then state=5; else state=3; fi
echo "printer-info=$2 printer-is-accepting-jobs=true printer-state=$state printer-state-reasons=none"
"""
LP = """\
echo "$@" > {folder}/arguments
cat > {folder}/job.pdf
echo "request id is Office-1 (0 file(s))"
"""


class FakeCups:
    """A folder of programs to put on PATH: two printers, Office (the usual one) and Attic (paused)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tools = folder / "tools"
        self.tools.mkdir()
        self.say("lpstat", LPSTAT)
        self.say("lpoptions", LPOPTIONS)
        self.say("lp", LP.format(folder=folder))

    @property
    def path(self) -> str:
        """PATH with these programs, and the shell's own, but without any real CUPS."""
        return str(self.tools)

    def say(self, name: str, script: str) -> None:
        """Let the program `name` run this script."""
        program = self.tools / name
        program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}")
        program.chmod(0o755)

    @property
    def arguments(self) -> str:
        """What lp was called with."""
        return (self.folder / "arguments").read_text().strip()

    @property
    def job(self) -> bytes:
        """What lp was given."""
        return (self.folder / "job.pdf").read_bytes()
