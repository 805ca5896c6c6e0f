"""An award follows the adoption of its solution: in force means carried out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.answers.models import DELIVERED, Adoption, AdoptionChange
from civic_sourcing.attribution.models import Derivation, DerivationKind
from civic_sourcing.challenges.awards.actions import AwardAction
from civic_sourcing.challenges.awards.policies import only_the_system
from civic_sourcing.challenges.models import Award
from civic_sourcing.core.exceptions import ActionRefused


class FollowAdoption(AwardAction):
    """
    Bring what an award says of its solution in line with the city's adoptions of it.

    With one in force (or otherwise in force) it is carried out, and no rights go back. Where none
    is left in force nobody has said anything any more: a manager says what becomes of the rights.
    Refused as ``unchanged`` where that is what it says, and as ``given-back`` once the rights went
    back. The system's step, after a change of an adoption.
    """

    verb = "follow_adoption"
    policy = only_the_system

    def check(self) -> None:
        award = self.subject
        entry = award.placement.entry
        self.in_force = is_in_force(entry.contribution_id)
        if self.in_force == bool(award.is_carried_out) or not award.is_in_force:
            raise ActionRefused(_("This is what it says already."), code="unchanged")
        if entry.rights_back_at is not None:
            raise ActionRefused(_("The rights have gone back already."), code="given-back")

    def perform(self) -> Award:
        award: Award = self.subject
        award.is_carried_out = True if self.in_force else None
        if self.in_force:
            award.rights_back_on = None
        award.save(update_fields=["is_carried_out", "rights_back_on"])
        return award

    def audit_details(self) -> dict[str, Any]:
        return {"carried_out": self.in_force}


def is_in_force(contribution: int | None) -> bool:
    """Whether an adoption of the contribution (its key) is in force."""
    if contribution is None:
        return False
    return Adoption.objects.of_any([contribution]).filter(status__in=DELIVERED).exists()


def follow_change(*, result: AdoptionChange, **_facts: Any) -> None:
    """Follow at once. Receives ``adoption_status_changed``."""
    if result.status in DELIVERED or result.before in DELIVERED:
        ties = Derivation.objects.filter(
            target=result.adoption.contribution_id, kind=DerivationKind.ADOPTED
        )
        sources = ties.values("source")
        _follow(Award.objects.in_force().filter(placement__entry__contribution__in=sources))


def follow_adoptions(at: datetime) -> str:
    """Follow what was not heard of, such as a solution adopted before its award. A job."""
    in_force = Derivation.objects.filter(
        kind=DerivationKind.ADOPTED, target__adoption__status__in=DELIVERED
    )
    silent = Award.objects.in_force().filter(
        is_carried_out=None, placement__entry__contribution__in=in_force.values("source")
    )
    number = _follow(silent)
    return ngettext("%(count)d award carried out", "%(count)d awards carried out", number) % {
        "count": number
    }


def _follow(awards: QuerySet[Award]) -> int:
    number = 0
    for award in awards.order_by("pk"):
        try:
            FollowAdoption(award, by=None).execute()
        except ActionRefused:
            continue
        number += 1
    return number
