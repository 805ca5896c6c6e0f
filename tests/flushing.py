"""
Bring the test database back to what ``migrate`` left in it, after a test that really commits.

Django's flush would stumble over the triggers of append-only tables and would take away the rows
that migrations made (root page, site, locale), which later tests rely on. On SQLite the pages of
the template are written over those of the database; on PostgreSQL all tables that have rows are
emptied, unseen by the triggers, and the first rows are put back with their keys.
"""

import sqlite3
from contextlib import closing

from django.apps import apps
from django.db import connection, transaction

_copies: dict[str, str] = {}
_template = ""


def remember_first_rows(template: str) -> None:
    """Called once, when the database has been made as a copy of ``template``."""
    global _template
    _template = template
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for number, table in enumerate(filled(tables())):
            copy = f"first_rows_{number}"
            cursor.execute(f"CREATE TABLE {quoted(copy)} AS SELECT * FROM {quoted(table)}")
            _copies[table] = copy


def restore_first_rows() -> None:
    """Take away all rows and put the first ones back, in one step."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        address = f"file:{_template}?immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as template:
            template.backup(connection.connection)
        return
    found = filled(tables())
    emptied = [f"DELETE FROM {quoted(table)}" for table in found]
    put_back = [
        f"INSERT INTO {quoted(table)} SELECT * FROM {quoted(copy)}"
        for table, copy in _copies.items()
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("; ".join([*emptied, *put_back]))
    if apps.is_installed("civic_sourcing.core"):
        from civic_sourcing.core import triggers

        triggers.install()


def filled(names: list[str]) -> list[str]:
    """Those of the tables that have rows, asked for in one question."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted(name)})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def tables() -> list[str]:
    return sorted(
        connection.introspection.django_table_names(only_existing=True, include_views=False)
    )


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
