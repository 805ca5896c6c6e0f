"""What the official behind a request may see. Each request has a user of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from civic_sourcing.answers.models import WRITABLE, Promise
from civic_sourcing.answers.places import OFFICIAL, answered_by, parts_for
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import people_with_role


def processes_for(user: Any) -> list[Process]:
    """The processes ``user`` answers for; asked once for each user object."""
    known: list[Process] | None = getattr(user, "_civic_answered", None)
    if known is None:
        known = user._civic_answered = list(answered_by(user).order_by("pk"))
    return known


def keys_for(user: Any) -> list[int]:
    return [process.pk for process in processes_for(user)]


def process_titles(user: Any) -> dict[int, str]:
    """What people call the processes ``user`` answers for, by key."""
    rows = processes_for(user)
    titles = titles_of(rows)
    return {row.pk: titles.get(row.pk, str(row)) for row in rows}


def contribution_or_404(user: Any, uuid: UUID) -> Contribution:
    """The contribution, if everybody may read it and ``user`` answers for its place now."""
    rows = Contribution.objects.published().filter(process__in=keys_for(user))
    return _one(rows, uuid)


def answers_or_asked(user: Any, uuid: UUID) -> Contribution:
    """The same, also where a department of ``user`` owes something or is asked for its part."""
    asked = parts_for(user).filter(answer__state__in=WRITABLE)
    owed = Promise.objects.running().filter(department__group__in=user.groups.values("pk"))
    mine = (
        Q(process__in=keys_for(user))
        | Q(pk__in=asked.values("answer__contribution"))
        | Q(pk__in=owed.values("contribution"))
    )
    return _one(Contribution.objects.published().filter(mine), uuid)


def _one(rows: Any, uuid: UUID) -> Contribution:
    found: Contribution | None = (
        rows.select_related("process", "author__user").filter(uuid=uuid).first()
    )
    if found is None:
        raise Http404
    return found


def owner_choices(place: Any) -> list[tuple[str, str]]:
    """The officials at ``place`` by key, by name."""
    people = [(str(user.pk), name_of(user)) for user in people_with_role(OFFICIAL, place)]
    return sorted(people, key=lambda choice: choice[1])
