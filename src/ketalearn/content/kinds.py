"""The kinds of file that authors write, and the JSON Schema of each, made from the models when it is asked for.

Nothing is written down twice: the models say what a file may hold, `ketalearn check` reads by them, and the schemas
come out of them. `schemas/` at the top of the repository is that output, kept there so that an editor finds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ketalearn.content import models
from ketalearn.content.models import Authored

DIALECT = "http://json-schema.org/draft-07/schema#"
SCHEMA_FOLDER = "schemas"
EDITOR_FILE = "tombi.toml"


class _Written(GenerateJsonSchema):
    """A date may be written with or without quotes: TOML has dates of its own, and our files write them as text."""

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, super().date_schema(schema)]}


@dataclass(frozen=True)
class Kind:
    """One kind of file: `files` is its path in a pack (`*` for any name), `words` say what it is for."""

    name: str
    files: str
    words: str
    model: type[Authored]


def _table_of(name: str, one: type[Authored]) -> type[Authored]:
    """A file of `[name.ID]` tables, such as sources.toml."""
    # mypy takes no type that is made while running, here and below
    made: Any = create_model(
        f"{name.capitalize()}File",
        __base__=Authored,
        **{name: (dict[str, one], ...), "meta": (dict[str, Any] | None, None)},  # type: ignore[valid-type, call-overload]
    )
    return made


def _list_of(name: str, one: type[Authored]) -> type[Authored]:
    """A file of `[[name]]` tables, such as glossary.toml."""
    made: Any = create_model(f"{name.capitalize()}File", __base__=Authored, **{name: (tuple[one, ...], ...)})  # type: ignore[valid-type, call-overload]
    return made


def _help_file() -> type[Authored]:
    """help.toml: the regions, and notes for editors that no screen shows."""
    made: Any = create_model(
        "HelpFile",
        __base__=Authored,
        region=(dict[str, models.HelpRegion], ...),
        schema_version=(int | None, None),
        checked_on=(str | None, None),
        isolation=(dict[str, Any] | None, None),
    )
    return made


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order in which an author meets them."""
    return (
        Kind("module", "modules/*/module.toml", "a module: its pages, items and objectives", models.Module),
        Kind("page", "modules/*/*.md", "the front matter of a lesson page, between its +++ lines", models.PageFront),
        Kind("quiz", "questions/quiz/*.toml", "the items of a module", models.Quiz),
        Kind("prompts", "questions/prompts/*.toml", "questions for the doctor, and what raises them",
             models.PromptGroup),
        Kind("pack", "modules/pack.toml", "the pack as a whole, and its list of modules", models.PackInfo),
        Kind("facts", "modules/facts.toml", "what we know, each thing once", _table_of("facts", models.EvidenceFact)),
        Kind("sources", "modules/sources.toml", "where it comes from", _table_of("sources", models.Source)),
        Kind("glossary", "modules/glossary.toml", "words explained", _list_of("term", models.Term)),
        Kind("options", "modules/options.toml", "the choices, side by side", models.ChoiceTable),
        Kind("help", "modules/help.toml", "crisis lines by region", _help_file()),
        Kind("lint", "modules/lint.toml", "warnings switched off in one place", _list_of("allow", models.Allowance)),
        Kind("ipdas", "modules/ipdas.toml", "the self-rating", models.SelfRating),
        Kind("plan", "modules/plan.toml", "a plan and a diary to fill in by hand", models.PlanForm),
        Kind("interview", "questions/interview.toml", "About me: every answer that can be given", models.Interview),
        Kind("values", "questions/values.toml", "what may matter most", _list_of("value", models.PersonalValue)),
        Kind("safety", "questions/safety.toml", "levels, and phrases that open Crisis help", models.Safety),
        Kind("readiness", "questions/readiness.toml", "statements about being ready to choose", models.Readiness),
        Kind("suggest", "questions/suggest.toml", "what typed words may suggest", models.Suggestions),
        Kind("region-words", "questions/region_words.toml", "words that differ by region",
             _list_of("word", models.RegionWord)),
    )  # fmt: skip


def schema_of(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (draft 7) of one kind. A wrong key is an error in it, as it is in `check`."""
    made = kind.model.model_json_schema(schema_generator=_Written)
    made.pop("title", None)
    return {
        "$schema": DIALECT,
        "$id": f"ketalearn-{kind.name}.json",
        "title": f"{kind.files}: {kind.words}",
        **made,
    }


def as_text(kind: Kind) -> str:
    """The schema as a file holds it."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def editor_settings(chosen: Iterable[Kind]) -> str:
    """`tombi.toml`: which schema is for which file, and no look at the network's catalogue of schemas."""
    lines = [
        "# Tells an editor with the Tombi extension (and `tombi lint --offline`) what each TOML file may hold.",
        "# Written by `ketalearn schema --all DIR`. The front matter of Markdown pages is not covered by it, but by",
        "# `ketalearn check`.",
        'toml-version = "v1.0.0"',
        "",
        "[schema]",
        "enabled = true",
        "# nothing is fetched",
        "catalog = { paths = [] }",
    ]
    for kind in chosen:
        if kind.files.endswith(".toml"):
            lines += ["", "[[schemas]]", f'path = "{SCHEMA_FOLDER}/{kind.name}.json"', f'include = ["{kind.files}"]']
    return "\n".join(lines) + "\n"


def files_of_all() -> dict[Path, str]:
    """All schemas and the editor's settings, by their path in a pack's folder."""
    every = kinds()
    made = {Path(SCHEMA_FOLDER) / f"{kind.name}.json": as_text(kind) for kind in every}
    return {**made, Path(EDITOR_FILE): editor_settings(every)}
