"""Correcting a batch of sheets that was taken into the count and is wrong, by two people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from civic_sourcing.budgets.actions.polling import CorrectBatch, ProposeCorrection
from civic_sourcing.budgets.desk.holding.forms import reason
from civic_sourcing.budgets.desk.holding.vote import Proposed
from civic_sourcing.budgets.models import BatchCorrection, PaperBatch, VoteRun
from civic_sourcing.budgets.polling.policies import may_run_vote
from civic_sourcing.budgets.polling_desk.base import FOLDER, BatchScreen, address


def correcting(screen: BatchScreen) -> dict[str, Any]:
    """What can be done about a batch that was accepted and is wrong, and what was done."""
    batch, run = screen.batch, screen.run
    replacement = PaperBatch.objects.filter(replaces=batch).first()
    over = run.state in (VoteRun.State.CLOSED, VoteRun.State.COUNTED)
    waits = batch.accepted_at is not None and replacement is None and over
    may = waits and screen.runs_vote
    rows = batch.corrections.order_by("-proposed_at")
    return {
        "corrections": [
            Proposed(
                row,
                address("approve_correction", run.uuid, batch.uuid, row.pk)
                if may and row.proposed_by != screen.actor and not row.approved_at
                else "",
            )
            for row in rows
        ],
        "can_correct": may,
        "replacement": replacement,
    }


class CorrectionForm(forms.Form):
    """What is wrong with a batch."""

    reason = reason(gettext_lazy("Say what is wrong. It is shown to all with the new count."))


class Correct(BatchScreen):
    """Propose that a batch that was accepted is entered again."""

    asks = may_run_vote
    form_class = CorrectionForm
    page_title = gettext_lazy("Correct this batch")
    submit = gettext_lazy("Propose it")
    done = gettext_lazy("It is proposed. Somebody else has to approve it.")

    def settle(self, form: Any) -> None:
        ProposeCorrection(self.batch, by=self.request.user, **form.cleaned_data).execute()


class ApproveCorrection(BatchScreen):
    """Approve, as a second person, that a batch is entered again."""

    asks = may_run_vote
    template_name = f"{FOLDER}/approve.html"
    page_title = gettext_lazy("Approve that this batch is entered again")
    submit = gettext_lazy("Approve")
    done = gettext_lazy("The batch can be entered again, as a new one of this polling place.")

    @cached_property
    def proposal(self) -> BatchCorrection:
        return get_object_or_404(self.batch.corrections, pk=self.kwargs["pk"])

    def settle(self, form: Any) -> None:
        CorrectBatch(self.proposal, by=self.request.user).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"proposal": self.proposal}
