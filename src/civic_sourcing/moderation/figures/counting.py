"""
What is counted, in which tables, and with which totals.

A fact is one thing that happened (a decision, an appeal, a second opinion) with what it is counted
by. A cell is a place in a table: one value for each of the table's dimensions, or ``ALL`` for the
total over it. Every combination of values and totals is a cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from .periods import Quarter

ALL = ""
"""Instead of a value: the total over this dimension."""


class Automation(StrEnum):
    """Whether a program took part in a decision, as decisions say it."""

    NONE = "none"
    DETECTED = "detected"
    HELD = "held"
    HIDDEN = "hidden"


DIMENSIONS: dict[str, tuple[str, ...]] = {
    "outcomes": ("forum", "rule", "outcome"),
    "automation": ("forum", "automation"),
    "appeals": ("forum", "result"),
    "opinions": ("rule", "agreement"),
}
TABLES = tuple(DIMENSIONS)

SOURCES = {
    "outcomes": "decision",
    "automation": "decision",
    "appeals": "appeal",
    "opinions": "opinion",
}


@dataclass(frozen=True)
class Fact:
    """
    One thing that happened: ``kind`` is decision, appeal or opinion.

    ``values`` holds what it is counted by (forum, rule, outcome, …), as keys and never as words.
    ``logged`` tells that the public log shows it, so that anybody can count it there.
    """

    kind: str
    quarter: Quarter
    values: tuple[tuple[str, str], ...]
    logged: bool = False

    @classmethod
    def of(cls, kind: str, quarter: Quarter, *, logged: bool = False, **values: str) -> Fact:
        return cls(kind, quarter, tuple(sorted(values.items())), logged)

    def value(self, dimension: str) -> str:
        return dict(self.values)[dimension]


Atom = Fact
"""Facts that are alike in everything: the smallest thing with a count."""

Cell = tuple[str, ...]
"""The table, then one value per dimension, ``ALL`` for totals."""


@dataclass(frozen=True)
class Facts:
    """
    All that happened: how often each fact, and how long cases waited for their first decision.

    ``waits`` lists hours from opening to first decision by quarter and forum.
    """

    counts: Mapping[Fact, int]
    waits: Mapping[tuple[Quarter, str], list[float]] = field(default_factory=dict)

    @classmethod
    def gathered(
        cls, facts: Iterable[Fact], waits: Iterable[tuple[Quarter, str, float]] = ()
    ) -> Facts:
        hours: dict[tuple[Quarter, str], list[float]] = defaultdict(list)
        for quarter, forum, wait in waits:
            hours[quarter, forum].append(wait)
        return cls(Counter(facts), dict(hours))

    def within(self, quarters: Iterable[Quarter], forums: Iterable[str]) -> Facts:
        """What of it happened in these quarters and forums."""
        times, places = set(quarters), set(forums)
        counts = {
            fact: count
            for fact, count in self.counts.items()
            if fact.quarter in times and fact.value("forum") in places
        }
        waits = {
            at: hours for at, hours in self.waits.items() if at[0] in times and at[1] in places
        }
        return Facts(counts, waits)


def cells_of(facts: Facts) -> dict[Cell, frozenset[Atom]]:
    """Every cell that is not zero, with the facts it counts. What is not listed is zero."""
    cells: dict[Cell, set[Atom]] = defaultdict(set)
    for fact in facts.counts:
        for table, dimensions in DIMENSIONS.items():
            if SOURCES[table] == fact.kind:
                for values in product(*((ALL, fact.value(name)) for name in dimensions)):
                    cells[table, *values].add(fact)
    return {cell: frozenset(atoms) for cell, atoms in cells.items()}


def cell_counts(facts: Facts) -> dict[Cell, int]:
    """How much every cell counts."""
    return {
        cell: sum(facts.counts[atom] for atom in atoms) for cell, atoms in cells_of(facts).items()
    }
