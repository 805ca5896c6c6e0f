from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.freezing import lock_process
from civic_sourcing.budgets.models import Project, ProjectWithdrawal
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class WithdrawProject(Action[Project]):
    """
    Take a project off the ballot paper for good, with a public ``reason``; also in an open vote.

    It keeps its number and its place and is told on the page of the rules. Ballots cast for it
    stay as they are, it can no longer be chosen, and no count funds it. Not once the vote is
    counted (``counted``). Returns the ``ProjectWithdrawal``.
    """

    verb = "withdraw_project"
    policy = runs_votes

    reason: str

    def fresh_subject(self) -> Any:
        """Lock the process first, as opening a vote does, then the project."""
        lock_process(self.subject.process_id, using=self.using)
        return super().fresh_subject()

    def check(self) -> None:
        if self.subject.outcome == Project.Outcome.WITHDRAWN:
            raise ActionRefused(_("This project is already withdrawn."), code="withdrawn")
        if self.subject.outcome != Project.Outcome.UNDECIDED:
            raise ActionRefused(
                _("The vote is counted, so its projects stay as they are."), code="counted"
            )
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")

    def perform(self) -> ProjectWithdrawal:
        withdrawal = ProjectWithdrawal.objects.create(
            project=self.subject,
            reason=self.reason.strip(),
            withdrawn_by=self.actor,
            withdrawn_at=self.at,
        )
        self.subject.outcome = Project.Outcome.WITHDRAWN
        self.subject.save(update_fields=["outcome"])
        return withdrawal

    def chain(self) -> UUID:
        uuid: UUID = self.subject.process.uuid
        return uuid
