"""Who has paid what, exactly; worked out only when it is asked for."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from .ground import Ground

Settled = tuple[Fraction, list[int], int]
"""An exact price of a point, groups found too poor for it, and the points of all others."""


class Purchase(NamedTuple):
    """A project bought: ``poor`` groups gave the last they had, ``points`` are of all others."""

    project: int
    points: int
    poor: Sequence[int]


class Ledger:
    """
    The purchases of a run, and the exact money of everybody.

    A group's purse is its share less the price of each project it supports among those bought,
    until a price is more than is left: then it is empty. So a sum of purses is a sum of prices
    with whole factors, and what looks like rationals for every voter is rationals for every
    purchase.
    """

    def __init__(self, ground: Ground, share: Fraction) -> None:
        self.ground = ground
        self.share = share
        self.place: dict[int, int] = {}
        self.empty: set[int] = set()
        self.purchases: list[Purchase] = []
        self._prices: list[Fraction] = []
        self._purses: dict[tuple[tuple[int, int], ...], Fraction] = {}

    def __len__(self) -> int:
        return len(self.purchases)

    @property
    def projects(self) -> list[int]:
        return [purchase.project for purchase in self.purchases]

    def add(self, purchase: Purchase) -> None:
        """Note a purchase; the purses of its poor groups are empty from now on."""
        self.place[purchase.project] = len(self.purchases)
        self.empty.update(purchase.poor)
        self.purchases.append(purchase)

    def prices(self) -> list[Fraction]:
        """The price of a point, for each purchase."""
        while len(self._prices) < len(self.purchases):
            number = len(self._prices)
            project, points, poor = self.purchases[number]
            left = self.ground.costs[project] - self._sum(poor, number)
            self._prices.append(left / points)
        return self._prices

    def money(self, groups: Iterable[int]) -> Fraction:
        """What ``groups`` have left together."""
        return self._sum([g for g in groups if g not in self.empty], len(self.purchases))

    def _sum(self, groups: Iterable[int], before: int) -> Fraction:
        """What ``groups``, none of them empty, had before a purchase."""
        factors = [0] * before
        total = 0
        place, ballots, weights = self.place, self.ground.ballots, self.ground.weights
        for group in groups:
            weight = weights[group]
            total += weight
            picks, points = ballots[group]
            for project, given in zip(picks, points, strict=True):
                number = place.get(project, before)
                if number < before:
                    factors[number] += weight * given
        prices = self._prices if before <= len(self._prices) else self.prices()
        owed = [factor * price for factor, price in zip(factors, prices, strict=False) if factor]
        return total * self.share - sum(owed, start=Fraction(0))

    def purse(self, group: int) -> Fraction:
        """What one voter of ``group`` has left."""
        if group in self.empty:
            return Fraction(0)
        picks, points = self.ground.ballots[group]
        history = tuple(
            sorted(
                (self.place[project], given)
                for project, given in zip(picks, points, strict=True)
                if project in self.place
            )
        )
        if history not in self._purses:
            prices = self.prices()
            paid = sum([prices[number] * given for number, given in history], start=Fraction(0))
            self._purses[history] = self.share - paid
        return self._purses[history]

    def price(
        self, project: int, poor: Iterable[int], near: Iterable[tuple[int, int]], points: int
    ) -> Settled | None:
        """
        The price of a point of ``project`` now, who of ``near`` is too poor for it, points left.

        ``poor`` certainly give all they have, ``near`` (groups with the points they give) may;
        ``points`` are of those who certainly have enough. ``None`` if they cannot pay together.
        """
        left = self.ground.costs[project] - self.money(poor)
        unsure = list(near)
        weights = self.ground.weights
        points += sum(weights[group] * given for group, given in unsure)
        poorer: list[int] = []
        while points:
            price = left / points
            found = [pair for pair in unsure if self.purse(pair[0]) < price * pair[1]]
            if not found:
                return Fraction(price), poorer, points
            unsure = [pair for pair in unsure if self.purse(pair[0]) >= price * pair[1]]
            left -= sum([weights[group] * self.purse(group) for group, _ in found])
            points -= sum(weights[group] * given for group, given in found)
            poorer += [group for group, _ in found]
        return None
