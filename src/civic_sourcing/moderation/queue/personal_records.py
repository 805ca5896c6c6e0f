"""What the queue keeps about moderators. All of it goes with the account."""

from __future__ import annotations

from typing import Any

from civic_sourcing.core.personal_records import PersonalRecords
from civic_sourcing.moderation.models import CaseAlert, CaseLease, SavedView


class QueueRecords(PersonalRecords):
    """Saved views, the case somebody is at, and when they were last written to."""

    name = "civic_moderation.queue"
    models = (
        "civic_moderation.caselease",
        "civic_moderation.savedview",
        "civic_moderation.casealert",
    )

    def export(self, participant: Any) -> dict[str, Any]:
        user = participant.user
        views = SavedView.objects.filter(user=user) if user else SavedView.objects.none()
        return {"saved_views": list(views.values("name", "query"))}

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        if participant.user is None:
            return
        SavedView.objects.filter(user=participant.user).delete()
        CaseAlert.objects.filter(user=participant.user).delete()
        CaseLease.objects.filter(holder=participant.user).delete()
