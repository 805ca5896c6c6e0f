"""Elections with many ties, and what pabutools makes of an election: a second opinion."""

import random
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest

from civic_sourcing.budgets.counting import (
    Ballot,
    Election,
    Project,
    Tie,
    VoteType,
    tally,
    tie_rule,
)
from civic_sourcing.budgets.counting.amounts import Amount

SEEDS = range(200)
IN_SUITE = SEEDS[:70]

OTHER_BALLOTS = (VoteType.CUMULATIVE, VoteType.SCORING, VoteType.ORDINAL)
"""Ballots with points of their own, and rankings; the points of these are ours, see below."""


def tied_election(
    seed: int, most: int = 8, vote_type: VoteType = VoteType.APPROVAL, voters: int = 30
) -> Election:
    """A small election in which costs and votes are often the same."""
    chance = random.Random(seed)
    names = [f"p{number}" for number in range(chance.randint(1, most))]
    unit = chance.choice([1, 1, 7, 100])
    costs = [chance.choice([1, 2, 2, 3, 6]) * unit for _ in names]
    picks = [
        chance.sample(names, chance.randint(0, min(4, len(names))))
        for _ in range(chance.randint(1, voters))
    ]
    budget = chance.randint(1, sum(costs) + 1)
    projects = [
        Project(n, c, position=p) for p, (n, c) in enumerate(zip(names, costs, strict=True))
    ]
    if vote_type is not VoteType.ORDINAL:
        picks = [sorted(named, key=names.index) for named in picks]
    points = [tuple(chance.randint(0, 3) for _ in named) for named in picks]
    ballots = [
        Ballot(tuple(named), given if vote_type.has_points else None)
        for named, given in zip(picks, points, strict=True)
    ]
    return Election(tuple(projects), tuple(ballots), budget, vote_type)


def points_of(ballot: Ballot, vote_type: VoteType) -> Iterable[Amount]:
    """
    What a ballot gives to each project it names.

    pabutools has Borda points, too, but its last place has none; those here and in the files of
    Krakow give it one. So rankings are handed over as points.
    """
    if vote_type is VoteType.ORDINAL:
        return range(len(ballot.projects), 0, -1)
    return ballot.points or [1] * len(ballot.projects)


def pabutools_greedy(election: Election, tie: Tie = Tie.ORDER, seed: str = "") -> list[str]:
    """Winners by pabutools, without those that nobody voted for."""
    rules = pytest.importorskip("pabutools.rules")
    instance, profile, sat_class = _points_and_costs(election)
    winners = rules.greedy_utilitarian_welfare(
        instance, profile, sat_class=sat_class, tie_breaking=_ties(election, tie, seed)
    )
    scores = tally(election)
    return sorted(project.name for project in winners if scores[project.name])


def pabutools_equal_shares(election: Election, *, by_cost: bool, add1: bool) -> list[str]:
    """Winners by Equal Shares as pabutools counts it, ties in the order of the projects."""
    rules = pytest.importorskip("pabutools.rules")
    approvals = election.vote_type in (VoteType.APPROVAL, VoteType.CHOOSE_1)
    build = _approvals if approvals else _points_and_costs
    instance, profile, sat_class = build(election, by_cost=by_cost)
    winners = rules.method_of_equal_shares(
        instance,
        profile,
        sat_class=sat_class,
        tie_breaking=_ties(election, Tie.ORDER),
        voter_budget_increment=Fraction(1) if add1 else None,
    )
    return sorted(project.name for project in winners)


def _ties(election: Election, tie: Tie, seed: str = "") -> Any:
    tiebreaking = pytest.importorskip("pabutools.tiebreaking")
    ours = {project.id: project for project in election.projects}
    key = tie_rule(tie, seed).key
    return tiebreaking.TieBreakingRule(lambda _i, _p, project: key(ours[project.name]))


def _instance(election: Election) -> tuple[Any, dict[str, Any]]:
    pabutools = pytest.importorskip("pabutools.election")
    projects = {p.id: pabutools.Project(p.id, p.cost) for p in election.projects if not p.withdrawn}
    return pabutools.Instance(projects.values(), budget_limit=election.budget), projects


def _approvals(election: Election, *, by_cost: bool) -> tuple[Any, Any, Any]:
    pabutools = pytest.importorskip("pabutools.election")
    instance, projects = _instance(election)
    profile = pabutools.ApprovalMultiProfile(instance=instance)
    for ballot in election.ballots:
        named = [projects[name] for name in ballot.projects if name in projects]
        profile[pabutools.FrozenApprovalBallot(named)] += ballot.times
    return instance, profile, pabutools.Cost_Sat if by_cost else pabutools.Cardinality_Sat


def _points_and_costs(election: Election, *, by_cost: bool = True) -> tuple[Any, Any, Any]:
    """A profile of points, or of points times costs, which greedy divides by costs again."""
    pabutools = pytest.importorskip("pabutools.election")
    instance, projects = _instance(election)
    worth = {p.id: p.cost if by_cost else 1 for p in election.projects}
    profile = pabutools.CardinalMultiProfile(instance=instance)
    for ballot in election.ballots:
        pairs = zip(ballot.projects, points_of(ballot, election.vote_type), strict=True)
        named = {projects[name]: p * worth[name] for name, p in pairs if name in projects}
        profile[pabutools.FrozenCardinalBallot(named)] += ballot.times
    return instance, profile, pabutools.Additive_Cardinal_Sat
