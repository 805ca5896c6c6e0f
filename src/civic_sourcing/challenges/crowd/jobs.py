"""What time does to votes beside the panel."""

from __future__ import annotations

from datetime import datetime

from civic_sourcing.challenges.crowd.actions import AssignPeers
from civic_sourcing.challenges.crowd.votes import runs
from civic_sourcing.challenges.models import CrowdKind, CrowdScore, CrowdVote, EditorialState
from civic_sourcing.core.exceptions import ActionRefused


def assign_due(at: datetime) -> str:
    """Give entries to the solvers of every phase whose scoring has begun. Safe to repeat."""
    given = CrowdScore.objects.filter(kind=CrowdKind.PEER).values("round")
    votes = CrowdVote.objects.filter(
        kind=CrowdKind.PEER,
        round__closes_at__lte=at,
        round__process__challenge__state=EditorialState.PUBLISHED,
    )
    number = 0
    for vote in votes.exclude(round__in=given).select_related("round__process").order_by("pk"):
        if not runs(vote, at):
            continue
        try:
            number += AssignPeers(vote, by=None).execute()
        except ActionRefused:
            continue
    return f"{number} given entries to score"
