"""A new module that an author fills in: valid files whose every gap is marked, so that `check` lists what to write.

The marks say nothing about medicine, and no source is guessed: both are for the author.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import tomli

from ketalearn.content.marks import NO_SOURCE, NO_TOPIC, WRITE
from ketalearn.errors import KetalearnError

NAME = re.compile(r"^(?:(\d\d)-)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")
LONGEST = 40
LISTED = re.compile(r"^(modules\s*=\s*\[)([^\[\]]*?)(,?\s*)\]", re.MULTILINE)


class Refused(KetalearnError):
    """A module cannot be made here; nothing was written."""


class InTheWay(Refused):
    """A file with this name is there already."""

    exit_status = 1


class Made(NamedTuple):
    """What was written: paths in the pack, and the line for pack.toml where it could not be added."""

    files: tuple[Path, ...]
    listed: bool
    name: str


def new_module(root: Path, name: str) -> Made:
    """Write the module `name` (`sleep` or `11-sleep`) into the pack at `root`, and list it in pack.toml.

    Raises Refused for a name that is no id, InTheWay where anything of that name is there: nothing is overwritten.
    """
    found = NAME.match(name)
    if found is None or len(name) > LONGEST:
        raise Refused(
            f"'{name}' cannot be a module's name; use small letters, digits and hyphens, such as sleep or 11-sleep"
        )
    folder = name if found[1] else f"{_next_number(root):02}-{name}"
    slug = folder.partition("-")[2]
    files = {
        Path("modules") / folder / "module.toml": MODULE.format(folder=folder, slug=slug, write=WRITE),
        Path("modules") / folder / "what.md": PAGE_WHAT.format(write=WRITE, source=NO_SOURCE),
        Path("modules") / folder / "keep.md": PAGE_KEEP.format(write=WRITE, source=NO_SOURCE),
        Path("questions") / "quiz" / f"{folder}.toml": QUIZ.format(
            folder=folder, slug=slug, write=WRITE, source=NO_SOURCE, topic=NO_TOPIC
        ),
    }
    for path in (Path("modules") / folder, *files):
        if (root / path).exists():
            raise InTheWay(f"{path.as_posix()} is there already; choose another name, or remove it first")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("x", encoding="utf-8") as file:
            file.write(text)
    return Made(tuple(files), _list_it(root / "modules" / "pack.toml", folder), folder)


def _next_number(root: Path) -> int:
    """One more than the highest number of a module's folder, at most 99."""
    taken = [int(path.name[:2]) for path in (root / "modules").glob("[0-9][0-9]-*") if path.is_dir()]
    if max(taken, default=0) >= 99:
        raise Refused("all numbers up to 99 are taken; give the name with its number, such as 42-sleep")
    return max(taken, default=0) + 1


def _list_it(path: Path, name: str) -> bool:
    """Add `name` at the end of `modules` in pack.toml, all else as it was; False where that list is not found."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    changed = LISTED.sub(
        lambda at: f'{at[1]}{at[2]}{"," if at[2].strip() else ""} "{name}"{at[3].lstrip(",")}]', text, count=1
    )
    try:
        if name not in tomli.loads(changed).get("modules", ()):
            return False
    except tomli.TOMLDecodeError:
        return False
    path.write_text(changed, "utf-8")
    return True


MODULE = """\
id = "{folder}"
title = "{write} the title"
question = "{write} the question that it answers?"
minutes = 5
revision = 1
pages = ["what", "keep"]
items = ["{slug}-1", "{slug}-2"]

[[objective]]
id = "main"
text = "{write} what the reader can do after it."
"""

PAGE_WHAT = """\
+++
id = "what"
title = "{write} the page's question"
revision = 1
objectives = ["main"]
+++
**What we know.** {write} one or two sentences. [@{source}]

**What we do not know yet.** {write} one sentence. [@{source}]
"""

PAGE_KEEP = """\
+++
id = "keep"
title = "Three things to keep"
revision = 1
objectives = ["main"]
+++
- {write} the first. [@{source}]
- {write} the second. [@{source}]
- {write} the third. [@{source}]

*For your visit:* {write} one thing to ask or do.
"""

QUIZ = """\
module = "{folder}"

# This one can be guessed before the lesson.
[[item]]
id = "{slug}-1"
revision = 1
type = "single"
objective = "main"
topic = "{topic}"
page = "what"
use = ["before"]
stem = "{write} a question that can be guessed before the lesson?"
sources = ["{source}"]
[[item.option]]
text = "{write} what is so"
feedback = "{write} why this is so."
correct = true
[[item.option]]
text = "{write} what many think"
feedback = "{write} why it is tempting, then what is so."
[[item.option]]
text = "{write} what some think"
feedback = "{write} why it is tempting, and what is so."

# This one is asked after the lesson. Move the right option to another place here.
[[item]]
id = "{slug}-2"
revision = 1
type = "single"
objective = "main"
topic = "{topic}"
page = "what"
stem = "{write} a question about what the page says?"
sources = ["{source}"]
[[item.option]]
text = "{write} what many think"
feedback = "{write} why it is tempting, then what is so."
[[item.option]]
text = "{write} what is so"
feedback = "{write} why this is so."
correct = true
[[item.option]]
text = "{write} what some think"
feedback = "{write} why it is tempting, and what is so."
"""
