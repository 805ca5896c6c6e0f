"""What people said about the difference between theirs and another's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import StatedDifference
from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.participants.models import Participant


class DifferenceRecords(PersonalRecords):
    """Reasons somebody gave. The index of titles goes with the text: the ledger sees to that."""

    name = "stated differences"
    models = ("civic_attribution.stateddifference", "civic_attribution.indexedtitle")

    def summary(self, participant: Participant) -> list[Summary]:
        count = _given_by(participant).count()
        label = _("Differences to similar contributions that you explained")
        return [Summary(label, count)] if count else []

    def export(self, participant: Participant) -> list[dict[str, Any]]:
        rows = _given_by(participant).select_related("contribution", "similar").order_by("pk")
        return [
            {"idea": row.contribution.title, "similar": row.similar.title, "reason": row.reason}
            for row in rows
        ]

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """Reasons go in any case: they are addressed to the town, and nobody stands by them."""
        _given_by(participant).update(reason="")


def _given_by(participant: Participant) -> Any:
    return StatedDifference.objects.filter(contribution__author=participant)
