"""What the moderator behind a request may see, asked once: each request has a user of its own."""

from __future__ import annotations

from typing import Any

from civic_sourcing.moderation.models import Case, CaseQuerySet
from civic_sourcing.moderation.reach import moderated_by
from civic_sourcing.processes.models import Process


def processes_of(user: Any) -> list[Process]:
    """The processes ``user`` moderates; empty for who is no moderator."""
    known: list[Process] | None = getattr(user, "_civic_moderated", None)
    if known is None:
        known = user._civic_moderated = list(moderated_by(user).order_by("pk"))
    return known


def moderates(user: Any) -> bool:
    """Whether ``user`` is a moderator of anything."""
    return bool(processes_of(user))


def seen_by(user: Any) -> CaseQuerySet:
    """The cases ``user`` moderates: ``places.cases_for`` with what is known already."""
    return Case.objects.for_moderator(user, [process.pk for process in processes_of(user)])
