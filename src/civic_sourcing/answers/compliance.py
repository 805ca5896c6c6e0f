"""
How the city keeps its word: what was due in a period, by department.

A promise belongs to the period in which it is due, extensions included, and counts once:

- ``kept``: by the day it was due;
- ``late``: afterwards;
- ``overdue``: due, and not kept by the time of counting;
- ``open``: not due yet;
- ``waived``: not owed any more, for a reason everybody can read.

What is owed to a text that moderators have taken out of sight counts again once it is back: nobody
can answer it in public meanwhile.

The rate is ``kept`` of all that came due: kept, late and overdue. What is open or waived does not
count, and where nothing came due there is no rate. ``extended`` tells how many of all were given
more time, as that makes it easier to be in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from civic_sourcing.answers.models import (
    Adoption,
    AnswerDecision,
    Department,
    OfficialAnswer,
    OfficialAnswerQuerySet,
    Promise,
    PromiseKind,
    PromiseState,
)
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.core import clock
from civic_sourcing.processes.models import Process

ADOPTABLE = (AnswerDecision.ACCEPTED, AnswerDecision.PARTLY)

_settled: dict[str, Callable[[], Iterable[QuerySet]]] = {}


def register_settled(name: str, find: Callable[[], Iterable[QuerySet]]) -> None:
    """Let a room say which contributions need no plan any more: ``find`` returns their ids."""
    _settled[name] = find


@dataclass(frozen=True)
class Period:
    """From ``since`` up to and not including ``until``; ``None`` leaves an end open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Row:
    """The promises of one department; ``None`` stands for those that were given to none."""

    department: Department | None
    kept: int = 0
    late: int = 0
    overdue: int = 0
    open: int = 0
    waived: int = 0
    extended: int = 0

    @property
    def came_due(self) -> int:
        return self.kept + self.late + self.overdue

    @property
    def all(self) -> int:
        return self.came_due + self.open + self.waived

    @property
    def rate(self) -> float | None:
        """The share kept in time of all that came due, from 0 to 1."""
        return self.kept / self.came_due if self.came_due else None


DEPARTMENT = "department__translation_key"
COUNTED = ("kept", "late", "overdue", "open", "waived", "extended")


def compliance(
    processes: Iterable[Process] | None = None,
    period: Period | None = None,
    *,
    at: datetime | None = None,
    language: str | None = None,
    kind: str = PromiseKind.ANSWER,
) -> list[Row]:
    """
    Count what was promised in ``processes`` (``None``: all), by department and in its order.

    Names are in ``language``. Promises without a department come last. Two queries.
    """
    at, period = at or clock.now(), period or Period()
    promises = Promise.objects.filter(kind=kind)
    if processes is not None:
        promises = promises.filter(contribution__process__in=list(processes))
    if period.since is not None:
        promises = promises.filter(due_at__gte=period.since)
    if period.until is not None:
        promises = promises.filter(due_at__lt=period.until)
    counts = promises.order_by().values(DEPARTMENT).annotate(**_of(at))
    found: dict[UUID | None, dict[str, int]] = {
        each["department__translation_key"]: {name: each[f"number_{name}"] for name in COUNTED}
        for each in counts
    }
    named = Department.objects.in_language(language).filter(
        translation_key__in=[key for key in found if key is not None]
    )
    rows = [Row(department, **found[department.translation_key]) for department in named]
    if None in found:
        rows.append(Row(None, **found[None]))
    return rows


def total(rows: Iterable[Row]) -> Row:
    """Add rows up; the department is left out."""
    known = list(rows)
    return Row(None, **{name: sum(getattr(row, name) for row in known) for name in COUNTED})


def accepted_without_plan(
    processes: Iterable[Process] | None = None,
) -> OfficialAnswerQuerySet:
    """Answers in force that accept something of which nothing was made so far: a gap."""
    adopted = Derivation.objects.filter(kind=DerivationKind.ADOPTED).values("source")
    answers = OfficialAnswer.objects.current().final().filter(decision__in=ADOPTABLE)
    answers = answers.exclude(contribution__in=adopted)
    for find in _settled.values():
        for contributions in find():
            answers = answers.exclude(contribution__in=contributions)
    if processes is not None:
        answers = answers.filter(contribution__process__in=list(processes))
    return answers.order_by("published_at")


def gaps(processes: Iterable[Process] | None = None) -> list[Adoption]:
    """Adoptions on the way without an owner or a day, the oldest first."""
    adoptions = Adoption.objects.gaps().order_by("adopted_at")
    if processes is not None:
        adoptions = adoptions.filter(contribution__process__in=list(processes))
    return list(adoptions.select_related("contribution__process", "department", "owner"))


def _of(at: datetime) -> dict[str, Count]:
    running = Q(state=PromiseState.RUNNING, contribution__state__in=PUBLIC)
    conditions = {
        "kept": Q(state=PromiseState.KEPT),
        "late": Q(state=PromiseState.LATE_KEPT),
        "overdue": running & Q(due_at__lte=at),
        "open": running & Q(due_at__gt=at),
        "waived": Q(state=PromiseState.WAIVED),
        "extended": ~Q(due_at=F("first_due_at")),
    }
    return {
        f"number_{name}": Count("pk", filter=condition) for name, condition in conditions.items()
    }
