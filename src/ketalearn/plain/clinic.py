"""From my clinic, line by line: open its file, say whether the six words match, choose what goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.clinic.assignment import LARGEST, SUFFIX
from ketalearn.clinic.commands import MATCH, NO_MATCH, YES_OR_NO, read_file
from ketalearn.clinic.completion import BY_DEFAULT, content_of, parts_of, sealed
from ketalearn.clinic.pasted import begun, complete
from ketalearn.clinic.text import harmless
from ketalearn.clinic.trust import Assignments, Opened
from ketalearn.errors import KetalearnError
from ketalearn.printing import sheets_folder
from ketalearn.store.folders import files_near, free_name, save_new, shown, typed_path

if TYPE_CHECKING:
    from ketalearn.journey import Journey

WHERE_OR_TEXT = (
    "Type where the file is, ending in .ketalearn-assign. Or paste the text: it begins with { and ends with ed25519 "
    "and a row of letters."
)
MOST_FOUND = 6
RETURN_SUFFIX = ".ketalearn-return"
MOST_LINES = 400
"""Lines of a pasted text that are waited for; an empty line ends it, too."""
FOR_CLINICS = """For clinics. Ask a patient to read, and see what they chose to send back: files and paper, no server.
Leave here with quit, then type one of these in the terminal:
ketalearn assign new --module 06-risks --patient CODE --clinic NAME --phone PHONE -o FILE --handout FILE.pdf
  makes the file for a patient, and a page to print. CODE is one that you make up; never a name.
ketalearn roster add FILES: takes in what patients send back. ketalearn roster show: every code; add a code to read one.
ketalearn roster brief CODE -o FILE.pdf: one page for the visit. ketalearn roster keys: your keys, and how to copy them.
Every command says more with --help."""
Write = Callable[[str], None]
Ask = Callable[[], str]


def open_or_return(journey: Journey, write: Write, ask: Ask) -> bool:
    """Ask once what to do; False when the person goes home."""
    known = Assignments(journey.memory)
    opened = known.all()
    write("From my clinic. Nothing is sent by ketalearn. You make a file, and you decide whether to give it.")
    write("1. Open a file of my clinic, or the text from its mail")
    for number, one in enumerate(opened, start=2):
        write(f"{number}. {one.assignment.clinic.name}: choose what to send back")
    write("Press enter to go home.")
    line = ask()
    try:
        if line == "1":
            _open(journey, known, write, ask)
        elif line.isascii() and line.isdigit() and 2 <= int(line) <= len(opened) + 1:
            _return(journey, known, opened[int(line) - 2], write, ask)
        elif not line or line.casefold() in ("back", "home"):
            return False
        else:
            write(f"Please give a number from 1 to {len(opened) + 1}, or press enter.")
    except KetalearnError as error:
        write(str(error))
    return True


def _open(journey: Journey, known: Assignments, write: Write, ask: Ask) -> None:
    found = files_near(journey.workspace.home, SUFFIX)[:MOST_FOUND]
    for number, path in enumerate(found, start=1):
        write(f"{number}. {harmless(f'{path.name}, in {path.parent.name}')}")
    write(f"Type its number. Or: {WHERE_OR_TEXT[0].lower()}{WHERE_OR_TEXT[1:]}" if found else WHERE_OR_TEXT)
    opened = known.keep(typed_or_file(ask, found))
    titles = {head.id: head.title for head in journey.workspace.heads.modules}
    write("\n".join(opened.told(titles, journey.workspace.today)))
    if not opened.matched:
        _match(known, opened, write, ask)


def typed_or_file(ask: Ask, found: Sequence[Path] = ()) -> bytes:
    """What a number of `found` or a path names, or the text itself, line by line until it is whole.

    Raises KetalearnError.
    """
    line = ask()
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(found):
        return read_file(found[int(line) - 1], LARGEST)
    lines = [line]
    while not complete("\n".join(lines)) and len(lines) < MOST_LINES and line:
        line = ask()
        lines.append(line)
    text = "\n".join(lines)
    return text.encode() if begun(text) else read_file(Path(text).expanduser(), LARGEST)


def _match(known: Assignments, opened: Opened, write: Write, ask: Ask) -> bool:
    write(f"The six words of this file: {' '.join(opened.assignment.words)}")
    write(f"{MATCH} {YES_OR_NO}")
    matches = ask().casefold() in ("y", "yes")
    known.say(opened.assignment, matches)
    write("Its modules now come first on Home." if matches else NO_MATCH)
    return matches


def _return(journey: Journey, known: Assignments, opened: Opened, write: Write, ask: Ask) -> None:
    if not opened.matched and not _match(known, opened, write, ask):
        return
    parts = parts_of(journey, opened.assignment)
    for number, part in enumerate(parts, start=1):
        write(f"{number}. {part.title}: {'; '.join(part.lines)}")
    write(
        "Type the numbers to send, with spaces. Press enter for 1 and 2 alone: what you read, and what you understood."
    )
    words = ask().replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= len(parts) for word in words):
        write(f"Please give numbers from 1 to {len(parts)}. Nothing was made.")
        return
    ticked = {parts[int(word) - 1].key for word in words} or set(BY_DEFAULT)
    content = content_of(opened.assignment, parts, ticked, journey.workspace.today)
    write("Exactly this would be in the file:")
    write(content.decode())
    home, stem = journey.workspace.home, f"for-my-clinic-{journey.workspace.today}"
    ready = [free_name(sheets_folder(journey.workspace), stem, suffix) for suffix in (RETURN_SUFFIX, ".pdf")]
    write(f"1. Make the file: {shown(ready[0], home)}")
    write(f"2. Make a page to print in place of a file: {shown(ready[1], home)}")
    write("Give a number, or type where to save it (a name that ends in .pdf makes the page). Enter makes nothing.")
    if not (where := ask()):
        return
    path = ready[int(where) - 1] if where in ("1", "2") else typed_path(where, home)
    if path.suffix.casefold() == ".pdf":
        from ketalearn.render.clinic import paper

        made = paper(opened.assignment, parts, ticked, content, journey)
        write(f"Saved: {save_new(path, made.pdf)}. {made.told} Nothing was sent.")
        return
    save_new(path, sealed(content, opened.assignment.clinic.age_key))
    write(f"Saved: {path}. Only your clinic can open it. Nothing was sent.")
