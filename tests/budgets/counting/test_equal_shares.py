"""Equal Shares: against pabutools, against the cities, and against its own exact arithmetic."""

import pytest

from civic_sourcing.budgets.counting import count
from civic_sourcing.budgets.counting.equal_shares import run as arithmetic

from .second_opinion import SEEDS, pabutools_equal_shares, tied_election

UTILITIES = ("cardinality", "cost")


def winners(election, utility, completion="none"):
    result = count(election, "equal-shares", 0, utility=utility, completion=completion)
    return sorted(result.selected)


@pytest.mark.parametrize("add1", [False, True], ids=["plain", "add1"])
@pytest.mark.parametrize("utility", UTILITIES)
def test_winners_are_those_of_pabutools_on_elections_with_many_ties(utility, add1):
    for seed in SEEDS:
        election = tied_election(seed)

        found = winners(election, utility, "add1" if add1 else "none")

        second = pabutools_equal_shares(election, by_cost=utility == "cost", add1=add1)
        assert found == second, seed


@pytest.mark.parametrize("utility", UTILITIES)
def test_winners_are_the_same_where_nothing_is_left_to_floating_point(utility, monkeypatch):
    fast = [winners(tied_election(seed), utility, "add1") for seed in SEEDS]

    monkeypatch.setattr(arithmetic, "EPSILON", 0.01)
    exact = [winners(tied_election(seed), utility, "add1") for seed in SEEDS]

    assert fast == exact
