"""What a public vote came to, told once the winners are decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.challenges.models import CrowdScore, CrowdVote, Decision, Entry


@dataclass(frozen=True)
class Result:
    """``people`` who voted, and how often each entry that everybody may read was chosen."""

    people: int
    lines: list[tuple[Entry, int]]


def result_of(vote: CrowdVote, at: datetime) -> Result | None:
    """``None`` while people vote, and until two people have decided: nobody is swayed by it."""
    decided = Decision.objects.confirmed().filter(round=vote.round)
    if vote.closes_at is None or at < vote.closes_at or not decided.exists():
        return None
    chosen = Q(round=vote.round, kind=vote.kind, points=1)
    people = CrowdScore.objects.filter(chosen).values("participant").distinct().count()
    counted: Any = Count(
        "crowd_scores",
        filter=Q(
            crowd_scores__round=vote.round,
            crowd_scores__kind=vote.kind,
            crowd_scores__points=1,
        ),
    )
    entries = Entry.objects.of(vote.process).filter(contribution__state__in=PUBLIC)
    rows = entries.annotate(votes=counted).filter(votes__gt=0).order_by("-votes", "number")
    return Result(people, [(row, row.votes) for row in rows])
