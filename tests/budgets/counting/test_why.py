"""Every project gets its reason, with numbers that are true."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.counting import (
    RULES,
    Ballot,
    Count,
    CountRules,
    Electorate,
    GroupWeight,
    Least,
    Of,
    Outcome,
    Papers,
    VoteType,
    count,
    count_votes,
    why,
)
from civic_sourcing.budgets.counting.compare import compare, every_rule
from civic_sourcing.budgets.counting.explaining import explained
from civic_sourcing.budgets.counting.plan import AreaMoney, CategoryWinners, Need
from civic_sourcing.budgets.counting.ties import Tie
from tests.rich import examples

from .elections import approvals
from .test_properties import elections
from .votes import ballots, counted, projects

GREEDY = ["greedy", "greedy-no-skip", "greedy-partial-last"]


def test_skipped_project_is_told_what_was_left_and_how_many_votes_it_lacked():
    result = count(approvals({"a": 60, "b": 50}, ["a", "a", "a", "b"], 100), "greedy")

    reason = why(result, "b")

    assert (reason.code, reason.funded) == (Outcome.SKIPPED, False)
    assert reason.numbers == {
        "score": 1,
        "cost": 50,
        "left": 40,
        "turn": 2,
        "turns": 2,
        "voters": 1,
        "budget": 100,
        "more": 3,
    }


def test_project_below_the_threshold_is_told_how_many_supporters_it_lacked():
    result = counted(projects("a 1"), ["8*a"], 10, threshold=Least(20))

    assert why(result, "a").numbers["missing"] == 12


def test_project_dearer_than_all_the_money_is_promised_nothing():
    result = count(approvals({"a": 60, "b": 500}, ["a", "b"], 100), "greedy")

    assert "more" not in why(result, "b").numbers


def test_project_that_is_not_there_has_no_reason():
    with pytest.raises(KeyError):
        why(count(approvals({"a": 1}, ["a"], 1), "greedy"), "z")


@examples(2000)
@given(elections(), st.sampled_from(GREEDY), st.sampled_from(list(Tie)))
def test_points_said_to_be_missing_are_just_enough(election, rule, tie):
    election = replace(election, vote_type=VoteType.APPROVAL)
    election = replace(election, ballots=tuple(b._replace(points=None) for b in election.ballots))
    rules = CountRules.of_election(election, rule=rule, tie=tie, seed="s")
    result = count_votes(election.projects, election.electorate, rules)
    reasons = {step.project: why(result, step.project).numbers for step in result.steps}

    def funded_with(project, more):
        votes = (*election.ballots, Ballot((project,), times=more))
        again = replace(election, ballots=votes)
        return project in count_votes(again.projects, again.electorate, rules).selected

    told = {project: n["more"] for project, n in reasons.items() if "more" in n}
    assert all(funded_with(project, more) for project, more in told.items())
    assert not any(funded_with(project, more - 1) for project, more in told.items() if more > 1)


@examples(2000)
@given(elections(), st.sampled_from(sorted(RULES)))
def test_every_project_is_explained_in_words(election, rule):
    result = count(election, rule)

    sentences = {p.id: explained(result, p.id) for p in election.projects}

    assert {name for name, said in sentences.items() if said.startswith("funded.")} == set(
        result.selected
    )


RICH = CountRules(
    areas=(AreaMoney("n", 100), AreaMoney("s", Fraction(1, 3), town_wide=True)),
    tie=Tie.LOT,
    seed="lottery of 5 May",
    raise_by=100,
    threshold=Least(Fraction("2.5"), Of.PERCENT),
    quorum=Least(1),
    apart=True,
    categories=(CategoryWinners("green", 1, 2),),
    exclusive=(("a", "b"),),
    dependencies=(Need("c", "a"),),
    groups=(GroupWeight("x", 70), GroupWeight("y", 30)),
)


def test_count_and_its_rules_survive_being_written_down():
    rows = projects("a 10 n green", "b 10 n", "c 10 n", "d 10 s!")
    voters = (Papers(ballots("3*a b", "c"), group="x"), Papers(ballots("7*c d"), group="y"))
    result = count_votes(rows, Electorate(voters, eligible=20), RICH)

    text = json.dumps(result.to_document())

    assert Count.from_document(json.loads(text)) == result
    assert [why(Count.from_document(json.loads(text)), p.id) for p in rows] == [
        why(result, p.id) for p in rows
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"more": 1}, id="a key too many"),
        pytest.param({"rule": 7}, id="a rule that is no text"),
        pytest.param({"tie": "dice"}, id="an unknown tie rule"),
        pytest.param({"areas": [{"code": "n", "budget": 1.5}]}, id="money in floating point"),
        pytest.param({"areas": [{"name": "n"}]}, id="a part of another kind"),
        pytest.param({"threshold": {"value": "1e3", "of": "count"}}, id="an exponent"),
    ],
)
def test_rules_of_another_form_are_refused(change):
    with pytest.raises(ValueError, match=r"."):
        CountRules.from_document({**RICH.to_document(), **change})


def test_rules_are_compared_by_what_they_mean_for_voters():
    rows = projects("big 100 north", "one 50 south", "two 50 south")
    areas = (AreaMoney("", 100),)
    voters = Electorate((Papers(ballots("3*big", "2*one two", "")),))
    plain = [replace(row, area="") for row in rows]
    district = {row.id: row.area for row in rows}

    (by_votes,) = compare(
        plain, voters, [CountRules(areas=areas)], district=lambda p: district[p.id]
    )

    assert (by_votes.served, by_votes.served_share) == (3, Fraction(1, 2))
    assert (by_votes.satisfaction, by_votes.money) == (Fraction(1, 2), 50)
    assert (by_votes.share_of("north"), by_votes.share_of("south")) == (1, 0)
    assert [each.rule for each in every_rule(CountRules(areas=areas))][:3] == GREEDY
