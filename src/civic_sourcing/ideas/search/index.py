"""
What the databases keep so that words are found fast: an index of the pieces in ``IdeaText.grams``.

PostgreSQL: an inverted index (GIN) of the pieces. SQLite: a full-text table (FTS5), kept by
triggers; a SQLite built without FTS5 reads all texts instead, also where another one has made the
table. Installed after every ``migrate``, and no fact of its own: both can be dropped and come back.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.models import BooleanField, F, Func

from civic_sourcing.ideas.models import IdeaText

logger = logging.getLogger(__name__)

TABLE = IdeaText._meta.db_table
INDEX = "civic_ideas_pieces"
MODULE = "fts5"

POSTGRESQL = (
    f"""CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (string_to_array(grams, ' '))"""
)
SQLITE_TABLE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(grams, content='{TABLE}',"
    " content_rowid='contribution_id', tokenize='ascii', detail='none', columnsize=0)"
)
_TAKE_OUT = (
    f"INSERT INTO {INDEX}({INDEX}, rowid, grams) VALUES ('delete', old.contribution_id, old.grams);"  # noqa: S608 - names of ours
)
_PUT_IN = f"INSERT INTO {INDEX}(rowid, grams) VALUES (new.contribution_id, new.grams);"  # noqa: S608
SQLITE_TRIGGERS = {
    "pieces_put_in": f"AFTER INSERT ON {TABLE} BEGIN {_PUT_IN} END",
    "pieces_taken_out": f"AFTER DELETE ON {TABLE} BEGIN {_TAKE_OUT} END",
    "pieces_changed": f"AFTER UPDATE ON {TABLE} BEGIN {_TAKE_OUT} {_PUT_IN} END",
}
THERE = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    " UNION ALL SELECT name FROM pragma_module_list WHERE name = 'fts5'"
)


class HasPieces(Func):
    """Whether a row of ``IdeaText`` has all of ``pieces``."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, pieces: Collection[str]) -> None:
        super().__init__(F("grams"), F("pk"))
        self.pieces = sorted(pieces)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        grams, params = compiler.compile(self.source_expressions[0])
        return f"string_to_array({grams}, ' ') @> %s::text[]", [*params, self.pieces]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        key, params = compiler.compile(self.source_expressions[1])
        if not is_installed(connection):
            return "1 = 1", []
        wanted = " ".join(f'"{piece}"' for piece in self.pieces)
        sql = f"{key} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)"  # noqa: S608
        return sql, [*params, wanted]


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the index where it is missing, from the texts that are there."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(POSTGRESQL)
    elif connection.vendor == "sqlite":
        _install_on_sqlite(connection)


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receives ``post_migrate``."""
    install(using)


def is_installed(connection: Any) -> bool:
    """Whether a SQLite database has the full-text table and keeps it, and this SQLite reads it."""
    return not _missing(connection)


def let_go(refused: OperationalError, using: str = DEFAULT_DB_ALIAS) -> bool:
    """
    Whether a text was not written for want of FTS5; then it can be written now.

    The triggers of the index are gone after that, and it is made anew by the next ``migrate`` of a
    SQLite that has FTS5. Nothing of the statement was done: SQLite refuses it before it begins.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or "no such module" not in str(refused):
        return False
    if connection.in_atomic_block:
        transaction.set_rollback(False, using)
    _drop_triggers(connection)
    logger.warning("%s %s", WITHOUT_MODULE, HINT)
    return True


WITHOUT_MODULE = "This SQLite has no FTS5, and the index of searched words was made with it."
HINT = (
    "Searching works and reads all texts, which takes longer with thousands of ideas. "
    "With a SQLite that has FTS5, `migrate` makes the index again."
)


def check_module(*, databases: Collection[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Say where a SQLite cannot read the index another one has made (W001)."""
    found = (connections[name] for name in databases or ())
    return [
        Warning(WITHOUT_MODULE, hint=HINT, id="civic_ideas.W001")
        for connection in found
        if connection.vendor == "sqlite"
        and MODULE in _missing(connection)
        and INDEX not in _missing(connection)
    ]


def _missing(connection: Any) -> set[str]:
    """What a SQLite database lacks of the index: module, table, triggers."""
    with connection.cursor() as cursor:
        cursor.execute(THERE)
        return {MODULE, INDEX, *SQLITE_TRIGGERS} - {name for (name,) in cursor.fetchall()}


def _drop_triggers(connection: Any) -> None:
    with connection.cursor() as cursor:
        for name in SQLITE_TRIGGERS:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def _install_on_sqlite(connection: Any) -> None:
    missing = _missing(connection)
    if not missing:
        return
    _drop_triggers(connection)
    if MODULE in missing:
        return
    with connection.cursor() as cursor:
        if INDEX in missing:
            cursor.execute(SQLITE_TABLE)
        for name, text in SQLITE_TRIGGERS.items():
            cursor.execute(f'CREATE TRIGGER "{name}" {text}')
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608
