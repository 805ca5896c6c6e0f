from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.models import (
    BatchCorrection,
    CountPublication,
    CountResult,
    PaperBatch,
    SheetDecision,
    SheetEntry,
    VoteRun,
)
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System
from civic_sourcing.processes.policies import written


class DestroyKey(RunAction):
    """
    Destroy the key of a counted vote once its count is confirmed; for good.

    From then on nothing leads from the roll or from a tracker to a ballot. The hashes of carried
    out requests go with it. Roll, ballots and bulletin stay.
    """

    verb = "destroy_key"
    policy = System() | Superuser()

    def check(self) -> None:
        refuse_unless(self.subject, State.COUNTED)
        if self.subject.kind == VoteRun.Kind.IMPORTED or self.subject.closed_at is None:
            raise ActionRefused(_("An imported vote has no key."), code="no-key")
        count = CountResult.objects.latest_of(self.subject.process)
        publication = CountPublication.objects.filter(count=count).first()
        if count is None or publication is None:
            raise ActionRefused(
                _("The latest count is not published yet. The key is needed for objections."),
                code="not-published",
            )
        if self.at < publication.objections_until:
            raise ActionRefused(
                _("Objections are still heard, until %(until)s. The key is needed for them."),
                code="objections",
                until=written(publication.objections_until),
            )
        if count.confirmation is None:
            raise ActionRefused(
                _("The latest count is not confirmed yet. The key may still be needed."),
                code="not-confirmed",
            )

    def perform(self) -> VoteRun:
        self.subject.requests.all().delete()
        self.subject.key.delete()
        self.subject.state = State.DESTROYED
        self.subject.save(update_fields=["state"])
        return self.subject


class EraseRehearsal(RunAction):
    """Erase a rehearsal with all that was cast in it. Its own audit chain stays."""

    verb = "erase_rehearsal"
    policy = runs_votes

    def check(self) -> None:
        if self.subject.kind != VoteRun.Kind.REHEARSAL:
            raise ActionRefused(_("Only a rehearsal can be erased."), code="not-a-rehearsal")

    def perform(self) -> None:
        run = self.subject
        batches = {"batch__place__run": run}
        for rows in (
            SheetDecision.objects.filter(**batches),
            SheetEntry.objects.filter(**batches),
            BatchCorrection.objects.filter(**batches),
            run.ballots,
            PaperBatch.objects.filter(place__run=run),
            run.paper_keys,
            run.paper_voters,
            run.polling_places,
            run.envelopes,
            run.notices,
            run.requests,
            run.bulletin,
            run.set_asides,
            run.lengthenings,
            run.turnout,
            run.roll,
        ):
            rows.all().delete()
        run.key.delete()
        type(run).objects.filter(pk=run.pk).delete()

    def audit_details(self) -> dict[str, Any]:
        return {"run": str(self.subject.uuid)}
