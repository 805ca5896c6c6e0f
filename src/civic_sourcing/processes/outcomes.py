"""
What became of it, in numbers: 120 ideas, 64 answered, 9 put into practice.

Processes know nothing of ideas or ballots, so each room registers the numbers it can tell. The hub,
cards and blocks show them side by side, in the order of the story: handed in, answered, done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count as CountOf
from django.db.models import QuerySet

from civic_sourcing.processes.kinds import Label

REMEMBERED = 60
"""Seconds for which the numbers shown may be behind."""

Count = Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True)
class OutcomeKind:
    """
    A number each process may have. ``words`` is an ``ngettext_lazy`` over ``number`` such as “12
    ideas”, ``label`` what stands below a big number. ``count`` takes keys of processes and returns
    how many for each, in a fixed number of queries; those without may be absent. ``order`` is its
    place in the story: up to 30 handed in, up to 60 answered, then put into practice.
    """

    key: str
    label: Label
    words: Any
    count: Count
    order: int = 50


@dataclass(frozen=True)
class Outcome:
    """One number of one process, or of several together."""

    kind: OutcomeKind
    number: int

    @property
    def label(self) -> Label:
        return self.kind.label

    @property
    def words(self) -> str:
        return str(self.kind.words % {"number": self.number})


_kinds: dict[str, OutcomeKind] = {}


def register_outcome(kind: OutcomeKind) -> OutcomeKind:
    """Have the number told wherever processes are shown. The same ``key`` again replaces it."""
    _kinds[kind.key] = kind
    return kind


def forget_outcome(key: str) -> None:
    """Take a number back."""
    _kinds.pop(key, None)


def per_process(rows: QuerySet[Any], path: str = "process") -> dict[int, int]:
    """How many of ``rows`` each process has, which they reach by ``path``; one query."""
    return dict(rows.order_by().values_list(path).annotate(number=CountOf("pk")))


def outcomes_of(processes: Iterable[int]) -> dict[int, list[Outcome]]:
    """
    The numbers of these ``processes`` (keys), zeros left out.

    They may be a minute behind: counting thousands of ideas for every visitor helps nobody.
    """
    keys = sorted(set(processes))
    if not keys:
        return {}
    counted = cache.get_or_set(_cache_key(keys), lambda: _count(keys), REMEMBERED) or {}
    return {key: _outcomes(counted, key) for key in keys}


def together(outcomes: Iterable[list[Outcome]]) -> list[Outcome]:
    """The same numbers added up, in the order of the story."""
    sums: dict[str, int] = {}
    for outcome in (each for several in outcomes for each in several):
        sums[outcome.kind.key] = sums.get(outcome.kind.key, 0) + outcome.number
    return [Outcome(kind, sums[kind.key]) for kind in _in_order() if kind.key in sums]


def _count(keys: list[int]) -> dict[str, dict[int, int]]:
    return {kind.key: dict(kind.count(keys)) for kind in _in_order()}


def _outcomes(counted: Mapping[str, Mapping[int, int]], process: int) -> list[Outcome]:
    numbers = ((kind, counted.get(kind.key, {}).get(process, 0)) for kind in _in_order())
    return [Outcome(kind, number) for kind, number in numbers if number]


def _in_order() -> list[OutcomeKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def _cache_key(keys: list[int]) -> str:
    told = f"{keys} {sorted(_kinds)}"
    return f"civic_processes:outcomes:{sha256(told.encode()).hexdigest()}"
