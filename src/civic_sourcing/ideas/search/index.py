"""
What the databases keep so that words are found fast: an index of the pieces in ``IdeaText.grams``.

PostgreSQL: an inverted index (GIN) of the pieces. SQLite: a full-text table (FTS5), kept by
triggers; a SQLite built without FTS5 reads all texts instead. Installed after every ``migrate``,
and no fact of its own: both can be dropped and come back.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.models import BooleanField, F, Func

from civic_sourcing.ideas.models import IdeaText

TABLE = IdeaText._meta.db_table
INDEX = "civic_ideas_pieces"

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
    """Whether a SQLite database has the full-text table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [INDEX])
        return cursor.fetchone() is not None


def _install_on_sqlite(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
        if is_installed(connection) and there.issuperset(SQLITE_TRIGGERS):
            return
        if not is_installed(connection):
            try:
                cursor.execute(SQLITE_TABLE)
            except OperationalError as refused:
                if "no such module" in str(refused):
                    return
                raise
        for name, text in SQLITE_TRIGGERS.items():
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(f'CREATE TRIGGER "{name}" {text}')
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608
