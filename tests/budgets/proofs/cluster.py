"""
A PostgreSQL of the proof's own, set up carelessly: it is up to a cast to be on the disk in time.

Only this one is ever killed. It runs as a child of the tests, so that nothing of it stays behind.
"""

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from scripts.postgres import start

PATIENCE = 60
"""Seconds until a server has to be up, or gone."""

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "150",
    "fsync": "on",
    "synchronous_commit": "off",
    "wal_writer_delay": "10s",
    "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
}
"""A town's server that, left to itself, answers long before it writes."""


class Cluster:
    """One server. After ``kill`` it recovers with ``start``."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cspf", dir="/tmp"))
        made = start(self.folder)
        self.programs, self.owner = Path(made.bin_path), made.system_user
        self.url = made.get_uri(database="postgres").replace("postgresql", "postgres", 1)
        self.data = made.pgdata
        self.sockets = urlsplit(self.url).query.partition("host=")[2]
        made.cleanup()
        atexit.unregister(made._cleanup)
        self.server: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        given = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = [self.programs / "postgres", "-D", self.data, "-k", self.sockets, *given]
        until = time.monotonic() + PATIENCE
        with (self.folder / "log").open("ab") as log:
            while True:
                if self.server is None or self.server.poll() is not None:
                    self.server = subprocess.Popen(
                        command, stdout=log, stderr=log, user=self.owner, start_new_session=True
                    )
                try:
                    psycopg.connect(self.url, connect_timeout=5).close()
                except psycopg.OperationalError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.05)
                else:
                    return

    def kill(self) -> None:
        """End every process of the server at once, with SIGKILL, as a power cut would."""
        assert self.server is not None
        with psycopg.connect(self.url) as connection:
            children = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
        self.server.kill()
        for (child,) in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.server.wait(PATIENCE)

    def database(self, name: str, *, like: str = "template1") -> str:
        """Make a database as a copy of ``like`` and return its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return self.address(name)

    def address(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/{name}?", 1)

    def remove(self, name: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """End the server and remove all it has written."""
        if self.server is not None and self.server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
