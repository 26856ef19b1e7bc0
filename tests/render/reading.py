"""Reading rendered sheets back with a real tool."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def pdf_text(data: bytes, *options: str) -> str:
    """The text of a PDF in reading order, by poppler's pdftotext."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("needs poppler: apt-get install poppler-utils")
    done = subprocess.run([tool, *options, "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def needs_noto_cjk() -> Path:
    """The system's font for Chinese, Japanese and Korean."""
    path = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not path.is_file():
        pytest.skip("needs a font: apt-get install fonts-noto-cjk")
    return path
