"""A real pseudo-terminal with a program in it, timed by what it draws."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from types import TracebackType


class Terminal:
    """Runs `command` in a pty (80x24 unless told) and waits for words on its screen."""

    def __init__(self, command: Sequence[str], env: dict[str, str], *, rows: int = 24, columns: int = 80) -> None:
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=side, stdout=side, stderr=side, start_new_session=True,
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )  # fmt: skip
        os.close(side)
        self._seen = b""
        self.screen = ""
        """All that was drawn by the last wait."""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._main)

    def wait_for(self, *words: str, seconds: float = 10) -> float:
        """Seconds (perf_counter) at which all `words` had been drawn since the last `forget`."""
        wanted = [word.encode() for word in words]
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            ready, _, _ = select.select([self._main], [], [], 0.2)
            if ready:
                self._seen += os.read(self._main, 65536)
                self.screen = self._seen.decode(errors="replace")
                if all(word in self._seen for word in wanted):
                    return time.perf_counter()
        raise TimeoutError(f"not drawn within {seconds} s: {words}")

    def quiet(self, seconds: float = 0.15) -> None:
        """Read until nothing more is drawn for a while, then forget what was seen."""
        while select.select([self._main], [], [], seconds)[0]:
            os.read(self._main, 65536)
        self._seen = b""

    def last_drawn(self, quiet: float) -> float:
        """The time (perf_counter) of the last drawing before nothing was drawn for `quiet` seconds."""
        last = time.perf_counter()
        while select.select([self._main], [], [], quiet)[0]:
            self._seen += os.read(self._main, 65536)
            last = time.perf_counter()
        return last

    def press(self, keys: str) -> float:
        """Send keys; the time they were sent."""
        self._seen = b""
        now = time.perf_counter()
        os.write(self._main, keys.encode())
        return now
