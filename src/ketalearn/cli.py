"""The command line: a thin face over the core. Standard output is data, standard error is narration.

Exit status: 0 done; 1 ran and has something wrong to report; 2 wrong usage or unreadable input.
"""

from __future__ import annotations

import errno
import os
import sys

from ketalearn.errors import KetalearnError

# typing, pathlib and dataclasses are not imported here: they cost more than all that `--help` does
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ketalearn.learning.records import Memory
    from ketalearn.workspace import Workspace


def run(argv: Sequence[str]) -> int:
    """Run one command; returns the exit status. No traceback reaches a user unless `--debug` is given."""
    _utf8()
    args: Any
    if argv:
        from ketalearn.arguments import parser

        try:
            args = parser().parse_args(argv)
        except SystemExit as stop:
            return int(stop.code or 0)
    else:
        # no word at all opens the app, which must not wait for a parser
        from types import SimpleNamespace

        args = SimpleNamespace(command=None, plain=False)
    debug = getattr(args, "debug", False)
    try:
        return _to_the_end(args)
    except KetalearnError as error:
        if debug:
            _show_trace()
        print(error, file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # the reader of our output went away: nothing more to say
        _no_more_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if debug:
            _show_trace()
        if isinstance(error, OSError) and error.errno in _CANNOT_WRITE and error.filename is None:
            _no_more_output()
            print(f"ketalearn: this cannot be written ({error.strerror}); send it elsewhere", file=sys.stderr)
            return 1
        print(
            f"ketalearn: something went wrong that we did not foresee ({type(error).__name__}: {error}). "
            "What was saved is kept. Run the same with --debug to see more.",
            file=sys.stderr,
        )
        return 1


# a full disk, a broken device, a stream that was closed
_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG)


def _show_trace() -> None:
    import traceback

    traceback.print_exc()


def _no_more_output() -> None:
    """What is left to write goes nowhere; the interpreter would try it again as it ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open to the end


def _utf8() -> None:
    """UTF-8 out where the stream can, else forms that fit its encoding."""
    if "utf" not in (sys.stdout.encoding or "utf-8").lower():
        from ketalearn.output import register

        register()
        errors = "ketalearn"
    else:
        # a lone surrogate, which UTF-8 cannot hold
        errors = "replace"
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace" if stream is sys.stderr else errors)


def _to_the_end(args: Any) -> int:
    """Do the command and write all of it, so that a reader who left or a full disk shows here, not at the exit."""
    status = _dispatch(args)
    sys.stdout.flush()
    return status


def _dispatch(args: Any) -> int:
    match args.command:
        case None:
            return _plain(args) if args.plain else _app(args)
        case "sheet":
            from ketalearn.commands import sheet

            with_store = args.profile is None
            return sheet(args, open_workspace(args, stored=with_store))
        case "check":
            from ketalearn.commands import check

            return check(args)
        case "schema":
            from ketalearn.authoring import schema

            return schema(args)
        case "preview":
            from ketalearn.authoring import preview

            return preview(args)
        case "new":
            from ketalearn.authoring import new

            return new(args)
        case "about":
            from ketalearn.commands import about

            return about(args, open_workspace(args, stored=False))
        case "progress":
            from ketalearn.commands import progress

            return progress(args, open_workspace(args))
        case "assign" | "roster":
            from ketalearn.clinic import commands
            from ketalearn.store.folders import data_folder

            command = commands.assign if args.command == "assign" else commands.roster
            return command(args, open_workspace(args, stored=False), data_folder(os.environ))
        case "open":
            from ketalearn.clinic.commands import open_file

            return open_file(args, open_workspace(args))
        case "return":
            from ketalearn.clinic.commands import make_return
            from ketalearn.journey import Journey

            return make_return(args, Journey(open_workspace(args)))
        case _:
            from ketalearn.store.commands import run as run_data
            from ketalearn.store.folders import data_folder
            from ketalearn.workspace import clock_from

            if not hasattr(args, "learner"):
                args.learner = "me"
            return run_data(
                args,
                folder=data_folder(os.environ),
                now=clock_from(os.environ),
                out=sys.stdout,
                err=sys.stderr,
                ask=input if sys.stdin.isatty() else None,
            )


def open_memory(args: Any, *, stored: bool = True) -> Memory:
    """The learner's store, or a memory that ends with the process (`--private`, commands that keep nothing)."""
    if getattr(args, "private", False) or not stored:
        from ketalearn.learning.records import ShortMemory

        return ShortMemory()
    from ketalearn.store.database import Store
    from ketalearn.store.folders import data_folder
    from ketalearn.workspace import clock_from

    store = Store.open(data_folder(os.environ), getattr(args, "learner", "me"), now=clock_from(os.environ))
    if args.command is not None:
        # the app and plain mode say it themselves, and go on
        if store.unreadable:
            raise KetalearnError(f"{store.path} cannot be read now; check that you may read it")
        if store.notice:
            print(store.notice, file=sys.stderr)
    return store


def open_workspace(args: Any, *, stored: bool = True) -> Workspace:
    from pathlib import Path

    from ketalearn.store.folders import data_folder
    from ketalearn.workspace import Workspace, clock_from, pack_root, region_from

    return Workspace(
        root=pack_root(os.environ, getattr(args, "pack", None)),
        memory=open_memory(args, stored=stored),
        now=clock_from(os.environ),
        region=region_from(os.environ),
        private=getattr(args, "private", False),
        home=Path.home(),
        data=None if getattr(args, "private", False) or not stored else data_folder(os.environ),
    )


def _app(args: Any) -> int:
    if not sys.stdout.isatty() or not sys.stdin.isatty() or os.environ.get("TERM") == "dumb":
        print(
            "ketalearn: this is not a screen that the app can draw on. Use: ketalearn --plain",
            file=sys.stderr,
        )
        return 2
    from ketalearn.ui.app import run_app

    return run_app(open_workspace(args))


def _plain(args: Any) -> int:
    from ketalearn.plain.talk import run_plain

    return run_plain(open_workspace(args))
