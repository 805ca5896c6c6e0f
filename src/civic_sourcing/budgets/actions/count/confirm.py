from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import SecondPersonAction, State, refuse_unless
from civic_sourcing.budgets.actions.count.publish import CountAction, refuse_outdated
from civic_sourcing.budgets.models import Confirmation, CountResult
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.budgets.signals import count_confirmed
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.policies import written


class ProposeConfirmation(CountAction):
    """
    Propose that the published count holds, when objections are no longer heard.

    ``reason`` says publicly what became of them.
    """

    verb = "propose_confirmation"
    policy = MayRunVote()

    reason: str

    def check(self) -> None:
        super().check()
        refuse_unless_heard(self.subject, self.at)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")

    def perform(self) -> Confirmation:
        assert self.actor is not None
        return Confirmation.objects.create(
            count=self.subject,
            reason=self.reason.strip(),
            proposed_by=self.actor,
            proposed_at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"confirmation": self.result.pk, "version": self.subject.version}


class ConfirmCount(SecondPersonAction):
    """Confirm, as a second person, that a published count holds. Returns the ``CountResult``."""

    verb = "confirm_count"
    policy = MayRunVote()
    announces = count_confirmed

    def check(self) -> None:
        super().check()
        refuse_unless(self.run, State.COUNTED)
        refuse_outdated(self.subject.count, self.run)
        refuse_unless_heard(self.subject.count, self.at)

    def perform(self) -> CountResult:
        self.approve()
        count: CountResult = self.subject.count
        return count

    def audit_details(self) -> dict[str, Any]:
        return {"version": self.result.version, "digest": self.result.digest}


def refuse_unless_heard(count: CountResult, at: Any) -> None:
    """Refuse before the end of the objection period, and a second confirmation."""
    if not count.is_released:
        raise ActionRefused(_("This count is not published yet."), code="not-published")
    until = count.publication.objections_until
    if at < until:
        raise ActionRefused(
            _("Objections are still heard, until %(until)s."),
            code="objections",
            until=written(until),
        )
    if count.confirmation is not None:
        raise ActionRefused(_("This count is already confirmed."), code="confirmed")
