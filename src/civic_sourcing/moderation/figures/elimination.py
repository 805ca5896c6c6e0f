"""Exact elimination on sparse rows of zeros and ones, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, lcm

Vector = dict[int, int]
"""Column to number; columns that are not named are zero."""


def null_space(rows: Iterable[Iterable[int]], width: int) -> list[Vector]:
    """
    Return a basis of what leaves all sums unchanged, in whole numbers without a common divisor.

    Each row is a sum over the columns it names, of ``width`` columns in all.
    """
    named: set[tuple[int, ...]] = {tuple(sorted(row)) for row in rows}
    shortest_first = sorted(named, key=lambda row: (len(row), row))
    pivots = _reduced(shortest_first)
    basis = []
    for free in range(width):
        if free in pivots:
            continue
        ends = {column: row for column, row in pivots.items() if free in row}
        common = lcm(*(row[column] for column, row in ends.items()))
        move = {column: -row[free] * common // row[column] for column, row in ends.items()}
        basis.append(_shortened({free: common, **move}))
    return basis


def _reduced(rows: Iterable[Iterable[int]]) -> dict[int, Vector]:
    """Gauss and Jordan: pivot column to its row, which has no other pivot column."""
    pivots: dict[int, Vector] = {}
    for named in rows:
        row: Vector = dict.fromkeys(named, 1)
        for column in [column for column in row if column in pivots]:
            row = _without(row, pivots[column], column)
        if not row:
            continue
        pivot = min(row, key=lambda column: (abs(row[column]), column))
        row = _shortened(row if row[pivot] > 0 else {key: -value for key, value in row.items()})
        for column, other in pivots.items():
            if pivot in other:
                pivots[column] = _shortened(_without(other, row, pivot))
        pivots[pivot] = row
    return pivots


def _without(row: Vector, by: Vector, column: int) -> Vector:
    """``row`` less as much of ``by`` as takes ``column`` out of it; the leading sign stays."""
    ours, theirs = row[column], by[column]
    common = gcd(ours, theirs)
    keep, take = theirs // common, ours // common
    left = {key: value * keep for key, value in row.items()}
    for key, value in by.items():
        left[key] = left.get(key, 0) - take * value
    return {key: value for key, value in left.items() if value}


def _shortened(row: Vector) -> Vector:
    common = gcd(*row.values())
    return {key: value // common for key, value in row.items()} if common > 1 else row
