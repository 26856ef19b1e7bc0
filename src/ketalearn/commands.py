"""What the commands of the command line do, the app and plain mode aside. They print data and return a status."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, cast

from ketalearn.errors import KetalearnError
from ketalearn.output import can_print, json_text, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ketalearn.content.models import ReadingLevels
    from ketalearn.content.pack import Pack
    from ketalearn.decision.blank import Blank
    from ketalearn.decision.profile import Profile
    from ketalearn.decision.sheet import Sheet
    from ketalearn.learning.mastery import ModuleMastery
    from ketalearn.render.formats import Format, Paper
    from ketalearn.workspace import Workspace


def sheet(args: argparse.Namespace, workspace: Workspace) -> int:
    """`ketalearn sheet`: make the sheet, and save, print or show it."""
    from ketalearn.decision.sheet import Wishes, build_sheet
    from ketalearn.render.fit import fit
    from ketalearn.render.formats import paper_for

    alone = args.qr and not args.blank and args.printer is None and _is_picture(args.output)
    form = "pdf" if alone else _form(args)
    _region_known(workspace)
    if args.blank:
        return _blank(args, workspace, form)
    profile = _profile(args, workspace)
    made = fit(
        build_sheet(
            workspace.pack,
            profile,
            workspace.today,
            region=workspace.region,
            wishes=Wishes(hide_sensitive=args.hide_sensitive, ask=args.ask),
        )
    )
    if args.profile is None:
        from ketalearn.clinic.on_sheet import with_clinics

        made = with_clinics(made, workspace.memory)
        if workspace.memory.get("retold_on_sheet"):
            from ketalearn.learning.retold import with_retold

            made = with_retold(made, workspace.memory, workspace.pack.items)
    if args.explain is not None:
        if args.qr:
            raise KetalearnError("--explain and --qr do not go together; give one of them")
        if args.today:
            raise KetalearnError("--explain and --today do not go together; give one of them")
        return _explain(args, workspace, profile, made, form)
    if args.today:
        from ketalearn.decision.narrow import top_three

        made = top_three(made)
    if alone:
        return _save_code(args, made)
    if args.qr and args.printer is None and form not in ("pdf", "html"):
        return _show_code(args, made)
    return _put_out(args, workspace, made, form, args.paper or paper_for(profile.region or workspace.region))


def _blank(args: argparse.Namespace, workspace: Workspace, form: Format) -> int:
    """`ketalearn sheet --blank`: the empty form, with the crisis lines of the learner's region."""
    from ketalearn.decision.blank import blank_form
    from ketalearn.journey import Journey
    from ketalearn.render.formats import paper_for

    given = {
        "--profile": args.profile,
        "--today": args.today,
        "--for": args.ask,
        "--explain": args.explain,
        "--qr": args.qr,
    }
    if clash := [option for option, value in given.items() if value]:
        raise KetalearnError(f"--blank is an empty form; it does not go with {' and '.join(clash)}")
    region = Journey(workspace).profile().region or workspace.region
    made = blank_form(workspace.pack, workspace.today, region=region)
    return _put_out(args, workspace, made, form, args.paper or paper_for(region))


def _put_out(args: argparse.Namespace, workspace: Workspace, made: Sheet | Blank, form: Format, paper: Paper) -> int:
    """Print, save or show what was made, as the options say."""
    from ketalearn.decision.blank import Blank
    from ketalearn.render.formats import rendered

    choices = None
    if args.choices:
        if form == "json" and args.printer is None:
            raise KetalearnError("the page of choices is not part of the JSON; give another --format, or no --choices")
        from ketalearn.render.choices import choices_page

        choices = choices_page(workspace.pack, workspace.today)
    plan = None
    if args.plan:
        if form == "json" and args.printer is None:
            raise KetalearnError("the plan to fill in is not part of the JSON; give another --format, or no --plan")
        if isinstance(made, Blank):
            raise KetalearnError("--blank is a form of its own; give --plan without it")
        from ketalearn.render.plan import plan_page

        plan = plan_page(workspace.pack, made.crisis, workspace.today)

    if args.printer is not None:
        from ketalearn.printing import print_sheet

        data = rendered(made, "pdf", paper=paper, large_print=args.large_print, qr=args.qr, choices=choices, plan=plan)
        return print_sheet(data, workspace, printer=args.printer, output=args.output, force=args.force)
    to_file = args.output not in (None, "-")
    ascii_only = form == "text" and not to_file and not can_print("│—★●")
    data = rendered(
        made,
        form,
        paper=paper,
        large_print=args.large_print,
        ascii_only=ascii_only,
        qr=args.qr,
        choices=choices,
        plan=plan,
    )
    if to_file:
        from ketalearn.store.folders import save_new

        path = save_new(Path(args.output), data, force=args.force)
        print(f"Saved: {path}", file=sys.stderr)
        return 0
    if form == "pdf":
        if sys.stdout.isatty():
            raise KetalearnError("A PDF cannot be shown on a terminal; add -o FILE.pdf to save it.")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    print(printable(data.decode(), form), end="" if data.endswith(b"\n") else "\n")
    return 0


