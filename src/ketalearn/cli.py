"""The command line: a thin face over the core. Standard output is data, standard error is narration.

Exit status: 0 done; 1 ran and has something wrong to report; 2 wrong usage or unreadable input.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ketalearn import __version__
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.learning.records import Memory
    from ketalearn.workspace import Workspace

COMMANDS = ("sheet", "check", "about", "progress", "data")


class _Parser(argparse.ArgumentParser):
    """One clear line and exit status 2 for wrong usage, with the nearest word that is known."""

    def error(self, message: str) -> NoReturn:
        hint = ""
        for word in message.replace("'", " ").split():
            options = [name for action in self._actions for name in action.option_strings]
            close = difflib.get_close_matches(word, [*options, *COMMANDS], n=1, cutoff=0.7)
            if close and close[0] != word:
                hint = f" Did you mean '{close[0]}'?"
        self.exit(2, f"{self.prog}: {message}.{hint} See '{self.prog} --help'.\n")


def _learner_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--learner", metavar="NAME", default=argparse.SUPPRESS, help="whose answers (default: me)")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", metavar="DIR", default=argparse.SUPPRESS, help="use the content in DIR")
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="ketalearn",
        description="Learn about ketamine and esketamine treatment, at your own pace and in private, and take your "
        "own questions to your doctor. With no command: opens the app.",
        epilog="In danger now? Call your local emergency number (112 works in many countries), "
        "or find a crisis line: findahelpline.com",
    )
    top.add_argument("--version", action="version", version=f"ketalearn {__version__}")
    top.add_argument("--plain", action="store_true", help="line by line, for screen readers, pipes and slow links")
    top.add_argument("--private", action="store_true", help="keep nothing on this computer")
    _learner_options(top)
    _common(top)
    sub = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    sheet = sub.add_parser("sheet", help="the question sheet, without the app")
    sheet.add_argument("--profile", metavar="FILE", help="answers from a profile file")
    sheet.add_argument("--format", choices=("text", "markdown", "html", "pdf", "json"), help="default: text")
    sheet.add_argument("-o", "--output", metavar="FILE", help="save to FILE; - is standard output")
    sheet.add_argument("--force", action="store_true", help="write over FILE if it is there")
    sheet.add_argument("--paper", choices=("letter", "a4"), help="default: by region")
    sheet.add_argument("--large-print", action="store_true", help="18 point type, on more paper")
    sheet.add_argument("--hide-sensitive", action="store_true", help="say nothing about you on the sheet")
    sheet.add_argument(
        "--for", dest="ask", metavar="WHO", choices=ASK, help=f"only what WHO can answer: {', '.join(ASK)}"
    )
    sheet.add_argument(
        "--print",
        dest="printer",
        metavar="PRINTER",
        nargs="?",
        const="",
        help="send the PDF to a printer's queue",
    )
    _learner_options(sheet)
    _common(sheet)

    check = sub.add_parser("check", help="check a content pack")
    check.add_argument("dir", nargs="?", metavar="DIR", help="folder with modules/ and questions/")
    check.add_argument("--format", choices=("text", "json"), default="text")
    _common(check)

    about = sub.add_parser("about", help="sources, funding, update policy, who has reviewed it")
    about.add_argument("--format", choices=("text", "json"), default="text")
    _common(about)

    progress = sub.add_parser("progress", help="where the learner stands")
    progress.add_argument("--format", choices=("text", "json"), default="text")
    _learner_options(progress)
    _common(progress)

    from ketalearn.store.commands import add_parser

    _common(data := add_parser(sub))
    _learner_options(data)
    return top


ASK = ("prescriber", "regular_doctor", "pharmacist", "clinic_staff", "therapist", "billing", "eye_doctor")


def run(argv: Sequence[str]) -> int:
    """Run one command; returns the exit status. No traceback reaches a user unless `--debug` is given."""
    _utf8()
    try:
        args = parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return _dispatch(args)
    except KetalearnError as error:
        if getattr(args, "debug", False):
            raise
        print(error, file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # the reader of our output went away: nothing more to say
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if getattr(args, "debug", False):
            raise
        print(
            f"ketalearn: something went wrong that we did not foresee ({type(error).__name__}: {error}). "
            "What was saved is kept. Run the same with --debug to see more.",
            file=sys.stderr,
        )
        return 1


def _utf8() -> None:
    """UTF-8 out where the stream can, else forms that fit its encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace" if stream is sys.stderr else "replace")


def can_print(text: str) -> bool:
    """Whether standard output can encode `text` as it is."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _dispatch(args: argparse.Namespace) -> int:
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
        case "about":
            from ketalearn.commands import about

            return about(args, open_workspace(args, stored=False))
        case "progress":
            from ketalearn.commands import progress

            return progress(args, open_workspace(args))
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


def open_memory(args: argparse.Namespace, *, stored: bool = True) -> Memory:
    """The learner's store, or a memory that ends with the process (`--private`, commands that keep nothing)."""
    if getattr(args, "private", False) or not stored:
        from ketalearn.learning.records import ShortMemory

        return ShortMemory()
    from ketalearn.store.database import Store
    from ketalearn.store.folders import data_folder
    from ketalearn.workspace import clock_from

    return Store.open(data_folder(os.environ), getattr(args, "learner", "me"), now=clock_from(os.environ))


def open_workspace(args: argparse.Namespace, *, stored: bool = True) -> Workspace:
    from ketalearn.workspace import Workspace, clock_from, pack_root, region_from

    return Workspace(
        root=pack_root(os.environ, getattr(args, "pack", None)),
        memory=open_memory(args, stored=stored),
        now=clock_from(os.environ),
        region=region_from(os.environ),
        private=getattr(args, "private", False),
        home=Path.home(),
    )


def _app(args: argparse.Namespace) -> int:
    if not sys.stdout.isatty() or not sys.stdin.isatty() or os.environ.get("TERM") == "dumb":
        print(
            "ketalearn: this is not a screen that the app can draw on. Use: ketalearn --plain",
            file=sys.stderr,
        )
        return 2
    from ketalearn.ui.app import run_app

    return run_app(open_workspace(args))


def _plain(args: argparse.Namespace) -> int:
    from ketalearn.plain.talk import run_plain

    return run_plain(open_workspace(args))
