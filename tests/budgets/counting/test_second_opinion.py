"""
Greedy, beside pabutools: the same winners.

Two differences are ours on purpose and taken out before comparing: pabutools also funds projects
nobody voted for, and its greedy rule goes by points for each coin; with a utility of points times
cost that is by points.
"""

import pytest

from civic_sourcing.budgets.counting import Tie, count, read_pabulib
from tests.shared import PABULIB

from .elections import NO_OFFICIAL, OFFICIAL
from .second_opinion import IN_SUITE, OTHER_BALLOTS, SEEDS, pabutools_greedy, tied_election

LARGEST = 100_000
"""Bytes of the largest file counted twice in the suite; pabutools takes minutes for others."""


@pytest.mark.prove
@pytest.mark.parametrize("tie", Tie)
def test_greedy_has_the_winners_of_pabutools_on_elections_with_many_ties(tie, proving):
    for seed in SEEDS if proving else IN_SUITE:
        election = tied_election(seed)

        ours = count(election, "greedy", tie=tie, seed="neulbom")

        assert sorted(ours.selected) == pabutools_greedy(election, tie, "neulbom"), seed


@pytest.mark.prove
@pytest.mark.parametrize("vote_type", OTHER_BALLOTS)
def test_greedy_has_its_winners_on_points_and_rankings_with_many_ties(vote_type, proving):
    for seed in SEEDS if proving else IN_SUITE:
        election = tied_election(seed, vote_type=vote_type)

        ours = count(election, "greedy")

        assert sorted(ours.selected) == pabutools_greedy(election), seed


@pytest.mark.prove
@pytest.mark.skipif(not OFFICIAL, reason=NO_OFFICIAL)
def test_greedy_has_the_winners_of_pabutools_on_published_elections(proving):
    paths = [PABULIB / name for name in OFFICIAL]
    for path in paths if proving else [p for p in paths if p.stat().st_size <= LARGEST]:
        election = read_pabulib(path)

        ours = count(election, "greedy", 0)

        assert sorted(ours.selected) == pabutools_greedy(election), path.name
