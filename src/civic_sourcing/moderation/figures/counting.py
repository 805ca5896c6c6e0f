"""
What is counted, in which tables, and with which totals.

A fact is one thing that happened (a decision, an appeal, a second opinion) with what it is counted
by. A cell is a place in a table: one value for each of the table's dimensions, or ``ALL`` for the
total over it. Every combination of values and totals is a cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .periods import Quarter
from .suppression import Line

ALL = ""
"""Instead of a value: the total over this dimension."""


class Automation(StrEnum):
    """Whether a program took part in a decision, as decisions say it."""

    NONE = "none"
    DETECTED = "detected"
    HELD = "held"
    HIDDEN = "hidden"


DIMENSIONS: dict[str, tuple[str, ...]] = {
    "decision": ("forum", "rule", "outcome", "automation"),
    "appeal": ("forum", "result"),
    "opinion": ("forum", "rule", "agreement"),
}
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "decision": (
        ("rule", "outcome"),
        ("forum", "outcome"),
        ("forum", "rule"),
        ("forum", "automation"),
    ),
    "appeal": (("forum", "result"),),
    "opinion": (("rule", "agreement"),),
}
"""By which two dimensions each kind of fact is crossed; their totals are shown too."""


@dataclass(frozen=True)
class Fact:
    """
    One thing that happened: ``kind`` is decision, appeal or opinion.

    ``values`` holds what it is counted by (forum, rule, outcome, …), as keys and never as words.
    """

    kind: str
    quarter: Quarter
    values: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: str, quarter: Quarter, **values: str) -> Fact:
        return cls(kind, quarter, tuple(sorted(values.items())))

    def value(self, dimension: str) -> str:
        return dict(self.values)[dimension]


Atom = Fact
"""Facts that are alike in everything: the smallest thing with a count."""

Cell = tuple[str, ...]
"""The kind of fact, then a value for each of its dimensions, ``ALL`` for totals."""


def cell_of(kind: str, **values: str) -> Cell:
    """The cell of these values and totals over everything else."""
    return (kind, *(values.get(name, ALL) for name in DIMENSIONS[kind]))


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
    forums = {fact.value("forum") for fact in facts.counts}
    cells: dict[Cell, set[Atom]] = defaultdict(set)
    for fact in facts.counts:
        for names in _combinations(fact.kind, by_forum=len(forums) > 1):
            cells[cell_of(fact.kind, **{name: fact.value(name) for name in names})].add(fact)
    return {cell: frozenset(atoms) for cell, atoms in cells.items()}


def _combinations(kind: str, *, by_forum: bool) -> set[tuple[str, ...]]:
    """One forum alone is the total, and not counted twice."""
    crossed = [tuple(n for n in names if by_forum or n != "forum") for names in TABLES[kind]]
    return {(), *crossed, *((name,) for names in crossed for name in names)}


def lines_of(cells: Collection[Cell]) -> list[Line[Cell]]:
    """Every total with the cells it adds up, in each dimension in turn."""
    lines: dict[tuple[Cell, int], list[Cell]] = defaultdict(list)
    for cell in sorted(cells):
        for place, value in enumerate(cell[1:], start=1):
            if value != ALL:
                lines[(*cell[:place], ALL, *cell[place + 1 :]), place].append(cell)
    return [Line(total, tuple(parts)) for (total, _place), parts in lines.items()]


def cell_counts(facts: Facts) -> dict[Cell, int]:
    """How much every cell counts."""
    return {
        cell: sum(facts.counts[atom] for atom in atoms) for cell, atoms in cells_of(facts).items()
    }
