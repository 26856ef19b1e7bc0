"""A clinic's list of 10,000 returns, each with 40 quiz answers of which up to 20 were wrong while very sure.

How long the command takes, and in a real terminal: from the key to the list, and from each letter of the filter to the
words that count what fits.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.terminal import Terminal  # noqa: E402
from ketalearn.clinic.roster import Roster, new_assignment  # noqa: E402
from ketalearn.content.pack import Pack  # noqa: E402

PYTHON = sys.executable
RETURNS = 10_000
ANSWERS, MOST_WRONG = 40, 20
END = "\x1b[F"
SEED = """
import datetime, sys
from pathlib import Path
from ketalearn.store.database import Store
store = Store.open(Path(sys.argv[1]), "me", now=lambda: datetime.datetime.now(datetime.UTC))
store.put("welcomed", True)
store.put("place", {"kind": "home", "module": "", "page": "", "item": "", "screen": ""})
"""


def show(name: str, figure: str, limit: str) -> None:
    print(f"{name:<58} {figure:<34} limit {limit}")


def fill(folder: Path) -> None:
    """Put assignments and returns into the clinic's file directly: sealing them would take minutes."""
    pack, dice = Pack(ROOT), random.Random(1)
    items = [item for item in pack.items.values() if item.type != "teachback"]
    modules = sorted(path.name for path in (ROOT / "modules").iterdir() if path.is_dir())
    roster = Roster(folder)
    made = new_assignment(
        roster, patient="P", modules=modules[:3], known_modules=modules, due="2026-12-08", questions=("Who drives?",),
        note="", clinic="A clinic", phone="", now=lambda: dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )  # fmt: skip
    with roster._all_or_nothing() as connection:
        for number in range(RETURNS):
            name, code = f"{number:08x}-0000-4000-8000-000000000000", f"C{number:05}"
            one = made.model_copy(update={"id": name, "patient_code": code})
            wrong = dice.randint(0, MOST_WRONG)
            answers = [
                {"kind": "quiz", "item": item.id, "revision": item.revision, "module": modules[0], "topic": item.topic,
                 "chosen": [0], "correct": at >= wrong, "confidence": 3}
                for at, item in enumerate(dice.sample(items, ANSWERS))
            ]  # fmt: skip
            body = {"assignment_id": name, "patient_code": code, "returned": "2026-12-01", "answers": answers}
            connection.execute(
                "INSERT INTO assignments VALUES (?, ?, ?, ?, ?)",
                (name, code, one.issued, one.due, json.dumps(one.model_dump())),
            )
            connection.execute(
                "INSERT INTO returns (digest, assignment_id, patient_code, returned, known, content)"
                " VALUES (?, ?, ?, '2026-12-01', 1, ?)",
                (str(number), name, code, json.dumps(body)),
            )
            roster._keep_overview(connection, code)
    roster.close()


def command(env: dict[str, str]) -> None:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        done = subprocess.run(
            [PYTHON, "-m", "ketalearn", "roster", "show"], check=True, capture_output=True, text=True, env=env
        )
        times.append(time.perf_counter() - begin)
    assert len(done.stdout.splitlines()) == RETURNS
    show("ketalearn roster show, the whole process", f"{min(times):.2f} s", "1 s")


def app(env: dict[str, str], rows: int, columns: int) -> None:
    """From the key that opens the list to its count; then each letter of a filter to its count."""
    subprocess.run([PYTHON, "-c", SEED, env["KETALEARN_HOME"]], check=True, env=env)
    opened, letters = [], []
    with Terminal([PYTHON, "-m", "ketalearn"], env, rows=rows, columns=columns) as terminal:
        terminal.wait_for("Crisis help", "quit")
        terminal.quiet(0.5)
        terminal.press(END)
        terminal.quiet(0.5)
        terminal.press("\r")
        terminal.wait_for("New assignment")
        terminal.quiet(0.5)
        for turn in range(4):
            sent = terminal.press("2")
            opened.append(terminal.wait_for(f"{RETURNS} returned", "C0") - sent)
            terminal.quiet(0.5)
            if turn < 3:
                terminal.press("\x1b")
                terminal.wait_for("New assignment")
                terminal.quiet(0.5)
        for typed in ("c0999", "first c09", "wrong c1"):
            for letter in typed:
                begin = terminal.press(letter)
                drawn = terminal.last_drawn(0.3)
                letters.append(drawn - begin)
            terminal.press("\x7f" * len(typed))
            terminal.quiet(0.5)
    size = f"{columns}x{rows}"
    show(
        f"key to the list of {RETURNS} returns, {size}",
        f"first {opened[0]:.2f} s, then {min(opened[1:]):.2f} s",
        "1 s",
    )
    ordered = sorted(letters)
    show(
        f"a letter of the filter to the last of its drawing, {size}",
        f"median {statistics.median(letters) * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms",
        "100 ms",
    )


def main() -> None:
    """Fill a roster once, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "KETALEARN_HOME": folder, "KETALEARN_PACK": str(ROOT), "KETALEARN_TODAY": "2026-12-02"}
        fill(Path(folder))
        print(f"{(Path(folder) / 'clinic' / 'roster.db').stat().st_size / 1e6:.0f} MB in the clinic's file")
        command(env)
        for rows, columns in ((24, 80), (40, 120)):
            app(env, rows, columns)


if __name__ == "__main__":
    main()
