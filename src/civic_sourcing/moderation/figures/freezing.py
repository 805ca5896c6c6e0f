"""Count a period, leave out what must not be shown, and keep the result as a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from .counting import ALL, DIMENSIONS, TABLES, Atom, Cell, Facts, cell_of, cells_of, lines_of
from .periods import Period
from .suppression import LEAST, suppress
from .times import spread_of


@dataclass(frozen=True)
class Publication:
    """Figures published before: of which period and forums, and the cells they left out."""

    period: Period
    forums: tuple[str, ...]
    hidden: frozenset[Cell]


@dataclass(frozen=True)
class Figures:
    """
    Published figures. ``counts`` has ``None`` for a cell that is left out; what it lacks is zero.

    ``waits`` has hours by forum (``ALL`` for all of them): median and 90th percentile of the time
    to the first decision, where at least five were made.
    """

    period: Period
    forums: tuple[str, ...]
    counts: Mapping[Cell, int | None]
    waits: Mapping[str, tuple[float, float]]

    def count(self, kind: str, **values: str) -> int | None:
        """The number in a cell; ``None`` if it is left out."""
        return self.counts.get(cell_of(kind, **values), 0)

    def values(self, kind: str, dimension: str) -> list[str]:
        """The values of one dimension that occur, in no particular order."""
        place = DIMENSIONS[kind].index(dimension) + 1
        return sorted({cell[place] for cell in self.counts if cell[0] == kind} - {ALL})

    @property
    def publication(self) -> Publication:
        hidden = frozenset(cell for cell, count in self.counts.items() if count is None)
        return Publication(self.period, self.forums, hidden)

    def as_document(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "version": 1,
            "year": self.period.year,
            "part": self.period.part,
            "forums": list(self.forums),
            "counts": [[*cell, count] for cell, count in sorted(self.counts.items())],
            "waits": {forum: list(hours) for forum, hours in sorted(self.waits.items())},
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Figures:
        return cls(
            Period(document["year"], document["part"]),
            tuple(document["forums"]),
            {tuple(cell): count for *cell, count in document["counts"]},
            {forum: (hours[0], hours[1]) for forum, hours in document["waits"].items()},
        )


def freeze(
    facts: Facts, period: Period, forums: Sequence[str], *, earlier: Iterable[Publication] = ()
) -> Figures:
    """
    Count what happened in ``period`` and ``forums``, and leave out what must not be shown.

    ``facts`` must reach over the periods of all ``earlier`` publications, of which it is taken that
    everybody remembers them. What is left out here cannot be computed from them and this together,
    and neither can what they left out.
    """
    own = facts.within(period, forums)
    cells = cells_of(own)
    published = [
        (each, cells_of(facts.within(each.period, each.forums)))
        for each in _connected(list(earlier), period)
    ]
    known = [
        atoms
        for publication, shown in published
        for cell, atoms in shown.items()
        if cell not in publication.hidden
    ]
    hidden = suppress(
        cells,
        facts.counts,
        lines_of(cells),
        known=known,
        secrets=_secrets(facts, period, forums, published),
        refused=_telling(cells, published, facts),
    )
    sizes = {cell: sum(facts.counts[atom] for atom in atoms) for cell, atoms in cells.items()}
    counts = {cell: None if cell in hidden else size for cell, size in sizes.items()}
    counts.update(_zeros_beside_gaps(counts))
    return Figures(period, tuple(forums), counts, _waits(own, counts, forums))


def _connected(earlier: Sequence[Publication], period: Period) -> list[Publication]:
    """Those that share a quarter with ``period``, or with one that does, and so on."""
    quarters = set(period)
    found: list[Publication] = []
    rest = list(earlier)
    while near := [each for each in rest if not quarters.isdisjoint(each.period)]:
        found += near
        rest = [each for each in rest if each not in near]
        quarters.update(quarter for each in near for quarter in each.period)
    return found


def _secrets(
    facts: Facts,
    period: Period,
    forums: Sequence[str],
    published: Sequence[tuple[Publication, Mapping[Cell, frozenset[Atom]]]],
) -> set[frozenset[Atom]]:
    """
    What must stay unknown: what was left out before, and what a report on less would leave out.

    That is any small cell of one quarter, of one forum or of all, whether such a report exists yet.
    """
    left_out = {
        atoms
        for publication, cells in published
        for cell, atoms in cells.items()
        if cell in publication.hidden
    }
    quarters = {*period, *(quarter for each, _cells in published for quarter in each.period)}
    reported = {tuple(forums), *(each.forums for each, _cells in published)}
    places = reported | {(forum,) for together in reported for forum in together}
    for quarter, place in product(sorted(quarters), sorted(places)):
        for atoms in cells_of(facts.within([quarter], place)).values():
            if sum(facts.counts[atom] for atom in atoms) < LEAST:
                left_out.add(atoms)
    return left_out


def _zeros_beside_gaps(counts: Mapping[Cell, int | None]) -> dict[Cell, None]:
    """
    Zeros that stand in no line without gaps, left out like any number below five.

    Otherwise a gap would tell that it is not zero.
    """
    gaps = {cell for cell, count in counts.items() if count is None}
    gaps |= {line.total for line in lines_of(counts) if not gaps.isdisjoint(line.parts)}
    zeros: dict[Cell, None] = {}
    for kind, crossings in TABLES.items():
        for names in crossings:
            totals = [_totals(counts, kind, name) for name in names]
            for one, other in product(*totals):
                values = {names[0]: one, names[1]: other}
                cell = cell_of(kind, **values)
                if cell not in counts and all(
                    cell_of(kind, **{name: value}) in gaps for name, value in values.items()
                ):
                    zeros[cell] = None
    return zeros


def _totals(counts: Mapping[Cell, int | None], kind: str, name: str) -> list[str]:
    """The values of a dimension that have a total."""
    place = DIMENSIONS[kind].index(name) + 1
    found = (cell[place] for cell in counts if cell[0] == kind)
    return [
        value
        for value in dict.fromkeys(found)
        if value != ALL and cell_of(kind, **{name: value}) in counts
    ]


def _telling(
    cells: Mapping[Cell, frozenset[Atom]],
    published: Sequence[tuple[Publication, Mapping[Cell, frozenset[Atom]]]],
    facts: Facts,
) -> set[Cell]:
    """Cells that, less what was shown of them before, leave too little: year less quarters."""
    telling = set()
    for cell, atoms in cells.items():
        parts = [(each, before.get(cell, frozenset())) for each, before in published]
        parts = [(each, part) for each, part in parts if part and part < atoms]
        shown = [part for each, part in parts if cell not in each.hidden]
        left_out = {part for each, part in parts if cell in each.hidden}
        rest = atoms.difference(*shown)
        size = sum(facts.counts[atom] for atom in rest)
        if rest in left_out or (shown and 0 < size < LEAST):
            telling.add(cell)
    return telling


def _waits(
    facts: Facts, counts: Mapping[Cell, int | None], forums: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Only where the number of decisions is shown too: a median of a few is about those few."""
    by_forum: dict[str, list[float]] = {ALL: []}
    for (_quarter, forum), hours in facts.waits.items():
        by_forum[ALL] += hours
        by_forum.setdefault(forum, []).extend(hours)
    return {
        forum: (round(spread.median, 1), round(spread.ninetieth, 1))
        for forum in [ALL, *forums]
        if (spread := spread_of(by_forum.get(forum, [])))
        and spread.number >= LEAST
        and counts.get(cell_of("decision", forum=forum)) is not None
    }
