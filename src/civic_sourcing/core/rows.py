"""
Single rows in the few steps that everybody takes at the same time, such as casting a ballot.

What Django puts together anew for every query takes longer than the query; here it is put together
once. Use it where that has been measured to matter, and the ORM everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.transaction import TransactionManagementError


class Reading:
    """
    A query that differs only in the values it is asked with: ``reading(*values, using=…)``.

    ``build(*values)`` returns it as a queryset with ``values_list``; its values have to stand in it
    in the same order, and nothing beside them. ``ending`` is SQL that PostgreSQL takes at the end,
    ``FOR SHARE``.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *, ending: str = "") -> None:
        self._build = build
        self._ending = ending
        self._known: dict[tuple[str, str], tuple[str, list[tuple[int, Any, Any]], bool]] = {}

    def __call__(self, *values: Any, using: str) -> list[tuple[Any, ...]]:
        """Return the rows, as they are now."""
        connection = connections[using]
        known = self._known.get((using, connection.vendor))
        if known is None:
            known = self._known[using, connection.vendor] = self._compiled(values, using)
        sql, converters, locks = known
        if locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        with connection.cursor() as cursor:
            cursor.execute(sql, [_adapted(value, connection) for value in values])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_converted(row, converters, connection) for row in rows] if converters else rows

    def _compiled(
        self, values: tuple[Any, ...], using: str
    ) -> tuple[str, list[tuple[int, Any, Any]], bool]:
        connection = connections[using]
        query = self._build(*values).using(using).query
        compiler = query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        if list(parameters) != [_adapted(value, connection) for value in values]:
            raise TypeError(f"{sql} is asked with {parameters!r}, not with {values!r}.")
        ending = self._ending if connection.vendor == "postgresql" else ""
        found = compiler.get_converters([column for column, *_rest in compiler.select])
        converters = [
            (place, each, column) for place, (several, column) in found.items() for each in several
        ]
        locks = bool(ending or query.select_for_update)
        return f"{sql} {ending}".rstrip(), converters, locks


def put(row: Model, *, using: str) -> None:
    """Insert ``row``, with the key the database gives it if it needs one. Sends no signals."""
    every = row._meta.local_concrete_fields
    fields = [field for field in every if not _is_given(field, row)]
    connection = connections[using]
    sql, values = _insertion(row, fields, using), _stored(row, fields, using)
    key = "" if len(fields) == len(every) else str(row._meta.pk.column)
    returns = bool(key) and connection.features.can_return_columns_from_insert
    if returns:
        sql += f" RETURNING {connection.ops.quote_name(key)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if returns:
            row.pk = cursor.fetchone()[0]
        elif key:
            row.pk = connection.ops.last_insert_id(cursor, row._meta.db_table, key)
    row._state.adding, row._state.db = False, using


def put_unless_there(row: Model, *, using: str) -> bool:
    """
    Insert ``row`` unless it meets another one in a unique constraint; return whether it is new.

    Waits for who is inserting the other one. One statement, where ``bulk_create`` with
    ``ignore_conflicts`` does not tell. Sends no signals, and the row has to bring its own key.
    """
    fields = row._meta.local_concrete_fields
    sql = f"{_insertion(row, fields, using)} ON CONFLICT DO NOTHING"
    with connections[using].cursor() as cursor:
        cursor.execute(sql, _stored(row, fields, using))
        return bool(cursor.rowcount == 1)


def _insertion(row: Model, fields: Sequence[Field[Any, Any]], using: str) -> str:
    quote = connections[using].ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    gaps = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(row._meta.db_table)} ({columns}) VALUES ({gaps})"  # noqa: S608 - our names


def _stored(row: Model, fields: Sequence[Field[Any, Any]], using: str) -> list[Any]:
    connection = connections[using]
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _is_given(field: Field[Any, Any], row: Model) -> bool:
    """Whether the database gives this row the value of this field."""
    return isinstance(field, AutoField) and row.pk is None


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _converted(
    row: tuple[Any, ...], converters: list[tuple[int, Any, Any]], connection: Any
) -> tuple[Any, ...]:
    values = list(row)
    for place, convert, column in converters:
        values[place] = convert(values[place], column, connection)
    return tuple(values)
