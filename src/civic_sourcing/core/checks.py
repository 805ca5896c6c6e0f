"""System checks of the ground floor."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from django.conf import settings as host_settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from civic_sourcing.core import triggers
from civic_sourcing.core.conf import NAME, Settings, conf, given_settings, known_settings
from civic_sourcing.core.uploads.checks import check_upload_storage

CONTEXT_PROCESSOR = "civic_sourcing.core.context_processors.base_template"
SQLITE = "django.db.backends.sqlite3"


def register_checks() -> None:
    """Register the checks; called when the room is ready."""
    register(check_settings, Tags.compatibility)
    register(check_time_zone, Tags.compatibility)
    register(check_sqlite_transactions, Tags.compatibility)
    register(check_base_template, Tags.templates)
    register(check_proxies, Tags.security)
    register(check_triggers, Tags.database)
    register(check_upload_storage, Tags.security)


def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Name unknown keys (E001), wrong types (E002) and contradictions (E003)."""
    try:
        given = given_settings()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="civic_core.E002")]
    known = known_settings()
    found: list[CheckMessage] = []
    for name, value in given.items():
        if name not in known:
            found.append(_unknown(name, known))
        elif not known[name].accepts(value):
            found.append(Error(known[name].complaint(value), id="civic_core.E002"))
    return found or list(_contradictions())


def _unknown(name: Any, known: dict[str, Any]) -> CheckMessage:
    nearest = get_close_matches(str(name).upper(), known, n=1, cutoff=0.5)
    hint = f"Did you mean {nearest[0]!r}?" if nearest else f"Known settings: {sorted(known)!r}."
    return Error(f"{NAME} has no setting {name!r}.", hint=hint, id="civic_core.E001")


def _contradictions() -> Iterator[CheckMessage]:
    for room in list(Settings.rooms.values()):
        for sentence in room().contradictions():
            yield Error(sentence, id="civic_core.E003")


def check_time_zone(**kwargs: Any) -> list[CheckMessage]:
    """Refuse naive times (E004): what opens and closes must mean one moment."""
    if host_settings.USE_TZ:
        return []
    return [Error("USE_TZ must be True: phases open and close at moments.", id="civic_core.E004")]


def check_sqlite_transactions(**kwargs: Any) -> list[CheckMessage]:
    """Warn where SQLite would let two writers read before either writes (W001)."""
    return [
        Warning(
            f"SQLite database {alias!r} does not begin its transactions with IMMEDIATE.",
            hint=f"Set DATABASES[{alias!r}]['OPTIONS']['transaction_mode'] = 'IMMEDIATE'.",
            id="civic_core.W001",
        )
        for alias, database in connections.settings.items()
        if database.get("ENGINE") == SQLITE
        and str(database.get("OPTIONS", {}).get("transaction_mode")).upper() != "IMMEDIATE"
    ]


def check_base_template(**kwargs: Any) -> list[CheckMessage]:
    """Warn where ``BASE_TEMPLATE`` is set but no template ever hears of it (W002)."""
    if conf.BASE_TEMPLATE == "base.html":
        return []
    options: list[Any] = [engine.get("OPTIONS", {}) for engine in host_settings.TEMPLATES]
    processors = [name for each in options for name in each.get("context_processors", [])]
    if CONTEXT_PROCESSOR in processors:
        return []
    return [
        Warning(
            f"{NAME}['BASE_TEMPLATE'] is {conf.BASE_TEMPLATE!r}, but pages still extend base.html.",
            hint=f"Add {CONTEXT_PROCESSOR!r} to the context processors in TEMPLATES.",
            id="civic_core.W002",
        )
    ]


def check_proxies(**kwargs: Any) -> list[CheckMessage]:
    """Warn where Django is told of a proxy and the rate limits are not (W003)."""
    trusting = [
        name
        for name in ("SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST")
        if getattr(host_settings, name, None)
    ]
    if not trusting or conf.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            f"{trusting[0]} says that a proxy stands in front, but {NAME}['TRUSTED_PROXIES'] is 0: "
            "all visitors share the proxy's address, and one of them can use up the limits of all.",
            hint=f"Set {NAME}['TRUSTED_PROXIES'] to the number of proxies that append to "
            "X-Forwarded-For.",
            id="civic_core.W003",
        )
    ]


def check_triggers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """
    Name triggers that are missing or changed (E010) in the databases asked for.

    Only a warning (W010) while migrations wait: ``migrate`` asks this check before it installs.
    """
    return [
        message
        for alias in databases or ()
        if connections[alias].vendor in triggers.VENDORS
        for message in _trigger_messages(alias)
    ]


def _trigger_messages(alias: str) -> Iterator[CheckMessage]:
    faults = triggers.faults(alias)
    if not faults:
        return
    executor = MigrationExecutor(connections[alias])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    for fault in faults:
        if waiting:
            yield Warning(str(fault), hint="`manage.py migrate` installs it.", id="civic_core.W010")
        else:
            hint = "`manage.py migrate --skip-checks` installs it anew. Find out who changed it."
            yield Error(str(fault), hint=hint, id="civic_core.E010")
