"""
How a year of deliveries went: kept, late, broken.

A delivery belongs to the year in which it is due, more time included, and counts once:

- ``kept``: done by the day it was promised for;
- ``late``: done afterwards, or still not done though the day has passed;
- ``broken``: cancelled by the city; where no day was ever promised, in the year of the
  cancellation;
- ``open``: not due yet.

What was waived for another reason, such as a proposal its author took back, counts nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from civic_sourcing.answers.models import (
    AdoptionChange,
    AdoptionStatus,
    Promise,
    PromiseState,
)
from civic_sourcing.answers.public.deliveries import visible


@dataclass(frozen=True)
class Year:
    """The deliveries of one year, by how they went."""

    year: int
    kept: int
    late: int
    broken: int
    open: int

    @property
    def came_due(self) -> int:
        """All but those that are not due yet."""
        return self.kept + self.late + self.broken

    @property
    def all(self) -> int:
        return self.came_due + self.open


def year_of(year: int, processes: Collection[int], *, at: datetime) -> Year:
    """Count the deliveries of ``year`` in ``processes`` (keys), as it is ``at``. Two queries."""
    begins, ends = (beginning(each) for each in (year, year + 1))
    seen = visible().filter(contribution__process__in=processes)
    promises = Promise.objects.deliveries().filter(
        contribution__in=seen.order_by().values("contribution"),
        due_at__gt=begins,
        due_at__lte=ends,
    )
    running = Q(state=PromiseState.RUNNING)
    cancelled = Q(contribution__adoption__status=AdoptionStatus.CANCELLED)
    found: dict[str, int] = promises.order_by().aggregate(
        kept=Count("pk", filter=Q(state=PromiseState.KEPT)),
        late=Count("pk", filter=Q(state=PromiseState.LATE_KEPT) | running & Q(due_at__lte=at)),
        broken=Count("pk", filter=Q(state=PromiseState.WAIVED) & cancelled),
        open=Count("pk", filter=running & Q(due_at__gt=at)),
    )
    dated = Promise.objects.deliveries().filter(contribution=OuterRef("adoption__contribution"))
    undated = AdoptionChange.objects.filter(
        ~Exists(dated),
        adoption__in=seen.order_by().values("pk"),
        status=AdoptionStatus.CANCELLED,
        at__gte=begins,
        at__lt=ends,
    )
    found["broken"] += undated.count()
    return Year(year, **found)


def beginning(year: int) -> datetime:
    """Midnight of New Year in the town: what is due the day before is due at this moment."""
    midnight = datetime.combine(date(year, 1, 1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())
