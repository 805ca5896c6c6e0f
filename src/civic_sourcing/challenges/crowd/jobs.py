"""What time does to votes beside the panel."""

from __future__ import annotations

from datetime import datetime, timedelta

from civic_sourcing.challenges.crowd import news
from civic_sourcing.challenges.crowd.actions import AssignPeers
from civic_sourcing.challenges.crowd.votes import entries_on, of_others, runs
from civic_sourcing.challenges.models import CrowdKind, CrowdScore, CrowdVote, EditorialState
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant

DAYS = (1, 3)
"""How many days before its end solvers are reminded, if it has begun by then."""


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


def remind_peers(at: datetime) -> str:
    """Remind solvers who have not scored all they were given, once for each of ``DAYS``."""
    votes = CrowdVote.objects.filter(
        kind=CrowdKind.PEER,
        round__closes_at__lte=at,
        round__process__challenge__state=EditorialState.PUBLISHED,
    )
    told = 0
    for vote in votes.select_related("round__process").order_by("pk"):
        if days := days_left(vote, at):
            once = f"{days}:{vote.closes_at:%Y-%m-%dT%H:%M}"
            told += news.remind(vote, owing(vote), once=once)
    return f"{told} reminded"


def days_left(vote: CrowdVote, at: datetime) -> int:
    """The one of ``DAYS`` that a running vote has come to at ``at``, else 0."""
    opens_at, closes_at = vote.opens_at, vote.closes_at
    if opens_at is None or closes_at is None or not runs(vote, at):
        return 0
    reached = [days for days in DAYS if closes_at - at <= timedelta(days=days)]
    days = min(reached, default=0)
    return days if closes_at - timedelta(days=days) > opens_at else 0


def owing(vote: CrowdVote) -> list[Participant]:
    """Who has not scored an entry that they were given and that can still be scored."""
    rows = CrowdScore.objects.filter(round=vote.round, kind=CrowdKind.PEER, points=None)
    open_here = of_others(rows.filter(entry__in=entries_on(vote)))
    people = Participant.objects.filter(pk__in=open_here.values("participant"))
    return list(people.select_related("user").order_by("pk"))
