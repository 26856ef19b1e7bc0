"""What `assign`, `roster`, `open` and `return` do. Data goes to standard output, narration to standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.errors import KetalearnError
from ketalearn.output import json_text

if TYPE_CHECKING:
    from ketalearn.clinic.roster import Roster
    from ketalearn.journey import Journey
    from ketalearn.workspace import Workspace

MATCH = "Do these match your paper?"
YES_OR_NO = "Type yes if all six are the same. Type no, or press enter, if they are not or you are not sure."
HAND_BOTH = (
    "Now write the code in the chart, and print the handout: it goes by hand or by post, the file by mail or on a "
    "stick. Never both in one mail: the paper shows that the file is yours."
)
NO_PAPER = "The patient needs these words on paper, to see that the file is yours: --handout FILE.pdf makes the page."
NO_MATCH = (
    "You can read the modules. Nothing of this clinic is put on your sheet and nothing is sent back "
    "until the six words match your paper."
)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def read_file(path: Path, most: int) -> bytes:
    """At most `most` bytes and one more, so that a file that is too long is seen. Raises KetalearnError."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise KetalearnError(f"{path} cannot be read ({error.strerror}); check its name") from None


# ---------------------------------------------------------------- the clinic: assign


def assign(args: argparse.Namespace, workspace: Workspace, folder: Path) -> int:
    """`ketalearn assign new|list|template`."""
    from ketalearn.clinic.roster import Roster

    roster = Roster(folder)
    try:
        match args.verb:
            case "new":
                return _assign_new(args, workspace, roster)
            case "list":
                return _assign_list(args, roster)
            case _:
                return _template(args, workspace, roster)
    finally:
        roster.close()


def _assign_new(args: argparse.Namespace, workspace: Workspace, roster: Roster) -> int:
    from ketalearn.clinic.assignment import NOT_WHOLE
    from ketalearn.clinic.keys import HOW_TO_COPY, IF_LOST
    from ketalearn.clinic.making import make

    made = make(
        roster,
        workspace,
        patient=args.patient,
        modules=args.module,
        due=args.due,
        questions=args.question,
        note=args.note,
        clinic=args.clinic,
        phone=args.phone,
        template=args.template,
    )
    handout = None
    if args.handout:
        from ketalearn.render.clinic import handout as handout_pdf

        handout = handout_pdf(made.assignment, workspace, Path(args.output).name, region=_region(roster, workspace))
    for path in made.save(Path(args.output), Path(args.handout) if args.handout else None, handout, force=args.force):
        _say(f"Saved: {path}")
    if roster.keys_are_new:
        _say(f"Your keys were made: {roster.keys_path}. {IF_LOST} {HOW_TO_COPY}")
    _say(f"Your six words: {' '.join(made.assignment.words)}")
    _say(HAND_BOTH if handout else NO_PAPER)
    if not made.assignment.whole_picture:
        _say(NOT_WHOLE)
    return 0


def _assign_list(args: argparse.Namespace, roster: Roster) -> int:
    made = roster.assignments()
    if args.format == "json":
        print(json_text(made))
        return 0
    for one in made:
        due = f", due {one['due']}" if one["due"] else ""
        print(f"{one['patient_code']}: {', '.join(one['modules'])}; made {one['issued']}{due}. {one['id']}")
    if not made:
        print("Nothing was assigned yet.")
    return 0


def _template(args: argparse.Namespace, workspace: Workspace, roster: Roster) -> int:
    from ketalearn.clinic.making import check_template

    if args.name is None:
        if args.delete:
            raise KetalearnError("Say which: ketalearn assign template NAME --delete")
        for name, one in roster.templates().items():
            print(f"{name}: {', '.join(one['modules'])}; {len(one['questions'])} questions of your own")
        if not roster.templates():
            print("There is no template yet.")
        return 0
    if args.delete:
        if args.module or args.question or args.note:
            raise KetalearnError("--delete goes with a name alone")
        roster.drop_template(args.name)
        _say(f"Deleted: {args.name}. What was assigned with it stays.")
        return 0
    check_template(args.name, args.module, args.question, args.note or "", [h.id for h in workspace.heads.modules])
    roster.keep_template(args.name, {"modules": args.module, "questions": args.question, "note": args.note or ""})
    _say(f"Kept: {args.name}. Use it with: ketalearn assign new --template {args.name} --patient CODE -o FILE")
    return 0


