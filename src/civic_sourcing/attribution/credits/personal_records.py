"""What credits keep about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from civic_sourcing.attribution.credits.records import end_credit
from civic_sourcing.attribution.models import CreditState, Provenance, Scan
from civic_sourcing.core.personal_records import Entry, PersonalRecords, Summary
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Participant

LATEST = 5


class CreditRecords(PersonalRecords):
    """Credits, invitations, derivations somebody recorded, claim codes, scans of paper."""

    name = "credits"
    models = (
        "civic_attribution.credit",
        "civic_attribution.derivation",
        "civic_attribution.claimcode",
        "civic_attribution.provenance",
        "civic_attribution.scan",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        """Where somebody is named, and what waits for their answer."""
        credits = participant.credits.standing().select_related("contribution").order_by("-pk")
        count = credits.count()
        if not count:
            return []
        entries = tuple(
            Entry(
                credit.contribution.title,
                reverse("civic_attribution:credits", args=[credit.contribution.uuid]),
                f"{credit.get_role_display()}, {credit.get_state_display()}",
                credit.contribution.language,
            )
            for credit in credits[:LATEST]
        )
        return [Summary(_("Credits and invitations"), count, entries=entries)]

    def export(self, participant: Participant) -> dict[str, Any]:
        credits = participant.credits.order_by("pk")
        return {
            "credits": list(
                credits.values(
                    "contribution__uuid", "role", "share", "state", "created_at", "answered_at"
                )
            ),
            "claim_codes_used": list(
                participant.claim_codes.order_by("pk").values("contribution__uuid", "used_at")
            ),
            "from_paper": list(
                Provenance.objects.filter(contribution__author=participant)
                .order_by("pk")
                .values("contribution__uuid", "place")
            ),
            "scans": list(
                Scan.objects.filter(contribution__author=participant)
                .order_by("pk")
                .values("contribution__uuid", "name", "size", "created_at")
            ),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """
        Decline what waits for an answer, and delete handwriting and the office's notes on it.

        Credits stay with the tombstone. Invitations this person sent are withdrawn: nobody is left
        to name anybody, and their mails would carry the name.
        """
        at = timezone.now()
        for credit in participant.credits.invitations():
            end_credit(credit, CreditState.DECLINED, at=at)
        for credit in participant.invitations_sent.invitations():
            withdraw(credit.uuid)
            end_credit(credit, CreditState.WITHDRAWN, at=at)
        for scan in Scan.objects.filter(contribution__author=participant):
            scan.file.delete(save=False)
            scan.delete()
        Provenance.objects.filter(contribution__author=participant).update(note="")
