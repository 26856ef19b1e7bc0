"""`ketalearn data`: see, export, bring back and erase what is kept on this computer."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from ketalearn.store.database import Store

BEYOND_REACH = (
    "We cannot reach sheets that you saved or printed, files that you exported, or backups of this computer: "
    "delete those yourself."
)


def run(
    args: argparse.Namespace,
    *,
    folder: Path,
    now: Callable[[], datetime],
    out: TextIO,
    err: TextIO,
    ask: Callable[[str], str] | None,
) -> int:
    """Do one verb; the exit status. `ask` puts a question to the person, None when no one is there."""
    from ketalearn.store.database import Store

    if args.verb == "path":
        print(folder, file=out)
        return 0
    if args.verb == "list":
        return _list(Store.learners(folder), folder, now, out, err)
    store = Store.open(folder, args.learner, now=now)
    if store.notice and not store.unreadable:
        print(store.notice, file=err)
    try:
        if store.unreadable and args.verb != "erase":
            raise KetalearnError(f"{store.path} cannot be read now; check that you may read it")
        match args.verb:
            case "export":
                return _export(args, store, out, err)
            case "import":
                return _import(args, store, err)
            case _:
                return _erase(args, store, out, err, ask)
    finally:
        store.close()


def _list(names: list[str], folder: Path, now: Callable[[], datetime], out: TextIO, err: TextIO) -> int:
    from ketalearn.decision.visit import Visits
    from ketalearn.store.database import Store

    if not names:
        print("Nothing is kept.", file=out)
    for name in names:
        store = Store.open(folder, name, now=now)
        if store.unreadable:
            print(f"{name}: cannot be read now. {store.path}", file=out)
            continue
        if store.notice:
            print(store.notice, file=err)
        said = sum(bool(value) for key, value in (store.get("profile") or {}).items() if key != "schema")
        visits = Visits(store)
        notes = sum(one.notes for number in range(1, visits.count + 1) if (one := visits.get(number)))
        print(
            f"{name}: {len(store.answers())} quiz answers, {len(store.pages_read())} pages read, "
            f"{said} answers about you, {notes} notes of your visits. {store.path}",
            file=out,
        )
        store.close()
    return 0


def _export(args: argparse.Namespace, store: Store, out: TextIO, err: TextIO) -> int:
    from ketalearn.store.folders import save_new

    text = json.dumps(store.export(), indent=2, ensure_ascii=True) + "\n"
    if args.output in (None, "-"):
        out.write(text)
        return 0
    path = save_new(Path(args.output), text.encode(), force=args.force)
    print(f"Saved: {path}. It holds all your answers: keep it where only you can read it.", file=err)
    return 0


def _import(args: argparse.Namespace, store: Store, err: TextIO) -> int:
    path = Path(args.file)
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise KetalearnError(f"{path} cannot be read ({error.strerror}); check its name") from None
    except UnicodeDecodeError:
        raise KetalearnError(f"{path} is not text; give a file that ketalearn exported") from None
    except (json.JSONDecodeError, RecursionError) as error:
        place = f":{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise KetalearnError(f"{path}{place} is not JSON; give a file that ketalearn exported") from None
    store.import_(data, str(path))
    print(f"Taken in: {len(store.answers())} quiz answers, {len(store.pages_read())} pages read.", file=err)
    return 0


def _erase(args: argparse.Namespace, store: Store, out: TextIO, err: TextIO, ask: Callable[[str], str] | None) -> int:
    if not args.yes:
        if ask is None:
            print("No one is here to ask; add --yes to erase.", file=err)
            return 2
        if ask(f"Erase all answers and notes of '{args.learner}', for good? Type yes: ").strip().casefold() != "yes":
            print("Nothing was erased.", file=out)
            return 1
    gone = store.erase()
    if not gone:
        print("Nothing was kept, so nothing was erased.", file=out)
        return 0
    for path in gone:
        print(f"Erased: {path}", file=out)
    print(BEYOND_REACH, file=out)
    return 0
