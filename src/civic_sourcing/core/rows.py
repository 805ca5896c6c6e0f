"""
Rows of the few pages and steps that everybody asks for at the same time, such as casting a ballot.

What Django puts together anew for every query takes longer than the query; here it is put together
once. Use it where that has been measured to matter, and the ORM everywhere else.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, router
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.transaction import TransactionManagementError


class Reading:
    """
    A query that differs only in the values it is asked with: ``reading(*values, using=…)``.

    ``build(*values)`` returns it as a queryset with ``values_list``; its values have to stand in it
    in the same order; whatever else stands there stays as it is. ``ending`` is SQL that PostgreSQL
    takes at the end, ``FOR SHARE``. ``part`` takes some of the rows only: how many, after how many
    others.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *, ending: str = "") -> None:
        self._build = build
        self._ending = ending
        self._known: dict[tuple[str, str, int], _Compiled] = {}

    def __call__(
        self, *values: Any, using: str, part: tuple[int, int] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the rows, as they are now."""
        connection = connections[using]
        key = using, connection.vendor, len(values)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compiled(values, using)
        if known.locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        sql = f"{known.sql} LIMIT {part[0]:d} OFFSET {part[1]:d}" if part else known.sql
        parameters = list(known.parameters)
        for place, value in zip(known.places, values, strict=True):
            parameters[place] = _adapted(value, connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        converters = known.converters
        return [_converted(row, converters, connection) for row in rows] if converters else rows

    def _compiled(self, values: tuple[Any, ...], using: str) -> _Compiled:
        connection = connections[using]
        query = self._build(*values).using(using).query
        compiler = query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        other = self._build(*map(_another, values)).using(using).query.get_compiler(using)
        given = [_adapted(value, connection) for value in values]
        places = _places(given, parameters, other.as_sql()[1])
        if places is None:
            raise TypeError(f"{sql} is asked with {parameters!r}, not only once with {values!r}.")
        ending = self._ending if connection.vendor == "postgresql" else ""
        found = compiler.get_converters([column for column, *_rest in compiler.select])
        converters = [
            (place, each, column) for place, (several, column) in found.items() for each in several
        ]
        locks = bool(ending or query.select_for_update)
        return _Compiled(f"{sql} {ending}".rstrip(), parameters, places, converters, locks)


class ReadingOf(Reading):
    """
    Like ``Reading``, of instances: ``build`` returns a queryset of ``model``, as do calls.

    ``only`` names the columns that are read, as ``attname``; default: all.
    """

    def __init__(
        self, model: type[Model], build: Callable[..., QuerySet[Any]], *, only: Sequence[str] = ()
    ) -> None:
        self.model = model
        self.only = only
        super().__init__(lambda *values: build(*values).values_list(*self.columns))

    @functools.cached_property
    def columns(self) -> list[str]:
        every = columns_of(self.model)
        return [column for column in every if not self.only or column in self.only]

    def __call__(self, *values: Any, using: str = "", **options: Any) -> list[Any]:
        """Return the instances, as they are now; the router says from where."""
        using = using or router.db_for_read(self.model)
        rows = super().__call__(*values, using=using, **options)
        return [self.model.from_db(using, self.columns, row) for row in rows]


class _Compiled(NamedTuple):
    """A query as the database takes it; what it is asked with has ``places`` in ``parameters``."""

    sql: str
    parameters: Sequence[Any]
    places: list[int]
    converters: list[tuple[int, Any, Any]]
    locks: bool


def _places(values: Sequence[Any], here: Sequence[Any], there: Sequence[Any]) -> list[int] | None:
    """
    Return where ``values`` stand among the parameters ``here``: where those asked with others,
    ``there``, differ. ``None`` unless each stands there once, in this order.

    Django writes some constants into the SQL and passes others; which ones differs by its version.
    """
    if len(here) != len(there):
        return None
    pairs = enumerate(zip(here, there, strict=True))
    places = [place for place, (one, other) in pairs if one != other and one in values]
    return places if [here[place] for place in places] == list(values) else None


def _another(value: Any) -> Any:
    """Something else of the same kind, to see what becomes of it. Raises ``TypeError``."""
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1)
    if isinstance(value, str):
        return f"{value}_"
    if isinstance(value, bytes):
        return value + b"_"
    if isinstance(value, int) and not isinstance(value, bool):
        return value + 1
    raise TypeError(f"A reading is asked with numbers, words and UUIDs, not with {value!r}.")


def columns_of(model: type[Model], *, below: str = "") -> list[str]:
    """What ``model.from_db`` takes, as ``values_list`` names it ``below`` a relation."""
    before = f"{below}__" if below else ""
    return [before + field.attname for field in model._meta.concrete_fields]


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
