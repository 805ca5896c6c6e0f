"""
What is trending: pure arithmetic, without Django.

Filing an idea and every support of it are worth one point each, and a point loses half of its worth
in ``HALF_LIFE_DAYS``. The idea with more points left is further up; of two with equally many, the
one filed later. Withdrawn support counts nothing. Comments, followers and visits count nothing
either: they can be repeated, support cannot.

Points of all ideas fade alike, so the order between two changes only when one gains or loses
support. Therefore no score has to be written anew as time goes by: ``score`` is the logarithm
(base 2) of all points as if they had been counted at one fixed day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import exp2, log2

HALF_LIFE_DAYS = 3

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
SECONDS = 86_400 * HALF_LIFE_DAYS


def mark(at: datetime) -> float:
    """Return the score of a single point given ``at`` (aware)."""
    return (at - BEGINNING).total_seconds() / SECONDS


def score(times: Iterable[datetime]) -> float:
    """Return the score of points given at ``times``, of which there is at least one."""
    marks = [mark(at) for at in times]
    highest = max(marks)
    return highest + log2(sum(exp2(each - highest) for each in marks))


def points(score: float, at: datetime) -> float:
    """Return what a score is worth in points ``at`` some time: what people may be told."""
    return exp2(min(score - mark(at), 1_000))
