"""A pack of 200 modules and 10,000 items: what `ketalearn check` finds, its time and memory, and Home's first frame."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.big_pack import make  # noqa: E402
from benchmarks.terminal import Terminal  # noqa: E402

PYTHON = sys.executable
PAIRS = 15
SEED = """
import datetime, sys
from pathlib import Path
from ketalearn.store.database import Store
from ketalearn.learning.records import Answer
folder, module, page = sys.argv[1:]
store = Store.open(Path(folder), "me", now=lambda: datetime.datetime.now(datetime.UTC))
store.put("welcomed", True)
store.put("place", {"kind": "page", "module": module, "page": page, "item": "", "screen": ""})
store.put("questions_shown", 24)
for number in range(12):
    store.add_answer(Answer(f"{module}-{number:02}", 1, module, (0,), True, "a", "b", 1))
"""


def show(name: str, figure: str, limit: str) -> None:
    print(f"{name:<58} {figure:<28} limit {limit}")


def check(root: Path, planted: Counter[tuple[str, int, str]], runs: int = 3) -> None:
    """Time, memory and findings of `ketalearn check`, the whole process, for the large pack and the shipped one."""
    for name, folder, limit in (("shipped pack", ROOT, "2 s"), ("10,000 items", root, "6 s, 500 MB")):
        walls, users = [], []
        for _ in range(runs):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            begin = time.perf_counter()
            done = subprocess.run(
                [PYTHON, "-m", "ketalearn", "check", str(folder), "--format", "json"], capture_output=True, check=False
            )
            walls.append(time.perf_counter() - begin)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            users.append(after.ru_utime - before.ru_utime)
        # the largest child so far; the large pack comes last
        memory = after.ru_maxrss / 1024
        show(f"ketalearn check, {name}", f"{min(walls):.2f} s ({min(users):.2f} s CPU), {memory:.0f} MB", limit)
    found = Counter((one["path"], one["line"], one["code"]) for one in json.loads(done.stdout))
    missed = sum((planted - found).values())
    modules = ("modules/m", "questions/quiz/")
    others = sum(count for place, count in (found - planted).items() if place[0].startswith(modules))
    show(
        "planted faults found", f"{planted.total() - missed} of {planted.total()}, {others} others", "all, and no other"
    )


def home(root: Path) -> None:
    """Home's first frame with the large pack beside the shipped one, in pairs."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        envs = [{**os.environ, "KETALEARN_HOME": one, "KETALEARN_PACK": str(ROOT)},
                {**os.environ, "KETALEARN_HOME": other, "KETALEARN_PACK": str(root)}]  # fmt: skip
        for env, place in zip(envs, (("06-risks", "cut-off"), ("m005", "p3")), strict=True):
            subprocess.run([PYTHON, "-c", SEED, env["KETALEARN_HOME"], *place], check=True, env=env)
        times: list[list[float]] = [[], []]
        for turn in range(PAIRS + 2):
            for at, env in enumerate(envs):
                with Terminal([PYTHON, "-m", "ketalearn"], env) as terminal:
                    took = terminal.wait_for("My questions", "Crisis help", "quit") - terminal.started
                if turn > 1:
                    times[at].append(took)
    ratio = statistics.median(large / small for small, large in zip(*times, strict=True))
    show(
        "first frame of Home, 200 modules to shipped, paired",
        f"{ratio:.2f} (minima {min(times[1]) / min(times[0]):.2f}; {min(times[1]) * 1000:.0f} ms)",
        "1.3",
    )


def main() -> None:
    """Make the pack once, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "pack"
        root.mkdir()
        planted = Counter(make(root))
        check(root, planted)
        home(root)


if __name__ == "__main__":
    main()
