"""What is kept about people who claim, answer or decide."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Claim, ClaimDecision, ClaimFile, ClaimStatement
from civic_sourcing.core.personal_records import Entry, PersonalRecords, Summary
from civic_sourcing.notifications.outbox import withdraw

LATEST = 5


class ClaimRecords(PersonalRecords):
    """Claims and statements stay, as they concern two sides; words and files go if wished."""

    name = "civic_attribution.claims"
    models = (
        "civic_attribution.claim",
        "civic_attribution.claim_respondents",
        "civic_attribution.claimstatement",
        "civic_attribution.claimfile",
        "civic_attribution.claimdecision",
    )

    def summary(self, participant: Any) -> list[Summary]:
        claims = Claim.objects.of_party(participant)
        count = claims.count()
        if not count:
            return []
        latest = claims.select_related("contribution").order_by("-filed_at")[:LATEST]
        return [
            Summary(
                _("Ownership claims"),
                count,
                reverse("civic_attribution:claims"),
                tuple(_entry(claim) for claim in latest),
            )
        ]

    def export(self, participant: Any) -> dict[str, Any]:
        """Own words, and what was decided for or against one; not the other side's words."""
        claims = Claim.objects.of_party(participant).order_by("pk")
        said = ClaimStatement.objects.filter(participant=participant)
        decisions = ClaimDecision.objects.filter(claim__in=claims).order_by("claim", "number")
        decided = ClaimDecision.objects.filter(steward=participant).order_by("pk")
        words = ["claim__uuid", "number", "outcome", "role", "share", "reasons", "decided_at"]
        return {
            "claims": list(
                claims.values(
                    "uuid", "state", "filed_at", "closed_at", contributed=F("contribution__uuid")
                )
            ),
            "statements": list(
                said.values("claim__uuid", "part", "text", "evidence", "linked__uuid", "made_at")
            ),
            "files": list(
                ClaimFile.objects.filter(statement__in=said).values("uuid", "name", "created_at")
            ),
            "decisions": list(decisions.values(*words)),
            "decided_as_steward": list(decided.values(*words)),
        }

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        """
        Files go always, as they may show anything; words with ``blank_texts``.

        A decision keeps its reasons for the other side; the claim goes on without the person. What
        others were told of the person's claims is withdrawn with the words.
        """
        said = ClaimStatement.objects.filter(participant=participant)
        for file in ClaimFile.objects.filter(statement__in=said):
            file.file.delete(save=False)
            file.delete()
        if not blank_texts:
            return
        said.update(text="", evidence="", linked=None)
        for uuid in Claim.objects.filter(claimant=participant).values_list("uuid", flat=True):
            withdraw(uuid)


def _entry(claim: Claim) -> Entry:
    return Entry(
        title=str(claim.contribution.public_title),
        url=reverse("civic_attribution:claim", args=[claim.uuid]),
        state=claim.get_state_display(),
        language=claim.contribution.language,
    )
