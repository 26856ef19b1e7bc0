"""A large pack made by rule, for measuring: 200 modules, 10,000 items, and faults planted at known lines.

The words are made up, so that no rule fires by chance and nothing here reads as medicine. What is not in the modules
(interview, prompts, sources, options) is the shipped pack's. The same seed makes the same pack.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ("sources.toml", "facts.toml", "glossary.toml", "options.toml", "help.toml")

Planted = tuple[str, int, str]
"""File, line and code of a fault that `ketalearn check` must find."""

SMALL_WORDS = ("the", "a", "to", "in", "at", "with", "and", "or", "by", "on", "it", "is")
TOPICS = ("driving", "bladder", "dissociation", "monitoring")
OBJECTIVES = ("alpha", "beta", "gamma")
ONE_IN_FAULTY = 10
"""One item in so many carries a planted fault."""


class Words:
    """Made-up words of two syllables in sentences of a set length."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        parts = ["".join(pair) for pair in product("bdfgklmnprtvz", "aiou")]
        self.pool = [f"{one}{other}" for one in parts for other in parts]

    def take(self, count: int) -> list[str]:
        """`count` different words."""
        return self.chance.sample(self.pool, count)

    def sentence(self, length: int, words: Iterator[str]) -> str:
        """About half of the words are small ones, as in plain English."""
        told = [next(words) if at % 2 else self.chance.choice(SMALL_WORDS) for at in range(length)]
        return f"{told[0].capitalize()} {' '.join(told[1:])}"


def _quiz(name: str, pages: list[str], count: int, words: Words, source: str) -> tuple[str, list[str], list[Planted]]:
    """The quiz file of one module: its text, its ids, and the faults in it."""
    path = f"questions/quiz/{name}.toml"
    lines = [f'module = "{name}"']
    ids: list[str] = []
    planted: list[Planted] = []
    chance = words.chance
    for number in range(count):
        taken = iter(words.take(60))
        fault = chance.choice(list(FAULTS)) if chance.randrange(ONE_IN_FAULTY) == 0 else ""
        ids.append(f"{name}-{number:02}")
        wrong = FAULTS.get(fault, {})
        start = len(lines) + 1
        lines += ["", "[[item]]", f'id = "{ids[-1]}"', "revision = 1", 'type = "single"']
        lines += [
            f'objective = "{OBJECTIVES[number % 3]}"',
            f'topic = "{wrong.get("topic", chance.choice(TOPICS))}"',
            f'page = "{wrong.get("page", chance.choice(pages))}"',
            f'use = ["{"before" if number < len(OBJECTIVES) else "after"}"]',
            f'stem = "{words.sentence(14, taken)}{wrong.get("stem", "")}?"',
            f'sources = ["{wrong.get("source", source)}"]',
        ]
        right = chance.randrange(3)
        for at in range(3):
            here = at == (right + 1) % 3
            text = wrong.get("option", "") if here else ""
            feedback = wrong.get("feedback", "") if here else ""
            lines += [
                "[[item.option]]",
                f'text = "{text or words.sentence(5, taken)}"',
                f'feedback = "{feedback or words.sentence(14, taken) + ". " + words.sentence(10, taken) + "."}"',
            ]
            if at == right:
                lines.append("correct = true")
        if fault:
            told = fault.split()
            for code, holds in zip(told[::2], told[1::2], strict=True):
                planted.append((path, _line(lines, start, holds, wrong), code))
    return "\n".join(lines) + "\n", ids, planted


def _line(lines: list[str], start: int, holds: str, wrong: dict[str, str]) -> int:
    """The line, from 1, where the fault of the last item stands: its header, or the line with the wrong words."""
    if holds == "item":
        return start + 1
    return next(at for at in range(start, len(lines)) if wrong[holds] in lines[at]) + 1


