"""
How useful people found a comment, as one number to order by.

The lower end of Wilson's interval for the share of “helpful” (Wilson 1927; E. B. Wilson, “Probable
inference, the law of succession, and statistical inference”, JASA 22) at 95 %: with 1 of 1 votes a
comment does not stand above one with 95 of 100. Pure arithmetic, in millionths and rounded down,
so that every database orders alike. Without votes, and with none that says “helpful”, it is 0.
"""

from __future__ import annotations

from math import isqrt

MILLION = 1_000_000
_Z2 = (38416, 10000)
"""1.96 squared, as a fraction."""


def rating(helpful: int, not_helpful: int) -> int:
    """
    Return the lower bound in millionths, from 0 to 999999. Integers throughout, so exact.

    Raises ``ValueError`` for a negative number of votes.
    """
    if helpful < 0 or not_helpful < 0:
        raise ValueError(f"Votes cannot be negative: {helpful!r}, {not_helpful!r}.")
    votes = helpful + not_helpful
    if not helpful:
        return 0
    # (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), multiplied by 2n·10⁴ above and below.
    top, bottom = _Z2
    centre = 2 * helpful * bottom + top
    inner = top * top + 4 * top * bottom * helpful * not_helpful // votes
    spread = isqrt(inner * MILLION * MILLION)
    whole = 2 * (votes * bottom + top)
    return max(0, (centre * MILLION - spread - 1) // whole)
