"""
Who is at a case. A lease is taken by opening the case, renewed by working, and ends by itself.

Each step is one statement with its condition inside, so that of two people one gets it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Case, CaseLease
from civic_sourcing.moderation.queue.conf import conf


def take_lease(case: Case, user: Any, *, by_force: bool = False) -> CaseLease:
    """
    Let ``user`` be at ``case`` unless somebody else is; return whose lease runs now.

    ``by_force`` takes it from whoever has it.
    """
    at = clock.now()
    own = CaseLease(case=case, holder=user, since=at, until=at + _length())
    CaseLease.objects.bulk_create([own], ignore_conflicts=True)
    rows = CaseLease.objects.filter(case=case)
    free = rows if by_force else rows.filter(until__lte=at)
    free.exclude(holder=user, until__gt=at).update(holder=user, since=at, until=at + _length())
    rows.filter(holder=user).update(until=at + _length())
    return rows.select_related("holder").get()


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
