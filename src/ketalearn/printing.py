"""Sending the sheet to a printer's queue, by the system's own `lp`. The PDF is always kept, whatever happens.

`lp` exits 0 for a paused queue or a dead device, so success is worded "sent to the queue", never "printed".
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from ketalearn.store.folders import free_name, save_new
from ketalearn.workspace import Workspace

SECONDS = 10


def print_sheet(
    data: bytes, workspace: Workspace, *, printer: str = "", output: str | None = None, force: bool = False
) -> int:
    """Keep the PDF, send it to the queue, say what happened. Status 1 when it could not be sent."""
    path = Path(output) if output else free_name(sheets_folder(workspace), sheet_stem(workspace), ".pdf")
    path = save_new(path, data, force=force)
    sent, words = send(data, printer)
    print(f"{words} The sheet is saved here: {path}", file=sys.stderr)
    return 0 if sent else 1


def sheets_folder(workspace: Workspace) -> Path:
    """Where sheets are saved when no folder is named: Documents if there is one, else the home folder."""
    documents = workspace.home / "Documents"
    return documents if documents.is_dir() else workspace.home


def sheet_stem(workspace: Workspace) -> str:
    """`questions-DATE`: no drug and no name in a file's name."""
    return f"questions-{workspace.today.isoformat()}"


def send(data: bytes, printer: str = "") -> tuple[bool, str]:
    """Hand a PDF to the print system; (whether it was taken, what to tell the person)."""
    lp = shutil.which("lp")
    if lp is None:
        return False, "This computer has no print system that we can use, so nothing was printed."
    command = [lp, "-t", "Document", *(["-d", printer] if printer else []), "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False, "The print system did not answer, so nothing was printed."
    except OSError as error:
        return False, f"The print system could not be started ({error.strerror}), so nothing was printed."
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = f" It said: {said[-1]}" if said else ""
        return False, f"The print system did not take the sheet.{why}"
    return True, "The sheet was sent to the printer's queue."
