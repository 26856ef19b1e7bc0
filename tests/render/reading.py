"""Reading rendered sheets back with a real tool."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def pdf_text(data: bytes, *options: str) -> str:
    """The text of a PDF in reading order, by poppler's pdftotext."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("needs poppler: apt-get install poppler-utils")
    done = subprocess.run([tool, *options, "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()
