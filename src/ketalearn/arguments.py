"""The words and options of the command line (contract, "Command line")."""

import argparse

from ketalearn import __version__

# typing is not imported here: it costs more than all that `--help` does
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

COMMANDS = (
    "sheet",
    "check",
    "preview",
    "schema",
    "new",
    "about",
    "progress",
    "data",
    "assign",
    "open",
    "return",
    "roster",
)
ASK = ("prescriber", "regular_doctor", "pharmacist", "clinic_staff", "therapist", "billing", "eye_doctor")


class _Parser(argparse.ArgumentParser):
    """One clear line and exit status 2 for wrong usage, with the nearest word that is known."""

    def error(self, message: str) -> "NoReturn":
        import difflib

        hint = ""
        given, known = self._unknown(message)
        for word in given:
            close = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
            if close and close[0] != word:
                hint = f" Did you mean '{close[0]}'?"
        self.exit(2, f"{self.prog}: {message}.{hint} See '{self.prog} --help'.\n")

    def _unknown(self, message: str) -> "tuple[list[str], list[str]]":
        """The words that argparse's `message` calls unknown, and those that may stand in their place."""
        wrong, _, choices = message.partition(" (choose from ")
        if choices:
            return wrong.split("'")[1::2], choices.split("'")[1::2]
        # the top parser reports what no command took, so the options of its commands count as well
        parsers: list[argparse.ArgumentParser] = [self]
        for action in self._actions:
            if isinstance(action.choices, dict):
                parsers += action.choices.values()
        options = [name for one in parsers for action in one._actions for name in action.option_strings]
        _, unknown, words = message.partition("unrecognized arguments: ")
        return (words.split() if unknown else []), options


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
    sheet.add_argument("--today", action="store_true", help="the first three questions alone, on one side")
    sheet.add_argument("--blank", action="store_true", help="an empty form to fill in by hand")
    sheet.add_argument(
        "--qr", action="store_true", help="add your first questions as a QR code; -o FILE.png or .svg saves it alone"
    )
    sheet.add_argument("--choices", action="store_true", help="add the page of choices, side by side")
    sheet.add_argument("--plan", action="store_true", help="add a plan for worse days and a diary, to fill in by hand")
    sheet.add_argument("--hide-sensitive", action="store_true", help="say nothing about you on the sheet")
    sheet.add_argument(
        "--for", dest="ask", metavar="WHO", choices=ASK, help=f"only what WHO can answer: {', '.join(ASK)}"
    )
    sheet.add_argument(
        "--explain", metavar="TOPIC", help="why the question of TOPIC is on the sheet, or is not (text or json)"
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

    _author_parsers(sub)

    about = sub.add_parser("about", help="sources, funding, update policy, who has reviewed it")
    about.add_argument("--format", choices=("text", "json"), default="text")
    _common(about)

    progress = sub.add_parser("progress", help="where the learner stands")
    progress.add_argument("--format", choices=("text", "json"), default="text")
    _learner_options(progress)
    _common(progress)

    _data_parser(sub)
    from ketalearn.clinic.arguments import add_clinic_parsers

    add_clinic_parsers(sub, _Parser, _common, _learner_options)
    return top


def _author_parsers(sub: "Any") -> None:
    preview = sub.add_parser("preview", help="see a page, a quiz or prompts as readers will; again at each save")
    preview.add_argument("file", metavar="FILE", help="a file under modules/ or questions/")
    preview.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)

    schema = sub.add_parser("schema", help="what each kind of content file may hold, for editors (JSON Schema)")
    schema.add_argument("name", nargs="?", metavar="NAME", help="one kind of file; with no name: a list of them")
    schema.add_argument("--all", metavar="DIR", help="write all of them, and tombi.toml, into the pack in DIR")
    schema.add_argument("--force", action="store_true", help="write over files that are there")
    _common(schema)

    new = sub.add_parser("new", help="begin a new module")
    what = new.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=_Parser)
    module = what.add_parser("module", help="a skeleton of lessons and a quiz, to fill in")
    module.add_argument("name", metavar="NAME", help="small letters, digits and hyphens: sleep, or 11-sleep")
    _common(module)


def _data_parser(sub: "Any") -> None:
    data = sub.add_parser("data", help="see, export, bring back or erase your answers")
    verbs = data.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
    helps = {
        "list": "learners kept here, and what is held of them",
        "path": "where the data is",
        "export": "all of it, as JSON",
        "import": "an export, into a learner that is empty",
        "erase": "delete a learner, for good",
    }
    for verb, words in helps.items():
        one = verbs.add_parser(verb, help=words)
        _learner_options(one)
        _common(one)
        if verb == "export":
            one.add_argument("-o", "--output", metavar="FILE", help="save to FILE; - is standard output")
            one.add_argument("--force", action="store_true", help="write over FILE if it is there")
        elif verb == "import":
            one.add_argument("file", metavar="FILE")
        elif verb == "erase":
            one.add_argument("--yes", action="store_true", help="do not ask")