def _is_picture(output: str | None) -> bool:
    from ketalearn.render.qr import SUFFIXES

    return output is not None and Path(output).suffix.lower() in SUFFIXES


def _save_code(args: argparse.Namespace, made: Sheet) -> int:
    """`ketalearn sheet --qr -o FILE.png`: the QR code alone."""
    from ketalearn.render import qr
    from ketalearn.store.folders import save_new

    path = Path(args.output)
    saved = save_new(path, qr.picture(made, path.suffix.lower()), force=args.force)
    print(f"Saved: {saved}\n{qr.WARNING}", file=sys.stderr)
    return 0


def _show_code(args: argparse.Namespace, made: Sheet) -> int:
    """`ketalearn sheet --qr` on a terminal: the code in half blocks, where it fits."""
    import os
    import shutil

    from ketalearn.render import qr

    offer = "Save it with: ketalearn sheet --qr -o code.png"
    if args.output is not None or not sys.stdout.isatty() or args.format == "json":
        raise KetalearnError("--qr goes with a PDF, a web page, a .png or .svg picture (-o FILE), or a terminal")
    if os.environ.get("NO_COLOR"):
        raise KetalearnError(f"{qr.COLOURS_OFF} {offer}")
    if not can_print("█▀▄"):
        raise KetalearnError(f"This terminal cannot show a QR code. {offer}")
    # a line for the warning and one for the next prompt
    lines, trouble = qr.for_window(made, *shutil.get_terminal_size(), beside=(0, 2))
    if trouble:
        raise KetalearnError(f"{trouble} {offer}")
    print(qr.painted(lines))
    print(qr.WARNING)
    return 0


def _explain(args: argparse.Namespace, workspace: Workspace, profile: Profile, made: Sheet, form: Format) -> int:
    """`ketalearn sheet --explain TOPIC`: why the question is there, or is not."""
    from ketalearn.decision.explain import explain

    if form not in ("text", "json") or args.output not in (None, "-") or args.printer is not None:
        raise KetalearnError("--explain writes text or json to the screen; leave out -o, --print and other formats")
    told = explain(workspace.pack, profile, made, args.explain)
    if form == "json":
        print(json_text(told.as_dict()))
    else:
        print("\n".join(told.lines()))
    return 0


def _form(args: argparse.Namespace) -> Format:
    from ketalearn.render.formats import SUFFIXES

    if args.format:
        return cast("Format", args.format)
    if args.output not in (None, "-"):
        suffix = Path(args.output).suffix.lower()
        if not suffix:
            return "text"
        if suffix not in SUFFIXES:
            raise KetalearnError(
                f"'{args.output}' does not say which format; end it in .pdf, .html, .md, .txt or .json, or add --format"
            )
        return SUFFIXES[suffix]
    return "text"


def _region_known(workspace: Workspace) -> None:
    """Say that KETALEARN_REGION names no region; the neutral crisis lines are shown, and no region is guessed."""
    known = workspace.vocabulary.allowed("region")
    if workspace.region and workspace.region not in known:
        print(
            f"KETALEARN_REGION is '{workspace.region}', which is not known; use one of: {', '.join(known)}",
            file=sys.stderr,
        )


