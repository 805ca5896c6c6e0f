"""
How alike two titles are. Pure Python; ``docs/explanation/similar.md`` explains the arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from civic_sourcing.attribution.similar.grams import is_dense, letters

Weight = Callable[[str], float]

ALIKE = 0.75
"""From this share of common letters on, two words count as one word mistyped or inflected."""

WITH_PARTICLE = 0.9
"""How alike two words of syllables are of which one only adds a particle or two: 모래, 모래를."""

JOINED_ALIKE = 0.8
"""The same for what is left of both titles, written without spaces."""

CONFLICT = 1.0
"""What words cost that stand in one title where the other has different ones."""

ADDED = 0.4
"""What words cost that only one title has, and nothing instead in the other."""

NUMBER_CONFLICT = 1.0
"""What it costs besides if both have numbers and they differ, in average words."""

ENOUGH = 0.82
"""From here on a title is offered as similar; ``benchmarks/similar.py`` says what that finds."""

TEXT_ENOUGH = 0.5
"""From this share of the keys of its text on, a contribution is offered whatever its title."""

PRIOR = 100
"""Titles that are imagined besides those known, so that ten real ones do not decide alone."""


def rarity(titles: int, titles_with_word: int) -> float:
    """Return the weight of a word: below 1 where every title has it, about 10 for 2 of 50,000."""
    return math.log(1 + (titles + PRIOR) / (titles_with_word + 1))


def resemblance(one: Sequence[str], other: Sequence[str], weight: Weight) -> float:
    """
    Return how alike two titles (folded words) are, from 0 (nothing in common) to 1.

    The order of words and their repetition do not matter. Words in common count with their weight,
    words nearly in common with their share of common letters. What remains costs much where both
    titles have something different, and little where one only says more.
    """
    left, right = set(one), set(other)
    common = left & right
    shared = sum(map(weight, common))
    mine = [word for word in dict.fromkeys(one) if word not in common]
    theirs = [word for word in dict.fromkeys(other) if word not in common]
    numbers_differ = _numbers_differ(mine, theirs)
    shared += _compound(mine, theirs, weight) + _compound(theirs, mine, weight)
    shared += _pair(mine, theirs, weight)
    shared += _join(mine, theirs, weight)
    rest, other_rest = sum(map(weight, mine)), sum(map(weight, theirs))
    conflict = min(rest, other_rest)
    if numbers_differ:
        conflict += NUMBER_CONFLICT * (shared + rest) / max(len(left), 1)
    cost = CONFLICT * conflict + ADDED * abs(rest - other_rest)
    return shared / (shared + cost) if shared else 0.0


def _compound(mine: list[str], theirs: list[str], weight: Weight) -> float:
    """Take out words of ``mine`` that ``theirs`` writes as two, and those two."""
    shared = 0.0
    for word in list(mine):
        for first, second in pairwise(list(theirs)):
            if first + second == word:
                shared += min(weight(word), weight(first) + weight(second))
                mine.remove(word)
                theirs.remove(first)
                theirs.remove(second)
                break
    return shared


def _pair(mine: list[str], theirs: list[str], weight: Weight) -> float:
    """Take words that nearly agree out of both lists; return what they count."""
    shared = 0.0
    for word in list(mine):
        best = max(theirs, key=lambda candidate: likeness(word, candidate), default=None)
        if best is None:
            break
        degree = likeness(word, best)
        if degree >= ALIKE:
            shared += degree * min(weight(word), weight(best))
            mine.remove(word)
            theirs.remove(best)
    return shared


def _join(mine: list[str], theirs: list[str], weight: Weight) -> float:
    """Do the same for what is left, where only spaces stand elsewhere."""
    if not mine or not theirs:
        return 0.0
    degree = likeness("".join(mine), "".join(theirs))
    if degree < JOINED_ALIKE:
        return 0.0
    shared = degree * min(sum(map(weight, mine)), sum(map(weight, theirs)))
    mine.clear()
    theirs.clear()
    return shared


def _numbers_differ(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(map(_is_number, mine)) and any(map(_is_number, theirs))


def _is_number(word: str) -> bool:
    """Tell numbers that identify, such as those of houses and schools, from years."""
    return word[0].isdigit() and not (len(word) == 4 and word[:2] in {"19", "20"})


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """
    Return the share of letters in common, in their order (0–1); 0 for two different numbers.

    Twice the longest common subsequence over both lengths.
    """
    if one[0].isdigit() or other[0].isdigit():
        return float(one == other)
    if _adds_particle(one, other) or _adds_particle(other, one):
        return WITH_PARTICLE
    one, other = letters(one), letters(other)
    total = len(one) + len(other)
    if 2 * min(len(one), len(other)) < ALIKE * total:
        return 0.0
    return 2 * longest_common_subsequence(one, other) / total


def _adds_particle(stem: str, word: str) -> bool:
    return (
        2 <= len(stem) < len(word) <= len(stem) + 2 and word.startswith(stem) and is_dense(stem[0])
    )


def longest_common_subsequence(one: str, other: str) -> int:
    """Return its length, a machine word of ``one`` at a time (Hyyrö, 2004)."""
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    full = (1 << len(one)) - 1
    row = full
    for letter in other:
        met = row & places.get(letter, 0)
        row = ((row + met) | (row - met)) & full
    return len(one) - row.bit_count()
