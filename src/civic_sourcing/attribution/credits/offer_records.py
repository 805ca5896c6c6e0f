"""What is kept about people who offer to improve something."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import OfferState
from civic_sourcing.core.personal_records import Entry, PersonalRecords, Summary
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Participant

LATEST = 5


class OfferRecords(PersonalRecords):
    """Offers to improve; an accepted one is also a credit, which ``CreditRecords`` answers for."""

    name = "civic_attribution.offers"
    models = ("civic_attribution.improvementoffer",)

    def summary(self, participant: Participant) -> list[Summary]:
        offers = participant.improvement_offers.select_related("contribution")
        count = offers.count()
        if not count:
            return []
        entries = tuple(
            Entry(
                offer.contribution.title,
                reverse("civic_attribution:credits", args=[offer.contribution.uuid]),
                offer.get_state_display(),
                offer.contribution.language,
            )
            for offer in offers.order_by("-pk")[:LATEST]
        )
        return [Summary(_("Offers to improve"), count, entries=entries)]

    def export(self, participant: Participant) -> list[dict[str, Any]]:
        offers = participant.improvement_offers.order_by("pk")
        return list(offers.values("contribution__uuid", "text", "state", "offered_at", "closed_at"))

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """Words go always: they were never public. What waits for an answer is withdrawn."""
        offers = participant.improvement_offers
        for uuid in offers.values_list("uuid", flat=True):
            withdraw(uuid)
        offers.update(text="")
        offers.filter(state=OfferState.OFFERED).update(
            state=OfferState.WITHDRAWN, closed_at=timezone.now()
        )
