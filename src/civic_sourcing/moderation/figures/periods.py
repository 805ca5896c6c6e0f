"""Calendar quarters, and the periods a report may cover: one quarter, half a year, a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PARTS: dict[str, tuple[int, ...]] = {
    "year": (1, 2, 3, 4),
    "h1": (1, 2),
    "h2": (3, 4),
    "q1": (1,),
    "q2": (2,),
    "q3": (3,),
    "q4": (4,),
}


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, ``number`` from 1 to 4. The smallest time that is counted."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"A quarter must be 1 to 4, not {self.number!r}.")

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        year, number = divmod(self.number, 4)
        return Quarter(self.year + year, number + 1)


@dataclass(frozen=True)
class Period:
    """What a report covers: ``part`` of a ``year``, one of ``PARTS``."""

    year: int
    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS:
            raise ValueError(f"A part of a year must be one of {list(PARTS)}, not {self.part!r}.")

    def __iter__(self) -> Iterator[Quarter]:
        return (Quarter(self.year, number) for number in PARTS[self.part])

    @property
    def first_day(self) -> date:
        return Quarter(self.year, PARTS[self.part][0]).first_day

    @property
    def last_day(self) -> date:
        return Quarter(self.year, PARTS[self.part][-1]).last_day


def quarter_of(day: date) -> Quarter:
    """The quarter ``day`` lies in; the caller chooses in which time zone it is that day."""
    return Quarter(day.year, (day.month + 2) // 3)
