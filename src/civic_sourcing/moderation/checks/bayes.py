"""
A small learning filter: naive Bayes on runs of three characters. No Django in here.

Runs are hashed to ``PLACES`` counters, so that no text can be read out of what was learnt, and what
one text has added can be taken away again. Only the strongest runs of a text are heard, and their
sum is divided by the root of their number: neighbouring runs say much the same.
"""

from __future__ import annotations

import math
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest

from civic_sourcing.moderation.checks.letters import fold

BITS = 14
PLACES = 2**BITS
RUN = 3
STRONGEST = 60
REASONS = 12
"""Runs shown as reasons."""

LONGEST = 20_000
"""Characters of a text that are looked at."""

SMOOTHING = 0.5
KNOWN_FROM = 2
"""Texts in which a place must have been seen to say anything."""

_DIGITS = str.maketrans("123456789\n\t", "000000000  ")
_FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
_ALL = 0xFFFFFFFF


@dataclass
class Counts:
    """In how many good texts, and in how many spam texts, each place was seen."""

    good: int = 0
    spam: int = 0
    good_at: array[int] = field(default_factory=lambda: array("I", bytes(4 * PLACES)))
    spam_at: array[int] = field(default_factory=lambda: array("I", bytes(4 * PLACES)))

    def add(self, places: Iterable[int], *, is_spam: bool, times: int = 1) -> None:
        """Count a text ``times`` times; -1 takes one back that was counted before."""
        at = self.spam_at if is_spam else self.good_at
        for place in places:
            at[place] = max(at[place] + times, 0)
        if is_spam:
            self.spam = max(self.spam + times, 0)
        else:
            self.good = max(self.good + times, 0)

    def packed(self) -> bytes:
        """Return the counts of the places as compressed bytes, little end first."""
        return zlib.compress(_bytes(self.good_at) + _bytes(self.spam_at))

    @classmethod
    def unpacked(cls, good: int, spam: int, packed: bytes) -> Counts:
        """Return counts as they were packed; fresh ones for no bytes."""
        if not packed:
            return cls()
        plain = zlib.decompress(packed)
        half = len(plain) // 2
        return cls(good, spam, _numbers("I", plain[:half]), _numbers("I", plain[half:]))


@dataclass(frozen=True)
class Opinion:
    """
    How likely a text is spam, from 0 to 1; ``heard`` is the number of runs that had a say.
    """

    probability: float
    heard: int
    runs: Sequence[int] = field(default=(), repr=False)
    telling: frozenset[int] = field(default=frozenset(), repr=False)

    @cached_property
    def reasons(self) -> Sequence[tuple[int, int]]:
        """The places in the text that speak for it most, half open and apart."""
        return _joined(self.runs, self.telling)


class Filter:
    """What the counts mean, ready to judge. Making it takes a few milliseconds."""

    def __init__(self, counts: Counts) -> None:
        self._weights = [
            _weight(good, spam, counts) if good + spam >= KNOWN_FROM else 0.0
            for good, spam in zip(counts.good_at, counts.spam_at, strict=True)
        ]

    def judge(self, text: str) -> Opinion:
        """Say how much ``text`` is like what was learnt as spam."""
        runs = _runs(text)
        weights = self._weights
        known = [place for place in set(runs) if weights[place]]
        strongest = nlargest(STRONGEST, known, key=lambda place: abs(weights[place]))
        if not strongest:
            return Opinion(0.5, 0)
        total = sum(weights[place] for place in strongest) / math.sqrt(len(strongest))
        for_spam = nlargest(REASONS, strongest, key=weights.__getitem__)
        telling = frozenset(place for place in for_spam if weights[place] > 0)
        return Opinion(1 / (1 + math.exp(-total)), len(strongest), runs, telling)


def places(text: str) -> set[int]:
    """Return the places of all runs in ``text``."""
    return set(_runs(text))


def pack_places(found: Iterable[int]) -> bytes:
    """Return places as bytes, little end first."""
    return _bytes(array("H", sorted(found)))


def unpack_places(packed: bytes) -> Sequence[int]:
    """Return places as they were packed."""
    return _numbers("H", packed)


def _runs(text: str) -> list[int]:
    """Return the place of the run that begins at each character but the last two."""
    letters = list(map(ord, fold(text[:LONGEST]).translate(_DIGITS)))
    places = _Places()
    return list(map(places.__getitem__, zip(letters, letters[1:], letters[2:], strict=False)))


class _Places(dict[tuple[int, int, int], int]):
    """Where runs are counted; most runs of a text come more than once."""

    def __missing__(self, run: tuple[int, int, int]) -> int:
        mixed = (run[0] * _FACTORS[0] ^ run[1] * _FACTORS[1] ^ run[2] * _FACTORS[2]) & _ALL
        place = self[run] = mixed >> (32 - BITS)
        return place


def _weight(good: int, spam: int, counts: Counts) -> float:
    """How much more often spam has it than good texts, as a logarithm."""
    in_spam = (spam + SMOOTHING) / (counts.spam + 2 * SMOOTHING)
    in_good = (good + SMOOTHING) / (counts.good + 2 * SMOOTHING)
    return math.log(in_spam / in_good)


def _joined(runs: Sequence[int], wanted: Collection[int]) -> list[tuple[int, int]]:
    """Where runs of ``wanted`` places stand, those that touch as one."""
    spans: list[tuple[int, int]] = []
    for at, place in enumerate(runs):
        if place in wanted:
            if spans and at <= spans[-1][1]:
                spans[-1] = (spans[-1][0], at + RUN)
            else:
                spans.append((at, at + RUN))
    return spans


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(kind: str, packed: bytes) -> array[int]:
    numbers = array(kind)
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
