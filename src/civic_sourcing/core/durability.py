"""What somebody was told is saved has to be saved, whatever befalls the server a moment later."""

from __future__ import annotations

from django.db import connections

INSIST = (
    "SELECT set_config('synchronous_commit', 'on', true)"
    " WHERE current_setting('synchronous_commit') = 'off'"
)


def commit_durably(using: str) -> None:
    """
    Have the present transaction on the disk before its commit returns, also where the town lets
    PostgreSQL answer earlier (``synchronous_commit = off``). A stricter setting stays.

    SQLite cannot be told so inside a transaction: there ``PRAGMA synchronous`` decides.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(INSIST)
