"""What `ketalearn preview` shows: one file of a pack, in a journey that keeps nothing and bears with faults.

The faces draw it (`ui/preview.py`, `plain/preview.py`) with what draws it for readers. A name that leads nowhere (a
source, a fact, a term not written yet) stands there in words, so that the page can be seen while it is being written.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from ketalearn.content import models
from ketalearn.content.heads import ModuleHead, PackHead, read_head, read_heads
from ketalearn.content.load import Reader
from ketalearn.content.pack import Pack
from ketalearn.errors import ContentError, KetalearnError
from ketalearn.findings import Finding
from ketalearn.journey import Journey
from ketalearn.learning.records import Memory, ShortMemory
from ketalearn.place import Place
from ketalearn.workspace import Workspace

V = TypeVar("V")

What = Literal["page", "module", "quiz", "prompts", "options"]
SHOWN = "preview shows a lesson page, a module.toml, a quiz file, a prompt file or options.toml"


class Target(NamedTuple):
    """The file that is previewed: `file` is its path inside the pack at `root`."""

    root: Path
    file: Path
    what: What
    module: str = ""
    page: str = ""


def pack_around(path: Path) -> Path | None:
    """The nearest folder at or above `path` that holds modules/ and questions/, or None."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - a link is shown where it stands, not where it leads
    return next(
        (one for one in (whole, *whole.parents) if (one / "modules").is_dir() and (one / "questions").is_dir()), None
    )


def target_of(given: str) -> Target:
    """What the file `given` is. Raises KetalearnError where it is none that preview shows."""
    path = Path(given)
    if not path.is_file():
        raise KetalearnError(f"{given} is no file; give a file under modules/ or questions/")
    root = pack_around(path)
    if root is None:
        raise KetalearnError(f"{given} is in no content pack; give a file under modules/ or questions/")
    file = Path(os.path.abspath(path)).relative_to(root)  # noqa: PTH100 - as above
    match file.parts:
        case ("modules", module, "module.toml"):
            return Target(root, file, "module", module)
        case ("modules", module, page) if page.endswith(".md"):
            return Target(root, file, "page", module, file.stem)
        case ("questions", "quiz", quiz) if quiz.endswith(".toml"):
            return Target(root, file, "quiz", file.stem)
        case ("questions", "prompts", group) if group.endswith(".toml"):
            return Target(root, file, "prompts")
        case ("modules", "options.toml"):
            return Target(root, file, "options")
    other = "; 'ketalearn check' looks at the other files" if file.suffix in (".toml", ".md") else ""
    raise KetalearnError(f"{SHOWN}{other}")


class _Bearing(dict[str, V]):
    """A table in which a name that is not there stands for itself, in words."""

    def __init__(self, known: dict[str, V], otherwise: Callable[[str], V]) -> None:
        super().__init__(known)
        self._otherwise = otherwise

    def __missing__(self, name: str) -> V:
        return self._otherwise(name)


def _no_source(name: str) -> models.Source:
    words = f"(there is no source '{name}' yet)"
    return models.Source(citation=words, short=words, kind="expert-reasoning", how_verified="not")


def _no_fact(name: str) -> models.EvidenceFact:
    return models.EvidenceFact(
        subject="none", statement=f"(there is no fact '{name}' yet)", certainty="very-low", applies_to=("general",),
        sources=("none",), verified="yes", review_by=dt.date.max,
    )  # fmt: skip


def _no_term(name: str) -> models.Term:
    return models.Term(id="none", term=name, plain="(this word is not in the glossary yet)")


