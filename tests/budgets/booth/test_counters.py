"""The counters beside a ballot say what is left, missing or too much."""

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    CategoryLimit,
    CumulativeLimits,
    KnapsackLimits,
    Scope,
    YesNoLimits,
    examine,
)
from civic_sourcing.budgets.booth.counters import counters, headline
from civic_sourcing.budgets.booth.words import Words
from tests.budgets.ballots.papers import EVERYWHERE, NORTH, TOWN, fields, rules, ticks

WORDS = Words("EUR", {TOWN: "Neulbom", NORTH: "North"}, {"green": "Green"})


def told(rulebook, typed, areas=EVERYWHERE):
    choice = examine(rulebook, areas, typed).choice
    return counters(rulebook, areas, choice, WORDS)


@pytest.mark.parametrize(
    ("limits", "typed", "state", "amount", "says"),
    [
        (
            ApprovalLimits(most=5),
            ticks("1", "2"),
            "fine",
            "2 of 5 chosen",
            "You can still choose 3.",
        ),
        (
            ApprovalLimits(most=2),
            ticks("1", "2"),
            "fine",
            "2 of 2 chosen",
            "You have chosen as many as you can.",
        ),
        (ApprovalLimits(most=1), ticks("1", "2"), "over", "2 of 1 chosen", "1 too many."),
        (
            ApprovalLimits(least=3),
            ticks("1"),
            "missing",
            "1 chosen",
            "Choose at least 2 more.",
        ),
        (ApprovalLimits(), ticks("1"), "fine", "1 chosen", ""),
        (
            KnapsackLimits(budget=600_00),
            ticks("1"),
            "fine",
            "€500 of €600",
            "€100 left.",
        ),
        (KnapsackLimits(budget=600_00), ticks("1", "2"), "over", "€800 of €600", "€200 too much."),
        (
            KnapsackLimits(budget=600_00, least_percent=50),
            ticks("10"),
            "missing",
            "€200 of €600",
            "Spend at least €100 more.",
        ),
        (
            CumulativeLimits(total=100),
            fields("points", {"1": 60, "2": 41}),
            "over",
            "101 of 100 points",
            "1 point too many.",
        ),
        (
            CumulativeLimits(total=10, least_total=10),
            fields("points", {"1": 7}),
            "missing",
            "7 of 10 points",
            "Give at least 3 more points.",
        ),
        (
            YesNoLimits(every=True),
            fields("answer", {"1": "yes", "2": "no"}),
            "fine",
            "2 of 8 answered",
            "",
        ),
    ],
)
def test_counter_of_the_whole_ballot(limits, typed, state, amount, says):
    counter = told(rules(limits), typed)[0]

    assert (counter.state, counter.amount, counter.says) == (state, amount, says)


def test_each_area_has_its_counter_where_limits_hold_by_area():
    rulebook = rules(ApprovalLimits(most=1), scope=Scope.AREA)

    each = told(rulebook, ticks("N/1", "N/2"), [TOWN, NORTH])

    assert [(counter.name, counter.state) for counter in each] == [
        ("Neulbom", "fine"),
        ("North", "over"),
    ]
    assert headline(each).name == "North"


def test_money_of_each_area_is_counted_on_a_ballot_that_is_one():
    each = told(rules(KnapsackLimits()), ticks("N/2", "N/3"))

    assert [counter.says for counter in each] == [
        "€1,150 left.",
        "€1,000 left.",
        "€100 too much.",
        "€250 left.",
    ]


def test_category_that_needs_more_is_told_before_one_that_is_full():
    limits = (CategoryLimit(code="play", most=1), CategoryLimit(code="green", least=2))
    each = told(rules(ApprovalLimits(), categories=limits), ticks("2", "1"))

    assert headline(each).name == "Green"
    assert headline(each).says == "Choose at least 1 more."
