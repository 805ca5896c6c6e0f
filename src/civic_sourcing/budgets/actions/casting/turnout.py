from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import SharedRunAction, State, refuse_unless
from civic_sourcing.budgets.models import Turnout
from civic_sourcing.budgets.polling.standing import voters_by_area
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System

PAUSE = timedelta(minutes=10)
"""Time between two publications of the turnout, at least."""

STEP = 10
"""Voters in a step of the turnout."""


class PublishTurnout(SharedRunAction):
    """
    Say how many have voted, in whole tens, altogether and by area. Returns the number of tens.

    At most every ten minutes (``too-early``), so that nobody sees whose ballot made a difference.
    Nobody who votes has to wait for it.
    """

    verb = "publish_turnout"
    policy = System() | Superuser()

    def check(self) -> None:
        refuse_unless(self.subject, State.OPEN, State.CLOSED)
        said = Turnout.objects.using(self.using).filter(run=self.subject, area="").first()
        if said is not None and self.at < said.at + PAUSE:
            raise ActionRefused(
                _("The turnout was published less than ten minutes ago."), code="too-early"
            )

    def perform(self) -> int:
        by_area = voters_by_area(self.subject, using=self.using)
        tens = {area: number // STEP for area, number in by_area.items() if area}
        tens = {area: number for area, number in tens.items() if number}
        tens[""] = sum(by_area.values()) // STEP
        known = {row.area: row for row in Turnout.objects.using(self.using).of(self.subject)}
        for area, number in tens.items():
            row = known.get(area) or Turnout(run=self.subject, area=area)
            row.tens, row.at = number, self.at
            row.save(using=self.using)
        return tens[""]

    def audit_details(self) -> dict[str, Any]:
        return {"tens": self.result}
