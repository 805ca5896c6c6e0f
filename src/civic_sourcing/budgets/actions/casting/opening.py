from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.ballots import OpenPoint, Rulebook
from civic_sourcing.budgets.casting.keys import make_key
from civic_sourcing.budgets.freezing import lock_process
from civic_sourcing.budgets.models import (
    BudgetRules,
    Project,
    VoteArea,
    VoteCategory,
    VoteRun,
)
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.rulebooks import findings, rulebook_of
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process

REHEARSED = timedelta(days=7)
"""How long a rehearsal is open where nobody says otherwise."""

WITHOUT_IN_REHEARSAL = frozenset(
    {
        "no-eligibility", "nobody-eligible", "group-nobody", "group-twice", "weight-range",
        "weights-sum", "winner-missing", "lot-seed", "threshold-range", "quorum-range", "no-voting",
        "phase-twice", "phase-ends-first", "phase-order", "count-before-close", "voting-endless",
        "voting-over", "winners-twice", "winners-order", "winners-least", "winners-sets",
        "winners-money",
    }
)  # fmt: skip
"""Open points that do not keep anybody from filling in a ballot."""


class PrepareVote(Action[Process]):
    """
    Make a run of a vote, ``kind`` real or rehearsal, with a key of its own. Returns the run.

    A vote is held once (``prepared-before``); it can be rehearsed as often as it takes.
    """

    verb = "prepare_vote"
    policy = runs_votes

    kind: str

    def check(self) -> None:
        if self.kind not in (VoteRun.Kind.REAL, VoteRun.Kind.REHEARSAL):
            raise ValueError(f"kind must be real or rehearsal, not {self.kind!r}.")
        if self.kind == VoteRun.Kind.REAL and VoteRun.objects.of(self.subject):
            raise ActionRefused(_("This vote was already prepared."), code="prepared-before")

    def perform(self) -> VoteRun:
        run = VoteRun.objects.create(process=self.subject, kind=self.kind)
        make_key(run)
        return run

    def audit_details(self) -> dict[str, Any]:
        return {"run": str(self.result.uuid), "kind": str(self.kind)}


class NotReady(ActionRefused):
    """The set-up has ``points``, each an ``OpenPoint``, with which no vote opens."""

    sentence = _(
        "The vote cannot open yet: points of its set-up are missing or contradict each other. "
        "Their number: %(number)d."
    )

    def __init__(self, points: Sequence[OpenPoint]) -> None:
        super().__init__(self.sentence, code="open-points", number=len(points))
        self.points = tuple(points)


class OpenVote(RunAction):
    """
    Freeze the rules of a prepared run as its rulebook and let people vote.

    The rulebook is made of the vote's rows, which nobody can change meanwhile, and no longer
    afterwards. A real vote runs in its phase “voting” and waits until its rehearsals are erased
    (``rehearsal``); a rehearsal runs from now to ``closes_at``, a week if not given. Raises
    ``NotReady`` where something is missing or contradictory; a rehearsal does without dates, voters
    and weights.
    """

    verb = "open_vote"
    policy = runs_votes

    rulebook: Rulebook
    closes_at: datetime | None = None

    def fresh_subject(self) -> VoteRun:
        """Lock the process and its rules as well, in the order in which actions do."""
        lock_process(self.subject.process_id, using=self.using)
        lock_rules(self.subject.process_id, using=self.using)
        run: VoteRun = super().fresh_subject()
        return run

    def check(self) -> None:
        run = self.subject
        refuse_unless(run, State.PREPARED)
        rehearsals = VoteRun.objects.filter(process=run.process_id, kind=VoteRun.Kind.REHEARSAL)
        if run.kind == VoteRun.Kind.REAL and rehearsals.exists():
            raise ActionRefused(
                _("Please erase the rehearsal before the vote opens."), code="rehearsal"
            )
        points = findings(run.process, self.at)
        if run.kind == VoteRun.Kind.REHEARSAL:
            points = [point for point in points if point.code not in WITHOUT_IN_REHEARSAL]
        if points:
            raise NotReady(points)
        self.rulebook = rulebook_of(run.process)
        self.opens, self.closes = self._times()
        if not self.at < self.closes or not self.opens < self.closes:
            raise ActionRefused(_("A vote closes after it opens, and in the future."), code="dates")

    def perform(self) -> VoteRun:
        run = self.subject
        run.state = State.OPEN
        run.rulebook, run.digest = self.rulebook.canonical(), self.rulebook.digest
        run.opens_at, run.closes_at = self.opens, self.closes
        run.save(update_fields=["state", "rulebook", "digest", "opens_at", "closes_at"])
        return run

    def audit_details(self) -> dict[str, Any]:
        return {
            "rulebook": self.subject.digest,
            "opens_at": self.opens.isoformat(),
            "closes_at": self.closes.isoformat(),
        }

    def _times(self) -> tuple[datetime, datetime]:
        if self.subject.kind == VoteRun.Kind.REHEARSAL:
            return self.at, self.closes_at or self.at + REHEARSED
        voting = next(phase for phase in self.rulebook.phases if phase.kind == "voting")
        assert voting.closes_at is not None
        return voting.opens_at, voting.closes_at


def lock_rules(process: int, *, using: str) -> None:
    """Wait for changes of the rows of rules and projects, and keep them until the vote is open."""
    for rows in (
        BudgetRules.objects.filter(process=process),
        VoteArea.objects.filter(process=process),
        VoteCategory.objects.filter(process=process),
        Project.objects.filter(process=process),
    ):
        list(rows.using(using).order_by("pk").select_for_update().values_list("pk"))
