"""Numbers of voters by place or channel, told so that nothing can be learnt about few of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 10
"""Fewest voters that are told of by themselves."""


@dataclass(frozen=True)
class Together:
    """Parts (areas, channels) that are told of in one number."""

    codes: tuple[str, ...]
    voters: int


def told_together(
    voters: Mapping[str, int],
    before: Iterable[Collection[str]] = (),
    *,
    least: int = LEAST,
) -> list[Together]:
    """
    Join parts until each number is at least ``least``; nothing where even all together are fewer.

    The two smallest are joined first, of equal ones the earlier. What is told is whole groups of
    which each is large, and their sum: no part can be found out by subtracting. ``before`` are the
    groups in which an earlier count was told; they stay together, as two different groupings of the
    same voters could be subtracted from each other. Zero is a small number as well: it tells of
    everybody who lives there.
    """
    groups = _groups(voters, before)
    while len(groups) > 1 and min(_sum(group, voters) for group in groups) < least:
        smallest = sorted(range(len(groups)), key=lambda at: (_sum(groups[at], voters), at))[:2]
        first, second = sorted(smallest)
        groups[first] += groups.pop(second)
    order = {code: place for place, code in enumerate(voters)}
    told = [
        Together(tuple(sorted(group, key=order.__getitem__)), _sum(group, voters))
        for group in groups
    ]
    return [each for each in told if each.voters >= least]


def told_by_both(
    cells: Mapping[tuple[str, str], int],
    rows: Sequence[Together],
    columns: Sequence[Together],
    *,
    least: int = LEAST,
) -> list[list[int]]:
    """
    Return the number of voters of each row in each column, or nothing if one of them is small.

    All or nothing: leaving out single numbers would let them be found by subtracting.
    """
    table = [
        [
            sum(cells.get((code, other), 0) for code in row.codes for other in column.codes)
            for column in columns
        ]
        for row in rows
    ]
    return table if all(number >= least for row in table for number in row) else []


def _groups(voters: Mapping[str, int], before: Iterable[Collection[str]]) -> list[list[str]]:
    """One part each, but what was told together before."""
    groups = [kept for codes in before if (kept := [code for code in codes if code in voters])]
    placed = {code for group in groups for code in group}
    return [*groups, *([code] for code in voters if code not in placed)]


def _sum(codes: Iterable[str], voters: Mapping[str, int]) -> int:
    return sum(voters[code] for code in codes)
