"""A real app in a real terminal, killed in the middle of a note: what was typed is there at the next start."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ketalearn.decision.visit import Visits
from ketalearn.store.database import Store
from tests.support import SMALL, Clock

TYPED = "two hours at least"
WAIT = 30.0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal: a Unix system")
@pytest.mark.parametrize("size", [(80, 24), (40, 15)])
def test_a_note_being_typed_survives_kill_9(size: tuple[int, int], tmp_path: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    with closing(Store.open(tmp_path, "me", now=Clock())) as store:
        store.put("welcomed", True)
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.environ |= {"KETALEARN_HOME": str(tmp_path), "KETALEARN_PACK": str(SMALL), "TERM": "xterm-256color"}
        os.execv(sys.executable, [sys.executable, "-m", "ketalearn"])
    os.set_blocking(screen, False)
    drawn = b""

    def until(words: bytes) -> None:
        nonlocal drawn
        end = time.monotonic() + WAIT
        while words not in drawn:
            assert time.monotonic() < end, drawn[-2000:]
            try:
                drawn += os.read(screen, 65536)
            except BlockingIOError:
                time.sleep(0.02)
        drawn = b""

    try:
        until(b"Start here")
        os.write(screen, b"v")
        until(b"Not asked yet")
        os.write(screen, b"n")
        until(b"Enter keeps it")
        os.write(screen, TYPED.encode())
        # the promise: at most a second of typing is lost
        time.sleep(1.0)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(screen)
    with closing(Store.open(tmp_path, "me", now=Clock())) as store:
        visit = Visits(store).newest
        assert visit is not None
        assert visit.questions[0].note == TYPED
