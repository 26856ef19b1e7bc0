"""Folders and files: where data is kept, and saving without ever writing over anything unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ketalearn.errors import KetalearnError


class FileInTheWay(KetalearnError):
    """A file of that name is there already. `short` says it without the option that only a command has."""

    exit_status = 1

    def __init__(self, path: Path) -> None:
        self.short = f"{path} is there already; choose another name"
        super().__init__(f"{self.short}, or add --force to write over it")


class FolderInTheWay(KetalearnError):
    """A folder was given where a file belongs."""

    exit_status = 1


def data_folder(environ: Mapping[str, str]) -> Path:
    """KETALEARN_HOME, else the user's data folder by the system's convention."""
    if home := environ.get("KETALEARN_HOME", ""):
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_data_dir("ketalearn"))


def save_new(path: Path, data: bytes, *, force: bool = False) -> Path:
    """Write `data` whole or not at all, readable by the person alone. Raises FileInTheWay, or KetalearnError."""
    if path.is_dir():
        raise FolderInTheWay(f"{path} is a folder; add a file name after it")
    if path.exists() and not force:
        raise FileInTheWay(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ketalearn-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if force:
                Path(name).replace(path)
            else:
                # a link refuses to take a name that is taken, even if it was free a moment ago
                os.link(name, path)
        finally:
            Path(name).unlink(missing_ok=True)
    except FileExistsError:
        raise FileInTheWay(path) from None
    except OSError as error:
        raise KetalearnError(f"{path} cannot be written ({error.strerror}); choose another folder") from None
    return path


def shown(path: Path, home: Path) -> str:
    """A path as a screen tells it, where room is short: below the home folder it begins with `~`."""
    try:
        return str(Path("~") / path.relative_to(home))
    except ValueError:
        return str(path)


def files_near(home: Path, suffix: str) -> list[Path]:
    """Files of a kind where mail and browsers put them (Downloads, Desktop) and in this folder; the newest first."""
    found = []
    for place in dict.fromkeys((home / "Downloads", home / "Desktop", Path.cwd())):
        try:
            found += [(one.stat().st_mtime, one) for one in place.iterdir() if one.suffix == suffix]
        except OSError:
            continue
    return [one for _, one in sorted(found, reverse=True)]


def typed_path(text: str, home: Path) -> Path:
    """A path as typed; `~` is `home`, as in `shown`."""
    text = text.strip()
    if text == "~" or text.startswith(("~/", f"~{os.sep}")):
        return home / text[2:]
    return Path(text).expanduser()


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """`stem.suffix`, or `stem-2.suffix` and so on: the first that is free."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}{suffix}"
        number += 1
    return path
