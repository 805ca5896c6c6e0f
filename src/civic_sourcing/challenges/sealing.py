"""
What of an entry can be read: before the deadline nothing but by its team, staff included.

What is read is always the document of a submission whose round is closed, so that the next version
of an entry that went on stays sealed while the former one can be read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic_sourcing.challenges.models import Entry, EntryState, Submission
from civic_sourcing.challenges.policies import is_on_team, is_sealed, may_read_entries
from civic_sourcing.core.policies import Occasion


def opened_document(entry: Entry, at: datetime) -> dict[str, Any] | None:
    """What judges and managers may read of ``entry`` at ``at``; ``None`` where all is sealed."""
    if entry.state != EntryState.SUBMITTED:
        return None
    if not is_sealed(entry.round, at):
        return dict(entry.handed_in)
    closed = Submission.objects.filter(entry=entry, round__closes_at__lte=at)
    before = closed.exclude(salt="").order_by("-number").first()
    return before.document if before else None


def may_read(user: Any, entry: Entry, at: datetime) -> bool:
    """
    Whether ``user`` may read what was handed in: its team, managers once it is opened, everybody
    once it is published. Judges have rules of their own, on top of ``opened_document``.
    """
    if is_on_team(user, entry):
        return True
    if opened_document(entry, at) is None:
        return False
    contribution = entry.contribution
    if contribution is not None and contribution.is_public:
        return True
    return may_read_entries.allows(Occasion(user, entry, at))
