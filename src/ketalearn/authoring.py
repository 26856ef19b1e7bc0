"""What authors run beside `check`: the schemas for their editor, a new module, a page as readers will see it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ketalearn.errors import KetalearnError


class InTheWay(KetalearnError):
    """Files are there already, and are not the same; nothing was written."""

    exit_status = 1


def author_root(environ: Mapping[str, str], given: str | None, here: Path) -> Path:
    """The pack to write in: `--pack`, else KETALEARN_PACK, else the one around `here`, else the copy that runs.

    Raises KetalearnError where that is the installed program's own, which the next update would write over.
    """
    from ketalearn.preview import pack_around
    from ketalearn.workspace import pack_root

    if not given and not environ.get("KETALEARN_PACK") and (around := pack_around(here)):
        return around
    root = pack_root(environ, given)
    if (root / "__main__.py").exists() or (root.parent / "__main__.py").exists():
        raise KetalearnError("this is the content that came with the program; give your own copy with --pack DIR")
    return root


def schema(args: argparse.Namespace) -> int:
    """`ketalearn schema`: list the kinds of file; print one schema; or write all of them for an editor."""
    from ketalearn.content import kinds
    from ketalearn.content.load import did_you_mean

    every = {kind.name: kind for kind in kinds.kinds()}
    if args.all is not None:
        if args.name is not None:
            raise KetalearnError("--all writes every schema; leave the name out")
        return _write_all(Path(args.all), kinds.files_of_all(), force=args.force)
    if args.name is None:
        for kind in every.values():
            print(f"{kind.name:<13} {kind.files:<29} {kind.words}")
        return 0
    if args.name not in every:
        raise KetalearnError(
            f"there is no schema '{args.name}'; {did_you_mean(args.name, every, 'see ketalearn schema')}"
        )
    print(kinds.as_text(every[args.name]), end="")
    return 0


def _write_all(folder: Path, files: dict[Path, str], *, force: bool) -> int:
    """Write `files` under `folder`; those that are there and differ are written over only with `force`."""
    if not folder.is_dir():
        raise KetalearnError(f"{folder} is no folder; give the folder that holds modules/ and questions/")
    changed = {path: text for path, text in files.items() if _text_of(folder / path) != text}
    other = [path for path in changed if (folder / path).exists()]
    if other and not force:
        raise InTheWay(
            f"{', '.join(str(folder / path) for path in other[:3])}{' and others' if len(other) > 3 else ''} "
            "would change; add --force to write over"
        )
    try:
        for path, text in changed.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    except OSError as error:
        raise InTheWay(f"{error.filename} cannot be written ({error.strerror}); choose a folder of yours") from error
    for path in changed:
        print(folder / path)
    print(f"{len(changed)} written, {len(files) - len(changed)} were right already.", file=sys.stderr)
    return 0


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def new(args: argparse.Namespace) -> int:
    """`ketalearn new module NAME`: a skeleton whose gaps `check` lists."""
    from ketalearn.content.skeleton import new_module

    root = author_root(os.environ, getattr(args, "pack", None), Path.cwd())
    try:
        made = new_module(root, args.name)
    except OSError as error:
        raise InTheWay(
            f"{error.filename} cannot be written ({error.strerror}); give a copy of yours with --pack DIR"
        ) from error
    for path in made.files:
        print(root / path)
    if made.listed:
        print(f"'{made.name}' now stands last in modules of {root / 'modules' / 'pack.toml'}.", file=sys.stderr)
    else:
        print(f'Add "{made.name}" to the list modules in {root / "modules" / "pack.toml"}.', file=sys.stderr)
    print(f"Next: ketalearn check {root} lists what to write.", file=sys.stderr)
    return 0


def preview(args: argparse.Namespace) -> int:
    """`ketalearn preview FILE`: in a terminal, as readers will see it, again at each save; else once, as text."""
    from ketalearn.preview import Preview, target_of
    from ketalearn.workspace import clock_from, region_from

    made = Preview(target_of(args.file), clock_from(os.environ), region_from(os.environ))
    if sys.stdout.isatty() and sys.stdin.isatty() and os.environ.get("TERM") != "dumb":
        from ketalearn.ui.preview import run_preview

        return run_preview(made)
    from ketalearn.plain.preview import told

    return told(made, print, lambda words: print(words, file=sys.stderr))
