"""Each outcome of a count is said in plain words."""

import pytest
from django.utils import translation

from civic_sourcing.budgets.counting import (
    AreaMoney,
    Ballot,
    CountRules,
    Electorate,
    Least,
    Need,
    Outcome,
    Papers,
    Project,
    VoteType,
    count_votes,
)
from civic_sourcing.budgets.counting.plan import CategoryWinners
from civic_sourcing.budgets.exports.public import public_document
from civic_sourcing.budgets.reasons import Explained

PROJECTS = (
    Project(id="1", cost=600, position=0, category="green"),
    Project(id="2", cost=500, position=1, category="green"),
    Project(id="3", cost=300, position=2),
    Project(id="4", cost=100, position=3),
)
TITLES = {"1": "Bandstand", "2": "Skating rink", "3": "Nest boxes", "4": "Bench"}
BALLOTS = (
    Ballot(("1", "2"), times=3),
    Ballot(("1",), times=2),
    Ballot(("3",), times=3),
)


def said(
    number,
    *,
    budget=1000,
    projects=PROJECTS,
    ballots=BALLOTS,
    ballot_type="approval",
    **rules,
):
    rules = CountRules(areas=(AreaMoney("", budget),), **rules)
    counted = count_votes(projects, Electorate((Papers(ballots),)), rules)
    document = {
        **counted.to_document(),
        "ballot_type": ballot_type,
        "currency": "KRW",
        "amount": budget,
    }
    with translation.override("en"):
        return Explained(document, TITLES, {"green": "Green town"}).step(number).reason


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize(
    "numbers",
    [{}, {"price": "1/3", "supporters_left": "25/2", "tied": 2, "tie": "lot", "needed": 3}],
    ids=["bare", "with numbers"],
)
def test_every_outcome_has_a_sentence(outcome, numbers):
    turn = {"score": "401/3", "cost": 500, "left_before": 400, "outcome": outcome}
    document = {
        "ballot_type": "scoring",
        "currency": "KRW",
        "threshold": 2,
        "selected": [],
        "spent": 0,
        "left": 400,
        "rule": "greedy",
        "ballots": 4,
        "scores": {"7": "401/3"},
        "steps": [{"project": "7", **turn, "numbers": numbers}],
    }

    told = Explained(document).step("7").reason

    assert len(told) > 20
    assert "%" not in told.replace("80 %", "")


@pytest.mark.parametrize(
    ("number", "rules", "expected"),
    [
        pytest.param("1", {}, "It had 5 votes. When its turn came, ₩1,000 were left", id="funded"),
        pytest.param(
            "2",
            {},
            "It had 3 votes. When its turn came, only ₩400 were left, and it costs ₩500. With 3 "
            "more votes its turn would have come while enough was left. 1 other project had as "
            "many; the order of the ballot paper decided which went first.",
            id="skipped",
        ),
        pytest.param(
            "2",
            {"budget": 600},
            "It had 3 votes. When its turn came, no money was left; it costs ₩500.",
            id="nothing left",
        ),
        pytest.param("4", {}, "Nobody was for it, and such a project is never funded.", id="none"),
        pytest.param(
            "3",
            {"threshold": Least(4)},
            "It had 3 votes. A project needed at least 4 votes to be funded.",
            id="threshold",
        ),
        pytest.param(
            "2",
            {"exclusive": (("1", "2"),)},
            "Only one of it and “Bandstand” can be funded, and that was the other.",
            id="excluded",
        ),
        pytest.param(
            "3",
            {"dependencies": (Need("3", "4"),)},
            "It needs “Bench”, which was not funded.",
            id="need",
        ),
        pytest.param(
            "2",
            {"categories": (CategoryWinners("green", most=1),)},
            "Of “Green town” at most 1 are funded, and there were as many before its turn came.",
            id="category full",
        ),
        pytest.param(
            "1",
            {"quorum": Least(20)},
            "Only 8 people voted. At least 20 people had to, so nothing was funded.",
            id="quorum",
        ),
    ],
)
def test_the_sentence_names_what_was_missing(number, rules, expected):
    assert expected in said(number, **rules)


def test_under_equal_shares_it_says_what_supporters_could_pay():
    rules = {"rule": "equal-shares", "utility": "cost", "completion": "none"}

    assert "paid the ₩600 it costs together" in said("1", **rules)
    assert said("2", **rules) == (
        "It had 3 votes. When nothing else could be funded any more, its supporters had ₩15 of "
        "their shares left together, and it costs ₩500. With 4 more supporters with whole shares "
        "it could have been paid."
    )


def test_a_threshold_of_people_is_not_told_in_points():
    ballots = (Ballot(("1",), (5,), 3), Ballot(("2",), (9,), 1))
    points = {"ballot_type": "cumulative", "vote_type": VoteType.CUMULATIVE}

    told = said("2", projects=PROJECTS[:2], ballots=ballots, threshold=Least(2), **points)

    assert told == (
        "It had 9 points, from 1 person. A project needed the support of at least 2 people."
    )


def in_areas(north, **rules):
    """The document of a count in two areas, so many voters in the north; project 2 is theirs."""
    projects = (
        Project(id="1", cost=300, position=0, area="south"),
        Project(id="2", cost=900, position=1, area="north"),
        Project(id="3", cost=100, position=2, area="north"),
    )
    ballots = (Ballot(("3",), times=north - 1), Ballot(("2",)))
    papers = (Papers((Ballot(("1",), times=40),), area="south"), Papers(ballots, area="north"))
    money = (AreaMoney("south", 500), AreaMoney("north", 1000))
    rules = CountRules(areas=money, area_use="own", **rules)
    document = count_votes(projects, Electorate(papers), rules).to_document()
    return {**document, "ballot_type": "approval", "currency": "KRW", "amount": 1500}


PERCENT = {"threshold": Least(30, "percent")}
SHARES = {"rule": "equal-shares"}


@pytest.mark.parametrize(
    ("rules", "north", "told"),
    [
        pytest.param(PERCENT, 9, "at least 30 %", id="percent of few"),
        pytest.param(PERCENT, 10, "at least 3 votes", id="percent of many"),
        pytest.param(SHARES, 9, "shares left together", id="shares of few"),
        pytest.param(SHARES, 10, "8 more supporters", id="shares of many"),
    ],
)
def test_what_was_reckoned_from_few_voters_is_not_told(rules, north, told):
    document = in_areas(north, **rules)

    with translation.override("en"):
        sentence = Explained(document).step("2").reason

    assert told in sentence
    assert ("more supporters" in sentence) is (rules is SHARES and north > 9)


@pytest.mark.parametrize("rules", [PERCENT, SHARES], ids=["percent", "shares"])
def test_published_document_has_nothing_that_was_reckoned_from_few_voters(rules):
    few, many = (public_document(in_areas(north, **rules)) for north in (9, 10))

    told = {name for step in few["count"]["steps"] for name in step["numbers"]}
    assert told.isdisjoint({"needed", "share", "more"})
    assert {"needed", "share"} & {n for s in many["count"]["steps"] for n in s["numbers"]}
    assert ("withheld" in few, "withheld" in many) == (True, False)
