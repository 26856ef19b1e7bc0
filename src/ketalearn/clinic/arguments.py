"""The words and options of the clinic's commands, and of what a person does with the clinic's files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any


def add_clinic_parsers(
    sub: Any, kind: Any, common: Callable[[argparse.ArgumentParser], None], learner: Callable[[Any], None]
) -> None:
    """Add `assign`, `open`, `return` and `roster` to the parser."""
    _assign(sub, kind, common)
    _person(sub, common, learner)
    _roster(sub, kind, common)


def _output(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", required=required, help="save to FILE")
    parser.add_argument("--force", action="store_true", help="write over FILE if it is there")


def _assign(sub: Any, kind: Any, common: Callable[[argparse.ArgumentParser], None]) -> None:
    assign = sub.add_parser("assign", help="for clinics: ask someone to read modules")
    verbs = assign.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=kind)
    new = verbs.add_parser("new", help="one small signed file for one person, and a handout to print")
    template = verbs.add_parser("template", help="keep modules, questions and a note under a name; no name lists them")
    template.add_argument("name", nargs="?", metavar="NAME")
    template.add_argument("--delete", action="store_true", help="delete the template of that name")
    new.add_argument("--patient", metavar="CODE", required=True, help="a code that you make up; never a name")
    new.add_argument("--due", metavar="DATE", default="", help="YYYY-MM-DD")
    new.add_argument("--clinic", metavar="NAME", help="remembered")
    new.add_argument("--phone", metavar="PHONE", help="remembered")
    new.add_argument("--template", metavar="NAME", help="begin with a template")
    new.add_argument("--handout", metavar="FILE.pdf", help="a page to print and hand over")
    _output(new)
    for one in (new, template):
        one.add_argument("--module", metavar="ID", action="append", default=[], help="may be given again")
        one.add_argument("--question", metavar="TEXT", action="append", default=[], help="your own; may be given again")
        one.add_argument("--note", metavar="TEXT", help="at most 200 characters")
        common(one)
    listed = verbs.add_parser("list", help="what was assigned")
    listed.add_argument("--format", choices=("text", "json"), default="text")
    common(listed)


def _roster(sub: Any, kind: Any, common: Callable[[argparse.ArgumentParser], None]) -> None:
    roster = sub.add_parser("roster", help="for clinics: what came back")
    verbs = roster.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=kind)
    add = verbs.add_parser("add", help="take in return files; the same one twice does no harm")
    add.add_argument("files", metavar="FILE", nargs="+", help="- is standard input: the text of a QR code, say")
    show = verbs.add_parser("show", help="all codes, or one")
    show.add_argument("code", metavar="CODE", nargs="?")
    show.add_argument("--format", choices=("text", "json"), default="text")
    brief = verbs.add_parser("brief", help="one page for the visit")
    brief.add_argument("code", metavar="CODE")
    _output(brief, required=False)
    brief.add_argument(
        "--print", dest="printer", nargs="?", const="", metavar="PRINTER", help="send it to a printer's queue"
    )
    export = verbs.add_parser("export", help="the roster as CSV")
    _output(export)
    figures = verbs.add_parser("statistics", help="pooled figures of quiz questions, without codes")
    figures.add_argument("--format", choices=("text", "json"), default="text")
    keys = verbs.add_parser("keys", help="your six words, where the keys are, and a backup")
    keys.add_argument("what", nargs="?", choices=("backup",))
    keys.add_argument("file", nargs="?", metavar="FILE")
    keys.add_argument("--force", action="store_true", help="write over FILE if it is there")
    for one in (add, show, brief, export, figures, keys):
        common(one)


def _person(
    sub: Any, common: Callable[[argparse.ArgumentParser], None], learner: Callable[[argparse.ArgumentParser], None]
) -> None:
    opened = sub.add_parser("open", help="open the file of your clinic")
    opened.add_argument("file", metavar="FILE", help="- is standard input")
    opened.add_argument("--words-match", action="store_true", help="the six words are those on my paper")
    learner(opened)
    common(opened)

    back = sub.add_parser("return", help="make a file for your clinic, with what you choose to send")
    back.add_argument("--assignment", metavar="ID", default="", help="default: the one opened last")
    back.add_argument(
        "--include", metavar="PART", action="append", default=[],
        help="send this part; given once or more, nothing else is sent (default: completion, objectives)",
    )  # fmt: skip
    back.add_argument("--show", action="store_true", help="print exactly what would be sent")
    back.add_argument(
        "--paper", metavar="FILE.pdf", help="print it in place of a file: the lines, and a QR code where it fits"
    )
    _output(back, required=False)
    learner(back)
    common(back)
