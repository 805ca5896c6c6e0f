"""
Rules the database itself keeps, whoever writes: small triggers that refuse.

A room registers its triggers in ``AppConfig.ready``; they are installed after every ``migrate`` and
looked after by ``check --database`` and ``civic_verify``. On SQLite they are lifted while
migrations run, because remaking a table drops its triggers and stumbles over those of others.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

PREFIX = "civic_"
VENDORS = ("postgresql", "sqlite")

NOW = {
    "postgresql": "clock_timestamp()",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')",
}
"""The present in SQL, as each database keeps moments."""


class Event(Enum):
    """What the trigger comes before."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"
    TRUNCATE = "TRUNCATE"


# Bits of pg_trigger.tgtype; 2 is BEFORE, 1 is FOR EACH ROW.
EVENT_BITS = {Event.INSERT: 4, Event.DELETE: 8, Event.UPDATE: 16, Event.TRUNCATE: 32}


@dataclass(frozen=True)
class Trigger:
    """
    Refuse ``event`` on ``table`` where ``refuse_when`` holds, with an ``IntegrityError``.

    ``refuse_when`` is an SQL condition over ``OLD`` and ``NEW``, one for both databases or a
    mapping from vendor (``postgresql``, ``sqlite``) to condition; a vendor left out has no such
    trigger. Empty means always. ``TRUNCATE`` exists on PostgreSQL only and takes no condition.
    ``reads`` names the other tables of the condition; the trigger waits until they stand.
    ``name`` begins with ``civic_``; ``message`` is for developers. Names of tables are taken as
    they are, so keep them lower-case.
    """

    name: str
    table: str
    event: Event
    refuse_when: str | Mapping[str, str] = ""
    message: str = "This row may not be changed."
    reads: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.startswith(PREFIX) or not self.name.isidentifier() or len(self.name) > 60:
            raise ValueError(
                f"name must be an identifier of up to 60 characters beginning with {PREFIX!r}, "
                f"not {self.name!r}."
            )
        if self.event is Event.TRUNCATE and self.refuse_when:
            raise ValueError(f"{self.name}: a TRUNCATE trigger takes no condition.")

    def condition(self, vendor: str) -> str | None:
        """Return the condition for ``vendor``, or ``None`` where there is no such trigger."""
        if vendor not in VENDORS or (vendor == "sqlite" and self.event is Event.TRUNCATE):
            return None
        if isinstance(self.refuse_when, str):
            return self.refuse_when
        return self.refuse_when.get(vendor)

    @property
    def sqlite(self) -> str:
        """Return the statement that creates the trigger, as ``sqlite_master`` keeps it."""
        condition = self.condition("sqlite")
        when = f" WHEN ({condition})" if condition else ""
        return (
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event.value} ON "{self.table}"'
            f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, {_quoted(self.message)}); END"
        )

    @property
    def postgresql_body(self) -> str:
        """Return the body of the trigger's function, as ``pg_proc`` keeps it."""
        row = "OLD" if self.event is Event.DELETE else "NEW"
        answer = "NULL" if self.event is Event.TRUNCATE else row
        return (
            f" BEGIN IF ({self.condition('postgresql') or 'TRUE'}) THEN"
            f" RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
            f" MESSAGE = {_quoted(self.message)}; END IF; RETURN {answer}; END "
        )

    @property
    def postgresql(self) -> list[str]:
        """Return the statements that create the trigger and its function."""
        scope = "STATEMENT" if self.event is Event.TRUNCATE else "ROW"
        return [
            f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql'
            f" AS $civic${self.postgresql_body}$civic$",
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"',
            f'CREATE TRIGGER "{self.name}" BEFORE {self.event.value} ON "{self.table}"'
            f' FOR EACH {scope} EXECUTE FUNCTION "{self.name}"()',
        ]


@dataclass(frozen=True)
class Fault:
    """A trigger that is not as it was registered. ``code`` is ``missing`` or ``changed``."""

    trigger: Trigger
    code: str

    def __str__(self) -> str:
        return f"Trigger {self.trigger.name} on {self.trigger.table} is {self.code}."


_registered: dict[str, Trigger] = {}


def register_trigger(trigger: Trigger) -> None:
    """Have ``trigger`` installed after every migrate. Two different ones cannot share a name."""
    known = _registered.setdefault(trigger.name, trigger)
    if known != trigger:
        raise ValueError(f"Another trigger is already registered as {trigger.name!r}: {known!r}.")


def triggers_registered() -> list[Trigger]:
    """Return all triggers rooms have registered, in that order."""
    return [*_registered.values()]


def changed(*columns: str) -> str:
    """
    Return SQL that an update changes one of ``columns``, with ``NULL`` like an empty text.

    ``IS DISTINCT FROM`` is spelled out, as the two databases have no spelling in common.
    """
    return " OR ".join(
        f"COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), '')"
        for column in columns
    )


def append_only(
    model: type[models.Model], *, unless: str = "", reads: tuple[str, ...] = ()
) -> None:
    """
    Refuse to change, delete or truncate rows of ``model``'s own table.

    Where ``unless`` holds, an SQL condition over ``OLD`` that reads the tables ``reads``, a row may
    still be deleted. On SQLite also refuse ``INSERT OR REPLACE`` onto an existing key, which
    deletes unseen there.
    """
    message = f"{model._meta.label} is append-only."
    _refuse(model, Event.UPDATE, message)
    never_deleted(model, message=message, unless=unless, reads=reads)


