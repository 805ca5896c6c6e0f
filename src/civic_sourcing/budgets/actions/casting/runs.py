"""What the steps on a run have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.actions import Action, gone
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.locks import share

State = VoteRun.State


class RunAction(Action[VoteRun]):
    """A step on a run, logged in its own chain."""

    def chain(self) -> UUID:
        return self.subject.chain


class SharedRunAction(RunAction):
    """A step beside casts, which share the run, too: only a close waits."""

    def fresh_subject(self) -> VoteRun:
        share(VoteRun, self.subject.pk, using=self.using)
        runs = VoteRun.objects.using(self.using).select_related("process")
        run = runs.filter(pk=self.subject.pk).first()
        if run is None:
            raise gone()
        return run


class SecondPersonAction(Action[Any]):
    """
    Approve what somebody else proposed about a run; locks the proposal, then the run.

    The database refuses too what one person proposes and approves.
    """

    run: VoteRun

    def fresh_subject(self) -> Any:
        proposal = super().fresh_subject()
        runs = VoteRun.objects.using(self.using).select_for_update(no_key=True, of=("self",))
        self.run = runs.select_related("process").get(pk=proposal.run_id)
        return proposal

    def check(self) -> None:
        if self.subject.approved_by is not None:
            raise ActionRefused(_("This was already approved."), code="approved")
        if self.actor is None or self.actor == self.subject.proposed_by:
            raise ActionRefused(
                _("Somebody else has to approve what you proposed."), code="second-person"
            )

    def approve(self) -> None:
        """Write who approved, and when."""
        self.subject.approved_by, self.subject.approved_at = self.actor, self.at
        self.subject.save(update_fields=["approved_by", "approved_at"])

    def chain(self) -> UUID:
        return self.run.chain


def refuse_unless(run: VoteRun, *states: str) -> None:
    """Raise ``ActionRefused`` (code ``wrong-state``) unless the run is in one of ``states``."""
    if run.state not in states:
        raise ActionRefused(
            _("This cannot be done now: the vote is “%(state)s”."),
            code="wrong-state",
            state=run.get_state_display(),
        )
