"""Who judges which entry: enough judges, equal loads, no closed pair, the same on every machine."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civic_sourcing.challenges.judging.assigning import groups_of, share_out


def loads(pairs, judges):
    return [sum(one == judge for one, _entry in pairs) for judge in judges]


def best_highest_load(entries, judges, per_entry, closed):
    """The smallest highest load there is, found by trying every distribution."""
    tables = [[]]
    for entry in entries:
        free = [judge for judge in judges if (judge, entry) not in closed]
        panels = list(combinations(free, min(per_entry, len(free))))
        tables = [[*table, *panel] for table in tables for panel in panels]
    return min(max(map(table.count, judges)) for table in tables)


@given(
    entries=st.integers(1, 40),
    judges=st.integers(1, 9),
    per_entry=st.integers(1, 4),
    seed=st.text(max_size=3),
)
def test_without_conflicts_loads_differ_by_one_at_most(entries, judges, per_entry, seed):
    plan = share_out(range(entries), range(judges), per_entry, seed=seed)

    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1
    assert len(plan.pairs) == len(set(plan.pairs)) == entries * min(per_entry, judges)


@given(
    closed=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=12),
    per_entry=st.integers(1, 3),
)
def test_with_conflicts_no_distribution_has_a_smaller_highest_load(closed, per_entry):
    plan = share_out(range(5), range(4), per_entry, closed=closed)

    assert not closed & set(plan.pairs)
    assert max(plan.loads.values()) == best_highest_load(range(5), range(4), per_entry, closed)
    assert all(
        plan.short.get(entry, 0)
        == max(0, per_entry - sum((judge, entry) not in closed for judge in range(4)))
        for entry in range(5)
    )


@example(per_entry=2, judges=6, more=0, seed="")  # two groups, but for a swap
@given(
    per_entry=st.integers(2, 3), judges=st.integers(3, 8), more=st.integers(0, 20), seed=st.text()
)
def test_judges_of_two_or_more_each_are_connected_where_there_are_entries_enough(
    per_entry, judges, more, seed
):
    plan = share_out(range(judges + more), range(judges), per_entry, seed=seed)

    assert plan.groups == 1


def test_two_panels_apart_swap_an_entry():
    held = [(judge, entry) for judge in "ab" for entry in (1, 2)]
    closed = [(judge, entry) for judge in "cd" for entry in (1, 2)]

    plan = share_out(range(1, 9), "abcd", 2, held=held, closed=closed)

    assert plan.groups == 1
    assert set(plan.loads.values()) == {4}


def test_what_is_held_stays_and_counts():
    held = [("a", 1), ("a", 2), ("a", 3)]

    plan = share_out([1, 2, 3], "ab", 1, held=held)

    assert plan.pairs == ()
    assert plan.loads == {"a": 3, "b": 0}


def test_a_gap_left_by_a_conflict_is_filled_by_who_has_least():
    held = [("b", 1), ("a", 2), ("c", 2)]

    plan = share_out([1, 2], "abcd", 2, held=held, closed=[("a", 1)])

    assert plan.pairs == (("d", 1),)


def test_the_order_of_the_input_changes_nothing_and_the_seed_does():
    there = share_out(range(12), "abcde", 3, seed="2027")
    back = share_out(range(11, -1, -1), "edcba", 3, seed="2027")
    other = share_out(range(12), "abcde", 3, seed="2028")

    assert there.pairs == back.pairs
    assert there.pairs != other.pairs


def test_everybody_meets_everybody():
    plan = share_out(range(30), "abcdef", 2)

    panels = [frozenset(one for one, entry in plan.pairs if entry == key) for key in range(30)]

    assert {panels.count(frozenset(pair)) for pair in combinations("abcdef", 2)} <= {1, 2, 3}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([1], ["a"], 0), "per_entry"),
        (([1, 1], ["a"], 1), "entries"),
        (([1], ["a", "a"], 1), "judges"),
    ],
    ids=["nobody", "an entry twice", "a judge twice"],
)
def test_nonsense_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        share_out(*arguments)


def test_groups_share_entries_through_others():
    pairs = [("a", 1), ("b", 1), ("b", 2), ("c", 2), ("d", 3)]

    assert {frozenset("abc"), frozenset("d")} == set(groups_of(pairs))
