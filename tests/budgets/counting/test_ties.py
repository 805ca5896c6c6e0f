"""Equal scores: four rules, none of which leaves anything to chance that nobody can repeat."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.counting import (
    Project,
    Tie,
    VoteType,
    count,
    count_votes,
    draw,
    lot,
    tie_rule,
)
from civic_sourcing.budgets.counting.plan import CountRules
from tests.rich import examples

from .elections import approvals
from .test_properties import elections
from .votes import counted, money, projects

TIED = ["10", "2", "A2", "A10", "B"]


@pytest.mark.parametrize(
    ("tie", "first"),
    [
        pytest.param("order", ["10", "2", "A2", "A10", "B"], id="order"),
        pytest.param("number", ["2", "10", "A2", "A10", "B"], id="number"),
        pytest.param("cost", ["B", "2", "10", "A2", "A10"], id="cost, then number"),
        pytest.param("lot", draw("2026-05-04", map(Project, TIED, [1] * 5)), id="lot"),
    ],
)
def test_equal_scores_are_decided_by_the_rule_that_is_named(tie, first):
    costs = {name: 1 if name == "B" else 2 for name in TIED}

    result = count(approvals(costs, TIED, 99), "greedy", tie=tie, seed="2026-05-04")

    assert list(result.selected) == first
    assert {step.numbers["tie"] for step in result.steps} == {tie}
    assert {step.numbers["tied"] for step in result.steps} == {4}


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@pytest.mark.parametrize(("tie", "first"), [("number", "2"), ("order", "10")])
def test_of_what_costs_nothing_equal_shares_takes_the_first_by_the_rule_that_is_named(
    tie, first, utility
):
    """As projects may exclude each other, this says who wins."""
    rules = CountRules(areas=money(_=99), rule="equal-shares", utility=utility, tie=tie)

    result = counted(projects("10 0", "2 0"), ["10", "2"], rules, exclusive=(("10", "2"),))

    assert result.selected == (first,)


def test_lot_can_be_drawn_again_with_any_tool():
    drawn = hashlib.sha256(b"5 11 19 23 31 40\n7").hexdigest()

    assert lot("5 11 19 23 31 40", "7") == drawn
    assert draw(" 5 11 19\n", map(Project, "abc", [1] * 3)) == draw(
        "5 11 19", map(Project, "cab", [1] * 3)
    )


def test_draw_is_fair_over_many_seeds():
    first = [draw(f"seed {number}", map(Project, "abcd", [1] * 4))[0] for number in range(2000)]

    assert all(430 < first.count(name) < 570 for name in "abcd")


@pytest.mark.parametrize(("tie", "seed"), [("lot", " "), ("dice", "1")], ids=["seed", "name"])
def test_tie_rule_that_cannot_be_applied_is_refused(tie, seed):
    with pytest.raises(ValueError, match=r"seed|one of order"):
        tie_rule(tie, seed)


def test_numbers_too_long_for_arithmetic_are_still_in_order():
    rows = projects(f"{'9' * 5000} 1", f"1{'0' * 5000} 1", "7 1")

    result = counted(rows, [" ".join(row.id for row in rows)], 9, tie=Tie.NUMBER)

    assert [len(name) for name in result.selected] == [1, 5000, 5001]


@examples(2000)
@given(elections(), st.sampled_from(["cost", "number", "lot"]), st.randoms())
def test_order_of_projects_matters_only_where_it_is_the_tie_rule(election, tie, random):
    shuffled = list(election.projects)
    random.shuffle(shuffled)
    moved = [replace(project, position=place) for place, project in enumerate(shuffled)]
    rules = CountRules.of_election(election, tie=Tie(tie), seed="x")
    ballots = replace(election, ballots=tuple(_in_order(election, shuffled)))

    result = count_votes(moved, ballots.electorate, rules)

    before = count_votes(election.projects, election.electorate, rules)
    assert (result.steps, result.selected) == (before.steps, before.selected)


def _in_order(election, order):
    """Picks of all but rankings stand in the order of the projects."""
    places = {project.id: place for place, project in enumerate(order)}
    for ballot in election.ballots:
        if election.vote_type is VoteType.ORDINAL:
            yield ballot
            continue
        points = ballot.points or [None] * len(ballot.projects)
        pairs = sorted(zip(ballot.projects, points, strict=True), key=lambda p: places[p[0]])
        picks = tuple(name for name, _ in pairs)
        given = None if ballot.points is None else tuple(value for _, value in pairs)
        yield ballot._replace(projects=picks, points=given)