# ---------------------------------------------------------------- the clinic: roster


def roster(args: argparse.Namespace, workspace: Workspace, folder: Path) -> int:
    """`ketalearn roster add|show|brief|export|statistics|keys`."""
    from ketalearn.clinic.roster import Roster, as_csv
    from ketalearn.store.folders import save_new

    kept = Roster(folder)
    try:
        match args.verb:
            case "add":
                return _add(kept, args.files)
            case "show":
                return _show(args, workspace, kept)
            case "brief":
                return _brief(args, workspace, kept)
            case "export":
                _say(f"Saved: {save_new(Path(args.output), as_csv(kept), force=args.force)}")
                return 0
            case "statistics":
                return _statistics(args, workspace, kept)
            case _:
                return _keys(args, workspace, kept)
    finally:
        kept.close()


def _add(kept: Roster, files: Iterable[str]) -> int:
    from ketalearn.clinic.returned import LARGEST
    from ketalearn.clinic.text import harmless

    status = 0
    for path in files:
        name = harmless(path)
        try:
            data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else read_file(Path(path), LARGEST)
            outcome, code = kept.add(data, "This text" if name == "-" else name)
        except KetalearnError as error:
            _say(str(error))
            status = 1
            continue
        match outcome:
            case "added":
                print(f"{name}: added for {code}")
            case "again":
                print(f"{name}: already here, for {code}; nothing changed")
            case _:
                print(f"{name}: set aside. The code {code} or its assignment is not in this roster")
    return status


def _show(args: argparse.Namespace, workspace: Workspace, kept: Roster) -> int:
    if args.code is None:
        from ketalearn.clinic.making import talk_first, told_shortly

        rows = kept.rows()
        first = talk_first(rows, workspace)
        if args.format == "json":
            listed = [
                {"patient_code": one.code, "assigned": one.assigned, "issued": one.issued, "due": one.due,
                 "returns": one.returns, "last_return": one.returned, "objectives_mastered": one.mastered,
                 "objectives_understood": one.understood, "objectives_tried": one.tried,
                 "objectives_sent": one.objectives, "sure_but_wrong": one.sure_but_wrong,
                 "sure_but_wrong_questions": one.wrong_questions, "first": one.code in first, "to_ask": one.to_ask}
                for one in rows
            ]  # fmt: skip
            body = {"schema": "ketalearn/roster@1", "codes": listed, "set_aside": kept.aside()}
            print(json_text(body))
            return 0
        for one in rows:
            due = f", due {one.due}" if one.due else ""
            came = f"{one.returns} returned, last {one.returned}" if one.returns else "nothing returned yet"
            told = f"; {told_shortly(one, first=one.code in first)}" if one.returns else ""
            print(f"{one.code}: {one.assigned} assigned{due}; {came}{told}")
        if not rows:
            print("The roster is empty. Begin with: ketalearn assign new")
        if aside := kept.aside():
            print(f"Set aside, as their code or assignment is not in this roster: {aside}")
        return 0
    view = kept.view(args.code)
    if args.format == "json":
        print(json_text(view.as_dict()))
        return 0
    from ketalearn.clinic.making import told_of

    print("\n".join(told_of(view, workspace)))
    return 0


def _brief(args: argparse.Namespace, workspace: Workspace, kept: Roster) -> int:
    from ketalearn.render.clinic import brief
    from ketalearn.store.folders import free_name, save_new

    if not args.output and args.printer is None:
        raise KetalearnError("Add -o FILE.pdf to save the brief, --print to print it, or both")
    view = kept.view(args.code)
    pdf = brief(view, workspace, region=_region(kept, workspace))
    if args.printer is None:
        _say(f"Saved: {save_new(Path(args.output), pdf, force=args.force)}")
        return 0
    from ketalearn.printing import print_sheet, sheets_folder

    output = args.output or str(free_name(sheets_folder(workspace), f"{view.code}-brief", ".pdf"))
    return print_sheet(pdf, workspace, printer=args.printer, output=output, force=args.force, name="brief")


def _region(kept: Roster, workspace: Workspace) -> str:
    """The region of the clinic's papers: that of this run, else the country that the clinic named in the app."""
    return workspace.region or str(kept.get("region") or "")