class PreviewPack(Pack):
    """The pack with the previewed file at its centre: its module is listed, and all of its items or prompts show."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.root)
        self.target = target

    @cached_property
    def info(self) -> models.PackInfo:
        read = super().info
        if not self.target.module or self.target.module in read.modules:
            return read
        return read.model_copy(update={"modules": (*read.modules, self.target.module)})

    @cached_property
    def sources(self) -> dict[str, models.Source]:
        return _Bearing(super().sources, _no_source)

    @cached_property
    def facts(self) -> dict[str, models.EvidenceFact]:
        return _Bearing(super().facts, _no_fact)

    @cached_property
    def glossary(self) -> dict[str, models.Term]:
        return _Bearing(super().glossary, _no_term)

    def quiz(self, module_id: str) -> tuple[models.Item, ...]:
        items = super().quiz(module_id)
        if self.target.what != "quiz" or module_id != self.target.module:
            return items
        # all of the file is shown in a row, the guesses before the lesson too
        return tuple(item.model_copy(update={"use": ("after",)}) for item in items)

    @cached_property
    def group(self) -> models.PromptGroup:
        """The previewed prompt file as it is written. Raises ContentError when it is faulty."""
        reader = Reader(self.root)
        read = reader.model(models.PromptGroup, self.root / self.target.file)
        if read is None:
            raise ContentError(reader.findings)
        return read

    @cached_property
    def groups(self) -> tuple[models.PromptGroup, ...]:
        if self.target.what != "prompts":
            return super().groups
        group = self.group
        return (group.model_copy(update={"prompt": tuple(form for one in group.prompt for form in _forms(one))}),)


def _forms(prompt: models.Prompt) -> list[models.Prompt]:
    """Each wording of a prompt as a prompt that every sheet shows."""
    bare: dict[str, object] = {
        "base": "should", "must_if": (), "should_if": (), "gate_any": (), "gate_all": (), "never_if": (),
        "red_flag_if": (), "variant": (), "variants": (), "they": "", "private": "",
    }  # fmt: skip
    others = [
        ("they", prompt.they),
        ("private", prompt.private),
        *((f"form_{number}", one.text) for number, one in enumerate(prompt.wordings, start=1)),
    ]
    made = [prompt.model_copy(update=bare)]
    for name, text in others:
        if text and text not in [one.text for one in made]:
            made.append(prompt.model_copy(update=bare | {"topic": f"{prompt.topic}_{name}", "text": text}))
    return made


class PreviewWorkspace(Workspace):
    """A workspace around one file; what is answered in it ends with the process."""

    def __init__(self, target: Target, now: Callable[[], dt.datetime], region: str, memory: Memory | None) -> None:
        super().__init__(target.root, memory or ShortMemory(), now, region=region, private=True)
        self.target = target
        self.memory.put("welcomed", True)

    @cached_property
    def heads(self) -> PackHead:
        read = read_heads(self.root)
        target = self.target
        if not target.module:
            return read
        known = {head.id: head for head in read.modules}
        head = known.get(target.module) or read_head(self.root, target.module)
        known[target.module] = self._whole(head)
        return read._replace(modules=tuple(known.values()))

    def _whole(self, head: ModuleHead) -> ModuleHead:
        """A head that holds the previewed page, listed or not."""
        page = self.target.page
        return head._replace(pages=(*head.pages, page)) if page and page not in head.pages else head


class Preview:
    """One file as it is now. Make a new one when the file has changed; `memory` carries answers over."""

    def __init__(
        self, target: Target, now: Callable[[], dt.datetime], region: str = "", memory: Memory | None = None
    ) -> None:
        self.target = target
        self.now = now
        self.region = region
        self.workspace = PreviewWorkspace(target, now, region, memory)
        self.pack = PreviewPack(target)
        self.workspace.pack = self.pack
        self.journey = Journey(self.workspace)

    def again(self) -> Preview:
        """The same file, read anew."""
        return Preview(self.target, self.now, self.region, self.workspace.memory)

    def places(self) -> list[Place]:
        """Where the file shows, first place first. Raises KetalearnError, with every fault, when it cannot be read."""
        target = self.target
        match target.what:
            case "page":
                place = Place("page", module=target.module, page=target.page)
                self.journey.lesson(place)
                return [place]
            case "module":
                pages = self.workspace.pack.module(target.module).pages
                return [Place("page", module=target.module, page=page) for page in pages]
            case "quiz":
                self.workspace.pack.module(target.module)
                items = self.journey.quiz.items(target.module)
                return [Place("item", module=target.module, item=item) for item in items]
            case "prompts":
                self.journey.sheet()
                return [Place("questions")]
            case "options":
                _ = self.workspace.pack.choices
                return [Place("choices")]

    def findings(self) -> list[Finding]:
        """What `check` says about this file, as the files around it are now."""
        from ketalearn.content.check import check_pack

        also = (self.target.module,) if self.target.module else ()
        found = check_pack(self.target.root, self.workspace.today, also=also)
        return [one for one in found if one.path == self.target.file.as_posix()]

    def stamp(self) -> tuple[tuple[str, int, int, int], ...]:
        """Changes whenever a file of the pack is saved, also by an editor that puts a new file in its place."""
        found: list[tuple[str, int, int, int]] = []
        for folder in ("modules", "questions"):
            for place, _, names in os.walk(self.target.root / folder):
                for name in names:
                    if name.endswith((".md", ".toml")):
                        try:
                            about = (Path(place) / name).stat()
                        except OSError:
                            # taken away since the folder was listed
                            continue
                        found.append((f"{place}/{name}", about.st_mtime_ns, about.st_size, about.st_ino))
        return tuple(sorted(found))


def errors_in(findings: list[Finding]) -> int:
    """How many of them are errors."""
    return sum(finding.level == "error" for finding in findings)
