"""Between stored ballots and the pure counting rules: elections in, elections out, documents."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from civic_sourcing.budgets.counting.amounts import Amount, parse_amount, plain
from civic_sourcing.budgets.counting.model import Ballot as CastBallot
from civic_sourcing.budgets.counting.model import Election, VoteType
from civic_sourcing.budgets.counting.model import Project as PaperProject
from civic_sourcing.budgets.models import Ballot, BudgetRules, Project
from civic_sourcing.budgets.models.ballots import canonical_json
from civic_sourcing.budgets.rules import BallotType
from civic_sourcing.core.money import minor_digits

if TYPE_CHECKING:
    from civic_sourcing.budgets.counting.count import Count
    from civic_sourcing.processes.models import Process

COUNTED_AS: dict[str, VoteType] = {
    BallotType.KNAPSACK: VoteType.APPROVAL,
    BallotType.YES_NO: VoteType.CUMULATIVE,
}
"""Kinds of ballot that published files do not have, and the one whose scores are summed alike."""


def ballot_content(ballot: CastBallot) -> str:
    """Return what is stored of a ballot: its projects and points, as canonical JSON."""
    content: dict[str, Any] = {"vote": ballot.projects}
    if ballot.points is not None:
        content["points"] = [_number(points) for points in ballot.points]
    return canonical_json(content)


def cast_ballot(content: str, number: int = 1) -> CastBallot:
    """
    Return ``number`` equal ballots from the stored content; the reverse of ``ballot_content``.
    """
    document = json.loads(content)
    points = document.get("points")
    return CastBallot(
        projects=tuple(document["vote"]),
        points=None if points is None else tuple(_amount(value) for value in points),
        times=number,
    )


def stored_election(process: Process, rules: BudgetRules) -> Election:
    """
    Return the vote as counting sees it, from its stored ballots. Money is in minor units.

    Equal ballots are read once with their number.
    """
    tally = Ballot.objects.of(process).counted().tally()
    ballots = tuple(cast_ballot(content, number) for content, number in tally.items())
    return replace(election_without_ballots(process, rules), ballots=ballots)


def election_without_ballots(process: Process, rules: BudgetRules) -> Election:
    """Return what ``stored_election`` does, but for the ballots."""
    projects = tuple(
        PaperProject(
            id=project.number,
            cost=project.cost,
            position=project.position,
            withdrawn=project.outcome == Project.Outcome.WITHDRAWN,
        )
        for project in Project.objects.of(process)
    )
    return Election(
        projects=projects,
        ballots=(),
        budget=rules.amount,
        vote_type=COUNTED_AS.get(rules.ballot_type) or VoteType(rules.ballot_type),
        rule=rules.rule,
        threshold=rules.least_score,
        raise_by=10 ** minor_digits(rules.currency),
    )


def count_document(count: Count, rules: BudgetRules) -> dict[str, Any]:
    """Return ``count`` (of an election in minor units) as the document a ``CountResult`` keeps."""
    return {
        **count.to_document(),
        "ballot_type": rules.ballot_type,
        "amount": rules.amount,
        "currency": rules.currency,
    }


def _number(amount: Amount) -> int | str:
    """A whole number as it is, a decimal as text, so that it stays exact."""
    return amount if isinstance(amount, int) else plain(amount)


def _amount(value: int | str) -> Amount:
    return value if isinstance(value, int) else parse_amount(value, signed=True)
