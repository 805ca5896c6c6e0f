"""What a frozen rulebook adds to a rule: areas, categories, sets, needs, quorum, groups."""

from fractions import Fraction

import pytest

from civic_sourcing.budgets.counting import (
    AreaUse,
    CategoryWinners,
    CountRules,
    Electorate,
    GroupWeight,
    Least,
    Need,
    Of,
    Papers,
    Tie,
    VoteType,
)

from .votes import ballots, counted, money, outcomes, projects, voting

TOWN = CountRules(areas=money(_=100))


def test_each_area_gives_out_its_own_money_and_stops_by_itself():
    rows = projects("n1 60 north", "n2 60 north", "n3 10 north", "s1 60 south", "s2 40 south")
    rules = CountRules(areas=money(north=100, south=100), rule="greedy-no-skip")

    result = counted(rows, ["5*n1 n2 s1", "n1 s2", "n3"], rules)

    assert result.selected == ("n1", "s1", "s2")
    assert outcomes(result)["n2"] == "stopped"
    assert outcomes(result)["n3"] == "not-reached"
    assert [(a.code, a.spent, a.left) for a in result.areas] == [
        ("north", 60, 40),
        ("south", 100, 0),
    ]


def test_area_without_ballots_funds_nothing_and_keeps_its_money():
    rows = projects("n 10 north", "s 10 south")

    result = counted(rows, ["n"], CountRules(areas=money(north=50, south=50)))

    assert result.selected == ("n",)
    assert (outcomes(result)["s"], result.areas[1].left) == ("no-votes", 50)


@pytest.mark.parametrize(
    ("least", "funded"),
    [
        pytest.param(Least(3), True, id="as many voters as needed"),
        pytest.param(Least(4), False, id="one voter short"),
        pytest.param(Least(30, Of.PERCENT), True, id="exactly the share"),
        pytest.param(Least(Fraction("30.1"), Of.PERCENT), False, id="a little below the share"),
        pytest.param(Least(3, Of.SCORE), True, id="points"),
    ],
)
def test_threshold_is_a_number_of_voters_or_a_share_of_them(least, funded):
    result = counted(projects("a 1", "b 1"), ["3*a", "7*b"], TOWN, threshold=least)

    assert ("a" in result.selected) is funded


def test_project_nobody_voted_for_is_told_that_and_not_the_threshold():
    result = counted(projects("a 1", "b 1"), ["2*a"], TOWN, threshold=Least(3))

    assert outcomes(result) == {"a": "below-threshold", "b": "no-votes"}


def test_share_of_voters_is_of_those_who_had_the_project_on_their_paper():
    rows = projects("n 10 north", "s 10 south")
    voters = Electorate(
        (Papers(ballots("2*n", "8*"), area="north"), Papers(ballots("90*s"), area="south"))
    )
    rules = CountRules(
        areas=money(north=50, south=50),
        area_use=AreaUse.OWN,
        threshold=Least(20, Of.PERCENT),
    )

    result = counted(rows, voters, rules)

    assert set(result.selected) == {"n", "s"}
    assert outcomes(counted(rows, voters, rules, area_use=AreaUse.ALL))["n"] == "below-threshold"


@pytest.mark.parametrize(
    ("quorum", "funded"),
    [
        pytest.param(Least(3), True, id="reached"),
        pytest.param(Least(4), False, id="missed"),
        pytest.param(Least(30, Of.PERCENT), True, id="share reached"),
        pytest.param(Least(31, Of.PERCENT), False, id="share rounded up, missed"),
    ],
)
def test_below_the_quorum_nothing_is_funded(quorum, funded):
    result = counted(projects("a 1"), voting("2*a", "", eligible=10), TOWN, quorum=quorum)

    assert bool(result.selected) is funded
    assert result.quorum.reached is funded
    assert outcomes(result)["a"] == ("funded" if funded else "no-quorum")


def test_quorum_in_percent_needs_to_know_how_many_may_vote():
    with pytest.raises(ValueError, match="may vote"):
        counted(projects("a 1"), ["a"], TOWN, quorum=Least(10, Of.PERCENT))


def test_of_projects_that_exclude_each_other_the_first_that_fits_is_funded():
    rows = projects("big 200", "mid 50", "small 20")

    result = counted(rows, ["9*big mid small", "big"], TOWN, exclusive=(("big", "mid", "small"),))

    assert result.selected == ("mid",)
    assert outcomes(result) == {"big": "skipped", "mid": "funded", "small": "excluded"}


