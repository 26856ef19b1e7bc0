"""`ketalearn check`: a pack with every part read, and every fault of it in one run.

What must hold between files is in `rules/`, what makes content good beyond that in `lint/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from functools import cached_property
from pathlib import Path

from ketalearn.content import models
from ketalearn.content.load import FENCE, M, Reader, did_you_mean
from ketalearn.content.marks import NO_SOURCE
from ketalearn.content.pack import read_help
from ketalearn.content.places import Path as KeyPath
from ketalearn.content.places import place_of, places
from ketalearn.content.ready import with_statements
from ketalearn.content.rules import RULES
from ketalearn.findings import Finding, Severity


class Checked:
    """A pack with every part read, and where the keys of each file stand."""

    def __init__(self, root: Path, also: Iterable[str] = ()) -> None:
        self.reader = Reader(root)
        self.modules_dir = root / "modules"
        self.questions_dir = root / "questions"
        self._places: dict[Path, dict[KeyPath, tuple[int, int]]] = {}
        self._low: dict[int, str] = {}
        reader = self.reader
        self.info = reader.model(models.PackInfo, self.modules_dir / "pack.toml")
        self.sources = reader.table_of(models.Source, self.modules_dir / "sources.toml", "sources")
        self.facts = reader.table_of(models.EvidenceFact, self.modules_dir / "facts.toml", "facts")
        self.terms = reader.list_of(models.Term, self.modules_dir / "glossary.toml", "term")
        table = reader.model(models.ChoiceTable, self.modules_dir / "options.toml")
        self.rows = table.row if table else ()
        self.options = table.option if table else ()
        self.help = read_help(reader, self.modules_dir / "help.toml")
        self.interview = reader.model(models.Interview, self.questions_dir / "interview.toml")
        self.values = reader.list_of(models.PersonalValue, self.questions_dir / "values.toml", "value")
        self.safety = reader.model(models.Safety, self.questions_dir / "safety.toml")
        self.readiness = self._optional(models.Readiness, "readiness.toml")
        self.suggestions = self._optional(models.Suggestions, "suggest.toml")
        if self.interview is not None and self.readiness is not None:
            self.interview = with_statements(self.interview, self.readiness.statement)
        self.rating = self._optional(models.SelfRating, "ipdas.toml", self.modules_dir)
        self.plan = self._optional(models.PlanForm, "plan.toml", self.modules_dir)
        for kind, name in ((models.ReadingLevels, "reading.toml"), (models.Ratings, "ratings.toml")):
            self._optional(kind, name, self.modules_dir)
        words_path = self.questions_dir / "region_words.toml"
        self.region_words = reader.list_of(models.RegionWord, words_path, "word") if words_path.exists() else ()
        self.groups: list[tuple[Path, models.PromptGroup]] = []
        prompt_files = sorted((self.questions_dir / "prompts").glob("*.toml"))
        for path in prompt_files:
            if (group := reader.model(models.PromptGroup, path)) is not None:
                self.groups.append((path, group))
        if not prompt_files:
            self.report(self.questions_dir / "prompts", (), "E001", "there are no prompts here",
                        "add a file NN-group.toml with [[prompt]] tables")  # fmt: skip
        self.modules: list[tuple[Path, models.Module]] = []
        self.pages: list[tuple[Path, models.Module, models.Page]] = []
        self.quizzes: list[tuple[Path, models.Module, models.Quiz]] = []
        for name in dict.fromkeys([*(self.info.modules if self.info else ()), *also]):
            self._read_module(name)

    def _optional(self, kind: type[M], name: str, folder: Path | None = None) -> M | None:
        """A file of questions/, or of `folder`, that a pack may do without."""
        path = (folder or self.questions_dir) / name
        return self.reader.model(kind, path) if path.exists() else None

    def _read_module(self, name: str) -> None:
        path = self.modules_dir / name / "module.toml"
        module = self.reader.model(models.Module, path)
        if module is None:
            return
        self.modules.append((path, module))
        for page_id in module.pages:
            page_path = self.modules_dir / name / f"{page_id}.md"
            if (page := self.reader.page(page_path)) is not None:
                self.pages.append((page_path, module, page))
        quiz_path = self.questions_dir / "quiz" / f"{name}.toml"
        if module.items or quiz_path.exists():
            quiz = self.reader.model(models.Quiz, quiz_path)
            if quiz is not None:
                self.quizzes.append((quiz_path, module, quiz))

    # ------------------------------------------------------------ reporting

    def place(self, path: Path, key: KeyPath) -> tuple[int, int]:
        """Line and column, from 1, of a key of a TOML file or of a page's front matter; (1, 1) where there is none."""
        if path not in self._places:
            try:
                text = path.read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            # the keys of a page stand between its two fences
            self._places[path] = places(text.partition(f"\n{FENCE}")[0] if path.suffix == ".md" else text)
        return place_of(self._places[path], key)

    def report(self, path: Path, key: KeyPath, code: str, message: str, fix: str, level: Severity = "error") -> None:
        """Report at the place of a key, or of the nearest thing that holds it."""
        self.reader.report(path, self.place(path, key), code, message, fix, level)

    def in_page(self, path: Path, page: models.Page, needle: str, code: str, message: str, fix: str) -> None:
        """Report at the place of `needle` in a page's Markdown."""
        at = page.body.find(needle)
        before = page.body[: max(at, 0)]
        line = page.body_line + before.count("\n")
        col = len(before) - (before.rfind("\n") + 1) + 1
        self.reader.report(path, (line, col), code, message, fix)

    def is_source(self, name: str) -> bool:
        """Whether sources.toml names this id, or it is the mark of a source to be written."""
        return name == NO_SOURCE or self._named(name, self.sources, "sources.toml")

    def is_fact(self, name: str) -> bool:
        """Whether facts.toml names this id."""
        return self._named(name, self.facts, "facts.toml")

    def is_term(self, name: str) -> bool:
        """Whether glossary.toml names this id."""
        return self._named(name, self.term_ids, "glossary.toml")

    def _named(self, name: str, read: Container[str], file: str) -> bool:
        """Whether a file of modules/ names this id. One with a fault of its own is reported there, not at each use."""
        if name in read:
            return True
        faulty = self.reader.faulty.get(self.modules_dir / file)
        return faulty is None or name in faulty

    def known_sources(self, path: Path, key: KeyPath, sources: Iterable[str]) -> None:
        """Report each source at `key` that sources.toml does not name."""
        for source in sources:
            if not self.is_source(source):
                self.report(path, key, "E040", f"there is no source '{source}'",
                            did_you_mean(source, self.sources, "add it to modules/sources.toml"))  # fmt: skip

    def low_words(self, item: models.ItemBase) -> str:
        """All words of an item in small letters, for a quick look; made once."""
        if id(item) not in self._low:
            self._low[id(item)] = "\n".join(text for _, text in item.words()).lower()
        return self._low[id(item)]

    # ------------------------------------------------------------ vocabulary

    @cached_property
    def term_ids(self) -> set[str]:
        return {term.id for term in self.terms}

    @cached_property
    def facts_of_vocabulary(self) -> set[str]:
        if self.interview is None:
            return set()
        return {f"{field.prefix}:{value.id}" for field in self.interview.field for value in field.value}

    @cached_property
    def quiz_topics(self) -> set[str]:
        if self.interview is None:
            return set()
        return {value.id for field in self.interview.field if field.id == "quiz_misses" for value in field.value}

    @cached_property
    def prompts(self) -> list[tuple[Path, int, models.Prompt]]:
        return [(path, at, prompt) for path, group in self.groups for at, prompt in enumerate(group.prompt)]


def check_pack(root: Path, today: dt.date | None = None, *, also: Iterable[str] = ()) -> list[Finding]:
    """Every finding of the pack at `root`, sorted by place. With `today`, the rules of good content as well.

    `also`: modules to look at although pack.toml does not list them.
    """
    if not any((root / name).is_dir() for name in ("modules", "questions")):
        return [Finding(".", 1, 1, "E001", "error", "this folder holds no modules/ and no questions/",
                        "give the folder of a content pack")]  # fmt: skip
    checked = Checked(root, also)
    for rule in RULES:
        rule(checked)
    if today is not None:
        from ketalearn.content.lint.run import lint

        lint(checked, today)
    return sorted(set(checked.reader.findings))
