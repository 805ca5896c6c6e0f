"""
What Django has no word for: to keep a row as it is together with others who do so, and to put a row
where none may be yet.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


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


def shared(rows: QuerySet[Row]) -> Row | None:
    """Return the one row of ``rows``, as it is once it is shared (see ``share``), or ``None``."""
    if connections[rows.db].vendor != "postgresql":
        return next(iter(rows), None)
    sql, parameters = rows.query.get_compiler(rows.db).as_sql()
    found = rows.model._base_manager.using(rows.db).raw(f"{sql} FOR SHARE", parameters)
    return next(iter(found), None)


def put_unless_there(row: Model, *, using: str) -> bool:
    """
    Insert ``row`` unless it meets another one in a unique constraint; return whether it is new.

    Waits for who is inserting the other one. One statement, where ``bulk_create`` with
    ``ignore_conflicts`` does not tell. Sends no signals, and the row has to bring its own key.
    """
    connection, meta = connections[using], row._meta
    quote, fields = connection.ops.quote_name, meta.local_concrete_fields
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    gaps = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({gaps}) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount == 1)
