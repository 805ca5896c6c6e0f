"""A run that is guided by what runs with a larger and a smaller share bought."""

import math
from fractions import Fraction
from heapq import heapify

from civic_sourcing.budgets.counting.amounts import Amount

from .ground import Ground
from .head import Head
from .run import Run


class Guided(Run):
    """
    A run that records its prices, and makes use of those of two others.

    As long as two runs buy the same in the same order, everybody has at least as much in the one
    with the larger share, and nothing is dearer there. So what a project costs ``above``, with the
    larger share, is a lower bound of its price here, and what nobody can pay for there is out here.
    Between the price ``below``, with the smaller share, and that ``above`` a price is guessed: the
    place where a search begins, nothing is decided by it.

    ``number`` says how often the share was raised. For each purchase after the first ``begun``
    ones ``lows`` are lower bounds of all other projects, ``highs`` upper bounds of its own, for a
    unit of utility, and ``prices`` those of a point.
    """

    def __init__(
        self,
        ground: Ground,
        first: Fraction,
        number: int = 0,
        *,
        ceiling: Amount,
        head: Head | None = None,
        below: "Guided | None" = None,
        above: "Guided | None" = None,
    ) -> None:
        super().__init__(ground, first + number * ground.step, ceiling=ceiling, head=head)
        self.number = number
        self.begun = len(self.ledger)
        self.lows: list[list[float]] = []
        self.highs: list[float] = []
        self.prices: list[float] = []
        self._below, self._above = below, above
        self._bounds = [math.inf] * len(ground.costs)
        for low, project in self._heap:
            self._bounds[project] = low
        self._is_led = False
        if above and above.ledger.projects[: self.begun] != self.ledger.projects:
            self._above = None

    def agrees_until(self, above: "Guided") -> bool:
        """Whether all shares from this to that of ``above`` buy the same, in the same order."""
        if above.is_over or above.ledger.projects != self.ledger.projects:
            return False
        start = max(self.begun, above.begun)
        highs, lows = self.highs[start - self.begun :], above.lows[start - above.begun :]
        return all(high < min(others) for high, others in zip(highs, lows, strict=True))

    def _cheapest(self) -> int | None:
        above, self._is_led = self._above, False
        if above is None:
            return super()._cheapest()
        place = len(self.ledger)
        if place == len(above.ledger) and not above.is_over:
            return None
        self._is_led = place < len(above.ledger)
        if self._is_led:
            chosen = above.ledger.purchases[place].project
            if self._is_next(chosen, above, place):
                return chosen
        self._is_led = False
        self._queue()
        return super()._cheapest()

    def _is_next(self, project: int, above: "Guided", place: int) -> bool:
        """Whether ``project`` is bought here, too, as far as can be told without looking at all."""
        lows = zip(self._bounds, above.lows[place - above.begun], strict=True)
        bounds = [low if low > other else other for low, other in lows]
        self._bounds = bounds
        if not self._ask(project, self._guess(above, place), fully=True):
            return False
        high = self._high(project)
        for rival in [p for p, low in enumerate(bounds) if low <= high]:
            can_pay = self._ask(rival, high * self._scales[rival])
            bounds[rival] = self._low(rival) if can_pay else math.inf
            if bounds[rival] <= high:
                bounds[project] = self._low(project)
                return False
        return True

    def _guess(self, above: "Guided", place: int) -> float:
        least, below = above.prices[place - above.begun], self._below
        if below is None or not below.begun <= place < len(below.ledger):
            return least
        most = below.prices[place - below.begun]
        part = (self.number - below.number) / (above.number - below.number)
        return most + (least - most) * part

    def _put_back(self, project: int) -> None:
        self._leave()
        super()._put_back(project)

    def _drop(self, project: int) -> None:
        if self._is_led:
            self._leave()
        super()._drop(project)

    def _leave(self) -> None:
        """Go on alone."""
        if self._is_led:
            self._queue()
        self._above, self._is_led = None, False

    def _queue(self) -> None:
        self._heap = [(low, p) for p, low in enumerate(self._bounds) if low < math.inf]
        heapify(self._heap)

    def _buy(self, project: int) -> None:
        place, high = len(self.ledger), self._high(project)
        if not self._is_led:
            self._bounds = [math.inf] * len(self._bounds)
            for low, other in self._heap:
                self._bounds[other] = low
        lows = list(self._bounds)
        super()._buy(project)
        if len(self.ledger) == place:
            return
        self.lows.append(lows)
        self.highs.append(max(high, self._high(project)))
        self.prices.append(self._price[project])
        above, below = self._above, self._below
        if above and not _bought(above, place, project):
            self._above = None
        if below and not _bought(below, place, project):
            self._below = None


def _bought(run: Run, place: int, project: int) -> bool:
    purchases = run.ledger.purchases
    return place < len(purchases) and purchases[place].project == project
