"""Numbers of voters are told so that nothing can be learnt about fewer than ten of them."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.results.small import LEAST, Together, told_by_both, told_together

AREAS = "abcdefgh"
voters = st.dictionaries(st.sampled_from(AREAS), st.integers(0, 40), max_size=len(AREAS))


def derivable(told):
    """Every number of voters that can be had by adding and subtracting what is told."""
    groups = [frozenset(each.codes) for each in told]
    return chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1))


@given(voters)
def test_no_adding_or_subtracting_leads_to_fewer_than_ten(numbers):
    told = told_together(numbers)

    for groups in derivable(told):
        assert sum(numbers[code] for group in groups for code in group) >= LEAST


@given(voters)
def test_every_area_is_told_of_once_and_the_sum_is_exact(numbers):
    told = told_together(numbers)

    if sum(numbers.values()) >= LEAST:
        assert sorted(code for each in told for code in each.codes) == sorted(numbers)
        assert sum(each.voters for each in told) == sum(numbers.values())
    else:
        assert told == []


@given(voters, voters)
def test_a_later_count_can_not_be_subtracted_from_an_earlier_one(first, second):
    second = {code: second.get(code, number) for code, number in first.items()}
    earlier = [each.codes for each in told_together(first)]

    later = [set(each.codes) for each in told_together(second, earlier)]

    assert all(
        set(codes) <= group or not set(codes) & group for codes in earlier for group in later
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param({"a": 40, "b": 10}, [("a",), ("b",)], id="all large"),
        pytest.param({"a": 40, "b": 9, "c": 30}, [("a",), ("b", "c")], id="with the next smallest"),
        pytest.param({"a": 40, "b": 0}, [("a", "b")], id="nobody is few"),
        pytest.param({"a": 5, "b": 5, "c": 40}, [("a", "b"), ("c",)], id="two small ones"),
        pytest.param({"a": 4, "b": 5}, [], id="too few altogether"),
        pytest.param({}, [], id="no areas"),
    ],
)
def test_small_areas_are_told_together(numbers, expected):
    assert [each.codes for each in told_together(numbers)] == expected


def test_areas_by_channel_are_told_only_if_no_number_is_small():
    rows = [Together(("a",), 30), Together(("b",), 22)]
    columns = [Together(("online",), 32), Together(("paper",), 20)]
    cells = {("a", "online"): 20, ("a", "paper"): 10, ("b", "online"): 12, ("b", "paper"): 10}

    assert told_by_both(cells, rows, columns) == [[20, 10], [12, 10]]
    assert told_by_both({**cells, ("b", "paper"): 9}, rows, columns) == []
