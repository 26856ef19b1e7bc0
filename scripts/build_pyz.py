"""Make `dist/ketalearn.pyz`: one file that runs where Python is, for this system and this Python version.

Uses shiv in a throwaway environment; needs the network.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Build the file and say where it is."""
    target = ROOT / "dist" / "ketalearn.pyz"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", "shiv>=1.0.8"], check=True)
        shiv = [python, "-m", "shiv.cli", "--console-script", "ketalearn", "--output-file", str(target)]
        pip = ["--quiet", "--constraint", str(ROOT / "constraints.txt"), str(ROOT)]
        subprocess.run([*shiv, "--python", "/usr/bin/env python3", *pip], check=True)
    size = target.stat().st_size // 1_000_000
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    print(f"{target.relative_to(ROOT)}: {size} MB, for {sys.platform} and Python {version}")


if __name__ == "__main__":
    main()
