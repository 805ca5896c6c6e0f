"""
Who takes part in a process, so that they can be told when something opens or ends.

Rooms above register whom they know: authors, supporters, followers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

Audience = Callable[[Process], QuerySet[Participant]]

_audiences: list[Audience] = []


def register_audience(function: Audience) -> Audience:
    """
    Have ``function(process)`` say who takes part there, as a queryset of participants.

    Never by what they voted: who sent a ballot is nobody's business.
    """
    if function not in _audiences:
        _audiences.append(function)
    return function


def forget_audience(function: Audience) -> None:
    """Take it back; for tests."""
    _audiences.remove(function)


def audience_of(process: Process) -> QuerySet[Participant]:
    """Everybody with an account who takes part in ``process``, each once."""
    if not _audiences:
        return Participant.objects.none()
    taking_part = reduce(
        or_, (Q(pk__in=audience(process).order_by().values("pk")) for audience in _audiences)
    )
    people = Participant.objects.filter(taking_part, user__isnull=False)
    return people.select_related("user").order_by("pk")
