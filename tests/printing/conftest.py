"""The print server that the tests of this folder share: started once, emptied after each test, always stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import typst

from tests.printing.fake_cups import FakeCups
from tests.printing.private_cups import INSTALL, PrivateCups, missing_programs


@pytest.fixture(scope="session")
def _shared_cups() -> Iterator[PrivateCups]:
    if missing := missing_programs():
        pytest.skip(f"needs {', '.join(missing)}: {INSTALL}")
    with PrivateCups() as server:
        yield server


@pytest.fixture
def cups(_shared_cups: PrivateCups, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateCups]:
    """A real print server with no printers, which ketalearn finds as it would the system's."""
    for name, value in _shared_cups.env.items():
        if name != "HOME":
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("LPDEST", raising=False)
    monkeypatch.delenv("PRINTER", raising=False)
    yield _shared_cups
    _shared_cups.clear()


@pytest.fixture(scope="session")
def _small_pdf() -> bytes:
    made: bytes = typst.compile(b"= A sheet")
    return made


@pytest.fixture
def pdf(tmp_path: Path, _small_pdf: bytes) -> Path:
    """A saved sheet."""
    path = tmp_path / "questions.pdf"
    path.write_bytes(_small_pdf)
    return path


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    """Two printers that are only programs on PATH."""
    made = FakeCups(tmp_path)
    monkeypatch.setenv("PATH", made.path)
    return made
