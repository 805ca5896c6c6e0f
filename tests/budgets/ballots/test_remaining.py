"""The counters beside a ballot: what must, can and cannot be chosen any more."""

import pytest

from civic_sourcing.budgets.ballots import (
    ApprovalLimits,
    AreaUse,
    CategoryLimit,
    Choice,
    CumulativeLimits,
    KnapsackLimits,
    RankingLimits,
    Scope,
    examine,
    remaining,
)

from .papers import EVERYWHERE, NORTH, RULES, TOWN, fields, rules, ticks


def counters(rulebook, typed, areas=EVERYWHERE):
    return remaining(rulebook, areas, examine(rulebook, areas, typed).choice)


@pytest.mark.parametrize(
    ("typed", "missing", "more"),
    [([], 2, 5), (ticks("1"), 1, 4), (ticks("1", "2"), 0, 3), (ticks(*RULES.numbers[:6]), 0, -1)],
)
def test_you_can_still_choose_three(typed, missing, more):
    (left,) = counters(rules(ApprovalLimits(least=2, most=5)), typed).parts

    assert (left.chosen, left.missing, left.more) == (len(typed), missing, more)


def test_the_budget_bar_of_a_knapsack():
    (left,) = counters(
        rules(KnapsackLimits(least_percent=90), areas=RULES.areas[:1]), ticks("1", "2"), [TOWN]
    ).parts

    assert (left.cost, left.money, left.money_left) == (800_00, 1_000_00, 200_00)
    assert left.money_missing == 100_00


def test_an_overfull_knapsack_says_by_how_much():
    (left,) = counters(rules(KnapsackLimits()), ticks("N/1", "N/3"), [NORTH]).parts

    assert left.money_left == -50_00


def test_points_left_to_give():
    typed = fields("points", {"1": 60, "2": 15})

    (left,) = counters(rules(CumulativeLimits(total=100)), typed).parts

    assert (left.points, left.points_left) == (75, 25)


def test_each_area_has_its_counter_where_limits_hold_by_area():
    parts = counters(rules(RankingLimits(most=2), scope=Scope.AREA), fields("rank", {"1": 1})).parts

    assert [(left.area, left.more) for left in parts] == [("town", 1), ("north", 2), ("south", 2)]


def test_the_first_mark_decides_the_area_of_choice():
    rulebook = rules(KnapsackLimits(), area_use=AreaUse.ONE, scope=Scope.AREA)

    before = counters(rulebook, []).parts
    after = counters(rulebook, ticks("N/1")).parts

    assert [(left.area, left.money) for left in before] == [("", 1_000_00)]
    assert [(left.area, left.money_left) for left in after] == [(NORTH, 200_00)]


def test_categories_are_counted_too():
    limits = (CategoryLimit(code="green", least=2), CategoryLimit(code="play", most=1))

    categories = counters(rules(categories=limits), ticks("1", "2", "N/1")).categories

    assert [(c.code, c.chosen, c.missing, c.more) for c in categories] == [
        ("green", 1, 1, None),
        ("play", 2, 0, -1),
    ]


def test_what_went_from_the_paper_is_not_counted():
    draft = Choice.ticked(["1", "2"], RULES.numbers)

    (left,) = remaining(RULES, EVERYWHERE, draft, withdrawn={"2"}).parts

    assert left.chosen == 1


def test_money_does_not_matter_where_no_ballot_spends_it():
    (left,) = counters(rules(), ticks("1")).parts

    assert (left.money, left.money_left, left.points_left) == (None, None, None)
