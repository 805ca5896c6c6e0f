"""How much waits for a moderator, and which case comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.models import (
    Appeal,
    Case,
    CaseLease,
    CaseQuerySet,
    Report,
    SecondOpinion,
)
from civic_sourcing.moderation.policies import may_decide_appeal
from civic_sourcing.moderation.queue.filters import filtered
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.participants.models import Participant

ORDER = ("-is_emergency", "due_at", "pk")
MOST = 100
"""Counting stops there: nobody works differently for the 101st."""


@dataclass(frozen=True)
class Waiting:
    """Numbers for the menu."""

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
    known: Counter[str] | None = getattr(user, "_civic_waiting", None)
    if known is not None:
        return Waiting(known["cases"], known["overdue"])
    late = Count("pk", filter=Q(due_at__lte=at or timezone.now()))
    return Waiting(**seen_by(user).open().aggregate(cases=Count("pk"), overdue=late))


def everything_waiting(user: Any) -> Counter[str]:
    """Count cases, overdue ones, appeals and second opinions in one query, once a request."""
    known: Counter[str] | None = getattr(user, "_civic_waiting", None)
    if known is None:
        open_cases = seen_by(user).open()
        numbers = [
            rows.order_by().values(screen=Value(name, CharField())).annotate(number=Count("pk"))
            for name, rows in (
                ("cases", open_cases),
                ("overdue", open_cases.overdue(timezone.now())),
                ("appeals", appeals_for(user).open()),
                ("opinions", opinions_for(user)),
            )
        ]
        rows = numbers[0].union(*numbers[1:], all=True).order_by()
        known = Counter({row["screen"]: row["number"] for row in rows})
        user._civic_waiting = known
    return known


def appeals_for(user: Any) -> Any:
    """Appeals in cases that ``user`` moderates."""
    return Appeal.objects.filter(decision__case__in=seen_by(user).values("pk"))


def opinions_for(user: Any) -> Any:
    """Second opinions ``user`` could give: of others' decisions, nothing of one's own."""
    cases = not_own(seen_by(user), user).values("pk")
    rows = SecondOpinion.objects.waiting().filter(decision__case__in=cases)
    return rows.exclude(decision__decided_by=user)


def opinion_asked_of(user: Any, case: Case) -> SecondOpinion | None:
    """The opinion ``user`` could give on ``case``; what was decided is kept from them till then."""
    opinion: SecondOpinion | None = opinions_for(user).filter(decision__case=case).first()
    if opinion and may_decide_appeal.allows(Occasion(user, opinion, clock.now())):
        return opinion
    return None


def not_own(cases: CaseQuerySet, user: Any) -> CaseQuerySet:
    """Without those about ``user``, about what they wrote, or that they reported."""
    own = Participant.objects.filter(user=user).values("pk")
    reported = Report.objects.filter(case=OuterRef("pk"), reporter__in=own)
    own_text = Contribution.objects.filter(pk=OuterRef("contribution"), author__in=own)
    others = cases.filter(Q(participant=None) | ~Q(participant__in=own))
    return others.exclude(Exists(own_text)).exclude(Exists(reported))


def next_case(request: HttpRequest, query: str, *, after: Case | None = None) -> Case | None:
    """
    Return the most urgent case of a view that nobody else is at or has been given.

    The one just seen, ``after``, comes again only when nothing else is left and it is still open.
    """
    user, at = request.user, clock.now()
    rows = filtered(seen_by(user), query, request).open()
    busy = CaseLease.objects.filter(case=OuterRef("pk")).of_others(user, at)
    rows = not_own(rows, user).exclude(Exists(busy))
    rows = rows.filter(Q(assigned_to=None) | Q(assigned_to=user)).order_by(*ORDER)
    if after is None:
        return rows.first()
    return rows.exclude(pk=after.pk).first() or rows.first()


def _capped(number: int) -> str:
    return f"{MOST - 1}+" if number >= MOST else str(number)
