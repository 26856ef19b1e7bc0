"""The limits of the design, measured: one line a figure, with its limit. A report, never a test.

Figures are from the machine they are run on; noisy machines ask for ratios and minima.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.terminal import Terminal  # noqa: E402

PAIRS = 15
RIGHT, LEFT = "\x1b[C", "\x1b[D"
DOWN = "\x1b[B"
HOME_ROW = "Using the visit well"
PYTHON = sys.executable
COMMAND = str(Path(PYTHON).with_name("ketalearn"))
BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    def compose(self):
        yield Header()
        yield Static("the bare app is here")
        yield Footer()
Bare().run()
"""
SEED = """
import datetime, sys
from pathlib import Path
from ketalearn.store.database import Store
from ketalearn.learning.records import Answer
store = Store.open(Path(sys.argv[1]), "me", now=lambda: datetime.datetime.now(datetime.UTC))
store.put("welcomed", True)
store.put("place", {"kind": "page", "module": "06-risks", "page": "cut-off", "item": "", "screen": ""})
store.put("questions_shown", 24)
for number in range(12):
    store.add_answer(Answer(f"risks-{number}", 1, "06-risks", (0,), True, "a", "b", 1))
"""


def show(name: str, figure: str, limit: str) -> None:
    print(f"{name:<58} {figure:<28} limit {limit}")


def first_frame(env: dict[str, str]) -> None:
    """Home in a real terminal beside a bare Textual app, in pairs."""

    def once(command: list[str], *words: str) -> float:
        with Terminal(command, env) as terminal:
            return terminal.wait_for(*words) - terminal.started

    ours, bare = [], []
    for _ in range(3):
        once([COMMAND], "My questions", "Crisis help", "quit")
        once([PYTHON, "-c", BARE], "the bare app is here")
    for _ in range(PAIRS):
        bare.append(once([PYTHON, "-c", BARE], "the bare app is here"))
        ours.append(once([COMMAND], "My questions", "Crisis help", "quit"))
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    show(
        "first frame of Home to a bare app, median of paired ratios",
        f"{ratio:.2f} (minima {min(ours) / min(bare):.2f}; {min(ours) * 1000:.0f} ms)",
        "1.25, or 1.35 with minima 1.20",
    )  # fmt: skip


def starts(env: dict[str, str]) -> None:
    """`--version` and `--help` beside `python -c pass`."""

    def median(command: list[str]) -> float:
        times = []
        for _ in range(11):
            begin = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=env)
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    for flag in ("--version", "--help"):
        ratio = median([COMMAND, flag]) / median([PYTHON, "-c", "pass"])
        show(f"ketalearn {flag} to python -c pass", f"{ratio:.2f}", "3.5")


def keys(env: dict[str, str]) -> None:
    """From the key to the last byte that its screen needs, on warm panes."""

    def timed(terminal: Terminal, key: str, words: str) -> float:
        sent = terminal.press(key)
        drawn = terminal.wait_for(words)
        terminal.quiet()
        return drawn - sent

    def report(name: str, times: list[float]) -> None:
        ordered = sorted(times)
        high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        show(name, f"median {statistics.median(times) * 1000:.0f} ms, p95 {high * 1000:.0f} ms", "25 ms, 50 ms")

    with Terminal([COMMAND, "--private"], env) as terminal:
        terminal.wait_for("begin")
        time.sleep(3)
        terminal.press("\r")
        terminal.wait_for("Start here")
        terminal.quiet(0.5)
        terminal.press("\r")
        terminal.wait_for("· page 1 of")
        terminal.quiet(0.5)
        pages, homes, items = [], [], []
        for _ in range(20):
            pages.append(timed(terminal, RIGHT, "· page 2 of"))
            timed(terminal, LEFT, "· page 1 of")
            homes.append(timed(terminal, LEFT, HOME_ROW))
            timed(terminal, "1", "· page")
            # a module opens at its first unread page: go back to the first
            while "· page 1 of" not in terminal.screen:
                timed(terminal, LEFT, "· page")
        terminal.press("\x1b")
        terminal.wait_for(HOME_ROW)
        terminal.quiet(0.5)
        rows = [timed(terminal, DOWN, "►") for _ in range(12)]
        terminal.press("c")
        terminal.wait_for("[Quiz]")
        terminal.quiet(0.5)
        for number in range(2, 12):
            items.append(timed(terminal, RIGHT, f"{number} of"))
        report("key to screen: next page", pages[1:])
        report("key to screen: open Home", homes[1:])
        report("key to screen: next row", rows[1:])
        report("key to screen: next question", items)


def sheets(env: dict[str, str]) -> None:
    """The whole process, warm: text and PDF."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile.toml"
        profile.write_text('conditions = ["high_bp_uncontrolled"]\nmedicines = ["benzodiazepine"]\n', "utf-8")
        for form, limit in (("text", "0.45 s"), ("pdf", "0.6 s")):
            times = []
            for _ in range(9):
                begin = time.perf_counter()
                subprocess.run(
                    [COMMAND, "sheet", "--profile", str(profile), "--format", form],
                    check=True, capture_output=True, env=env,
                )  # fmt: skip
                times.append(time.perf_counter() - begin)
            show(f"ketalearn sheet as {form}, whole process", f"{statistics.median(times):.2f} s", limit)


def main() -> None:
    """Run every measure."""
    with tempfile.TemporaryDirectory() as home:
        # warm means what everyone has from the second start on: the program's own modules compiled and kept
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["KETALEARN_HOME"] = home
        subprocess.run([PYTHON, "-c", SEED, home], check=True)
        measures: list[Callable[[dict[str, str]], None]] = [first_frame, starts, keys, sheets]
        for measure in measures:
            measure(env)


if __name__ == "__main__":
    main()
