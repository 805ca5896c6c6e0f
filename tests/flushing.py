"""
Bring the test database back to what ``migrate`` left in it, after a test that really commits.

Django's flush would stumble over the triggers of append-only tables and would take away the rows
that migrations made (root page, site, locale), which later tests rely on. So the triggers are
lifted for this one step, every table is emptied, and the first rows are put back with their keys.
"""

from contextlib import AbstractContextManager, nullcontext

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

_copies: dict[str, str] = {}


def remember_first_rows() -> None:
    """Copy the tables that are not empty. Called once, when the test database has been made."""
    with connection.cursor() as cursor:
        for number, table in enumerate(tables()):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(table)})")
            if cursor.fetchone()[0]:
                copy = f"first_rows_{number}"
                cursor.execute(f"DROP TABLE IF EXISTS {quoted(copy)}")
                cursor.execute(f"CREATE TABLE {quoted(copy)} AS SELECT * FROM {quoted(table)}")
                _copies[table] = copy


def restore_first_rows() -> None:
    """Empty every table and put the first rows back, in one transaction."""
    with transaction.atomic(), guards_lifted(), connection.cursor() as cursor:
        free_foreign_keys(cursor)
        for table in tables():
            cursor.execute(f"DELETE FROM {quoted(table)}")
        for table, copy in _copies.items():
            cursor.execute(f"INSERT INTO {quoted(table)} SELECT * FROM {quoted(copy)}")


def tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(name for name in names if not name.endswith("_fts"))


def free_foreign_keys(cursor: CursorWrapper) -> None:
    """Let rows go and come in any order; they are whole again at the end of the transaction."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
    else:
        cursor.execute("PRAGMA defer_foreign_keys = ON")


def guards_lifted() -> AbstractContextManager[None]:
    """Let append-only rows go. Without ``core`` there are no guards to lift."""
    if not apps.is_installed("civic_sourcing.core"):
        return nullcontext()
    from civic_sourcing.core.testing import triggers_suspended

    return triggers_suspended()


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
