"""The greedy family on small elections of our own, to the tie."""

from fractions import Fraction

import pytest

from civic_sourcing.budgets.counting import (
    FILE_ORDER,
    Ballot,
    Election,
    Outcome,
    PabulibError,
    Project,
    TieRule,
    VoteType,
    count,
    read_pabulib,
    tally,
)

from .elections import approvals, small

FUNDED, BEYOND, SKIPPED = Outcome.FUNDED, Outcome.FUNDED_BEYOND, Outcome.SKIPPED
STOPPED, NOT_REACHED = Outcome.STOPPED, Outcome.NOT_REACHED
BELOW, WITHDRAWN = Outcome.BELOW_THRESHOLD, Outcome.WITHDRAWN


@pytest.mark.parametrize(
    ("name", "rule", "scores", "outcomes", "selected", "left"),
    [
        pytest.param(
            "approval",
            "greedy",
            [3, 3, 2, 1],
            [FUNDED, SKIPPED, FUNDED, FUNDED],
            ("lanterns", "benches", "swings"),
            0,
            id="approval, a tie in file order, a project skipped",
        ),
        pytest.param(
            "single-choice",
            "greedy-no-skip",
            [2, 2, 1, 3],
            [WITHDRAWN, FUNDED, STOPPED, NOT_REACHED],
            ("P/1",),
            500,
            id="single choice, a withdrawn project does not stop the count",
        ),
        pytest.param(
            "partial-last",
            "greedy-partial-last",
            [4, 2, 2],
            [FUNDED, BEYOND, NOT_REACHED],
            ("N1", "N2"),
            -100,
            id="exactly 80 percent left is enough",
        ),
        pytest.param(
            "cumulative",
            "greedy",
            [15, 15, 7, 6],
            [FUNDED, FUNDED, SKIPPED, BELOW],
            ("1", "2"),
            0,
            id="cumulative, as many points as the threshold are enough",
        ),
        pytest.param(
            "scoring",
            "greedy",
            [Fraction(3, 10), Fraction(3, 10), Fraction(1, 20)],
            [FUNDED, FUNDED, SKIPPED],
            ("x", "y"),
            0,
            id="scoring, decimals add up exactly",
        ),
        pytest.param(
            "ordinal",
            "greedy",
            [3, 4, 5, 1],
            [FUNDED, FUNDED, FUNDED, SKIPPED],
            ("r3", "r2", "r1"),
            0,
            id="ordinal, points by the length of the ballot",
        ),
    ],
)
def test_small_election_is_counted_as_it_announces(name, rule, scores, outcomes, selected, left):
    election = read_pabulib(small(name))

    result = count(election)

    assert list(result.scores.values()) == scores
    assert [step.outcome for step in result.steps] == outcomes
    assert (result.rule, result.selected, result.left) == (rule, selected, left)


def test_equal_scores_keep_the_order_of_the_file():
    election = approvals({"b": 10, "a": 10, "c": 10}, ["a", "b", "c"], budget=20)

    result = count(election, "greedy", tie=FILE_ORDER)

    assert result.selected == ("b", "a")


def test_equal_scores_obey_the_tie_rule_that_is_given():
    election = approvals({"b": 10, "a": 10, "c": 10}, ["a", "b", "c"], budget=20)
    by_id = TieRule("id", key=lambda project: project.id)

    result = count(election, "greedy", tie=by_id)

    assert result.selected == ("a", "b")


@pytest.mark.parametrize(
    ("left", "funded"),
    [
        pytest.param(79, False, id="79 of 100"),
        pytest.param(80, True, id="80 of 100"),
        pytest.param(99, True, id="99 of 100"),
    ],
)
def test_poznans_rule_funds_the_last_project_from_80_percent(left, funded):
    election = approvals({"first": 100, "last": 100}, ["first last", "first"], budget=100 + left)

    result = count(election, "greedy-partial-last")

    assert ("last" in result.selected) is funded


def test_poznans_rule_ends_after_the_partly_covered_project():
    election = approvals({"big": 100, "free": 0}, ["big", "big free"], budget=90)

    result = count(election, "greedy-partial-last")

    assert (result.selected, result.spent, result.left) == (("big",), 100, -10)


def test_project_nobody_voted_for_is_never_funded():
    election = approvals({"wanted": 10, "unknown": 10}, ["wanted"], budget=20)

    result = count(election, "greedy")

    assert result.selected == ("wanted",)
    assert [step.outcome for step in result.steps] == [FUNDED, Outcome.NO_VOTES]


def test_announced_threshold_holds_for_any_rule_until_another_is_given():
    election = read_pabulib(small("cumulative"))

    assert count(election, "greedy-no-skip").threshold == 7
    assert count(election, "greedy-no-skip", 0).threshold == 0


def test_below_the_threshold_nothing_stops_the_count():
    election = approvals({"a": 10, "dear": 99, "b": 5}, ["a b", "a b", "dear"], budget=20)

    result = count(election, "greedy-no-skip", 2)

    assert result.selected == ("a", "b")


def test_unknown_rule_is_named_with_those_that_exist():
    with pytest.raises(ValueError, match=r"greedy-no-skip.*'lottery'"):
        count(approvals({"a": 1}, [], budget=1), "lottery")


@pytest.mark.parametrize(("cost", "budget"), [(-1, 1), (1, -1)], ids=["cost", "budget"])
def test_negative_money_is_refused(cost, budget):
    with pytest.raises(ValueError, match="negative"):
        count(approvals({"a": cost}, [], budget=budget), "greedy")


@pytest.mark.parametrize(
    ("announced", "comment", "code"),
    [
        pytest.param(None, "", "rule-missing", id="none"),
        pytest.param("greedy-custom", "", "rule-custom", id="custom without a comment"),
        pytest.param(
            "greedy-custom",
            "until the next project does not fit, then at least 70% of it",
            "rule-custom",
            id="custom with another share",
        ),
        pytest.param("greedy-threshold", "", "threshold-missing", id="threshold without one"),
        pytest.param("equalshares/add1", "", "rule-unknown", id="Equal Shares"),
    ],
)
def test_rule_that_cannot_be_known_is_refused_not_guessed(announced, comment, code):
    election = approvals({"a": 1}, ["a"], 1, rule=announced, meta={"comment": comment})

    with pytest.raises(PabulibError) as refusal:
        count(election)

    assert (refusal.value.code, refusal.value.field) == (code, "rule")


def test_threshold_of_the_caller_serves_a_rule_that_needs_one():
    election = approvals({"a": 1, "b": 1}, ["a"], 2, rule="greedy-threshold")

    assert count(election, threshold=1).selected == ("a",)


def test_exclusive_rule_is_counted_as_greedy_and_says_so():
    result = count(read_pabulib(small("ordinal")))

    assert [remark.code for remark in result.remarks] == ["exclusive"]


def test_merged_ballots_weigh_as_often_as_they_were_cast():
    projects = (Project("a", 1), Project("b", 1, position=1))
    ballots = (Ballot(("b", "a"), times=3), Ballot((), times=2), Ballot(("a",)))

    election = Election(projects, ballots, 1, VoteType.ORDINAL)

    assert (tally(election), election.ballot_count) == ({"a": 4, "b": 6}, 6)
