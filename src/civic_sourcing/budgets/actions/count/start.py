from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.ballots import Of, Rulebook, Tie
from civic_sourcing.budgets.counting import RULES
from civic_sourcing.budgets.electorate import eligible_voters
from civic_sourcing.budgets.models import CountJob, CountResult, PaperBatch, VoteRun
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


class StartCount(RunAction):
    """
    Go at the count of a closed vote. Returns the ``CountJob``, which a worker or the tick takes up.

    ``drawn`` is what came out of the announced draw, where ties are drawn: it is asked for once and
    then holds for every later count. ``eligible`` is how many people may vote, where a quorum in
    percent needs it and nobody else knows. Refused while somebody else is counting (``counting``).
    One that was cut off is given up for lost.
    """

    verb = "start_count"
    policy = runs_votes

    drawn: str = ""
    eligible: int | None = None

    def check(self) -> None:
        refuse_unless_countable(self.subject)
        self.rulebook = frozen(self.subject)
        self.drawn = self._draw()
        self.eligible = self._electorate()
        self.lost = self._lost()

    def perform(self) -> CountJob:
        if self.lost is not None:
            self.lost.give_up("stopped")
        return CountJob.objects.create(
            run=self.subject,
            asked_by=self.actor,
            asked_at=self.at,
            beat_at=self.at,
            drawn=self.drawn,
            eligible=self.eligible,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"job": str(self.result.uuid), "lost": str(self.lost.uuid) if self.lost else None}

    def _lost(self) -> CountJob | None:
        """The job of somebody who was cut off; refuses where one is at work."""
        job = CountJob.objects.alive().filter(run=self.subject).first()
        if job is not None and not job.is_dead(self.at):
            raise ActionRefused(
                _("This vote is being counted already. Please wait until that is done."),
                code="counting",
            )
        return job

    def _draw(self) -> str:
        if self.rulebook.tie != Tie.LOT:
            return ""
        known, given = drawn_before(self.subject.process), self.drawn.strip()
        if known and given not in ("", known):
            raise ActionRefused(
                _("The draw is known already, and it stays the same for every count."),
                code="drawn",
            )
        if not known and not given:
            raise ActionRefused(
                _("Equal scores are drawn. Please enter what came out of the announced draw."),
                code="no-draw",
            )
        return known or given

    def _electorate(self) -> int | None:
        known = eligible_voters(self.subject.process)
        if not _in_percent(self.rulebook):
            return known
        if known is None and not self.eligible:
            raise ActionRefused(
                _("The quorum is in percent. Please enter how many people may vote."),
                code="no-electorate",
            )
        return self.eligible if known is None else known


def refuse_unless_countable(run: VoteRun) -> None:
    """Refuse what keeps ``run`` from being counted now."""
    if run.state in (State.PREPARED, State.OPEN):
        raise ActionRefused(
            _("This vote is not closed yet, so it cannot be counted."), code="not-closed"
        )
    refuse_unless(run, State.CLOSED, State.COUNTED)
    if run.kind != VoteRun.Kind.REAL:
        raise ActionRefused(_("A rehearsal is not counted."), code="rehearsal")
    if run.polling_places.filter(counted_at=None).exists():
        raise ActionRefused(
            _("There are polling places whose sheets are not all entered."), code="paper-open"
        )
    if PaperBatch.objects.filter(place__run=run, accepted_at=None).exists():
        raise ActionRefused(
            _("There are sheets being corrected. Accept their batch first."), code="paper-open"
        )
    if is_beyond_counting(frozen(run)):
        raise ActionRefused(
            _(
                "The rules of this vote ask for more than the counting knows so far, so it was "
                "not counted. Nothing is lost: the ballots stay as they are."
            ),
            code="not-countable",
        )


def asked_for(run: VoteRun) -> tuple[str, ...]:
    """What only somebody who runs the vote can tell: names of arguments of ``StartCount``."""
    rulebook, asked = frozen(run), []
    if rulebook.tie == Tie.LOT and not drawn_before(run.process):
        asked.append("drawn")
    if _in_percent(rulebook) and eligible_voters(run.process) is None:
        asked.append("eligible")
    return tuple(asked)


def is_beyond_counting(rulebook: Rulebook) -> bool:
    """Tell whether the rule is one the counting does not know: it would name wrong winners."""
    return rulebook.winner.name not in RULES


def _in_percent(rulebook: Rulebook) -> bool:
    """Whether the quorum is a share of all who may vote."""
    return rulebook.quorum is not None and rulebook.quorum.of == Of.PERCENT


def drawn_before(process: Process) -> str:
    """What came out of the draw, if a count of the vote has used it; else empty."""
    first = CountResult.objects.of(process).last()
    lot = first.document.get("lot") if first else None
    return lot["drawn"] if lot else ""
