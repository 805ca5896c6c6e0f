"""
Greedy, beside pabutools: the same winners.

Two differences are ours on purpose and taken out before comparing: pabutools also funds projects
nobody voted for, and its greedy rule goes by points for each coin; with a utility of points times
cost that is by points.
"""

import pytest

from civic_sourcing.budgets.counting import Tie, VoteType, count, read_pabulib, tally, tie_rule
from tests.shared import PABULIB

from .elections import NO_OFFICIAL, OFFICIAL
from .second_opinion import SEEDS, tied_election

IN_SUITE = 100_000
"""Bytes of the largest file counted twice in the suite; pabutools takes minutes for others."""


def pabutools_greedy(election, tie=Tie.ORDER, seed=""):
    """Winners by pabutools, without those that nobody voted for."""
    pabutools = pytest.importorskip("pabutools.election")
    rules = pytest.importorskip("pabutools.rules")
    tiebreaking = pytest.importorskip("pabutools.tiebreaking")
    ours = {project.id: project for project in election.projects}
    key = tie_rule(tie, seed).key
    projects = {p.id: pabutools.Project(p.id, p.cost) for p in election.projects if not p.withdrawn}
    instance = pabutools.Instance(projects.values(), budget_limit=election.budget)
    profile = pabutools.CardinalMultiProfile(instance=instance)
    for ballot in election.ballots:
        pairs = zip(ballot.projects, points_of(ballot, election.vote_type), strict=True)
        named = {projects[name]: p * ours[name].cost for name, p in pairs if name in projects}
        profile[pabutools.FrozenCardinalBallot(named)] += ballot.times
    winners = rules.greedy_utilitarian_welfare(
        instance,
        profile,
        sat_class=pabutools.Additive_Cardinal_Sat,
        tie_breaking=tiebreaking.TieBreakingRule(lambda _i, _p, project: key(ours[project.name])),
    )
    scores = tally(election)
    return sorted(project.name for project in winners if scores[project.name])


def points_of(ballot, vote_type):
    if vote_type is VoteType.ORDINAL:
        return range(len(ballot.projects), 0, -1)
    return ballot.points or [1] * len(ballot.projects)


@pytest.mark.parametrize("tie", Tie)
def test_greedy_has_the_winners_of_pabutools_on_elections_with_many_ties(tie):
    for seed in SEEDS:
        election = tied_election(seed)

        ours = count(election, "greedy", tie=tie, seed="neulbom")

        assert sorted(ours.selected) == pabutools_greedy(election, tie, "neulbom"), seed


@pytest.mark.prove
@pytest.mark.skipif(not OFFICIAL, reason=NO_OFFICIAL)
def test_greedy_has_the_winners_of_pabutools_on_published_elections(proving):
    paths = [PABULIB / name for name in OFFICIAL]
    for path in paths if proving else [p for p in paths if p.stat().st_size <= IN_SUITE]:
        election = read_pabulib(path)

        ours = count(election, "greedy", 0)

        assert sorted(ours.selected) == pabutools_greedy(election), path.name
