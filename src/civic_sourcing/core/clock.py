"""
The one clock that decides: the database's.

Web servers disagree by seconds and a request may wait long for a lock, so a time that decides
something (open or closed, before or after) is read here, in a statement of its own, once the
deciding lock is held. ``Action.execute`` does so and keeps it in ``action.at``.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections

STATEMENTS = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')",
}


def now(using: str = DEFAULT_DB_ALIAS) -> datetime:
    """
    Return the database's present time, aware, in UTC.

    PostgreSQL answers with microseconds and moves on inside a transaction. SQLite's clock has
    milliseconds, so two calls may return the same time there: order by sequence, not by time.
    """
    connection = connections[using]
    if connection.vendor not in STATEMENTS:
        raise NotSupportedError(f"The clock knows {sorted(STATEMENTS)}, not {connection.vendor!r}.")
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor])
        answer: datetime | str = cursor.fetchone()[0]
    moment = datetime.fromisoformat(answer) if isinstance(answer, str) else answer
    return moment.astimezone(UTC)


def of_request(request: Any, known: datetime | None = None) -> datetime:
    """
    Return one moment for all that ``request`` only reads: ``known``, or the present, at first.

    Saves a page that is put together from several parts from asking in each. Nothing is decided by
    it: an action reads its own time under its lock.
    """
    moment: datetime | None = getattr(request, "_civic_moment", None)
    if moment is None:
        moment = request._civic_moment = known or now()
    return moment
