"""
Rank the entries of a phase from the score sheets of its judges. Pure Python, exact.

The points of a sheet are ``sum(weight * value / most)`` over its criteria; a criterion weighs its
most points unless it is said otherwise, and a bonus adds to the sum. An entry's *raw* result is
the mean of its sheets. Beside it stands the *corrected* one: the mean after each judge's severity
is taken off (``severity.py``), which is the raw one where severities cannot be told. Either may be
the panel's part of the total, mixed with a public vote and peer scores in announced shares.

Ties: totals are rounded half up to four decimals, the ones that are printed; those still equal are
decided by the ``Tie`` rule that was announced, or share a place (1, 1, 3). Entries that were
knocked out (by more than half of their judges) or that nobody judged have no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import NamedTuple

from .points import Criterion, Sheet, points_of
from .severity import Severities, severities

DECIMALS = 4
NOTHING, HALF, WHOLE = Fraction(0), Fraction(1, 2), Fraction(1)


class Tie(StrEnum):
    """What decides between equal totals."""

    SHARED = "shared"
    """Nothing: they share the place."""
    CRITERION = "criterion"
    """The better mean of the first criterion, then of the next; else they share the place."""
    EARLIER = "earlier"
    """Whose entry was handed in first."""


class Method(StrEnum):
    """Which result is the panel's part of the total."""

    RAW = "raw"
    CORRECTED = "corrected"


class Out(StrEnum):
    """Why an entry has no place."""

    NO = ""
    KNOCKED_OUT = "knocked-out"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the public vote and of peer scores in the total, from 0 to 1 together."""

    public: Fraction = NOTHING
    peer: Fraction = NOTHING

    def __post_init__(self) -> None:
        if self.public < 0 or self.peer < 0 or self.public + self.peer > 1:
            raise ValueError(f"Shares must be 0 to 1 together, not {self!r}.")

    @property
    def panel(self) -> Fraction:
        """What is left for the judges."""
        return WHOLE - self.public - self.peer


ALL_PANEL = Shares()


@dataclass(frozen=True, slots=True)
class Line:
    """
    One entry in the ranking. ``place`` is ``None`` where it is ``out``. All points are exact, only
    ``total`` is rounded. ``by_criterion`` are means of points given; ``lowest`` and ``highest`` the
    sheets' points; ``public`` and ``peer`` are from 0 to 1.
    """

    entry: str
    place: int | None = None
    total: Fraction = NOTHING
    raw: Fraction = NOTHING
    corrected: Fraction = NOTHING
    judges: int = 0
    failed: int = 0
    out: Out = Out.NO
    tied: bool = False
    lowest: Fraction = NOTHING
    highest: Fraction = NOTHING
    public: Fraction | None = None
    peer: Fraction | None = None
    by_criterion: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lines in order: by place, then those that are out. ``full`` are the points without bonus."""

    lines: tuple[Line, ...]
    full: Fraction
    method: Method
    severities: Severities

    def order(self) -> list[str]:
        """The entries that have a place, the first first."""
        return [line.entry for line in self.lines if line.place is not None]


def rank(
    criteria: Sequence[Criterion],
    sheets: Iterable[Sheet],
    entries: Sequence[str],
    *,
    method: Method = Method.CORRECTED,
    tie: Tie = Tie.SHARED,
    shares: Shares = ALL_PANEL,
    public: Mapping[str, Fraction] | None = None,
    peer: Mapping[str, Fraction] | None = None,
) -> Ranking:
    """
    Rank ``entries``, given in the order in which they were handed in.

    Sheets on entries not listed (withdrawn ones) tell of the severities alone.
    The order of sheets never matters. ``public`` and ``peer`` go from 0 to 1; an entry missing
    there has 0. Raises ``ValueError`` for points below 0 or above ``most``, a criterion without
    a value or unknown, two sheets of one judge on one entry, and for entries listed twice.
    """
    if len(set(entries)) != len(entries):
        raise ValueError("Each entry must be listed once.")
    known = [*sheets]
    points = points_of(criteria, known)
    found = severities(
        (sheet.judge, sheet.entry, float(own)) for sheet, own in zip(known, points, strict=True)
    )
    full = sum((one.worth for one in criteria if not one.bonus), Fraction(0))
    judged: dict[str, list[Judged]] = {entry: [] for entry in entries}
    for sheet, own in zip(known, points, strict=True):
        if sheet.entry in judged:
            judged[sheet.entry].append(Judged(sheet, own, found.points.get(sheet.judge, NOTHING)))
    lines = []
    for entry, own_sheets in judged.items():
        line = _line(entry, own_sheets, criteria)
        line = replace(
            line,
            public=(public or {}).get(entry, NOTHING) if shares.public else None,
            peer=(peer or {}).get(entry, NOTHING) if shares.peer else None,
        )
        lines.append(replace(line, total=_total(line, full, method, shares)))
    return Ranking(tuple(_placed(lines, criteria, tie)), full, method, found)


def rounded(points: Fraction) -> Fraction:
    """Round half up to the decimals that are printed and compared."""
    unit = 10**DECIMALS
    return Fraction(floor(points * unit + HALF), unit)


class Judged(NamedTuple):
    sheet: Sheet
    points: Fraction
    severity: Fraction


def _line(entry: str, judged: Sequence[Judged], criteria: Sequence[Criterion]) -> Line:
    """What the judges make of one entry; place and total come later."""
    if not judged:
        return Line(entry, out=Out.NOT_JUDGED)
    points = [one.points for one in judged]
    raw = sum(points, NOTHING) / len(judged)
    failed = sum(one.sheet.failed for one in judged)
    return Line(
        entry,
        raw=raw,
        corrected=raw - sum((one.severity for one in judged), NOTHING) / len(judged),
        judges=len(judged),
        failed=failed,
        out=Out.KNOCKED_OUT if 2 * failed > len(judged) else Out.NO,
        lowest=min(points),
        highest=max(points),
        by_criterion={
            one.id: Fraction(sum(sheet.values[one.id] for sheet, _own, _severity in judged))
            / len(judged)
            for one in criteria
        },
    )


def _total(line: Line, full: Fraction, method: Method, shares: Shares) -> Fraction:
    panel = line.corrected if method is Method.CORRECTED else line.raw
    if shares is ALL_PANEL:
        return rounded(panel)
    of_others = shares.public * (line.public or 0) + shares.peer * (line.peer or 0)
    return rounded(shares.panel * panel + of_others * full)


def _placed(lines: Sequence[Line], criteria: Sequence[Criterion], tie: Tie) -> Iterator[Line]:
    """The lines in order, each with its place; those that are out at the end as they came."""

    def rank_of(line: Line) -> tuple[Fraction, ...]:
        if tie is not Tie.CRITERION:
            return (line.total,)
        return line.total, *(line.by_criterion[one.id] for one in criteria)

    inside = sorted((line for line in lines if not line.out), key=rank_of, reverse=True)
    totals = Counter(line.total for line in inside)
    place = 0
    for position, line in enumerate(inside, start=1):
        same = position > 1 and rank_of(line) == rank_of(inside[position - 2])
        place = place if same and tie is not Tie.EARLIER else position
        yield replace(line, place=place, tied=totals[line.total] > 1)
    yield from (line for line in lines if line.out)
