"""Playing what happened before today, step by step and in order, so that every record fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from civic_sourcing.core import clock

present = clock.now
"""The time it really is, also while something of the past is played."""

EVENING = 20  # o'clock


def last_evening() -> datetime:
    """Return the last eight in the evening of the town, when things begin and end there."""
    now = timezone.localtime(clock.now())
    evening = now.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    return evening if evening <= now else evening - timedelta(days=1)


class Event(NamedTuple):
    """Something that happened: how many hours ago, and what."""

    hours_ago: float
    happen: Callable[[], object]


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """
    Let the deciding clock show ``moment`` (aware).

    What is received, published or decided cannot be dated differently afterwards; the database
    sees to that.
    """
    present = clock.now

    def then(using: str = DEFAULT_DB_ALIAS) -> datetime:
        return moment

    clock.now = then
    try:
        yield
    finally:
        clock.now = present


@contextmanager
def as_read() -> Iterator[None]:
    """
    Let in what people hand in online without looking at it: a year goes by in seconds, and what
    stays in the demo was read when it was written.
    """
    from civic_sourcing.attribution import gate  # noqa: PLC0415 - where there are contributions

    usual = settings.CIVIC_SOURCING
    unlimited = {name: dict.fromkeys(("new", "normal", "ip"), ()) for name in ("comment", "idea")}
    settings.CIVIC_SOURCING = {**usual, "LIMITS": unlimited}
    try:
        with gate.without_keeper("moderation"):
            yield
    finally:
        settings.CIVIC_SOURCING = usual


def play(events: Iterable[Event]) -> None:
    """Let everything happen at its time, the earliest first, with what follows from it."""
    today = clock.now()
    for event in sorted(events, key=lambda event: -event.hours_ago):
        with at(today - timedelta(hours=event.hours_ago)):
            event.happen()
            follow()


def follow() -> None:
    """
    Run what waits for the commit, in a past that is one transaction.

    It would come at the end of all otherwise, and be dated today.
    """
    while connection.run_on_commit:
        _savepoints, happen, _robust = connection.run_on_commit.pop(0)
        happen()
