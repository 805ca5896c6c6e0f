"""What is kept about people beside rules and stages: who is reminded, and who decided what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.ideas.models import ForumRules, StageChange, ThresholdReached
from civic_sourcing.participants.models import Participant


class StageRecords(PersonalRecords):
    """Stages of one's ideas, decisions one made as an official, forums one answers for."""

    name = "idea_stages"
    models = (
        "civic_ideas.forumrules",
        "civic_ideas.stagechange",
        "civic_ideas.stagenews",
        "civic_ideas.thresholdreached",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        decided = StageChange.objects.filter(by=participant).count()
        lines = [Summary(_("Stages you set as an official"), decided)]
        return [line for line in lines if line.count]

    def export(self, participant: Participant) -> dict[str, Any]:
        own = StageChange.objects.filter(contribution__author=participant).order_by("pk")
        decided = StageChange.objects.filter(by=participant).order_by("pk")
        reached = ThresholdReached.objects.filter(contribution__author=participant).order_by("pk")
        owned = ForumRules.objects.filter(owner=participant.user) if participant.user else None
        fields = ("contribution__uuid", "before", "after", "reason_codes", "note", "changed_at")
        return {
            "stages_of_my_ideas": list(own.values(*fields)),
            "stages_i_set": list(decided.values(*fields)),
            "thresholds_reached": list(
                reached.values("contribution__uuid", "rule__uuid", "number", "reached_at")
            ),
            "forums_i_answer_for": list(owned.values_list("process__uuid", flat=True))
            if owned is not None
            else [],
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """Nobody is reminded any more. What was decided stays, by a tombstone that names nobody."""
        if participant.user_id:
            ForumRules.objects.filter(owner_id=participant.user_id).update(owner=None)
