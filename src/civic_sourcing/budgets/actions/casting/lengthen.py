from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import (
    RunAction,
    SecondPersonAction,
    State,
    refuse_unless,
)
from civic_sourcing.budgets.models import Lengthening, VoteRun
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


class ProposeLengthening(RunAction):
    """Propose a later end (``closes_at``) of an open vote with a public ``reason``."""

    verb = "propose_lengthening"
    policy = MayRunVote()

    closes_at: datetime
    reason: str

    def check(self) -> None:
        refuse_if_not_longer(self.subject, self.closes_at, self.at)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")

    def perform(self) -> Lengthening:
        assert self.actor is not None
        return Lengthening.objects.create(
            run=self.subject,
            closes_at=self.closes_at,
            reason=self.reason,
            proposed_by=self.actor,
            proposed_at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"lengthening": self.result.pk, "closes_at": self.closes_at.isoformat()}


class LengthenVote(SecondPersonAction):
    """
    Approve, as a second person, that an open vote ends later. Returns the run.

    The phase “voting” ends later with it, and the phases after it are put off by as much.
    """

    verb = "lengthen_vote"
    policy = MayRunVote()

    def check(self) -> None:
        super().check()
        refuse_if_not_longer(self.run, self.subject.closes_at, self.at)

    def perform(self) -> VoteRun:
        self.approve()
        before, self.run.closes_at = self.run.closes_at, self.subject.closes_at
        self.run.save(update_fields=["closes_at"])
        if self.run.kind == VoteRun.Kind.REAL and before is not None:
            put_off(self.run.process, before, self.subject.closes_at)
        return self.run

    def audit_details(self) -> dict[str, Any]:
        return {"closes_at": self.subject.closes_at.isoformat()}


def refuse_if_not_longer(run: VoteRun, closes_at: datetime, at: datetime) -> None:
    """Refuse what would shorten a vote, or open one again whose time is over."""
    refuse_unless(run, State.OPEN)
    if run.closes_at is None or at >= run.closes_at:
        raise ActionRefused(_("The vote is over and is not opened again."), code="over")
    if closes_at <= run.closes_at:
        raise ActionRefused(_("A vote can only be made longer."), code="not-longer")


def put_off(process: Process, before: datetime, after: datetime) -> None:
    """End the voting that ended at ``before`` at ``after``, and move what follows by as much."""
    for phase in process.phases.order_by("-opens_at"):
        if phase.opens_at >= before:
            phase.opens_at += after - before
            phase.announced_open_at = None
        if phase.closes_at is not None and phase.closes_at >= before:
            phase.closes_at += after - before
            phase.announced_close_at = None
        phase.save()
    Process.objects.filter(pk=process.pk).update(rules_version=F("rules_version") + 1)
