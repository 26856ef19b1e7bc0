"""A content pack: the folders `modules/` and `questions/`, read part by part when a part is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ketalearn.content import models
from ketalearn.content.load import M, Reader
from ketalearn.content.ready import raised_by_statements, with_statements
from ketalearn.errors import ContentError

T = TypeVar("T")


class Pack:
    """Lazy access to a pack at `root`. Raises ContentError, with every finding of the part, when it is faulty."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known_modules: dict[str, models.Module] = {}
        self._known_quizzes: dict[str, tuple[models.Item, ...]] = {}

    def _read(self, part: Callable[[Reader], T]) -> T:
        reader = Reader(self.root)
        value = part(reader)
        if errors := [finding for finding in reader.findings if finding.level == "error"]:
            raise ContentError(errors)
        return value

    # ------------------------------------------------------------ modules/

    @cached_property
    def info(self) -> models.PackInfo:
        return self._read(lambda reader: _sure(reader.model(models.PackInfo, self._modules / "pack.toml")))

    @cached_property
    def sources(self) -> dict[str, models.Source]:
        return self._read(lambda reader: reader.table_of(models.Source, self._modules / "sources.toml", "sources"))

    @cached_property
    def facts(self) -> dict[str, models.EvidenceFact]:
        return self._read(lambda reader: reader.table_of(models.EvidenceFact, self._modules / "facts.toml", "facts"))

    @cached_property
    def glossary(self) -> dict[str, models.Term]:
        terms = self._read(lambda reader: reader.list_of(models.Term, self._modules / "glossary.toml", "term"))
        return {term.id: term for term in terms}

    @cached_property
    def choices(self) -> models.ChoiceTable:
        return self._read(lambda reader: _sure(reader.model(models.ChoiceTable, self._modules / "options.toml")))

    @property
    def options(self) -> tuple[models.Choice, ...]:
        return self.choices.option

    @cached_property
    def help_regions(self) -> dict[str, models.HelpRegion]:
        return self._read(
            lambda reader: read_help(reader, self._modules / "help.toml"),
        )

    @cached_property
    def self_rating(self) -> models.SelfRating | None:
        """What the project says of itself; None when the pack has no ipdas.toml."""
        return self._optional(models.SelfRating, "ipdas.toml")

    @cached_property
    def reading_levels(self) -> models.ReadingLevels | None:
        """Reading grades as measured; None when the pack has no reading.toml."""
        return self._optional(models.ReadingLevels, "reading.toml")

    @cached_property
    def ratings(self) -> models.Ratings:
        """What fresh readers said; nothing when the pack has no ratings.toml."""
        return self._optional(models.Ratings, "ratings.toml") or models.Ratings()

    @cached_property
    def plan(self) -> models.PlanForm | None:
        """The plan and the diary to fill in by hand; None when the pack has no plan.toml."""
        return self._optional(models.PlanForm, "plan.toml")

    def _optional(self, kind: type[M], name: str) -> M | None:
        """A file of modules/ that a pack may do without."""
        path = self._modules / name
        return self._read(lambda reader: _sure(reader.model(kind, path))) if path.exists() else None

    def module(self, module_id: str) -> models.Module:
        """A module's own table; read once."""
        if module_id not in self._known_modules:
            path = self._modules / module_id / "module.toml"
            self._known_modules[module_id] = self._read(lambda reader: _sure(reader.model(models.Module, path)))
        return self._known_modules[module_id]

    def page(self, module_id: str, page_id: str) -> models.Page:
        """A lesson page; read at each call, so that the app holds one at a time."""
        return self._read(lambda reader: _sure(reader.page(self._modules / module_id / f"{page_id}.md")))

    # ------------------------------------------------------------ questions/

    def quiz(self, module_id: str) -> tuple[models.Item, ...]:
        """The items of a module in the order that its table lists them; none when it has no quiz."""
        if module_id not in self._known_quizzes:
            self._known_quizzes[module_id] = self._quiz(module_id)
        return self._known_quizzes[module_id]

    def _quiz(self, module_id: str) -> tuple[models.Item, ...]:
        path = self._questions / "quiz" / f"{module_id}.toml"
        if not path.exists():
            return ()
        quiz = self._read(lambda reader: _sure(reader.model(models.Quiz, path)))
        order = {name: place for place, name in enumerate(self.module(module_id).items)}
        return tuple(sorted(quiz.item, key=lambda item: order.get(item.id, len(order))))

    @cached_property
    def items(self) -> dict[str, models.Item]:
        """Every item of the pack by its id."""
        return {item.id: item for module_id in self.info.modules for item in self.quiz(module_id)}

    @cached_property
    def interview(self) -> models.Interview:
        """About me, and the readiness statements as one more field of the vocabulary."""
        read = self._read(lambda reader: _sure(reader.model(models.Interview, self._questions / "interview.toml")))
        return with_statements(read, self.statements)

    @cached_property
    def statements(self) -> tuple[models.Statement, ...]:
        """The readiness statements; none when the pack has no readiness.toml."""
        path = self._questions / "readiness.toml"
        if not path.exists():
            return ()
        return self._read(lambda reader: _sure(reader.model(models.Readiness, path))).statement

    @cached_property
    def suggestions(self) -> models.Suggestions:
        """What typed words may suggest; nothing when the pack has no suggest.toml."""
        path = self._questions / "suggest.toml"
        if not path.exists():
            return models.Suggestions()
        return self._read(lambda reader: _sure(reader.model(models.Suggestions, path)))

    @cached_property
    def personal_values(self) -> tuple[models.PersonalValue, ...]:
        return self._read(lambda reader: reader.list_of(models.PersonalValue, self._questions / "values.toml", "value"))

    @cached_property
    def safety(self) -> models.Safety:
        return self._read(lambda reader: _sure(reader.model(models.Safety, self._questions / "safety.toml")))

    @cached_property
    def groups(self) -> tuple[models.PromptGroup, ...]:
        """The prompt files in bank order: by file name, then by place in the file; readiness raises some of them."""

        def read(reader: Reader) -> tuple[models.PromptGroup, ...]:
            paths = sorted((self._questions / "prompts").glob("*.toml"))
            found = (reader.model(models.PromptGroup, path) for path in paths)
            return tuple(group for group in found if group is not None)

        return raised_by_statements(self._read(read), self.statements)

    @cached_property
    def region_words(self) -> tuple[models.RegionWord, ...]:
        """Words that differ by region; a pack without the file has none."""
        path = self._questions / "region_words.toml"
        if not path.exists():
            return ()
        return self._read(lambda reader: reader.list_of(models.RegionWord, path, "word"))

    # ------------------------------------------------------------ folders

    @property
    def _modules(self) -> Path:
        return self.root / "modules"

    @property
    def _questions(self) -> Path:
        return self.root / "questions"


def read_help(reader: Reader, path: Path) -> dict[str, models.HelpRegion]:
    """`help.toml`: one `[region.CODE]` table a region, with `[[region.CODE.lines]]`."""
    read = reader.toml(path)
    if read is None:
        return {}
    data, text = read
    reader.only(path, data, text, ("region", "checked_on", "isolation"))
    return reader.tables(models.HelpRegion, path, data, text, "region")


def _sure(value: T | None) -> T:
    # `_read` raises for the findings that a missing value always comes with, before this one is used
    return value  # type: ignore[return-value]
