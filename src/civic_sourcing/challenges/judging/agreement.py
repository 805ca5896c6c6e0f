"""How far two rankings agree."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def kendall(one: Sequence[float], other: Sequence[float]) -> float:
    """
    Return Kendall's τ-b of two lists of scores for the same entries: 1 is the same order, -1 the
    reverse. Ties count as in M. G. Kendall, "The treatment of ties in ranking problems" (1945).
    0 where either list is all ties.
    """
    agree = against = tied_one = tied_other = 0
    for position, (left, right) in enumerate(zip(one, other, strict=True)):
        for before in range(position):
            first = (left > one[before]) - (left < one[before])
            second = (right > other[before]) - (right < other[before])
            agree += first * second > 0
            against += first * second < 0
            tied_one += first == 0
            tied_other += second == 0
    pairs = len(one) * (len(one) - 1) // 2
    size = sqrt((pairs - tied_one) * (pairs - tied_other))
    return (agree - against) / size if size else 0.0
