"""Everybody who takes part in a challenge, for news that concern all of them."""

from __future__ import annotations

from typing import Any

from civic_sourcing.challenges.models import Entry, EntryState, TeamMember
from civic_sourcing.participants.models import Participant

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)


def users_who_enter(process: Any) -> list[Any]:
    """The users who lead an entry here, begun or handed in, or are in its team."""
    entries = Entry.objects.of(process).filter(state__in=ALIVE)
    members = TeamMember.objects.present().filter(entry__in=entries).values("participant")
    captains = Participant.objects.filter(pk__in=entries.values("captain"))
    people = Participant.objects.filter(pk__in=members) | captains
    return [person.user for person in people.distinct().select_related("user")]
