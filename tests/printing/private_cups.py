"""A print server and a printer of the tests' own: a cupsd on a Unix socket and ippeveprinters, on a D-Bus of their own.

They run as root or as anyone, and touch neither the system's print server nor its settings.
"""

from __future__ import annotations

import contextlib
import getpass
import grp
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

INSTALL = "apt-get install --no-install-recommends cups-core-drivers cups-client cups-bsd cups-ipp-utils dbus-daemon"
PROGRAMS = ("cupsd", "lpadmin", "lp", "lpq", "ippeveprinter", "dbus-daemon")
SEARCHED = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"

FILES_CONF = """\
ServerRoot {root}/conf
RequestRoot {root}/spool
TempDir {root}/tmp
CacheDir {root}/cache
StateDir {root}/state
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
FileDevice Yes
{who}
"""
SERVER_CONF = """\
Listen {root}/run/cups.sock
WebInterface No
Browsing No
PreserveJobFiles No
DefaultAuthType None
JobRetryInterval 60
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
PRINTER_COMMAND = """\
#!/bin/sh
cat "$1" > {folder}/printed.pdf
{then}
"""


def missing_programs() -> list[str]:
    """What of CUPS is not installed here."""
    return [name for name in PROGRAMS if shutil.which(name, path=SEARCHED) is None]


def wait_for(true: Callable[[], bool], what: str, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{what} did not come within {seconds} seconds"
        time.sleep(0.02)


class PrivateCups:
    """A running print server with no printer. Use it in a `with` block: all it started is stopped at its end."""

    def __init__(self) -> None:
        # a socket's path must be short, and the filters, which run as another user, must get in
        self.root = Path(tempfile.mkdtemp(prefix="ketalearn-cups-"))
        self.root.chmod(0o755)
        for name in ("conf", "spool", "tmp", "cache", "state", "log", "run", "printers"):
            (self.root / name).mkdir()
        # cupsd started by root refuses to run its filters as root; started by anyone else, it can only be that one
        me = f"User {getpass.getuser()}\nGroup {grp.getgrgid(os.getgid()).gr_name}"
        who = "SystemGroup root" if os.getuid() == 0 else me
        self._configure("cups-files.conf", FILES_CONF.format(root=self.root, who=who))
        self._configure("cupsd.conf", SERVER_CONF.format(root=self.root))
        self.env = {
            "PATH": SEARCHED,
            "CUPS_SERVER": str(self.root / "run" / "cups.sock"),
            # else lpadmin and lpoptions, run by root, write to the system's own settings
            "CUPS_SERVERROOT": str(self.root / "conf"),
            "HOME": str(self.root),
            "LC_ALL": "C",
        }
        self._started: list[subprocess.Popen[str]] = []
        self._printers: dict[str, subprocess.Popen[str]] = {}

    def _configure(self, name: str, words: str) -> None:
        (self.root / "conf" / name).write_text(words)

    def __enter__(self) -> PrivateCups:
        try:
            self._start_bus()
            self.start_server()
        except BaseException:
            self._stop_all()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop_all()

    # ------------------------------------------------------------ processes

    def _start(self, *command: str, out: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True,
        )  # fmt: skip
        self._started.append(process)
        return process

    def _stop(self, process: subprocess.Popen[str]) -> None:
        """End a process that we started, and whatever it started in turn."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
        if process.stdout is not None:
            process.stdout.close()
        self._started.remove(process)

    def _stop_all(self) -> None:
        for process in reversed(list(self._started)):
            self._stop(process)
        shutil.rmtree(self.root, ignore_errors=True)

    def _start_bus(self) -> None:
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1", out=subprocess.PIPE)
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        # a printer announces itself on a bus, and dies without one
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = self.env["DBUS_SESSION_BUS_ADDRESS"] = address

    def start_server(self) -> None:
        conf = self.root / "conf"
        self._server = self._start("cupsd", "-f", "-c", str(conf / "cupsd.conf"), "-s", str(conf / "cups-files.conf"))
        wait_for(lambda: "is running" in self.run("lpstat", "-r"), "the print server")

    def stop_server(self) -> None:
        self._stop(self._server)
        (self.root / "run" / "cups.sock").unlink(missing_ok=True)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """The server is there but answers nothing."""
        self._server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._server.send_signal(signal.SIGCONT)

    def run(self, *command: str) -> str:
        """What one of CUPS' own programs answers."""
        return subprocess.run(
            command, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=20
        ).stdout

    # ------------------------------------------------------------ queues and printers

    def add_queue(self, name: str, device: str = "file:/dev/null", *more: str) -> None:
        self.run("lpadmin", "-p", name, "-v", device, "-E", *more)
        assert name in self.run("lpstat", "-e").split()

    def add_printer(self, name: str, then: str = "exit 0") -> Path:
        """A printer that runs the shell words `then` for each job, and its queue. Where it leaves what it printed."""
        folder = self.root / "printers" / name
        (folder / "spool").mkdir(parents=True)
        command = folder / "command"
        command.write_text(PRINTER_COMMAND.format(folder=folder, then=then))
        command.chmod(0o755)
        port = free_port()
        self._printers[name] = self._start(
            "ippeveprinter", "-c", str(command), "-n", "localhost", "-p", str(port), "-d", str(folder / "spool"),
            "-f", "application/pdf", "-r", "off", name,
        )  # fmt: skip
        wait_for(lambda: answers(port), f"the printer {name}")
        self.add_queue(name, f"ipp://localhost:{port}/ipp/print", "-m", "everywhere")
        return folder / "printed.pdf"

    def switch_off(self, name: str) -> None:
        self._stop(self._printers.pop(name))

    def jobs(self) -> list[str]:
        """The jobs that wait or are being printed."""
        return [line.split()[0] for line in self.run("lpstat", "-o").splitlines()]

    def clear(self) -> None:
        """Take away every job, queue and printer."""
        self.run("cancel", "-a", "-x")
        for name in list(self._printers):
            self.switch_off(name)
        for name in self.run("lpstat", "-e").split():
            self.run("lpadmin", "-x", name)
        shutil.rmtree(self.root / "printers")
        (self.root / "printers").mkdir()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
        return True
    return False
