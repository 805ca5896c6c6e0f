"""Elections with many ties, and what pabutools makes of an election: a second opinion."""

import random
from fractions import Fraction

import pytest

from civic_sourcing.budgets.counting import Election

from .elections import approvals

SEEDS = range(200)


def tied_election(seed: int, most: int = 8) -> Election:
    """A small approval election in which costs and votes are often the same."""
    chance = random.Random(seed)
    names = [f"p{number}" for number in range(chance.randint(1, most))]
    unit = chance.choice([1, 1, 7, 100])
    costs = {name: chance.choice([1, 2, 2, 3, 6]) * unit for name in names}
    votes = [
        " ".join(chance.sample(names, chance.randint(0, min(4, len(names)))))
        for _ in range(chance.randint(1, 30))
    ]
    budget = chance.randint(1, sum(costs.values()) + 1)
    return approvals(costs, votes, budget)


def pabutools_equal_shares(election: Election, *, by_cost: bool, add1: bool) -> list[str]:
    """Winners by Equal Shares as pabutools counts it, ties in the order of the projects."""
    pabutools = pytest.importorskip("pabutools.election")
    rules = pytest.importorskip("pabutools.rules")
    tiebreaking = pytest.importorskip("pabutools.tiebreaking")
    places = {project.id: project.position for project in election.projects}
    projects = {p.id: pabutools.Project(p.id, p.cost) for p in election.projects}
    instance = pabutools.Instance(projects.values(), budget_limit=election.budget)
    profile = pabutools.ApprovalMultiProfile(instance=instance)
    for ballot in election.ballots:
        named = pabutools.FrozenApprovalBallot([projects[name] for name in ballot.projects])
        profile[named] += ballot.times
    winners = rules.method_of_equal_shares(
        instance,
        profile,
        sat_class=pabutools.Cost_Sat if by_cost else pabutools.Cardinality_Sat,
        tie_breaking=tiebreaking.TieBreakingRule(lambda _i, _p, project: places[project.name]),
        voter_budget_increment=Fraction(1) if add1 else None,
    )
    return sorted(project.name for project in winners)
