"""The layers: faces and edges may use the core, never the other way round; only `ui/` knows Textual."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "ketalearn"
CORE = ("clinic", "content", "learning", "decision", "journey.py", "preview.py", "workspace.py", "errors.py")
FACES = ("ketalearn.ui", "ketalearn.plain", "ketalearn.cli", "ketalearn.commands", "ketalearn.authoring")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def files_of(*names: str) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = SOURCE / name
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def crossing(paths: list[Path], forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.name} imports {name}"
        for path in paths
        for name in imports_of(path)
        if any(name == one or name.startswith(f"{one}.") for one in forbidden)
    ]


def test_the_core_imports_no_face_and_no_textual() -> None:
    assert crossing(files_of(*CORE), (*FACES, "textual")) == []


def test_only_the_ui_imports_textual() -> None:
    others = [path for path in SOURCE.rglob("*.py") if "ui" not in path.relative_to(SOURCE).parts]
    assert len(others) > 20
    assert crossing(others, ("textual",)) == []


def test_panes_do_not_import_each_other() -> None:
    screens = files_of("ui/screens")
    names = tuple(f"ketalearn.ui.screens.{path.stem}" for path in screens)
    assert crossing(screens, names) == []


def test_a_crossing_would_be_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from textual.app import App\nimport ketalearn.ui.app\n")
    assert len(crossing([bad], ("textual", *FACES))) == 2


def loaded_by(code: str) -> set[str]:
    """Modules in a clean interpreter after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines())


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_version_and_help_load_neither_textual_nor_pydantic(flag: str) -> None:
    loaded = loaded_by(f"from ketalearn.cli import run\nassert run(['{flag}']) == 0")
    assert "ketalearn.cli" in loaded
    assert not {"textual", "pydantic", "sqlite3", "typst"} & loaded


def test_home_loads_no_models_before_its_first_frame() -> None:
    # tests.support itself needs models, so the workspace is made by hand
    code = (
        "import datetime as dt\nfrom pathlib import Path\n"
        "from ketalearn.workspace import Workspace\nfrom ketalearn.journey import Journey\n"
        "from ketalearn.learning.records import ShortMemory\n"
        f"root = Path({str(SOURCE.parent.parent / 'tests' / 'packs' / 'small')!r})\n"
        "one = Journey(Workspace(root, ShortMemory(), lambda: dt.datetime.now(dt.UTC)))\n"
        "one.memory.put('welcomed', True)\n"
        "assert one.start().kind == 'home'\nassert len(one.home().modules) == 2\n"
        "import ketalearn.ui.app\nimport ketalearn.ui.screens.home\n"
    )
    loaded = loaded_by(code)
    assert "textual.app" in loaded
    assert not {"pydantic", "typst", "markdown_it", "fsrs", "ketalearn.learning.session"} & loaded


def test_a_model_import_would_be_seen() -> None:
    assert "pydantic" in loaded_by("import ketalearn.content.models")


def test_plain_mode_loads_no_textual() -> None:
    assert "textual" not in loaded_by("import ketalearn.plain.talk\nimport ketalearn.journey")


def test_a_preview_as_text_loads_no_textual(tmp_path: Path) -> None:
    page = SOURCE.parent.parent / "tests" / "packs" / "small" / "modules" / "01-first" / "light.md"
    loaded = loaded_by(f"from ketalearn.cli import run\nassert run(['preview', {str(page)!r}]) == 0")
    assert "ketalearn.plain.preview" in loaded
    assert "textual" not in loaded


def test_templates_reach_for_no_network() -> None:
    templates = list((SOURCE / "render").rglob("*.typ"))
    assert templates
    assert not [path for path in templates if "@preview" in path.read_text("utf-8")]
