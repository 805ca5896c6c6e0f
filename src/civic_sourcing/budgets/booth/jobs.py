"""What ``civic_tick`` does for the booth: reminders, and numbers of desks that nobody entered."""

from __future__ import annotations

from datetime import datetime

from civic_sourcing.budgets.booth.reminders import send_reminders
from civic_sourcing.budgets.models import DeskSession


def look_after_booth(at: datetime) -> str | None:
    """Send the reminders due at ``at``, and forget whoever did not come from the desk in time."""
    DeskSession.objects.filter(expires_at__lte=at).delete()
    return send_reminders(at)
