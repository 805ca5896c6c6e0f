"""
Whether a score sheet may be handed in as it stands. Pure Python.

A sheet says for each criterion a whole number of points, and a comment where one is required:

- *points*: from 0 to the most there are;
- *levels with descriptions*: the points of one of the levels;
- *yes or no*: 1 for yes, 0 for no. A knock-out question is one of these.

So the sum of a sheet can never be more than the sum of all criteria, bonus included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a criterion is answered."""

    NUMERIC = "numeric"
    RATING = "rating"
    YES_NO = "yesno"


class Fault(StrEnum):
    """What is wrong with one criterion of a sheet."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    BELOW = "below"
    ABOVE = "above"
    NO_LEVEL = "no-level"
    NO_COMMENT = "no-comment"


@dataclass(frozen=True)
class Measure:
    """One criterion as a sheet has to answer it. ``levels`` are the points of its levels."""

    id: str
    kind: Kind = Kind.NUMERIC
    points: int = 0
    levels: frozenset[int] = frozenset()
    needs_comment: bool = False

    @property
    def most(self) -> int:
        """The highest number a judge can write."""
        if self.kind == Kind.YES_NO:
            return 1
        return max(self.levels) if self.kind == Kind.RATING and self.levels else self.points


@dataclass(frozen=True)
class Mark:
    """What a sheet says to one criterion; ``points`` is ``None`` where nothing is said yet."""

    points: int | None = None
    comment: str = ""


def faults_of(
    measures: Sequence[Measure], marks: Mapping[str, Mark], *, whole: bool
) -> list[tuple[str, Fault]]:
    """
    What is wrong with ``marks``, by criterion in the order of ``measures``; strangers last.

    A draft may have gaps; a ``whole`` sheet has to say everything.
    """
    known = {measure.id for measure in measures}
    faults = [
        (measure.id, fault)
        for measure in measures
        for fault in _faults(measure, marks.get(measure.id, Mark()), whole=whole)
    ]
    return faults + [(key, Fault.UNKNOWN) for key in marks if key not in known]


def _faults(measure: Measure, mark: Mark, *, whole: bool) -> Iterator[Fault]:
    if mark.points is None:
        if whole:
            yield Fault.MISSING
    elif mark.points < 0:
        yield Fault.BELOW
    elif mark.points > measure.most:
        yield Fault.ABOVE
    elif measure.kind == Kind.RATING and measure.levels and mark.points not in measure.levels:
        yield Fault.NO_LEVEL
    if whole and measure.needs_comment and not mark.comment.strip():
        yield Fault.NO_COMMENT
