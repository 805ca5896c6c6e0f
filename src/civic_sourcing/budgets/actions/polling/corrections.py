"""A batch that was taken into the count and is wrong: two people have it entered again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import SecondPersonAction, State, refuse_unless
from civic_sourcing.budgets.models import BatchCorrection, PaperBatch, PollingPlace, VoteRun
from civic_sourcing.budgets.polling.policies import may_run_vote
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class ProposeCorrection(Action[PaperBatch]):
    """Propose, with a public ``reason``, that a batch that was accepted is entered again."""

    verb = "propose_correction"
    policy = may_run_vote

    reason: str

    def fresh_subject(self) -> PaperBatch:
        batch: PaperBatch = super().fresh_subject()
        places = PollingPlace.objects.using(self.using).select_related("run__process")
        batch.place = places.get(pk=batch.place_id)
        return batch

    def check(self) -> None:
        refuse_unless_correctable(self.subject, self.subject.run)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")

    def perform(self) -> BatchCorrection:
        assert self.actor is not None
        return BatchCorrection.objects.create(
            batch=self.subject,
            reason=self.reason.strip(),
            proposed_by=self.actor,
            proposed_at=self.at,
        )

    def chain(self) -> UUID:
        return self.subject.run.chain

    def audit_details(self) -> dict[str, Any]:
        return {"correction": self.result.pk}


class CorrectBatch(SecondPersonAction):
    """
    Approve, as a second person, that a batch is entered again. Returns the new ``PaperBatch``.

    The old one stays as it is and counts until the new one is accepted; then a count that was made
    before has to be made again.
    """

    verb = "correct_batch"
    policy = may_run_vote

    def check(self) -> None:
        super().check()
        refuse_unless_correctable(self.subject.batch, self.run)

    def perform(self) -> PaperBatch:
        self.approve()
        batch: PaperBatch = self.subject.batch
        last = batch.place.batches.aggregate(last=Max("number"))["last"]
        return PaperBatch.objects.create(
            place=batch.place,
            number=last + 1,
            area=batch.area,
            group=batch.group,
            sheets=batch.sheets,
            void=batch.void,
            totals=batch.totals,
            replaces=batch,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"batch": str(self.subject.batch.uuid), "replacement": str(self.result.uuid)}


def refuse_unless_correctable(batch: PaperBatch, run: VoteRun) -> None:
    """Refuse where the batch can still be changed as it is, or another one corrects it already."""
    refuse_unless(run, State.CLOSED, State.COUNTED)
    if batch.accepted_at is None:
        raise ActionRefused(
            _("This batch is not accepted yet: correct its entries or its cover sheet."),
            code="not-accepted",
        )
    if PaperBatch.objects.filter(replaces=batch).exists():
        raise ActionRefused(_("Another batch corrects this one already."), code="replaced")
