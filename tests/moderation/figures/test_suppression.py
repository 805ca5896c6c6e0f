"""What is left out cannot be computed from what is shown: not in a table, nor across reports."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from civic_sourcing.moderation.figures import (
    LEAST,
    Fact,
    Facts,
    Period,
    Quarter,
    cells_of,
    freeze,
    protects,
)
from civic_sourcing.moderation.figures.elimination import null_space

FORUMS = ("a", "b")
RULES = ("r1", "r2", "r3")
OUTCOMES = ("hide", "warn", "no_breach")


def in_span(wanted, shown):
    """Whether ``wanted`` is a sum of multiples of ``shown``: elimination in fractions, unrelated
    to the package's."""
    atoms = list({atom for one in [wanted, *shown] for atom in one})
    rows = [[Fraction(atom in one) for atom in atoms] for one in shown]
    goal = [Fraction(atom in wanted) for atom in atoms]
    for column in range(len(atoms)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        for row in [*rows, goal]:
            factor = row[column] / pivot[column]
            if factor:
                row[:] = [value - factor * by for value, by in zip(row, pivot, strict=True)]
    return not any(goal)


def computable(facts, publications):
    """Every number left out of one of the ``publications`` that all of them together give away."""
    shown, hidden = set(), set()
    for figures in publications:
        cells = cells_of(facts.within(figures.period, figures.forums))
        for cell, atoms in cells.items():
            (hidden if figures.counts[cell] is None else shown).add(atoms)
    return [atoms for atoms in hidden - shown if in_span(atoms, shown)] + list(hidden & shown)


def table(numbers, quarter=1, forum="a"):
    """Decisions in a table of rules by outcomes."""
    facts = []
    for (rule, outcome), number in zip(product(RULES, OUTCOMES), numbers, strict=True):
        values = {"forum": forum, "rule": rule, "outcome": outcome}
        automation = "held" if outcome == "hide" else "none"
        fact = Fact.of("decision", Quarter(2026, quarter), automation=automation, **values)
        facts += [fact] * number
    return facts


small = st.lists(
    st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40)), min_size=9, max_size=9
)


@given(small)
@settings(max_examples=40)
def test_no_cell_of_a_table_can_be_computed(numbers):
    facts = Facts.gathered(table(numbers))

    figures = freeze(facts, Period(2026, "q1"), ["a"])

    assert computable(facts, [figures]) == []


@given(small, small)
@settings(max_examples=15)
def test_no_cell_can_be_computed_from_forums_and_their_sums(one, other):
    facts = Facts.gathered([*table(one), *table(other, forum="b")])

    figures = freeze(facts, Period(2026, "q1"), FORUMS)

    assert computable(facts, [figures]) == []


@given(st.lists(small, min_size=4, max_size=4), st.permutations(["q1", "q2", "q3", "q4", "year"]))
@settings(max_examples=12)
def test_no_cell_can_be_computed_from_quarters_and_their_year(quarters, order):
    facts = Facts.gathered(
        [fact for number, one in enumerate(quarters, 1) for fact in table(one, quarter=number)]
    )
    published = []

    for part in order:
        earlier = [figures.publication for figures in published]
        published.append(freeze(facts, Period(2026, part), ["a"], earlier=earlier))

    assert computable(facts, published) == []


@given(small, small, st.permutations([("a",), ("b",), FORUMS]))
@example([0, 0, 0, 0, 0, 1, 1, 6, 5], [0, 0, 0, 0, 0, 1, 1, 5, 3], [FORUMS, ("a",), ("b",)])
@settings(max_examples=12)
def test_no_cell_can_be_computed_from_reports_on_different_forums(one, other, order):
    facts = Facts.gathered([*table(one), *table(other, forum="b")])
    published = []

    for forums in order:
        earlier = [figures.publication for figures in published]
        published.append(freeze(facts, Period(2026, "q1"), forums, earlier=earlier))

    assert computable(facts, published) == []


