"""
What has to happen by itself: one line of cron calls ``manage.py civic_tick`` every minute.

Rooms register small jobs; each must be safe to run twice, because a run may be cut off anywhere. A
lease keeps two runs from doing the same work at once. It is a row and not an advisory lock, so
that it works alike on both databases and behind a connection pooler.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from civic_sourcing.core import clock
from civic_sourcing.core.models import IdempotencyKey, TickLease

logger = logging.getLogger(__name__)

#: A job receives the database's time and may say in a few words what it did.
Job = Callable[[datetime], str | None]

#: How long a run that was cut off keeps the next one waiting, in seconds.
LEASE_SECONDS = 600

_jobs: dict[str, Job] = {}


@dataclass(frozen=True)
class Outcome:
    """What one job did. ``error`` is empty where all went well."""

    name: str
    said: str = ""
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def register_tick(name: str, function: Job) -> None:
    """Have ``function(at)`` called by every tick, in order of registration. ``name`` is unique."""
    if _jobs.setdefault(name, function) is not function:
        raise ValueError(f"Another job is already registered as {name!r}.")


def forget_tick(name: str) -> None:
    """Take a job back."""
    _jobs.pop(name, None)


def run_ticks(only: str | None = None) -> list[Outcome] | None:
    """
    Run every job, or ``only`` the one of that name, and tell what each did.

    A job that fails is logged and does not stop the others. ``None`` means that another run is
    still at it and nothing was done. Raises ``KeyError`` for a name nobody registered.
    """
    jobs = _jobs if only is None else {only: _jobs[only]}
    holder = uuid.uuid4()
    if not _take_lease(holder):
        return None
    try:
        return [_run(name, job, holder) for name, job in list(jobs.items())]
    finally:
        TickLease.objects.filter(holder=holder).delete()


def _run(name: str, job: Job, holder: uuid.UUID) -> Outcome:
    at = clock.now()
    TickLease.objects.filter(holder=holder).update(until=at + timedelta(seconds=LEASE_SECONDS))
    try:
        return Outcome(name, said=job(at) or "")
    except Exception as error:
        logger.exception("civic_tick: %s failed", name)
        return Outcome(name, error=f"{type(error).__name__}: {error}")


def _take_lease(holder: uuid.UUID) -> bool:
    """Take the only lease there is, unless a run that is not overdue has it."""
    at = clock.now()
    TickLease.objects.filter(until__lte=at).delete()
    try:
        with transaction.atomic():
            TickLease.objects.create(
                pk=1, holder=holder, until=at + timedelta(seconds=LEASE_SECONDS)
            )
    except IntegrityError:
        return False
    return True


def purge_idempotency_keys(at: datetime) -> str:
    """Forget requests whose repetition no longer gets the first result."""
    return f"{IdempotencyKey.objects.purge(at)} deleted"


register_tick("civic_core.idempotency_keys", purge_idempotency_keys)
