"""
The arithmetic of the public numbers. Pure: no Django, no clock.

A challenge counts once for each of its types and each of its years, so these columns add up to
more than there are challenges; sums and means are of single challenges. Money is whole minor units
of one currency: what is in another currency is another set of figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Told:
    """
    What the numbers know of one challenge.

    ``amount`` is ``None`` where no sum was named. ``years`` are those it counts for; ``entrants``
    is ``None`` while nobody may know. ``days_to_decision`` is from the last deadline to the
    confirmed decision.
    """

    title: str = ""
    department: str = ""
    types: Sequence[str] = ()
    authority: str = ""
    amount: int | None = None
    has_other_prizes: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    years: Sequence[int] = ()
    entrants: int | None = None
    first_timers: int = 0
    days_to_decision: int | None = None
    is_decided: bool = False
    is_adopted: bool = False
    key: int = 0

    def covers(self, moment: datetime) -> bool:
        """Whether its window, ``[opens_at, closes_at)``, is known and covers ``moment``."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= moment < self.closes_at


@dataclass(frozen=True)
class Money:
    """Sums named by ``with_amount`` of some challenges; the others (``blank``) named none."""

    with_amount: int
    blank: int
    total: int
    mean: Fraction | None
    median: Fraction | None
    largest: int | None

    @classmethod
    def of(cls, challenges: Iterable[Told]) -> Money:
        amounts = [each.amount for each in challenges]
        named = sorted(amount for amount in amounts if amount is not None)
        return cls(
            with_amount=len(named),
            blank=len(amounts) - len(named),
            total=sum(named),
            mean=Fraction(sum(named), len(named)) if named else None,
            median=median(named),
            largest=named[-1] if named else None,
        )


@dataclass(frozen=True)
class Row:
    """One line of a table: how many challenges count for ``key``, and the money of these."""

    key: Any
    challenges: int
    money: Money


@dataclass(frozen=True)
class Figures:
    """
    The numbers of ``challenges`` of one currency.

    ``money`` is of all, ``money_alone`` of those whose prizes are money only, ``money_and_more`` of
    those that also give something else.
    """

    challenges: Sequence[Told]
    money: Money = field(init=False)
    money_alone: Money = field(init=False)
    money_and_more: Money = field(init=False)

    def __post_init__(self) -> None:
        alone = [each for each in self.challenges if not each.has_other_prizes]
        more = [each for each in self.challenges if each.has_other_prizes]
        object.__setattr__(self, "money", Money.of(self.challenges))
        object.__setattr__(self, "money_alone", Money.of(alone))
        object.__setattr__(self, "money_and_more", Money.of(more))

    @property
    def by_type(self) -> list[Row]:
        """One row for each type, the most frequent first; a challenge counts for each of its."""
        return self._rows(lambda each: each.types)

    @property
    def by_department(self) -> list[Row]:
        return self._rows(lambda each: [each.department])

    @property
    def by_authority(self) -> list[Row]:
        return self._rows(lambda each: [each.authority])

    @property
    def by_year(self) -> list[Row]:
        """One row for each year, the latest first."""
        rows = self._rows(lambda each: each.years)
        return sorted(rows, key=lambda row: row.key, reverse=True)

    @property
    def without_type(self) -> int:
        return sum(not each.types for each in self.challenges)

    @property
    def entrants(self) -> int:
        """Entries handed in where they may be told."""
        return sum(each.entrants or 0 for each in self.challenges)

    @property
    def first_timers(self) -> int:
        return sum(each.first_timers for each in self.challenges)

    @property
    def days_to_decision(self) -> Fraction | None:
        """The median of days from the deadline to the decision, of those decided."""
        days = [each.days_to_decision for each in self.challenges]
        return median(sorted(day for day in days if day is not None))

    @property
    def decided(self) -> int:
        return sum(each.is_decided for each in self.challenges)

    @property
    def adopted(self) -> int:
        """Challenges of which at least one solution is carried out."""
        return sum(each.is_adopted for each in self.challenges)

    def open_on(self, moment: datetime) -> int:
        """How many had a window that covers ``moment``."""
        return sum(each.covers(moment) for each in self.challenges)

    def over(self, amount: int) -> int:
        """How many named more than ``amount``."""
        return sum(each.amount is not None and each.amount > amount for each in self.challenges)

    def titles_twice(self) -> list[str]:
        """Titles that more than one challenge has, in the order of the alphabet."""
        uses = Counter(each.title for each in self.challenges)
        return sorted(title for title, number in uses.items() if number > 1)

    def without_dates(self) -> list[int]:
        """Keys of those whose window is not known at both ends, ascending."""
        return sorted(
            each.key for each in self.challenges if each.opens_at is None or each.closes_at is None
        )

    def _rows(self, keys: Callable[[Told], Iterable[Hashable]]) -> list[Row]:
        """Rows by descending number; equals in the order in which they first come."""
        groups: dict[Hashable, list[Told]] = {}
        for each in self.challenges:
            for key in dict.fromkeys(keys(each)):
                groups.setdefault(key, []).append(each)
        rows = [Row(key, len(group), Money.of(group)) for key, group in groups.items()]
        return sorted(rows, key=lambda row: -row.challenges)


def median(ascending: Sequence[int]) -> Fraction | None:
    """The middle of numbers in ascending order, or the mean of both; ``None`` of none."""
    if not ascending:
        return None
    half = len(ascending) // 2
    if len(ascending) % 2:
        return Fraction(ascending[half])
    return Fraction(ascending[half - 1] + ascending[half], 2)


def fiscal_year(moment: datetime, starts_in: int) -> int:
    """
    The fiscal year of a (local) moment, named by the calendar year in which it ends.

    ``starts_in`` is the month it starts with: of 10, October 2020 is in 2021; of 1 it is the
    calendar year.
    """
    return moment.year + (1 if starts_in > 1 and moment.month >= starts_in else 0)