def _statistics(args: argparse.Namespace, workspace: Workspace, kept: Roster) -> int:
    from dataclasses import asdict

    from ketalearn.clinic.figures import figures_of, statistics_lines

    items, modules = figures_of(kept, workspace)
    if args.format == "json":
        body = {
            "schema": "ketalearn/statistics@1",
            "items": [asdict(one) for one in items],
            "modules": [asdict(one) for one in modules],
        }
        print(json_text(body))
        return 0
    print("\n".join(statistics_lines(items, modules, workspace)))
    return 0


def _keys(args: argparse.Namespace, workspace: Workspace, kept: Roster) -> int:
    from ketalearn.clinic.keys import HOW_TO_COPY, IF_LOST
    from ketalearn.store.folders import save_new

    keys = kept.keys
    if args.what == "backup":
        if not args.file:
            raise KetalearnError("Say where the backup goes: ketalearn roster keys backup FILE")
        path = save_new(Path(args.file), keys.as_file(), force=args.force)
        kept.put("backup", {"day": workspace.today.isoformat(), "words": list(keys.words)})
        _say(f"Saved: {path}. Whoever has it can read returns and sign in your name: lock it away.")
        return 0
    print(f"Your six words: {' '.join(keys.words)}")
    print(f"Your keys: {kept.keys_path}")
    print(f"{IF_LOST} {HOW_TO_COPY}")
    print(f"To bring a backup back, put it in place of {kept.keys_path}.")
    return 0


# ---------------------------------------------------------------- the person: open, return


def open_file(args: argparse.Namespace, workspace: Workspace) -> int:
    """`ketalearn open FILE|-`: show who asks for what, ask about the six words, keep it."""
    from ketalearn.clinic.assignment import LARGEST
    from ketalearn.clinic.trust import Assignments

    from_stdin = args.file == "-"
    if from_stdin:
        data, name = sys.stdin.buffer.read(LARGEST + 1), "This text"
    else:
        data, name = read_file(Path(args.file), LARGEST), args.file
    known = Assignments(workspace.memory)
    opened = known.look(data, name)
    titles = {head.id: head.title for head in workspace.heads.modules}
    print("\n".join(opened.told(titles, workspace.today)))
    matches: bool | None = True if args.words_match else None
    if not opened.matched and matches is None:
        print(f"The six words of this file: {' '.join(opened.assignment.words)}")
        print(f"{MATCH} {YES_OR_NO}")
        matches = None if from_stdin else _yes_or_no()
    opened = known.keep(data, matches=matches)
    print("Its modules now come first on Home." if opened.matched else NO_MATCH)
    if not opened.matched and matches is None:
        print("Open it again to say yes or no, or add --words-match.")
    if not workspace.memory.saved:
        raise KetalearnError(f"It could not be kept. {workspace.memory.notice}")
    return 0


def _yes_or_no() -> bool | None:
    line = sys.stdin.readline().strip().casefold()
    return True if line in ("y", "yes") else False if line in ("n", "no") else None


def make_return(args: argparse.Namespace, journey: Journey) -> int:
    """`ketalearn return`: show what would be sent, or make the file for the clinic."""
    from ketalearn.clinic.completion import BY_DEFAULT, chosen_parts, content_of, parts_of, sealed
    from ketalearn.clinic.trust import Assignments
    from ketalearn.store.folders import save_new

    if not args.show and not args.output and not args.paper:
        raise KetalearnError(
            "Add --show to see what would be sent, -o FILE to make the file, or --paper FILE.pdf to print it"
        )
    opened = Assignments(journey.memory).one(args.assignment)
    if not opened.matched:
        raise KetalearnError(f"No return is made. {NO_MATCH} Open the file again to say that they match")
    parts = parts_of(journey, opened.assignment)
    ticked = chosen_parts(parts, args.include or BY_DEFAULT)
    content = content_of(opened.assignment, parts, ticked, journey.workspace.today)
    if args.show:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    if args.output:
        path = save_new(Path(args.output), sealed(content, opened.assignment.clinic.age_key), force=args.force)
        _say(f"Saved: {path}. Only {opened.assignment.clinic.name} can open it. Nothing was sent: give or mail it.")
    if args.paper:
        from ketalearn.render.clinic import paper

        made = paper(opened.assignment, parts, ticked, content, journey)
        _say(f"Saved: {save_new(Path(args.paper), made.pdf, force=args.force)}. {made.told}")
    return 0
