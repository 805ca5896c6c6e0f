"""Ending a measure whose time is over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import System
from civic_sourcing.moderation.actions.steps import chain_of
from civic_sourcing.moderation.deciding import effects, notices
from civic_sourcing.moderation.models import Case, Measure


class LiftMeasure(Action[Measure]):
    """
    End a measure that is over (``not-due`` before). The system does this, at the next look.

    Moderators lift a measure by a decision with reasons: ``DecideCase`` with the outcome ``lift``.
    """

    verb = "lift"
    policy = System()

    def fresh_subject(self) -> Any:
        if self.subject.contribution_id:
            rows = Contribution.objects.select_for_update(no_key=True)
            rows.get(pk=self.subject.contribution_id)
        Case.objects.select_for_update(no_key=True).get(decisions=self.subject.decision_id)
        return super().fresh_subject()

    def chain(self) -> UUID:
        return chain_of(self.subject.decision.case)

    def check(self) -> None:
        measure: Measure = self.subject
        if measure.ended_at is not None:
            raise ActionRefused(_("This has ended already."), code="ended")
        if measure.until is None or measure.until > self.at:
            raise ActionRefused(_("This is still in force."), code="not-due")

    def perform(self) -> Measure:
        effects.end(self.subject, Measure.EndReason.EXPIRED, by=None, at=self.at)
        notices.tell_ended(self.subject)
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"kind": str(self.subject.kind), "decision": str(self.subject.decision.uuid)}
