"""Whose names to suggest after an @: people who can be read in this process anyway."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.models import Thread
from civic_sourcing.participants.models import Participant

SUGGESTED = 6
LONGEST = 60


def names_like(begin: str, thread: Thread) -> list[str]:
    """Names that begin with ``begin``, whatever its case; none for nothing typed yet."""
    begin = begin.strip()[:LONGEST]
    if not begin:
        return []
    published = Contribution.objects.published().filter(
        author=OuterRef("pk"), process=thread.process_id
    )
    found = Participant.objects.filter(
        Exists(published), name__istartswith=begin, erased_at=None, user__is_active=True
    )
    return list(found.order_by("name").values_list("name", flat=True).distinct()[:SUGGESTED])