def never_deleted(
    model: type[models.Model],
    *,
    message: str = "",
    unless: str = "",
    reads: tuple[str, ...] = (),
) -> None:
    """Refuse to delete (``unless``), truncate or replace rows of ``model``; they may change."""
    message = message or f"Rows of {model._meta.label} are never deleted."
    _refuse(model, Event.DELETE, message, f"NOT ({unless})" if unless else "", reads)
    _refuse(model, Event.TRUNCATE, message)
    table = model._meta.db_table
    taken = " OR ".join(_taken(table, columns) for columns in _unique_columns(model))
    register_trigger(
        Trigger(f"{_stem(table)}_no_replace", table, Event.INSERT, {"sqlite": taken}, message)
    )


def _refuse(
    model: type[models.Model],
    event: Event,
    message: str,
    when: str = "",
    reads: tuple[str, ...] = (),
) -> None:
    table = model._meta.db_table
    name = f"{_stem(table)}_no_{event.value.lower()}"
    register_trigger(Trigger(name, table, event, when, message, reads))


def _stem(table: str) -> str:
    return table if table.startswith(PREFIX) else f"{PREFIX}{table}"


def _taken(table: str, columns: list[str]) -> str:
    same = " AND ".join(f"taken.{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} taken WHERE {same})"  # noqa: S608 - names of ours


def _unique_columns(model: type[models.Model]) -> Iterator[list[str]]:
    meta = model._meta
    columns = {own.name: own.column for own in meta.local_concrete_fields if own.column}
    yield from ([columns[own.name]] for own in meta.local_concrete_fields if own.unique)
    names = [constraint.fields for constraint in meta.total_unique_constraints]
    for together in [*names, *meta.unique_together]:
        yield [columns[name] for name in together]


def triggers_here(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the registered triggers that belong into this database, tables permitting."""
    tables = set(connection.introspection.table_names())
    return [
        trigger
        for trigger in _registered.values()
        if trigger.condition(connection.vendor) is not None
        and tables.issuperset({trigger.table, *trigger.reads})
    ]


def faults(using: str = DEFAULT_DB_ALIAS) -> list[Fault]:
    """Return the registered triggers that are missing or differ from their text."""
    connection = connections[using]
    installed = _installed(connection)
    return [
        Fault(trigger, "changed" if trigger.name in installed else "missing")
        for trigger in triggers_here(connection)
        if installed.get(trigger.name) != _expected(trigger, connection.vendor)
    ]


def install(using: str = DEFAULT_DB_ALIAS, only: Collection[str] | None = None) -> None:
    """
    Bring the database's triggers, or those on the tables ``only``, to what is registered.

    Cheap where they already are.
    """
    connection = connections[using]
    if connection.vendor not in VENDORS:
        return
    here = triggers_here(connection)
    wanted = {trigger.name: _expected(trigger, connection.vendor) for trigger in here}
    tables = {trigger.table for trigger in _registered.values()}
    if only is not None:
        tables &= set(only)
        here = [trigger for trigger in here if trigger.table in tables]
    installed = _installed(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, facts in installed.items():
            if facts["table"] in tables and wanted.get(name) != facts:
                _drop(cursor, connection.vendor, name, facts["table"])
        for trigger in here:
            if installed.get(trigger.name) != wanted[trigger.name]:
                _create(cursor, connection.vendor, trigger)


def lift(using: str = DEFAULT_DB_ALIAS, only: Collection[str] | None = None) -> None:
    """
    Drop the registered triggers, or those on the tables ``only``. For migrations on SQLite and for
    tests.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, facts in _installed(connection).items():
            if name in _registered and (only is None or facts["table"] in only):
                _drop(cursor, connection.vendor, name, facts["table"])


def lift_before_migrate(*, using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Make way for remaking tables on SQLite. Receives ``pre_migrate``; does nothing if no plan."""
    if plan and connections[using].vendor == "sqlite":
        lift(using)


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Install what is registered. Receives ``post_migrate``, sent when all tables stand."""
    install(using)


def _create(cursor: CursorWrapper, vendor: str, trigger: Trigger) -> None:
    for statement in trigger.postgresql if vendor == "postgresql" else [trigger.sqlite]:
        cursor.execute(statement)


def _drop(cursor: CursorWrapper, vendor: str, name: str, table: str) -> None:
    if vendor == "postgresql":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def _expected(trigger: Trigger, vendor: str) -> dict[str, Any]:
    if vendor == "sqlite":
        return {"table": trigger.table, "text": trigger.sqlite}
    scope = 0 if trigger.event is Event.TRUNCATE else 1
    return {
        "table": trigger.table,
        "text": trigger.postgresql_body,
        "type": 2 + scope + EVENT_BITS[trigger.event],
        "plain": True,
    }


INSTALLED = {
    "sqlite": (
        'SELECT name, tbl_name AS "table", sql AS text FROM sqlite_master'
        " WHERE type = 'trigger' AND name LIKE 'civic\\_%' ESCAPE '\\'"
    ),
    "postgresql": (
        "SELECT t.tgname AS name, c.relname AS table, p.prosrc AS text, t.tgtype AS type,"
        " t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''::int2vector"
        " AND t.tgnargs = 0 AND NOT t.tgdeferrable AS plain"
        " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgname LIKE 'civic\\_%'"
        " AND pg_table_is_visible(c.oid)"
    ),
}


def _installed(connection: BaseDatabaseWrapper) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("name"): row for row in rows}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
