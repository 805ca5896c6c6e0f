"""How long it took: median and 90th percentile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Median and 90th percentile of ``number`` durations, in the unit they came in."""

    number: int
    median: float
    ninetieth: float


def spread_of(durations: Sequence[float]) -> Spread | None:
    """
    Summarise durations; ``None`` for none.

    The median of an even number is the mean of the middle two. The 90th percentile is the nearest
    rank: the shortest duration that at least 90 of 100 did not exceed.
    """
    if not durations:
        return None
    ordered = sorted(durations)
    number = len(ordered)
    median = (ordered[(number - 1) // 2] + ordered[number // 2]) / 2
    return Spread(number, median, ordered[-(-number * 9 // 10) - 1])