FAULTS: dict[str, dict[str, str]] = {
    "E040 source": {"source": "no-such-source"},
    "E053 page": {"page": "no-such-page"},
    "E054 topic": {"topic": "no_such_topic"},
    "E060 feedback": {"feedback": "This is safe for you. So it was told by all of them."},
    "E304 option W305 item": {"option": "None of these"},
    "W305 item": {"option": "It never bakos"},
    "I306 option": {"option": "It is often so"},
    "W315 feedback": {"feedback": "Right."},
    "E318 feedback": {"feedback": "It is 50 mg for most of them in the end."},
    "E330 feedback": {"feedback": "It helps 1 in 5 people at the end."},
    "W332 feedback": {"feedback": "It helps 20% of them at the end."},
    "I324 feedback": {"feedback": "The efficacy of it is not known to them."},
    "E350 feedback": {"feedback": "Patients should bako at the end of it."},
    "W323 stem W314 stem": {"stem": " and so" * 13},
}
"""Each code that must be found, with what holds the fault: a key of the item, or the item as a whole."""


def _page(name: str, number: int, words: Words, source: str) -> tuple[str, list[Planted]]:
    """One page of about 80 words; one in ten has a term that is nowhere."""
    taken = iter(words.take(60))
    body = [f"{words.sentence(9, taken)}. {words.sentence(11, taken)}. [@{source}]\n" for _ in range(4)]
    faulty = words.chance.randrange(ONE_IN_FAULTY) == 0
    if faulty:
        body.append("It is [[no-such-term|bako]].\n")
    front = [
        "+++", f'id = "p{number}"', f'title = "{words.sentence(5, taken)}"', "revision = 1",
        f'objectives = ["{OBJECTIVES[number % 3]}"]', "+++",
    ]  # fmt: skip
    text = "\n".join([*front, *body]) + "\n"
    at = text[: text.index("[[no")].count("\n") + 1 if faulty else 0
    return text, [(f"modules/{name}/p{number}.md", at, "E048")] if faulty else []


def make(root: Path, *, seed: int = 1, modules: int = 200, items: int = 50) -> list[Planted]:
    """Write the pack into the empty folder `root`; the faults that it holds, sorted."""
    words = Words(seed)
    shutil.copytree(ROOT / "questions", root / "questions", ignore=shutil.ignore_patterns("quiz"))
    (root / "questions" / "quiz").mkdir()
    (root / "modules").mkdir()
    for name in SHARED:
        shutil.copy(ROOT / "modules" / name, root / "modules" / name)
    source = "spravato-label-2019"
    names = [f"m{number:03}" for number in range(modules)]
    planted: list[Planted] = []
    pages = [f"p{number}" for number in range(6)]
    for name in names:
        folder = root / "modules" / name
        folder.mkdir()
        for number in range(len(pages)):
            text, faults = _page(name, number, words, source)
            (folder / f"p{number}.md").write_text(text, "utf-8")
            planted += faults
        text, ids, faults = _quiz(name, pages, items, words, source)
        (root / "questions" / "quiz" / f"{name}.toml").write_text(text, "utf-8")
        planted += faults
        (folder / "module.toml").write_text(_table(name, pages, ids), "utf-8")
    (root / "modules" / "pack.toml").write_text(_pack(names), "utf-8")
    return sorted(planted)


def _table(name: str, pages: list[str], ids: list[str]) -> str:
    listed = ",".join(f'"{one}"' for one in ids)
    objectives = "".join(f'[[objective]]\nid = "{one}"\ntext = "Say it."\n' for one in OBJECTIVES)
    return (
        f'id = "{name}"\ntitle = "Bako {name}"\nquestion = "What is it?"\nminutes = 5\nrevision = 1\n'
        f"pages = {pages!r}\nitems = [{listed}]\n{objectives}"
    ).replace("'", '"')


def _pack(names: list[str]) -> str:
    """The shipped pack's own table, with other modules."""
    import tomli

    shipped = tomli.loads((ROOT / "modules" / "pack.toml").read_text("utf-8"))
    listed = ", ".join(f'"{name}"' for name in names)
    text = {key: value for key, value in shipped.items() if isinstance(value, str)}
    told = "".join(f'{key} = "{value}"\n' for key, value in text.items())
    dates = "".join(f"{key} = {value.isoformat()}\n" for key, value in shipped.items() if hasattr(value, "isoformat"))
    lists = "".join(
        f"{key} = {json.dumps(value)}\n"
        for key, value in shipped.items()
        if isinstance(value, list) and key != "modules"
    )
    return f"{told}{dates}{lists}modules = [{listed}]\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    print(f"{len(make(folder))} faults planted in {folder}")
