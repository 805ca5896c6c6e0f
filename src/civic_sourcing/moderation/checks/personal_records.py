"""What automatic checks keep of people's texts: digests and counts, nothing to read."""

from __future__ import annotations

from typing import Any

from civic_sourcing.core.personal_records import PersonalRecords
from civic_sourcing.moderation.checks import learning
from civic_sourcing.moderation.models import KnownText, LearntText
from civic_sourcing.participants.models import Participant


class CheckRecords(PersonalRecords):
    """Digests of texts and what the filter learnt from them; both go when their author does."""

    name = "checks of texts"
    models = ("civic_moderation.knowntext", "civic_moderation.learnttext")

    def export(self, participant: Participant) -> dict[str, Any]:
        """Numbers and times only: neither the digests nor the counts say anything to anybody."""
        known = KnownText.objects.filter(contribution__author=participant).order_by("at")
        learnt = LearntText.objects.filter(contribution__author=participant).order_by("learnt_at")
        return {
            "known": list(known.values("contribution__uuid", "at")),
            "learnt": list(learnt.values("contribution__uuid", "is_spam", "learnt_at")),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        KnownText.objects.filter(contribution__author=participant).delete()
        learnt = LearntText.objects.filter(contribution__author=participant)
        for row in learnt.select_related("contribution").order_by("pk"):
            learning.forget(row.contribution)
