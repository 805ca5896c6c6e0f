"""What a moderator may see: the one door to cases for views and the admin."""

from __future__ import annotations

from typing import Any

from civic_sourcing.moderation.models import Case, CaseQuerySet
from civic_sourcing.moderation.reach import moderated_by

REPORTERS = "civic_moderation.view_reporters"


def cases_for(user: Any) -> CaseQuerySet:
    """The cases ``user`` moderates now; what is not among them answers 404. Start here."""
    return Case.objects.for_moderator(user)


def moderates_somewhere(user: Any) -> bool:
    """Whether ``user`` is a moderator of anything."""
    return bool(moderated_by(user).exists())