def _profile(args: argparse.Namespace, workspace: Workspace) -> Profile:
    from ketalearn.decision.profile import read_profile
    from ketalearn.journey import Journey

    journey = Journey(workspace)
    if args.profile is not None:
        given = read_profile(Path(args.profile), args.profile, workspace.vocabulary, journey.bank_topics)
        for guess in workspace.vocabulary.medicine_guesses(given.medicine_names):
            print(f"'{guess.typed}' looks like {guess.known.name}; write it so to add its class", file=sys.stderr)
        return given
    profile = journey.profile()
    if not workspace.memory.get("profile") and not workspace.memory.answers():
        print("Nothing is saved yet, so this is the sheet that fits everyone.", file=sys.stderr)
    return profile


def check(args: argparse.Namespace) -> int:
    """`ketalearn check`: every fault of a pack in one run."""
    import gc
    import os

    from ketalearn.content.check import check_pack
    from ketalearn.workspace import clock_from, pack_root

    root = Path(args.dir) if args.dir else pack_root(os.environ, getattr(args, "pack", None))
    if not root.is_dir():
        raise KetalearnError(f"{root} is no folder; give the folder that holds modules/ and questions/")
    # a large pack is a million small objects that all stay: looking for rubbish among them takes a fifth of the time
    gc.disable()
    try:
        findings = check_pack(root, clock_from(os.environ)().date())
    finally:
        gc.enable()
    errors = sum(finding.level == "error" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if args.format == "json":
        print(json_text([finding.as_dict() for finding in findings]))
    else:
        for finding in findings:
            print(finding)
        print(f"{errors} errors, {warnings} warnings")
    return 1 if errors else 0


def about(args: argparse.Namespace, workspace: Workspace) -> int:
    """`ketalearn about`: what this is, who made it, what it rests on."""
    if args.format == "json":
        print(json_text(about_dict(workspace.pack)))
        return 0
    from ketalearn.render.rating import rating_lines

    lines = about_lines(workspace.pack)
    sources = next(at for at, line in enumerate(lines) if line.startswith("Sources ("))
    print("\n".join([*lines[:sources], *rating_lines(workspace.pack), "", *lines[sources:]]))
    return 0


def about_dict(pack: Pack) -> dict[str, object]:
    """About as JSON. `self_rating` is null where the pack does not rate itself; `status` is the worse of our own and
    the fresh readers' answers."""
    from ketalearn.content.rating import rated_rows, tallies

    info = pack.info
    rating = pack.self_rating
    rows = rated_rows(pack)
    levels = pack.reading_levels
    return {
        "schema": "ketalearn/about@1",
        "decision": info.decision,
        "version": info.version,
        "published": info.published.isoformat(),
        "reviewed_on": info.reviewed_on.isoformat() if info.reviewed_on else None,
        "clinician_reviewed": info.clinician_reviewed,
        "review_status": info.review_status,
        "scope_note": info.scope_note,
        "main_message": info.main_message,
        "main_message_sources": list(info.main_message_sources),
        "method": info.method,
        "funding": info.funding,
        "authors": info.authors,
        "update_policy": info.update_policy,
        "licence": info.licence,
        "self_rating": None
        if rating is None
        else {
            "standard": rating.standard,
            "words": rating.words,
            "not_done": list(rating.not_done),
            "met": [
                {"level": one.level, "met": one.met, "applies": one.applies, "need_people": one.people}
                for one in tallies(rows)
            ],
            "criteria": [
                {**row.criterion.model_dump(mode="json"), "own_status": row.criterion.status, "status": row.status}
                for row in rows
            ],
        },
        "fresh_readers": [form.model_dump(mode="json") for form in pack.ratings.form],
        "reading_levels": levels.model_dump(mode="json") if levels is not None else None,
        "sources": [
            {
                "id": source_id,
                "short": source.short,
                "citation": source.citation,
                "kind": source.kind,
                "doi": source.doi,
                "pmid": source.pmid,
            }
            for source_id, source in pack.sources.items()
        ],
    }


def about_lines(pack: Pack) -> list[str]:
    """About, as plain paragraphs with headings; the app and plain mode show the same."""
    info = pack.info
    # that nobody has is said by the status itself: once
    reviewed = [f"Reviewed by a named clinician: {info.reviewed_on.isoformat()}."] if info.reviewed_on else []
    levels = pack.reading_levels
    brief = ["In brief", info.main_message, ""] if info.main_message else []
    method = ["How the facts were found", info.method, ""] if info.method else []
    reading = []
    if levels is not None:
        reading = ["How hard it is to read", read_at(levels, info.modules), ""]
    lines = [
        *brief,
        "The decision", info.decision, "",
        "What this is", info.scope_note, "",
        "Who has checked it", info.review_status, *reviewed, "",
        "Who made it and who paid", info.authors, info.funding, "",
        *method,
        *reading,
        "How it is kept up to date", info.update_policy,
        f"Published {info.published.isoformat()}. Content dated {info.version}.", "",
        "Your privacy",
        "It works without a network. Your answers stay in one file on this computer. "
        "See, export or erase them: ketalearn data path, ketalearn data export, ketalearn data erase.", "",
        "Crisis lines", crisis_checked(pack), "",
        "Licence", info.licence, "",
        f"Sources ({len(pack.sources)})",
    ]  # fmt: skip
    for source in pack.sources.values():
        number = f" PMID {source.pmid}." if source.pmid else f" doi:{source.doi}." if source.doi else ""
        lines.append(f"- {source.citation}{number}")
    return lines


def read_at(levels: ReadingLevels, modules: Sequence[str]) -> str:
    """The school grades of the lessons as printed, in whole numbers, by both formulas; the table has the decimals."""
    lessons = [part for part in levels.part if part.part in modules]
    easy = round(median(part.fkgl_as_printed for part in lessons))
    strict = round(median(part.smog_as_printed for part in lessons))
    return f"Most pages read at about US school grade {easy}. A second, stricter way to measure says grade {strict}."


def crisis_checked(pack: Pack) -> str:
    """How many of the numbers of all regions were read on the line's own page or that of a public body."""
    from ketalearn.decision.safety import CHECKED

    every = [line for region in pack.help_regions.values() for line in region.lines]
    lines = [line for line in every if line.ready and (line.call or line.text)]
    checked = sum(line.level in CHECKED for line in lines)
    return (
        f"{checked} of {len(lines)} numbers were read on the line's own page, or on that of a public body. The other "
        f"{len(lines) - checked} were read elsewhere, and Crisis help says so beside each. "
        "Where each was read is kept with the line. Each is still to be checked with the line itself."
    )


def progress(args: argparse.Namespace, workspace: Workspace) -> int:
    """`ketalearn progress`: pages read and items answered, by module."""
    from ketalearn.journey import Journey

    journey = Journey(workspace)
    home = journey.home()
    mastery: dict[str, ModuleMastery] = {}
    due = 0
    try:
        mastery = journey.quiz.mastery()
        due = len(journey.quiz.due())
    except KetalearnError:
        print("What is mastered and due is left out: the content has a fault; run ketalearn check", file=sys.stderr)
    visit = journey.quiz.visit_by()
    if args.format == "json":
        topics = journey.topics()
        print(
            json_text(
                {
                    "schema": "ketalearn/progress@1",
                    "modules": [
                        {
                            "id": one.head.id,
                            "title": one.head.title,
                            "pages": one.pages,
                            "read": one.read,
                            "items": one.items,
                            "answered": one.checked,
                            "objectives": mastery[one.head.id].states if mastery else {},
                            "mastered": bool(mastery) and mastery[one.head.id].mastered,
                        }
                        for one in home.modules
                    ],
                    "quiz_misses": list(topics.missed),
                    "quiz_unsure": list(topics.unsure),
                    "quiz_mended": list(topics.mended),
                    "quiz_sure": list(topics.sure),
                    "review_due": due,
                    "review_by": visit.isoformat() if visit else None,
                    "continue": home.goes_on_words,
                },
            )
        )
        return 0
    for one in home.modules:
        known = mastery.get(one.head.id)
        learned = f"; mastered {known.done} of {len(known.states)}" if known and known.done else ""
        learned = "; mastered" if known and known.mastered else learned
        print(f"{one.head.title}: {one.reading}; {one.checking or 'no quiz'}{learned}")
    if due:
        print(f"Review: {due} due")
    if visit:
        print(f"Everything to go over comes back by {visit.isoformat()}")
    if home.returning:
        print(f"Continue with: {home.goes_on_words}")
    return 0
