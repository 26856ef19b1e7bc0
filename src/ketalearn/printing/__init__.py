"""Sending the sheet to a printer's queue. The PDF is always kept, whatever happens.

One interface, `PrintSystem`, stands before the system's own: CUPS (Linux, macOS) or Windows. A queue that takes a
sheet has not printed it, so success is worded "sent to the queue", never "printed".
"""

from __future__ import annotations

import sys
from pathlib import Path

from ketalearn.printing.outcome import Outcome, Printer, PrintSystem, PrintTrouble, named
from ketalearn.store.folders import free_name, save_new
from ketalearn.workspace import Workspace

__all__ = [
    "Outcome",
    "PrintSystem",
    "PrintTrouble",
    "Printer",
    "keep_pdf",
    "named",
    "print_sheet",
    "print_system",
    "sheet_stem",
    "sheets_folder",
]


def print_system(platform: str = sys.platform) -> PrintSystem:
    """The print system of this computer."""
    if platform == "win32":
        from ketalearn.printing.windows import WindowsPrinting

        return WindowsPrinting()
    from ketalearn.printing.cups import Cups

    return Cups()


def print_sheet(
    data: bytes,
    workspace: Workspace,
    *,
    printer: str = "",
    output: str | None = None,
    force: bool = False,
    name: str = "sheet",
) -> int:
    """Keep the PDF, send it to the queue, say what happened. Status 1 when it will not print by itself."""
    path = save_new(Path(output), data, force=force) if output else keep_pdf(data, workspace)
    outcome = named(print_system().send(path, printer), name)
    print(f"{outcome.told}\nThe {name} is saved here: {path}", file=sys.stderr)
    return 0 if outcome.ok else 1


def keep_pdf(data: bytes, workspace: Workspace) -> Path:
    """Save a PDF under a name that is free, where sheets are saved; its path."""
    return save_new(free_name(sheets_folder(workspace), sheet_stem(workspace), ".pdf"), data)


def sheets_folder(workspace: Workspace) -> Path:
    """Where sheets are saved when no folder is named: Documents if there is one, else the home folder."""
    documents = workspace.home / "Documents"
    return documents if documents.is_dir() else workspace.home


def sheet_stem(workspace: Workspace) -> str:
    """`questions-DATE`: no drug and no name in a file's name."""
    return f"questions-{workspace.today.isoformat()}"
