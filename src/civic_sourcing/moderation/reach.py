"""How far a moderator's role reaches."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.processes.models import Process

MODERATOR = "moderator"


def moderated_by(user: Any) -> QuerySet[Process]:
    """The processes ``user`` moderates, asked anew each time; superusers moderate all."""
    if user is None or not user.is_authenticated:
        return Process.objects.none()
    return processes_of(user, frozenset({MODERATOR}))
