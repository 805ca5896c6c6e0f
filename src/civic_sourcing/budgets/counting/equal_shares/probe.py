"""How much larger shares may be before a run buys anything else, or in another order."""

import math
from fractions import Fraction
from itertools import compress
from operator import mul

from civic_sourcing.budgets.counting.amounts import Amount

from .ground import Ground
from .head import Head
from .run import Lefts, Run


class Probe(Run):
    """
    A run that also finds its ``reach``: shares larger by less than that buy the same, in order.

    As long as the order is the same and the same voters are poor, every purse and every price is a
    linear function of the share. What could change them are differences: between the price paid
    and the lower bounds of all others, between a purse and what is taken from it, between what
    supporters have and what a project costs them. Each is a line, and the reach is the first place
    where one of them meets zero. With other voters too poor, a project's price is higher than the
    line says, so that lines of projects not bought are lower bounds whatever happens.
    """

    def __init__(self, ground: Ground, share: Fraction, *, ceiling: Amount, head: Head) -> None:
        super().__init__(ground, share, ceiling=ceiling, head=head)
        self.reach = math.inf
        self._slopes = [1.0] * len(ground.ballots)
        self._rates = [0.0] * len(ground.costs)

    @property
    def steps(self) -> int:
        """How many steps of the completion the reach is, less a little for rounding."""
        if self.reach == math.inf:
            return 0
        return max(0, math.ceil(self.reach / float(self.ground.step) * (1 - 1e-6)) - 1)

    def _ask(self, project: int) -> bool:
        can_pay = super()._ask(project)
        if self.reach <= 0:
            return can_pay
        money = slope = 0.0
        for block in self._alive(project):
            purses, slopes = block.take(self._purses), block.take(self._slopes)
            weights = block.weights
            if can_pay:
                limit = self._price[project] * block.points
                below = [purse < limit for purse in purses]
                slope += sum(map(mul, compress(slopes, below), compress(weights, below)))
            else:
                money += sum(map(mul, purses, weights))
                slope += sum(map(mul, slopes, weights))
        if can_pay:
            self._rates[project] = -slope / self._rich[project]
        else:
            self._meet(self._costs[project] * (1 - 1e-9) - money, -slope)
        return can_pay

    def _buy(self, project: int) -> bool:
        if self.reach <= 0:
            return super()._buy(project)
        price, rate = self._high(project), self._rates[project] / self._scales[project]
        for low, other in self._heap:
            self._meet(low - price, self._rates[other] / self._scales[other] - rate)
        self._take(project, self._lefts(project))
        return super()._buy(project)

    def _take(self, project: int, lefts: list[Lefts]) -> None:
        rate = self._rates[project]
        for block, (groups, before, after, wide) in zip(self._blocks[project], lefts, strict=True):
            pay = rate * block.points
            slopes = [slope - pay for slope in block.take(self._slopes)]
            for purse, left, slope in zip(before, after, slopes, strict=True):
                if purse and abs(left) <= wide:
                    self.reach = 0.0
                elif purse:
                    self._meet(abs(left) - wide, slope if left > 0 else -slope)
            for group, left, slope in zip(groups, after, slopes, strict=True):
                self._slopes[group] = slope if left > 0 else 0.0

    def _meet(self, gap: float, slope: float) -> None:
        """Note that something changes where ``gap`` and so much more for each unit is zero."""
        if slope < 0 and gap < self.reach * -slope:
            self.reach = gap / -slope
