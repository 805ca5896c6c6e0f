"""What a score sheet comes to, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

Points = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Criterion:
    """
    One criterion: ``most`` points a judge may give, and its ``weight`` in points of the sheet
    (``None``: ``most``). A ``bonus`` does not count towards the full points.
    """

    id: str
    most: Points
    weight: Points | None = None
    bonus: bool = False

    @property
    def worth(self) -> Fraction:
        """The most this criterion adds to the points of a sheet."""
        return Fraction(self.most if self.weight is None else self.weight)

    @property
    def share(self) -> Fraction:
        """Points of the sheet for one point given."""
        return self.worth / Fraction(self.most)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What ``judge`` gave ``entry``, by criterion; ``failed`` a knock-out question or not."""

    judge: str
    entry: str
    values: Mapping[str, Points]
    failed: bool = False


def points_of(criteria: Sequence[Criterion], sheets: Sequence[Sheet]) -> list[Fraction]:
    """
    Return the points of each sheet, exactly; over one common denominator, hence the speed.

    Raises ``ValueError`` where a value is missing, unknown or out of bounds.
    """
    bounds = {one.id: Fraction(one.most) for one in criteria}
    ratios: list[list[tuple[int, int]]] = []
    denominators: set[int] = set()
    for sheet in sheets:
        if sheet.values.keys() != bounds.keys():
            raise ValueError(f"{sheet.judge!r} must score {[*bounds]!r}, not {[*sheet.values]!r}.")
        own = []
        for criterion, most in bounds.items():
            value = sheet.values[criterion]
            if not 0 <= value <= most:
                raise ValueError(f"{criterion!r} takes 0 to {most} points, not {value!r}.")
            top, bottom = value.as_integer_ratio()
            own.append((top, bottom))
            denominators.add(bottom)
        ratios.append(own)
    below = lcm(*denominators) if denominators else 1
    unit = lcm(*(one.share.denominator for one in criteria)) if criteria else 1
    factors = [int(one.share * unit) for one in criteria]
    return [
        Fraction(
            sum(
                top * (below // bottom) * factor
                for (top, bottom), factor in zip(own, factors, strict=True)
            ),
            below * unit,
        )
        for own in ratios
    ]
