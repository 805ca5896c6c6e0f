"""What moderation keeps about people: who reported, who was judged, who judged."""

from __future__ import annotations

from typing import Any

from civic_sourcing.core.personal_records import PersonalRecords
from civic_sourcing.moderation.models import Report


class ModerationRecords(PersonalRecords):
    """Reports, cases, decisions, measures, appeals."""

    name = "civic_moderation.cases"
    models = (
        "civic_moderation.case",
        "civic_moderation.report",
        "civic_moderation.finding",
        "civic_moderation.decision",
        "civic_moderation.measure",
        "civic_moderation.preservedtext",
        "civic_moderation.appeal",
        "civic_moderation.secondopinion",
    )

    def export(self, participant: Any) -> dict[str, Any]:
        return {
            "reports": list(
                Report.objects.by(participant).values("uuid", "text", "affected", "created_at")
            )
        }

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        Report.objects.filter(reporter=participant).update(text="")
