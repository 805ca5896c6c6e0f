from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing import __version__
from civic_sourcing.budgets.ballots import Of, Rulebook, Tie
from civic_sourcing.budgets.counting import count
from civic_sourcing.budgets.elections import count_document, stored_election
from civic_sourcing.budgets.models import BudgetRules, CountResult, Project, VoteRun
from civic_sourcing.budgets.models.ballots import canonical_json
from civic_sourcing.budgets.models.counts import content_digest
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.budgets.signals import ballots_counted
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System
from civic_sourcing.processes.models import Process


class CountBallots(Action[Process]):
    """
    Count the stored ballots of a vote by its rules, as a new version beside earlier counts.

    Marks the projects funded or not funded. Returns the ``CountResult``.
    """

    verb = "count"
    policy = System() | Superuser()
    announces = ballots_counted

    def check(self) -> None:
        self.rules = BudgetRules.objects.filter(process=self.subject).first()
        if self.rules is None:
            raise ActionRefused(
                _("This vote has no rules yet, so it cannot be counted."), code="no-rules"
            )
        self.run = VoteRun.objects.of(self.subject)
        if self.run and self.run.state in (VoteRun.State.PREPARED, VoteRun.State.OPEN):
            raise ActionRefused(
                _("This vote is not closed yet, so it cannot be counted."), code="not-closed"
            )
        if self.run and self.run.polling_places.filter(counted_at=None).exists():
            raise ActionRefused(
                _("There are polling places whose sheets are not all entered."),
                code="paper-open",
            )
        if self.run and self.run.rulebook and asks_for_more(frozen(self.run)):
            raise ActionRefused(
                _(
                    "The rules of this vote ask for more than the counting knows so far, so it was "
                    "not counted. Nothing is lost: the ballots stay as they are."
                ),
                code="not-countable",
            )

    def perform(self) -> CountResult:
        assert self.rules is not None
        counted = count(
            stored_election(self.subject, self.rules),
            self.rules.rule,
            self.rules.least_score,
        )
        content = canonical_json(count_document(counted, self.rules))
        latest = CountResult.objects.latest_of(self.subject)
        result = CountResult.objects.create(
            process=self.subject,
            version=latest.version + 1 if latest else 1,
            content=content,
            digest=content_digest(content),
            created_at=self.at,
            software=f"civic-sourcing {__version__}",
        )
        Project.objects.of(self.subject).mark_outcomes(counted.selected)
        if self.run and self.run.state == VoteRun.State.CLOSED:
            self.run.state = VoteRun.State.COUNTED
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


def asks_for_more(rulebook: Rulebook) -> bool:
    """
    Tell whether these rules say something about winning that ``counting`` does not know: money of
    several areas, groups, a quorum, support in percent, another tie rule, exclusive projects.

    A count that left it out would name wrong winners.
    """
    threshold = rulebook.threshold
    return bool(
        len(rulebook.areas) > 1
        or rulebook.groups
        or rulebook.quorum
        or (threshold and threshold.of == Of.PERCENT)
        or rulebook.tie != Tie.ORDER
        or rulebook.exclusive
        or rulebook.dependencies
        or any(category.least for category in rulebook.categories)
    )
