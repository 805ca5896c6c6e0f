"""What a row of a list says of a challenge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from civic_sourcing.challenges.models import ChallengeFacts, Decision, Round
from civic_sourcing.challenges.showing.standing import LABELS
from civic_sourcing.challenges.timeline import status_at
from civic_sourcing.processes.models import Process

STATES = {"in_review": 0, "edits_requested": 1, "draft": 2, "approved": 3, "published": 4}
"""What waits for somebody first."""
FACTS = ("challenge__department", "challenge__authority")


def read_along(pages: Sequence[Any]) -> None:
    """
    Read facts, rounds and decisions of ``pages``, in a fixed number of queries for each page type.
    """
    decided = Decision.objects.confirmed().whole()
    rounds = Round.objects.order_by("number").prefetch_related(
        Prefetch("decisions", queryset=decided, to_attr="confirmed")
    )
    of_type: dict[type, list[Any]] = defaultdict(list)
    for page in pages:
        of_type[type(page)].append(page)
    for alike in of_type.values():
        prefetch_related_objects(
            alike,
            Prefetch("process", Process.objects.select_related(*FACTS)),
            Prefetch("process__rounds", queryset=rounds),
        )


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
