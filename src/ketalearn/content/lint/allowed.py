"""Warnings that a pack switches off for one place, each with a reason: `modules/lint.toml`."""

from __future__ import annotations

from pathlib import Path

from ketalearn.content import models
from ketalearn.content.load import Reader

FILE = "lint.toml"


class Allowed:
    """The pack's `[[allow]]` list, and which of its entries were needed."""

    def __init__(self, reader: Reader, modules_dir: Path) -> None:
        self.path = modules_dir / FILE
        self.entries = reader.list_of(models.Allowance, self.path, "allow") if self.path.exists() else ()
        self._used: set[int] = set()

    def covers(self, code: str, subject: str) -> bool:
        """Whether `code` is switched off for `subject` (an item's id, `module/page`, a topic, an option or a fact)."""
        found = [at for at, one in enumerate(self.entries) if one.code == code and one.at == subject]
        self._used.update(found)
        return bool(found)

    @property
    def unused(self) -> list[tuple[int, models.Allowance]]:
        """Entries that switched nothing off in this run."""
        return [(at, one) for at, one in enumerate(self.entries) if at not in self._used]
