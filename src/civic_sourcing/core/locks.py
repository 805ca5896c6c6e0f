"""What Django has no word for: to keep a row as it is together with others who do so."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import Model


def share(model: type[Model], key: Any, *, using: str) -> None:
    """
    Keep a row from being changed or deleted until the transaction ends; no row, no lock.

    Who shares a row does not wait for others who do; who wants it for themselves
    (``select_for_update``) waits for all of them. So never ask for a row for yourself that you
    share already: two who do would wait for each other. SQLite has one writer at a time anyway.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    meta, quote = model._meta, connection.ops.quote_name
    assert meta.pk is not None
    assert meta.pk.column is not None
    table, column = quote(meta.db_table), quote(meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s FOR SHARE", [key])  # noqa: S608
