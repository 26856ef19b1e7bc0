"""Scores of the forms that fresh readers filled (docs/ratings/filled), and modules/ratings.toml for the app.

    python scripts/ratings.py             # prints the scores, where readers differ, and the low rows
    python scripts/ratings.py --write     # the same, and writes modules/ratings.toml
    python scripts/ratings.py --check     # exit 1 when modules/ratings.toml is not what the forms say
    python scripts/ratings.py FILE ...    # looks at these filled copies only, writes nothing

Where two readers differ, the worse answer counts. Each folder `round-N` holds what was filled on the content as it
then was: the newest round counts, and those before it are told beside it. Several files of one reader and one form in
a round are an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ketalearn.content.forms import Form, Points, latest, read_filled, scores
from ketalearn.content.load import Reader
from ketalearn.content.models import Authored, FormScore

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "docs" / "ratings" / "forms"
FILLED = ROOT / "docs" / "ratings" / "filled"
TARGET = ROOT / "modules" / "ratings.toml"


def blanks(reader: Reader) -> dict[str, Form]:
    """The blank forms by their id."""
    read = (reader.model(Form, path) for path in sorted(FORMS.glob("*.toml")))
    return {form.form: form for form in read if form is not None}


def filled(paths: list[Path]) -> tuple[dict[str, dict[int, list[Form]]], list[str]]:
    """(filled forms by form and round, every fault in one line each)."""
    known = blanks(Reader(ROOT))
    faults: list[str] = []
    found: dict[str, dict[int, list[Form]]] = {name: {} for name in known}
    for path in paths:
        reader = Reader(ROOT if path.is_relative_to(ROOT) else path.parent)
        read = reader.toml(path)
        name = str(read[0].get("form", "")) if read else ""
        if read and name not in known:
            reader.report(path, (1, 1), "E013", f"there is no form '{name}'", f"use one of: {', '.join(known)}")
        elif read and (form := read_filled(reader, path, known[name])) is not None:
            same = found[name].setdefault(round_of(path), [])
            if form.rater in [other.rater for other in same]:
                reader.report(path, (1, 1), "E044", f"'{form.rater}' filled '{name}' twice", "keep one copy")
            same.append(form)
        faults += [str(finding) for finding in sorted(reader.findings)]
    return found, faults


def round_of(path: Path) -> int:
    """Which round a filled copy belongs to, by its folder; 1 where the folder says none."""
    name, _, number = path.parent.name.partition("-")
    return int(number) if name == "round" and number.isdecimal() else 1


def written(rated: list[FormScore]) -> str:
    """The scores as TOML."""
    lines = ["# What fresh readers said. Written by scripts/ratings.py --write from docs/ratings/filled; do not edit."]
    for one in rated:
        lines += ["", "[[form]]", *_keys(one)]
        for name, rows in (
            ("reader", one.reader),
            ("scale", one.scale),
            ("earlier", one.earlier),
            ("low", one.low),
        ):
            for row in rows:
                lines += ["", f"[[form.{name}]]", *_keys(row)]
    return "\n".join(lines) + "\n"


def _keys(model: Authored) -> list[str]:
    """The plain keys of a model; its tables are written below it."""
    tables = ("reader", "scale", "earlier", "low")
    values = model.model_dump(mode="json")
    lines = []
    for key, value in values.items():
        if key in tables or value is None:
            continue
        said = value if key == "date" else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key} = {said}")
    return lines


def told(forms: list[Form], rated: FormScore) -> list[str]:
    """One form as lines to read."""
    lines = [
        f"{rated.title}, round {rated.round}",
        *(f"  {one.name} ({one.kind}, {one.date}): {one.words}" for one in rated.reader),
    ]
    lines.append(
        f"  same answer: {rated.same} of {rated.items} items ({Points(rated.same, rated.items).percent} of 100)"
    )
    for scale in rated.scale:
        points = Points(scale.points, scale.of)
        each = ", ".join(map(str, scale.each))
        lines.append(f"  {scale.name}: {points.points} of {points.of} ({points.percent} of 100); each reader: {each}")
    for form in forms:
        for name, points in scores(form.item).items():
            lines.append(f"    {form.rater}, {name}: {points.points} of {points.of}")
    lines += [f"  round {one.round}, {one.name}: {one.points} of {one.of}" for one in rated.earlier]
    for item in rated.low:
        lines.append(f"  low: {item.id} {item.text} -> {item.answer}")
        lines += [f"       {reason}" for reason in item.reasons]
    return lines


def main(*args: str) -> int:
    """Print, and write or compare as asked; the exit status."""
    given = [Path(arg).resolve() for arg in args if not arg.startswith("--")]
    found, faults = filled(given or sorted(FILLED.glob("round-*/*.toml")))
    for fault in faults:
        print(fault)
    if faults:
        return 1
    rated = [latest(rounds) for rounds in found.values() if rounds]
    for score in rated:
        print("\n".join(told(found[score.form][score.round], score)))
    if not rated:
        print("No form is filled yet. docs/ratings/README.md says how to fill one.")
    words = written(rated) if rated else ""
    now = TARGET.read_text("utf-8") if TARGET.exists() else ""
    if "--check" in args and words != now:
        print("modules/ratings.toml is not what the filled forms say; run scripts/ratings.py --write")
        return 1
    if "--write" in args and words:
        TARGET.write_text(words, encoding="utf-8")
        print("Written: modules/ratings.toml")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
