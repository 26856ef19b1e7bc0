#!/bin/sh
# Starts ketalearn on macOS by a double click. Not yet tried on macOS.
cd "$(dirname "$0")" || exit 1
cat pyproject.toml constraints.txt | cmp -s - .venv/ready || {
  python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e . && cat pyproject.toml constraints.txt > .venv/ready
}
.venv/bin/ketalearn || { echo "Press enter to close."; read -r _; }
