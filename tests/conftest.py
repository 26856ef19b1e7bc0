"""One rule for all tests: with KETALEARN_FULL set, what could not be tried here counts as failed."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# the machine that checks every change must give the same verdict twice
settings.register_profile("ketalearn", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ketalearn")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    report = yield
    if report.skipped and os.environ.get("KETALEARN_FULL"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {reason}"
    return report


@pytest.fixture(autouse=True)
def _a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """No test reads or writes the data of the person who runs it."""
    for name in ("KETALEARN_PACK", "KETALEARN_REGION", "KETALEARN_TODAY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KETALEARN_HOME", str(tmp_path / "ketalearn-home"))
    monkeypatch.setenv("HOME", str(tmp_path))
