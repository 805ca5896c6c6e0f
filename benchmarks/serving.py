"""The town behind gunicorn, on the loopback only, for as long as a ``with`` block lasts."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
PATHS = ("src", "example_site", "scripts", ".")
GRACE = 20
"""Seconds a server is given to end by itself."""


class Served:
    """
    ``application`` (``module:name``) with its own ``settings``, workers and threads for each.

    Its socket is made here, so that no port has to be guessed, and calls wait in it from the
    beginning. What it says goes to a file that is shown where it fails. ``environment`` is added to
    that of this process.
    """

    def __init__(
        self,
        application: str,
        *,
        settings: str,
        workers: int = 2,
        threads: int = 1,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.address = self.socket.getsockname()
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 -- as long as the server
        paths = os.pathsep.join(str(ROOT / folder) for folder in PATHS)
        self.folder = tempfile.TemporaryDirectory(prefix="csg")
        given = {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": paths,
            "XDG_RUNTIME_DIR": self.folder.name,
            **(environment or {}),
        }
        command = [sys.executable, "-m", "gunicorn", application, "--preload"]
        command += [f"--bind=fd://{self.socket.fileno()}", f"--workers={workers}"]
        command += [f"--threads={threads}", "--timeout=60", "--graceful-timeout=2"]
        command += ["--log-level=warning"]
        self.process = subprocess.Popen(
            command,
            env=os.environ | given,
            cwd=ROOT,
            pass_fds=[self.socket.fileno()],
            stdout=self.log,
            stderr=self.log,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def workers(self) -> list[int]:
        """Process numbers of the workers that live now. Linux only; elsewhere none."""
        file = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in file.read_text().split()] if file.exists() else []

    def computed(self) -> float:
        """Seconds of CPU the workers have taken so far, in user code and in the kernel."""
        ticks = 0
        for worker in self.workers():
            words = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
            ticks += int(words[11]) + int(words[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def said(self) -> str:
        """The end of what the server wrote, without addresses of memory."""
        self.log.seek(0)
        return re.sub(r"0x[0-9a-f]+", "0x…", self.log.read().decode(errors="replace"))[-4000:]

    def stop(self) -> None:
        """End the server with every worker, without waiting for who is still being served."""
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            for process in (*self.workers(), self.process.pid):
                os.kill(process, signal.SIGKILL)
            self.process.wait(GRACE)
        self.socket.close()
        self.log.close()
        self.folder.cleanup()
