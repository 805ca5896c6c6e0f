"""How much waits for a moderator, and which case comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import (
    Appeal,
    Case,
    CaseLease,
    CaseQuerySet,
    Report,
    SecondOpinion,
)
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.queue.filters import filtered
from civic_sourcing.participants.models import Participant

ORDER = ("-is_emergency", "due_at", "pk")
MOST = 100
"""Counting stops there: nobody works differently for the 101st."""


@dataclass(frozen=True)
class Waiting:
    """Numbers for the menu, none above ``MOST``."""

    cases: int
    overdue: int

    @property
    def badge(self) -> str:
        """In brackets behind the menu item, empty where nothing waits."""
        if not self.cases:
            return ""
        if not self.overdue:
            return f"({_capped(self.cases)})"
        return _("(%(cases)s, %(overdue)s late)") % {
            "cases": _capped(self.cases),
            "overdue": _capped(self.overdue),
        }


def waiting_for(user: Any, at: datetime | None = None) -> Waiting:
    """Count what is open and what is overdue where ``user`` is moderator."""
    rows = cases_for(user).open().order_by()
    late = rows.filter(due_at__lte=at or clock.now())
    return Waiting(rows[:MOST].count(), late[:MOST].count())


def appeals_for(user: Any) -> Any:
    """Appeals in cases that ``user`` moderates."""
    return Appeal.objects.filter(decision__case__in=cases_for(user).values("pk"))


def opinions_for(user: Any) -> Any:
    """Second opinions ``user`` could give: of others' decisions, nothing of one's own."""
    person = Participant.objects.of(user)
    rows = SecondOpinion.objects.waiting().filter(
        decision__case__in=not_own(cases_for(user), person).values("pk")
    )
    return rows.exclude(decision__decided_by=user).exclude(decision__decider=person.uuid)


def not_own(cases: CaseQuerySet, person: Participant) -> CaseQuerySet:
    """Without those about ``person``, about what they wrote, or that they reported."""
    reported = Report.objects.filter(case=OuterRef("pk"), reporter=person)
    own = Q(participant=person) | Q(contribution__author=person)
    return cases.exclude(own & Q(pk__isnull=False)).exclude(Exists(reported))


def next_case(request: HttpRequest, query: str, *, after: Case | None = None) -> Case | None:
    """
    Return the most urgent case of a view that nobody else is at or has been given.

    The one just seen, ``after``, comes again only when nothing else is left and it is still open.
    """
    user, at = request.user, clock.now()
    rows = filtered(cases_for(user), query, request).open()
    busy = CaseLease.objects.filter(case=OuterRef("pk")).of_others(user, at)
    rows = not_own(rows, Participant.objects.of(user)).exclude(Exists(busy))
    rows = rows.filter(Q(assigned_to=None) | Q(assigned_to=user)).order_by(*ORDER)
    if after is None:
        return rows.first()
    return rows.exclude(pk=after.pk).first() or rows.first()


def _capped(number: int) -> str:
    return f"{MOST - 1}+" if number >= MOST else str(number)