@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
@settings(max_examples=20)
def test_every_gap_leaves_two_tables_possible(numbers):
    """By trying every table of numbers that are not negative, not by algebra."""
    facts = Facts.gathered(
        Fact.of("appeal", Quarter(2026, 1), forum=forum, result=result)
        for (forum, result), number in zip(
            product(FORUMS, ("upheld", "reversed", "changed")), numbers, strict=True
        )
        for _each in range(number)
    )
    figures = freeze(facts, Period(2026, "q1"), FORUMS)
    cells = cells_of(facts)
    atoms = list(facts.counts)

    unknown = gaps_among(figures, cells, atoms)
    tries = product(range(12), repeat=len(unknown)) if len(unknown) < 5 else ()

    tables = [filled(figures, cells, unknown, tried) for tried in tries]
    possible = [one for one in tables if agrees(figures, cells, one)]

    for cell, members in cells.items():
        if figures.counts[cell] is None and possible:
            assert len({sum(one[atom] for atom in members) for one in possible}) > 1


def gaps_among(figures, cells, atoms):
    """The atoms of which no cell tells the number."""
    told = {members for cell, members in cells.items() if figures.counts[cell] is not None}
    return [atom for atom in atoms if frozenset([atom]) not in told]


def filled(figures, cells, unknown, tried):
    told = {
        next(iter(members)): figures.counts[cell]
        for cell, members in cells.items()
        if len(members) == 1 and figures.counts[cell] is not None
    }
    return {**told, **dict(zip(unknown, tried, strict=True))}


def agrees(figures, cells, counts):
    return all(
        figures.counts[cell] in (None, sum(counts[atom] for atom in members))
        for cell, members in cells.items()
    )


@given(small)
def test_what_is_shown_is_right_and_never_small(numbers):
    facts = Facts.gathered(table(numbers))

    figures = freeze(facts, Period(2026, "q1"), ["a"])

    for cell, atoms in cells_of(facts).items():
        shown = figures.counts[cell]
        assert shown is None or shown == sum(facts.counts[atom] for atom in atoms) >= LEAST


@given(small)
def test_order_of_the_facts_changes_nothing(numbers):
    facts = table(numbers)

    there = freeze(Facts.gathered(facts), Period(2026, "q1"), ["a"])
    back = freeze(Facts.gathered(reversed(facts)), Period(2026, "q1"), ["a"])

    assert there == back


def test_large_cells_are_all_shown():
    facts = Facts.gathered(table([20] * 9))

    figures = freeze(facts, Period(2026, "q1"), ["a"])

    assert None not in figures.counts.values()


def test_year_shows_no_cell_that_gives_away_a_quarter():
    quiet, busy = [2, *[20] * 8], [20] * 9
    facts = Facts.gathered([*table(quiet), *table(busy, 2), *table(busy, 3), *table(busy, 4)])
    published = []
    for part in ("q1", "q2", "q3", "q4"):
        earlier = [figures.publication for figures in published]
        published.append(freeze(facts, Period(2026, part), ["a"], earlier=earlier))

    earlier = [figures.publication for figures in published]
    year = freeze(facts, Period(2026, "year"), ["a"], earlier=earlier)

    assert year.count("decision", rule="r1", outcome="hide") is None
    assert year.count("decision", rule="r3", outcome="no_breach") == 80


@pytest.mark.parametrize(
    ("shown", "is_safe"),
    [
        (["xy", "y"], False),
        (["xy"], True),
        (["xy", "yz", "xz"], False),
        (["xn"], False),
        ([], True),
    ],
    ids=["difference", "sum of two", "three sums", "the other is zero", "nothing"],
)
def test_what_protects(shown, is_safe):
    counts = {"x": 2, "y": 9, "z": 7, "n": 0}

    assert protects(map(frozenset, shown), [frozenset("x")], counts) is is_safe


@given(st.lists(st.sets(st.integers(0, 6), min_size=1), max_size=6))
def test_null_space_leaves_every_sum_unchanged_and_has_the_right_size(rows):
    moves = null_space(rows, 7)

    assert all(not sum(move.get(column, 0) for column in row) for row in rows for move in moves)
    assert len(moves) == 7 - rank(rows)


def rank(rows):
    matrix = [[Fraction(column in row) for column in range(7)] for row in rows]
    found = 0
    for column in range(7):
        pivot = next((row for row in matrix if row[column]), None)
        if pivot is None:
            continue
        found += 1
        matrix = [row for row in matrix if row is not pivot]
        for row in matrix:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * by for value, by in zip(row, pivot, strict=True)]
    return found
