"""
Test databases as copies of templates, so that migrating is paid for once and not by every process.

A template is named after a digest of what made it: versions, apps, triggers and migrations, or for
a filled one the whole source. On SQLite it is a file beside the test databases, on PostgreSQL a
database that others are created from.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from civic_sourcing.core.triggers import triggers_registered
from tests.quick_states import quick_states

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("src", "example_site", "tests/processes/plaza")
A_DAY = 24 * 60 * 60
SUFFIXES = {".py", ".json", ".txt", ".pb", ".po", ".html"}


def name_now() -> str:
    return str(connection.settings_dict["NAME"])


def name_of_this_process() -> str:
    """The name Django gives the test database; in the memory none would outlive its connection."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite" and connection.creation.is_in_memory_db(name):
        return _place(f"test-{os.getpid()}")
    return name


def use(name: str) -> None:
    """Let the connection, and those of threads to come, reach this database."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


def migrated() -> str:
    """The name of a template with every migration applied."""
    apart = [django.__version__, wagtail.__version__, *settings.INSTALLED_APPS]
    apart += sorted(map(repr, triggers_registered()))
    paths = [Path(each.path) / "migrations" for each in apps.get_app_configs()]
    files = [path for folder in paths for path in folder.glob("*.py")]
    return template(digest(apart, files), _migrate)


def foundation(names: list[str]) -> str:
    """
    The name of a template with the migrations of these apps and of what they stand on.

    Several hosts that differ in what they have beside them start from it.
    """
    configs = [each for each in apps.get_app_configs() if each.name in names]
    apart = [django.__version__, wagtail.__version__, settings.LANGUAGE_CODE, *sorted(names)]
    files = [path for each in configs for path in Path(each.path, "migrations").glob("*.py")]
    labels = {each.label for each in configs}

    def make() -> None:
        executor = MigrationExecutor(connection)
        leaves = executor.loader.graph.leaf_nodes()
        with quick_states():
            executor.migrate([leaf for leaf in leaves if leaf[0] in labels])

    return template(f"foundation_{digest(apart, files)}", make)


def filled(name: str, fill: Callable[[], None]) -> str:
    """The name of a template that ``fill`` wrote to after the migrations."""
    files = [
        path
        for source in SOURCES
        for path in (ROOT / source).rglob("*")
        if path.suffix in SUFFIXES and "var" not in path.parts
    ]

    def make() -> None:
        copy(migrated(), name_now())
        fill()

    return template(f"{name}_{digest([migrated()], files)}", make)


def _migrate() -> None:
    if names := getattr(settings, "FOUNDATION", None):
        copy(foundation(names), name_now())
    with quick_states():
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


def digest(words: Iterable[str], files: Iterable[Path]) -> str:
    """A short name for these words and what these files say."""
    found = hashlib.sha256("\0".join(words).encode())
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def template(name: str, make: Callable[[], None]) -> str:
    """
    The database of that name, made if there is none; one process makes it, others wait.

    ``make`` finds the connection on an empty database, which is called so only once it is whole.
    """
    whole, half = _place(f"civic_{name}"), _place(f"civic_{name}_{os.getpid()}")
    with one_at_a_time(name):
        if not _exists(whole):
            before = name_now()
            try:
                create(half)
                use(half)
                make()
            finally:
                use(before)
            _rename(half, whole)
            _forget_old_ones()
    return whole


def _forget_old_ones() -> None:
    """Remove the files that other versions of the source left in a folder that is kept."""
    for path in Path(settings.DATA_DIR).glob("civic_*.sqlite3*"):
        if path.stat().st_mtime < time.time() - A_DAY:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    path = Path(settings.DATA_DIR) / f"{connection.vendor}_{name}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place(name: str) -> str:
    if connection.vendor == "postgresql":
        return name
    return str(Path(settings.DATA_DIR) / f"{name}.sqlite3")


def _exists(name: str) -> bool:
    if connection.vendor != "postgresql":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def create(name: str) -> None:
    """Make an empty database, without anything left of an earlier one of that name."""
    remove(name)
    if connection.vendor == "postgresql":
        _administer(f"CREATE DATABASE {connection.ops.quote_name(name)}")


def copy(source: str, name: str) -> None:
    """Make ``name`` a copy of ``source``, which nobody may be connected to."""
    if name == name_now():
        connection.close()
    remove(name)
    if connection.vendor == "postgresql":
        quoted = connection.ops.quote_name
        _administer(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(source)}")
    else:
        shutil.copyfile(source, name)


def remove(name: str) -> None:
    if connection.vendor == "postgresql":
        _administer(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _rename(half: str, whole: str) -> None:
    if connection.vendor == "postgresql":
        quoted = connection.ops.quote_name
        _administer(f"ALTER DATABASE {quoted(half)} RENAME TO {quoted(whole)}")
    else:
        Path(half).rename(whole)


def _administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
