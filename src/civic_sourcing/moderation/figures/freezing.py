"""Count a period, leave out what must not be shown, and keep the result as a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .counting import ALL, TABLES, Atom, Cell, Facts, cells_of
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

    def count(self, table: str, *values: str) -> int | None:
        return self.counts.get((table, *values), 0)

    def values(self, table: str, dimension: int) -> list[str]:
        """The values that occur in one dimension of a table."""
        return sorted({cell[dimension + 1] for cell in self.counts if cell[0] == table} - {ALL})

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
    nor with the public log, and neither can what they left out.
    """
    own = facts.within(period, forums)
    cells = cells_of(own)
    known, secrets = _published(facts, earlier)
    known += [frozenset([fact]) for fact in facts.counts if fact.logged]
    hidden = suppress(
        cells,
        facts.counts,
        known=known,
        secrets=secrets,
        totals={cell: cell.count(ALL) + 10 * (TABLES[0] != cell[0]) for cell in cells},
    )
    sizes = {cell: sum(facts.counts[atom] for atom in atoms) for cell, atoms in cells.items()}
    counts = {cell: None if cell in hidden else size for cell, size in sizes.items()}
    return Figures(period, tuple(forums), counts, _waits(own, counts, forums))


def _published(
    facts: Facts, earlier: Iterable[Publication]
) -> tuple[list[frozenset[Atom]], list[frozenset[Atom]]]:
    """What earlier publications showed, and what they left out."""
    shown, left_out = [], []
    for publication in earlier:
        cells = cells_of(facts.within(publication.period, publication.forums))
        for cell, atoms in cells.items():
            (left_out if cell in publication.hidden else shown).append(atoms)
    return shown, left_out


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
        and counts.get((TABLES[0], forum, ALL, ALL)) is not None
    }
