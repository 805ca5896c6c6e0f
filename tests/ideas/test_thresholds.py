"""When a threshold is reached: the arithmetic alone, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.ideas.thresholds import Course, Rule, in_force, missing, reached_at, window

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FILED = Course(filed_at=NOON, published_at=NOON)


def rule(number=5, *, key=1, measure="supports", event="review", **values):
    return Rule(
        key=key, number=number, measure=measure, event=event,
        **{"valid_from": NOON - 100 * DAY, **values},
    )  # fmt: skip


def times(*days):
    return [NOON + day * DAY for day in days]


@pytest.mark.parametrize(
    ("filed", "held"),
    [
        pytest.param(-timedelta(microseconds=1), False, id="before it begins"),
        pytest.param(timedelta(0), True, id="as it begins"),
        pytest.param(DAY - timedelta(microseconds=1), True, id="just before it ends"),
        pytest.param(DAY, False, id="as it ends"),
    ],
)
def test_rule_holds_for_what_is_filed_while_it_is_in_force(filed, held):
    kept = rule(valid_from=NOON, valid_to=NOON + DAY)

    assert kept.holds_for(NOON + filed) is held


def test_lower_threshold_comes_first_and_of_equal_ones_the_older():
    rules = [rule(50, key=3), rule(5, key=2), rule(50, key=1)]

    assert [each.key for each in in_force(rules, NOON)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("supports", "reached"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param([0, 1], None, id="one too few"),
        pytest.param([0, 1, 2], 2, id="the third one reaches it"),
        pytest.param([2, 0, 5, 1], 2, id="order of rows does not matter"),
        pytest.param([0, 1, 10], None, id="too late by nothing"),
        pytest.param([0, 1, 9.999], 9.999, id="just in time"),
        pytest.param([-1, 0, 1], None, id="before it was published"),
    ],
)
def test_threshold_of_three_within_ten_days(supports, reached):
    three = rule(3, days=10)

    moment = reached_at(three, window(three, FILED, [three]), times(*supports))

    assert moment == (None if reached is None else NOON + reached * DAY)


def test_what_waited_for_a_moderator_loses_no_days():
    held = Course(filed_at=NOON, published_at=NOON + 7 * DAY)
    one = rule(1, days=10)

    assert window(one, held, [one]).closes_at == NOON + 17 * DAY


def test_nothing_is_counted_before_it_is_published():
    waiting = Course(filed_at=NOON, published_at=None)

    assert reached_at(rule(1), window(rule(1), waiting, []), times(0, 1)) is None


def test_commenters_are_counted_from_the_opening_of_the_debate():
    debate, answer = rule(100, event="debate"), rule(2, key=2, measure="commenters", days=30)
    opened = Course(filed_at=NOON, published_at=NOON, debate_at=NOON + 5 * DAY)

    counting = window(answer, opened, [debate, answer])

    assert (counting.opens_at, counting.closes_at) == (NOON + 5 * DAY, NOON + 35 * DAY)
    assert window(answer, FILED, [debate, answer]) is None


def test_commenters_are_counted_from_the_start_where_no_debate_is_opened():
    answer = rule(2, measure="commenters")

    assert window(answer, FILED, [answer]).opens_at == NOON


@pytest.mark.parametrize(
    ("number", "day", "more"),
    [(0, 1, 3), (2, 1, 1), (3, 1, 0), (9, 1, 0), (2, 10, None)],
    ids=["all", "one", "none", "never below none", "too late"],
)
def test_it_takes_so_many_more(number, day, more):
    three = rule(3, days=10)

    assert missing(three, window(three, FILED, [three]), number, NOON + day * DAY) == more


@pytest.mark.parametrize("values", [{"number": 0}, {"days": 0}, {"number": -3}], ids=str)
def test_rule_that_asks_for_nothing_is_no_rule(values):
    with pytest.raises(ValueError, match="must be at least 1"):
        rule(**values)


@given(
    supports=st.lists(st.integers(min_value=-50, max_value=200), max_size=40),
    number=st.integers(min_value=1, max_value=30),
    days=st.none() | st.integers(min_value=1, max_value=100),
)
def test_one_more_supporter_never_makes_it_later(supports, number, days):
    some = rule(number, days=days)
    counting = window(some, FILED, [some])

    before = reached_at(some, counting, times(*supports))
    after = reached_at(some, counting, times(*supports, 0))

    assert before is None or after <= before


def test_days_run_from_the_listing_where_something_waits_for_its_first_supporters():
    first, many = rule(2, event="visible", days=30), rule(100, key=2, days=30)
    waiting = Course(filed_at=NOON, published_at=NOON)
    listed = Course(filed_at=NOON, published_at=NOON, listed_at=NOON + 20 * DAY)

    assert window(first, waiting, [first, many]).closes_at == NOON + 30 * DAY
    assert window(many, waiting, [first, many]) is None
    assert window(many, listed, [first, many]).opens_at == NOON
    assert window(many, listed, [first, many]).closes_at == NOON + 50 * DAY
