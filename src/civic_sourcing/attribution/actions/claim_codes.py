"""Steps of the office on claim codes it has printed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.credits.policies import may_enter
from civic_sourcing.attribution.models import ClaimCode, Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class RevokeClaimCode(Action[ClaimCode]):
    """
    Make a code that nobody has used worthless: lost, misprinted, or handed to the wrong person.

    The result is the contribution. Refused as ``used`` or ``revoked-already``. It takes the locks
    in the order of ``ClaimByCode``: whichever comes first is the one that counts.
    """

    verb = "revoke_claim_code"
    announces = signals.claim_code_revoked
    policy = may_enter

    contribution: Contribution

    def fresh_subject(self) -> Any:
        keys = ClaimCode.objects.filter(pk=self.subject.pk).values("contribution")
        rows = Contribution.objects.select_for_update(no_key=True)
        self.contribution = rows.get(pk__in=keys)
        return super().fresh_subject()

    def check(self) -> None:
        if self.subject.used_at is not None:
            raise ActionRefused(
                _("This code has been used already, so it cannot be revoked any more."),
                code="used",
            )
        if self.subject.revoked_at is not None:
            raise ActionRefused(_("This code is revoked already."), code="revoked-already")

    def perform(self) -> Contribution:
        self.subject.revoked_at = self.at
        self.subject.save(update_fields=["revoked_at"])
        return self.contribution

    def audit_subject(self) -> tuple[str, str]:
        return Contribution._meta.label_lower, str(self.contribution.uuid)

    def audit_details(self) -> dict[str, Any]:
        return {"code": self.subject.pk}
