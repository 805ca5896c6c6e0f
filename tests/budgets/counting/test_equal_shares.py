"""Equal Shares: against pabutools, against the cities, and against its own exact arithmetic."""

from dataclasses import replace
from fractions import Fraction

import pytest

from civic_sourcing.budgets.counting import (
    AreaMoney,
    CountRules,
    VoteType,
    count,
    count_votes,
)
from civic_sourcing.budgets.counting.equal_shares import purses
from civic_sourcing.budgets.counting.equal_shares import run as arithmetic
from civic_sourcing.budgets.counting.equal_shares.ground import Ground

from .plain_shares import plain_add1
from .second_opinion import IN_SUITE, OTHER_BALLOTS, SEEDS, pabutools_equal_shares, tied_election

UTILITIES = ("cardinality", "cost")


def winners(election, utility, completion="none"):
    result = count(election, "equal-shares", 0, utility=utility, completion=completion)
    return sorted(result.selected)


@pytest.mark.prove
@pytest.mark.parametrize("vote_type", [VoteType.APPROVAL, *OTHER_BALLOTS])
@pytest.mark.parametrize("add1", [False, True], ids=["plain", "add1"])
@pytest.mark.parametrize("utility", UTILITIES)
def test_winners_are_those_of_pabutools_on_elections_with_many_ties(
    utility, add1, vote_type, proving
):
    for seed in SEEDS if proving else IN_SUITE:
        election = tied_election(seed, vote_type=vote_type)

        found = winners(election, utility, "add1" if add1 else "none")

        second = pabutools_equal_shares(election, by_cost=utility == "cost", add1=add1)
        assert found == second, seed


@pytest.mark.parametrize("utility", UTILITIES)
def test_winners_are_the_same_where_nothing_is_left_to_floating_point(utility, monkeypatch):
    fast = [winners(tied_election(seed), utility, "add1") for seed in SEEDS]

    for module in (arithmetic, purses):
        monkeypatch.setattr(module, "EPSILON", 0.01)
    exact = [winners(tied_election(seed), utility, "add1") for seed in SEEDS]

    assert fast == exact


@pytest.mark.parametrize("vote_type", [VoteType.APPROVAL, VoteType.ORDINAL])
def test_purses_are_put_right_by_what_prices_were_wrong(vote_type):
    put_right = 0
    for seed in SEEDS:
        election = tied_election(seed, most=14, vote_type=vote_type)
        run = finished_run(election)
        before = list(run._purses)
        share_of = float(run.share) * 1e-3
        for project in run.ledger.projects:
            run._taken[project] -= share_of
            for group, (picks, points) in enumerate(run.ground.ballots):
                if before[group] and project in picks:
                    run._purses[group] += share_of * points[picks.index(project)]
                    put_right += 1

        run._refresh()

        exact = [float(run.ledger.purse(group)) for group in range(len(before))]
        assert run._purses == pytest.approx(exact, abs=run._error or 1e-12), seed
    assert put_right > 100


def finished_run(election):
    """A run with the money divided equally, of an election that has ballots."""
    ground = Ground(
        election.projects,
        election.ballots,
        election.vote_type,
        by_cost=True,
        raise_by=1,
        tie_key=lambda project, _: project.position,
    )
    share = Fraction(election.budget) / ground.voters / ground.unit if ground.voters else 0
    return arithmetic.Run(ground, Fraction(share)).finish()


@pytest.mark.parametrize("utility", UTILITIES)
def test_every_purchase_and_its_price_is_that_of_a_count_without_shortcuts(utility):
    for seed in SEEDS[:60]:
        election = tied_election(seed, most=14)

        result = count(election, "equal-shares", 0, utility=utility, completion="add1")

        plain = plain_add1(election, by_cost=utility == "cost")
        paid = [
            (step.project, step.numbers["price"])
            for step in result.steps
            if "price" in step.numbers
        ]
        assert paid == [(name, price * 100 // 1 / Fraction(100)) for name, price in plain], seed


def test_shares_are_raised_by_major_units_whatever_the_money_is_counted_in():
    for seed in SEEDS[:40]:
        election = tied_election(seed)
        rules = CountRules.of_election(election, rule="equal-shares", completion="add1")
        cents = [replace(project, cost=project.cost * 100) for project in election.projects]
        in_cents = replace(rules, areas=(AreaMoney("", election.budget * 100),), raise_by=100)

        result = count_votes(cents, election.electorate, in_cents)

        whole = count_votes(election.projects, election.electorate, rules)
        assert result.selected == whole.selected
