from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from civic_sourcing import __version__
from civic_sourcing.budgets.actions.casting.runs import refuse_unless
from civic_sourcing.budgets.actions.count.publish import published
from civic_sourcing.budgets.actions.count.start import StartCount
from civic_sourcing.budgets.count_documents import document_of_vote
from civic_sourcing.budgets.counting import count
from civic_sourcing.budgets.counting_votes import Basis
from civic_sourcing.budgets.elections import count_document, stored_election
from civic_sourcing.budgets.models import BudgetRules, CountJob, CountResult, VoteRun
from civic_sourcing.budgets.models.ballots import canonical_json
from civic_sourcing.budgets.models.counts import content_digest
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.results.other_rules import others_document
from civic_sourcing.budgets.signals import ballots_counted
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process

State = VoteRun.State


class CountBallots(Action[Process]):
    """
    Count the stored ballots of a vote by its rules, as a new version beside earlier counts.

    Returns the ``CountResult``, which nobody else sees before ``PublishCount``; what was imported
    is published at once. The counting itself holds no lock: all is written in one piece at its end,
    or nothing. ``job`` is what ``StartCount`` returned; without it, it is started here (``drawn``
    and ``eligible`` as there).
    """

    verb = "count"
    policy = runs_votes
    announces = ballots_counted

    job: CountJob | None = None
    drawn: str = ""
    eligible: int | None = None

    def execute(self) -> CountResult:
        self.run = VoteRun.objects.of(self.subject)
        if self.run is None or self.run.kind == VoteRun.Kind.IMPORTED:
            return cast(CountResult, super().execute())
        if self.job is None:
            start = StartCount(self.run, by=self.by, drawn=self.drawn, eligible=self.eligible)
            self.job = start.execute()
            self.job.take_up()
        try:
            self.document = self._document(self.run, self.job)
            return cast(CountResult, super().execute())
        except Exception as error:
            with suppress(DatabaseError):
                self.job.give_up(getattr(error, "code", "") or "failed")
            raise

    def check(self) -> None:
        if self.job is None:
            self.document = self._imported_document()
            return
        self.run = VoteRun.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=self.job.run_id
        )
        refuse_unless(self.run, State.CLOSED, State.COUNTED)
        self.job = CountJob.objects.select_for_update(no_key=True).get(pk=self.job.pk)
        if self.job.state != CountJob.State.RUNNING:
            raise ActionRefused(
                _("Somebody else has begun to count again, so this count was dropped."),
                code="overtaken",
            )

    def perform(self) -> CountResult:
        latest = CountResult.objects.latest_of(self.subject)
        version = latest.version + 1 if latest else 1
        software = f"civic-sourcing {__version__}"
        head = {
            "vote": str(self.subject.uuid),
            "version": version,
            "counted_at": self.at.isoformat(timespec="microseconds"),
            "software": software,
        }
        content = canonical_json({**self.document, **head})
        result = CountResult.objects.create(
            process=self.subject,
            version=version,
            content=content,
            digest=content_digest(content),
            created_at=self.at,
            software=software,
            counted_by=self.job.asked_by if self.job else self.actor,
        )
        if self.job is None:
            published(result, at=self.at, by=self.actor, days=0)
        else:
            self.job.finish(result)
        if self.run and self.run.state == State.CLOSED:
            self.run.state = State.COUNTED
            self.run.save(update_fields=["state"])
        return result

    def audit_details(self) -> dict[str, Any]:
        document = self.result.document
        return {
            "version": self.result.version,
            "digest": self.result.digest,
            "rule": document["rule"],
            "ballots": document["ballots"],
            "funded": len(document["selected"]),
        }

    def _document(self, run: VoteRun, job: CountJob) -> dict[str, Any]:
        basis = Basis.of(run)
        job.beat(CountJob.Stage.READING, done=0, total=basis.ballots(run).count())
        document = document_of_vote(
            run,
            basis,
            drawn=job.drawn,
            eligible=job.eligible,
            tell=lambda done: job.beat(CountJob.Stage.READING, done=done),
            read=lambda: job.beat(CountJob.Stage.COUNTING),
        )
        job.beat(CountJob.Stage.WRITING)
        return document

    def _imported_document(self) -> dict[str, Any]:
        rules = BudgetRules.objects.filter(process=self.subject).first()
        if rules is None:
            raise ActionRefused(
                _("This vote has no rules yet, so it cannot be counted."), code="no-rules"
            )
        election = stored_election(self.subject, rules)
        counted = count(election, rules.rule, rules.least_score)
        assert counted.rules is not None
        others = others_document(election.projects, election.electorate, counted.rules)
        return {**count_document(counted, rules), "others": others}
