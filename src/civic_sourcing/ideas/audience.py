"""Who takes part in a forum beside those who hand in ideas."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from civic_sourcing.participants.audience import register_audience
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_audience(supporters_and_followers)


def supporters_and_followers(process: Process) -> QuerySet[Participant]:
    return Participant.objects.filter(
        Q(supports__contribution__process=process) | Q(idea_follows__contribution__process=process)
    )