def test_project_that_needs_another_has_its_turn_right_after_it():
    rows = projects("lamp 50", "path 50", "tree 50")
    needs = (Need("lamp", "path"),)

    result = counted(rows, ["3*lamp", "2*path", "1*tree"], TOWN, dependencies=needs)

    assert result.selected == ("path", "lamp")


@pytest.mark.parametrize(
    "needs",
    [
        pytest.param((Need("lamp", "path"),), id="not funded"),
        pytest.param((Need("lamp", "other"),), id="not on the paper"),
        pytest.param((Need("lamp", "path"), Need("path", "lamp")), id="in a circle"),
    ],
)
def test_project_whose_need_is_not_funded_is_not_funded(needs):
    result = counted(projects("lamp 50", "path 500"), ["3*lamp", "path"], TOWN, dependencies=needs)

    assert outcomes(result)["lamp"] == "need-unfunded"


def test_category_that_must_have_a_project_goes_first_with_its_best():
    rows = projects("a 90", "b 60 - green", "c 50 - green", "d 10")
    must = (CategoryWinners("green", least=1),)

    result = counted(rows, ["9*a", "2*b", "c", "5*d"], TOWN, categories=must)

    assert result.selected == ("b", "d")
    assert outcomes(result)["b"] == "funded-for-category"


def test_category_gets_no_more_than_it_may_have():
    rows = projects("a 10 - green", "b 10 - green", "c 10")

    result = counted(rows, ["3*a", "2*b", "c"], TOWN, categories=(CategoryWinners("green", 0, 1),))

    assert outcomes(result) == {"a": "funded", "b": "category-full", "c": "funded"}


def test_groups_weigh_together_what_the_rules_say():
    rows = projects("a 100", "b 100")
    groups = (GroupWeight("people", 50), GroupWeight("council", 50))
    voters = Electorate(
        (
            Papers(ballots("60*a", "40*b"), group="people"),
            Papers(ballots("1*a", "3*b"), group="council"),
        )
    )

    result = counted(rows, voters, TOWN, groups=groups)

    assert result.scores == {"a": Fraction(104 * 85, 200), "b": Fraction(104 * 115, 200)}
    assert (result.voters, result.selected) == ({"a": 61, "b": 43}, ("b",))


def test_weight_of_a_group_that_did_not_vote_goes_to_the_others():
    groups = (GroupWeight("people", 50), GroupWeight("council", 50))
    voters = Electorate((Papers(ballots("3*a", "b"), group="people"), Papers((), group="council")))

    result = counted(projects("a 1", "b 1"), voters, TOWN, groups=groups)

    assert result.scores == {"a": 3, "b": 1}


def test_ballot_of_no_group_counts_for_turnout_and_gives_no_points():
    voters = Electorate((Papers(ballots("a"), group="people"), Papers(ballots("5*b"))))

    result = counted(
        projects("a 1", "b 1"), voters, TOWN, groups=(GroupWeight("people", 100),), quorum=Least(6)
    )

    assert result.scores == {"a": 1, "b": 0}
    assert [(r.code, r.context) for r in result.remarks] == [("ungrouped", {"ballots": 5})]


def test_rankings_are_apart_by_area_where_the_rules_say_so():
    rows = projects("n1 1 north", "n2 1 north", "s1 1 south")
    rules = CountRules(areas=money(north=9, south=9), vote_type=VoteType.ORDINAL)

    whole = counted(rows, ["n1 s1 n2"], rules)
    apart = counted(rows, ["n1 s1 n2"], rules, apart=True)

    assert whole.scores == {"n1": 3, "n2": 1, "s1": 2}
    assert apart.scores == {"n1": 2, "n2": 1, "s1": 1}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"areas": money(north=1)}, "the area ''", id="area nobody named"),
        pytest.param({"areas": money(_=1) * 2}, "same area", id="area twice"),
        pytest.param({"groups": (GroupWeight("x", -1),)}, "weights", id="weight below 0"),
        pytest.param({"groups": (GroupWeight("x", 1),) * 2}, "same group", id="group twice"),
        pytest.param({"categories": (CategoryWinners("x"),) * 2}, "same category", id="category"),
        pytest.param({"raise_by": 0}, "more than 0", id="shares never raised"),
        pytest.param({"rule": "lottery"}, "'lottery'", id="rule"),
        pytest.param({"tie": Tie.LOT}, "seed", id="lot without seed"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        counted(projects("w 1"), ["w"], TOWN, **change)
