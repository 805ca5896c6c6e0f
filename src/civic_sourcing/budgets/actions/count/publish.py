from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import State, refuse_unless
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.counting_votes import Basis
from civic_sourcing.budgets.models import CountPublication, CountResult, Project, VoteRun
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.signals import count_published
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class CountAction(Action[CountResult]):
    """A step on the latest count of a vote; locks its run first, as counting does."""

    run: VoteRun

    def fresh_subject(self) -> CountResult:
        runs = VoteRun.objects.using(self.using).select_for_update(no_key=True, of=("self",))
        self.run = runs.in_earnest().select_related("process").get(process=self.subject.process_id)
        count: CountResult = super().fresh_subject()
        count.process = self.run.process
        return count

    def check(self) -> None:
        refuse_unless(self.run, State.COUNTED)
        refuse_outdated(self.subject, self.run)


class PublishCount(CountAction):
    """
    Publish the latest count as provisional: from now on everybody sees it, and the objection period
    begins (``VOTE_OBJECTION_DAYS``). Marks the projects funded or not. Returns the publication.

    A new version is published the same way, with an objection period of its own.
    """

    verb = "publish_count"
    policy = runs_votes
    announces = count_published

    def check(self) -> None:
        if self.subject.is_released:
            raise ActionRefused(_("This count is already published."), code="published")
        super().check()

    def perform(self) -> CountPublication:
        return published(self.subject, at=self.at, by=self.actor, days=conf.VOTE_OBJECTION_DAYS)

    def audit_details(self) -> dict[str, Any]:
        return {
            "version": self.subject.version,
            "digest": self.subject.digest,
            "objections_until": self.result.objections_until.isoformat(),
        }


def published(count: CountResult, *, at: datetime, by: UUID | None, days: int) -> CountPublication:
    """Publish ``count`` and mark the projects as it says. Objections are heard for ``days``."""
    Project.objects.of(count.process).mark_outcomes(count.document["selected"])
    return CountPublication.objects.create(
        count=count, published_at=at, published_by=by, objections_until=at + timedelta(days=days)
    )


def is_stale(count: CountResult, run: VoteRun) -> bool:
    """Whether ballots, sheets or projects have changed since ``count``, so that it counts anew."""
    document = count.document
    return "basis" in document and Basis.of_document(document) != Basis.of(run)


def refuse_outdated(count: CountResult, run: VoteRun) -> None:
    """Refuse what is not the latest count, or no longer what a count would come to."""
    if CountResult.objects.of(run.process).filter(version__gt=count.version).exists():
        raise ActionRefused(_("There is a later count of this vote."), code="outdated")
    if is_stale(count, run):
        raise ActionRefused(
            _(
                "Since this count ballots were set aside, sheets corrected or projects withdrawn. "
                "Please count again first."
            ),
            code="stale",
        )
