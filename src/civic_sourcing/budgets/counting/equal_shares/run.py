"""
One run of Equal Shares with a given share for every voter.

Fast where floating point can decide, exact where it cannot: every purse and price is a float with
a bound on its error, and whatever the bounds leave open (which of two projects is cheaper, whether
supporters can pay, whose purse is emptied) is asked of the ``Ledger``, which answers in rationals.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import compress
from operator import mul
from typing import Self

from civic_sourcing.budgets.counting.amounts import Amount
from civic_sourcing.budgets.counting.steps import Numbers, Outcome

from .gate import Gate
from .ground import Ground
from .head import Head
from .ledger import Purchase, Settled
from .purses import EPSILON, Purses

Emptied = tuple[int, Sequence[float]]
"""Points given to a project, and what those had who gave their last for it."""


class Run(Purses):
    """
    Buy projects, cheapest per unit of utility first, while supporters can pay.

    A project's price never falls while money is spent, so the price found last is a lower bound
    and only the project on top of a heap has to be asked again. ``bought`` are places of projects
    in order, ``refused`` those the ``gate`` kept out, ``ties`` with how many others of the same
    price a project competed. A run stops as soon as it has spent more than ``ceiling``. Without a
    gate, the ``head`` of runs with smaller shares may be given.
    """

    def __init__(
        self,
        ground: Ground,
        share: Fraction,
        *,
        ceiling: Amount | None = None,
        gate: Gate | None = None,
        head: Head | None = None,
    ) -> None:
        super().__init__(ground, share)
        self.bought: list[int] = []
        self.refused: dict[int, tuple[Outcome, Numbers]] = {}
        self.ties: dict[int, int] = {}
        self.spent: Amount = 0
        self._ceiling = ceiling
        self._gate = gate
        self._waiting: list[int] = []
        self._costs, self._scales = ground.floats
        self._asked = [-1] * len(self._costs)
        most = self._whole if gate is None else math.inf
        self._heap = [(low, project) for low, project, need in ground.turns if need <= most]
        if head is not None:
            self._begin(head)

    def _begin(self, head: Head) -> None:
        share = self._whole
        self._purses = [share - paid for paid in head.paid]
        self._error = share * EPSILON * (len(head.projects) + 4)
        for project in head.projects:
            self.ledger.add(Purchase(project, self.ground.points[project], ()))
            self._note(project)
        begun = set(head.projects)
        self._heap = [pair for pair in self._heap if pair[1] not in begun]

    def finish(self) -> Self:
        """Buy until nobody can pay for anything more, or the ceiling is passed."""
        for project in self.ground.free:
            if self._is_open(project):
                self._note(project)
        while not self.is_over and (cheapest := self._cheapest()) is not None:
            self._buy(cheapest)
        for project in self._waiting:
            other = (self._gate and self._gate.waits(project)) or ""
            self.refused[project] = Outcome.NEED_UNFUNDED, {"other": other}
        return self

    @property
    def is_over(self) -> bool:
        """Whether more than the ceiling is spent."""
        return self._ceiling is not None and self.spent > self._ceiling

    def is_kept_out(self, project: int) -> bool:
        """Whether the gate keeps ``project`` out after all that was bought, whoever could pay."""
        gate = self._gate
        return gate is not None and (
            gate.refusal(project) is not None or gate.waits(project) is not None
        )

    def _enter(self, project: int, poor: Sequence[int], unsure: Iterable[int] = ()) -> None:
        super()._enter(project, poor, unsure)
        self._note(project)

    def _note(self, project: int) -> None:
        self.bought.append(project)
        self.spent += self.ground.costs[project]
        if self._gate:
            self._gate.settle(project, funded=True)
            self._call()

    def _drop(self, project: int) -> None:
        if self._gate:
            self._gate.settle(project, funded=False)
            self._call()

    def _call(self) -> None:
        """Let those that waited for another project have their turn."""
        waiting, self._waiting = self._waiting, []
        for project in waiting:
            if self.ground.costs[project]:
                heappush(self._heap, (self._low(project), project))
            elif self._is_open(project):
                self._note(project)

    def _is_open(self, project: int) -> bool:
        if self._gate is None:
            return True
        refusal = self._gate.refusal(project)
        if refusal is not None:
            self.refused[project] = refusal
            self._drop(project)
        elif self._gate.waits(project) is not None:
            self._waiting.append(project)
        else:
            return True
        return False

    def _cheapest(self) -> int | None:
        heap = self._heap
        while heap:
            rivals: list[int] = []
            high = math.inf
            while heap and heap[0][0] <= high:
                project = heappop(heap)[1]
                if self._asked[project] == len(self.bought):
                    rivals.append(project)
                    high = min(high, self._high(project))
                elif self._is_open(project):
                    start = high if rivals else heap[0][0] if heap else 0.0
                    if self._ask(project, start * self._scales[project]):
                        heappush(heap, (self._low(project), project))
                    else:
                        self._drop(project)
            chosen = rivals[0] if len(rivals) == 1 else self._decide(rivals)
            is_first = chosen is not None and (not heap or heap[0][0] > self._high(chosen))
            for project in rivals:
                if project != chosen or not is_first:
                    heappush(heap, (self._low(project), project))
            if is_first:
                return chosen
        return None

    def _put_back(self, project: int) -> None:
        """Let a project have another turn, with the price it has now."""
        heappush(self._heap, (self._low(project), project))

    def _low(self, project: int) -> float:
        price = (self._price[project] - self._slack[project]) / self._scales[project]
        return price * (1 - 2 * EPSILON)

    def _high(self, project: int) -> float:
        price = (self._price[project] + self._slack[project]) / self._scales[project]
        return price * (1 + 16 * EPSILON)

    def _ask(self, project: int, start: float = 0.0, *, fully: bool = False) -> bool:
        """
        Find the price of a point of ``project`` now; false if its supporters cannot pay.

        What they pay at a price is concave in it: a step of Newton's from anywhere leads to a lower
        bound, and on from there upwards to the price. Unless ``fully``, a lower bound above
        ``start`` is enough.
        """
        cost, low = self._costs[project], self._price[project]
        price = max(low, start)
        raised, enough = price > low, start > 0 and not fully
        while True:
            paid, poor, rich, many, emptied = self._pay(project, price)
            doubt = poor * self._error + many * EPSILON * (paid + cost)
            if rich:
                found = (cost - paid) / rich
                self._price[project], self._rich[project] = found, rich
                self._slack[project] = doubt / rich + 4 * EPSILON * price
                if found > price * (1 + 2 * EPSILON):
                    if enough:
                        return True
                elif not raised or found >= price * (1 - 2 * EPSILON) or _highest(emptied) < found:
                    break
                else:
                    raised = enough = False
                price = found
            elif cost - paid > doubt:
                return False
            elif raised:
                price, raised, enough = low, False, False
            else:
                self._asked[project] = len(self.bought)
                return self._settle(project, sure=False) is not None
        self._asked[project] = len(self.bought)
        return True

    def _pay(self, project: int, price: float) -> tuple[float, int, int, int, list[Emptied]]:
        """
        What those too poor for ``price`` would give together, and how many voters they are.

        Then the points of all others, the number of groups, and the purses of those too poor.
        """
        paid = 0.0
        poor = rich = many = 0
        emptied: list[Emptied] = []
        empty = False
        for points, _, weights, weight, same, take in self._blocks[project]:
            limit = price * points
            purses = take(self._purses)
            size = len(purses)
            if same:
                below = [purse for purse in purses if purse < limit]
                fewer = same * len(below)
                paid += same * sum(below)
            else:
                flags = [purse < limit for purse in purses]
                below = list(compress(purses, flags))
                poorer = list(compress(weights, flags))
                fewer = sum(poorer)
                paid += sum(map(mul, below, poorer))
            if below:
                emptied.append((points, below))
                gone = below.count(0.0)
                poor += fewer - gone
                empty = empty or gone * 5 > size * 4
            many += size
            rich += points * (weight - fewer)
        if empty:
            self._shrink(project)
        return paid, poor, rich, many, emptied

    def _decide(self, rivals: list[int]) -> int | None:
        """The cheapest of ``rivals`` exactly, of equal ones the first under the tie rule."""
        keys = []
        for project in list(rivals):
            settled = self._settle(project)
            if settled is None:
                rivals.remove(project)
                self._drop(project)
            else:
                key = settled[0] / self.ground.scales[project]
                keys.append((key, self.ground.rank[project], project))
        if not keys:
            return None
        least, _, chosen = min(keys)
        self.ties[chosen] = sum(key == least for key, _, _ in keys) - 1
        return chosen

    def _settle(self, project: int, *, sure: bool = True) -> Settled | None:
        """Replace the price of a point of ``project`` by the exact one; ``None`` if too dear."""
        settled = self._exactly(project, sure=sure)
        if settled is not None:
            self._price[project], self._rich[project] = float(settled[0]), settled[2]
            self._slack[project] = 2 * EPSILON * self._price[project]
        return settled

    def _exactly(self, project: int, *, sure: bool = True) -> Settled | None:
        """Ask the ledger; unless ``sure`` the price is but a lower bound, and all are asked."""
        while True:
            price, rich = self._price[project], 0
            margin = self._slack[project] + 4 * EPSILON * price
            poor: list[int] = []
            near: list[tuple[int, int]] = []
            for block in self._blocks[project]:
                wide = block.points * margin + self._error
                pay = block.points * price
                purses = block.take(self._purses)
                for group, weight, purse in zip(block.groups, block.weights, purses, strict=True):
                    if not purse:
                        continue
                    if purse < pay - wide:
                        poor.append(group)
                    elif sure and purse > pay + wide:
                        rich += block.points * weight
                    else:
                        near.append((group, block.points))
            settled = self.ledger.price(project, poor, near, rich)
            if settled is None or not rich or settled[0] <= price + margin:
                return settled
            self._price[project] = float(settled[0]) * (1 - EPSILON)

    def _buy(self, project: int) -> None:
        """Take the price of ``project`` from its supporters, if they really can pay."""
        poor = self._charge(project)
        if poor is not None:
            self._enter(project, poor)
            return
        high, settled = self._high(project), self._settle(project)
        if settled is None:
            self._drop(project)
        elif self._low(project) * (1 + 8 * EPSILON) > high:
            self._put_back(project)
        else:
            self._charge_exactly(project, set(settled[1]))


def _highest(emptied: Iterable[Emptied]) -> float:
    """The least price for which the same voters are too poor."""
    return max([max(purses) / points for points, purses in emptied], default=0) * (1 + 4 * EPSILON)
