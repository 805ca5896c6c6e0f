"""
Suspensions that rooms above decide, asked at the moment they matter; nothing has to end them.

Beside them stands what the participant's own row says (``Participant.suspended_until``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q

from civic_sourcing.participants.models import Participant

Until = datetime | Literal["always"] | None
"""When it ends, ``"always"`` for one without end, ``None`` for none."""

SuspensionSource = Callable[["Participant", Any, datetime], Until]

_sources: dict[SuspensionSource, Callable[[], Exists] | None] = {}
_NOTED = "may_be_suspended"
_REMEMBERED = "_civic_uuid"


@dataclass(frozen=True)
class Suspension:
    """That somebody may not take part; ``until`` is empty where it has no end."""

    until: datetime | None


def register_suspension_source(
    source: SuspensionSource, *, only_if: Callable[[], Exists] | None = None
) -> None:
    """
    Have ``source(participant, process, at)`` asked wherever standing matters.

    ``process`` is the place in question, or ``None`` where it is the site as a whole. ``only_if``
    is a condition on the row of a participant (``OuterRef("pk")``) without which the source has
    nothing to say, so that it need not be asked about most people.
    """
    _sources[source] = only_if


def unregister_suspension_source(source: SuspensionSource) -> None:
    """Forget a source; for tests."""
    _sources.pop(source, None)


def participant_of(user: Any) -> Participant | None:
    """
    Who ``user`` is here, in one query, with what tells most people apart from who is suspended.

    ``None`` for somebody signed out or not seen here yet.
    """
    if user is None or not user.is_authenticated:
        return None
    rows = Participant.objects.filter(user_id=user.pk)
    conditions = [Q(only_if()) for only_if in _sources.values() if only_if]
    if conditions and len(conditions) == len(_sources):
        either = ExpressionWrapper(reduce(or_, conditions), output_field=BooleanField())
        rows = rows.annotate(**{_NOTED: either})
    found = rows.first()
    if found is not None:
        setattr(user, _REMEMBERED, (user.pk, found.uuid))
    return found


def remembered_uuid(user: Any) -> UUID | None:
    """The number of who ``user`` is, where ``participant_of`` has looked: it never changes."""
    key, number = getattr(user, _REMEMBERED, (None, None))
    return number if key == user.pk else None


def reader_of(request: Any) -> Participant | None:
    """The same for who reads a page: looked up once for a request."""
    if not hasattr(request, "_civic_reader"):
        request._civic_reader = participant_of(request.user)
    reader: Participant | None = request._civic_reader
    return reader


def suspension_at(participant: Participant, process: Any, at: datetime) -> Suspension | None:
    """The suspension that keeps ``participant`` out longest at ``at``, or ``None``."""
    ends: list[Until] = []
    if getattr(participant, _NOTED, True):
        ends += [source(participant, process, at) for source in _sources]
    if participant.suspended_at(at):
        ends.append(participant.suspended_until or "always")
    if "always" in ends:
        return Suspension(None)
    dates = [end for end in ends if isinstance(end, datetime) and end > at]
    return Suspension(max(dates)) if dates else None
