"""What a row of a list says of a challenge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from civic_sourcing.challenges.models import ChallengeFacts, Decision, Round
from civic_sourcing.challenges.showing.standing import LABELS
from civic_sourcing.challenges.timeline import status_at

STATES = {"in_review": 0, "edits_requested": 1, "draft": 2, "approved": 3, "published": 4}
"""What waits for somebody first."""


def with_what_rows_show(pages: Any) -> Any:
    """Pages of challenges with their facts, rounds and decisions, in a fixed number of queries."""
    decided = Decision.objects.filter(withdrawn_at=None, confirmed_at__isnull=False)
    rounds = Round.objects.order_by("number").prefetch_related(
        Prefetch("decisions", queryset=decided, to_attr="confirmed")
    )
    return pages.select_related(
        "locale", "process__challenge__department", "process__challenge__authority"
    ).prefetch_related(Prefetch("process__rounds", queryset=rounds))


def facts_of(page: Any) -> ChallengeFacts:
    """Its facts; empty ones where nobody has said any."""
    found = getattr(page.process, "challenge", None)
    return found or ChallengeFacts(process=page.process)


def state_of(page: Any) -> str:
    label: str = facts_of(page).get_state_display()
    return label


def status_of(page: Any, at: datetime) -> Any:
    """What the public is told; nothing before it is published."""
    facts = facts_of(page)
    if facts.published_at is None:
        return "–"
    rounds = list(page.process.rounds.all())
    decided = bool(rounds and rounds[-1].confirmed)
    return LABELS[status_at(facts, rounds, at, decided=decided)]


def opens_at(page: Any) -> datetime | None:
    rounds = [each.opens_at for each in page.process.rounds.all() if each.opens_at]
    return min(rounds, default=facts_of(page).imported_opens_at)


def closes_at(page: Any) -> datetime | None:
    """The last deadline."""
    rounds = [each.closes_at for each in page.process.rounds.all() if each.closes_at]
    return max(rounds, default=facts_of(page).imported_closes_at)


def prize_of(page: Any) -> str:
    return facts_of(page).prize or "–"


def department_of(page: Any) -> str:
    facts = facts_of(page)
    return str(facts.department or facts.department_name or "–")
