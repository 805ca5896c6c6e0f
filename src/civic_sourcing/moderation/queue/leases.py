"""
Who is at a case. A lease is taken by opening the case, renewed by working, and ends by itself.

Each step is one statement with its condition inside, so that of two people one gets it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, Q, Value, When

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Case, CaseLease
from civic_sourcing.moderation.queue.conf import conf


def take_lease(
    case: Case, user: Any, *, by_force: bool = False, at: datetime | None = None
) -> CaseLease:
    """
    Let ``user`` be at ``case`` unless somebody else is; return whose lease runs now.

    ``by_force`` takes it from whoever has it. ``at`` is the database's time, where it is known.
    One's own tells until when, not since when.
    """
    at = at or clock.now()
    until = at + _length()
    rows = CaseLease.objects.filter(case=case)
    free = rows if by_force else rows.filter(Q(holder=user) | Q(until__lte=at))
    stays = When(holder=user, until__gt=at, then=F("since"))
    own = CaseLease(case=case, holder=user, since=at, until=until)
    if free.update(holder=user, since=Choice(stays, default=Value(at)), until=until):
        return own
    CaseLease.objects.bulk_create([own], ignore_conflicts=True)
    return rows.select_related("holder__civic_participant").get()


def renew_lease(case: Case, user: Any) -> bool:
    """Let ``user`` stay at ``case``; ``False`` if somebody else has taken over."""
    at = clock.now()
    rows = CaseLease.objects.filter(case=case).filter(Q(holder=user) | Q(until__lte=at))
    return bool(rows.update(holder=user, until=at + _length()))


def drop_lease(case: Case, user: Any) -> None:
    """Leave ``case`` to others."""
    CaseLease.objects.filter(case=case, holder=user).delete()


def drop_old_leases(at: datetime) -> str:
    """Forget who was at a case long ago; they keep nobody out any more."""
    number, _rows = CaseLease.objects.filter(until__lte=at - timedelta(days=1)).delete()
    return f"{number} forgotten"


def _length() -> timedelta:
    return timedelta(minutes=conf.CASE_LEASE_MINUTES)
