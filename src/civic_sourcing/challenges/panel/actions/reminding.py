"""Reminding judges of what they have not scored yet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Round
from civic_sourcing.challenges.panel import news
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.challenges.panel.rounds import refuse_after_judging, refuse_before_deadline
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class RemindJudges(Action[Round]):
    """Remind everybody with entries to score, once a day at most. The result is how many."""

    verb = "remind_judges"
    policy = may_lead_judging

    def check(self) -> None:
        refuse_before_deadline(self.subject, self.at)
        refuse_after_judging(self.subject, self.at)

    def perform(self) -> int:
        told = news.remind(self.subject, self.at, once=f"{self.at:%Y-%m-%d}")
        if not told:
            raise ActionRefused(
                _("There is nobody to remind, or they were reminded today."), code="nobody"
            )
        return told

    def audit_details(self) -> dict[str, Any]:
        return {"judges": self.result}
