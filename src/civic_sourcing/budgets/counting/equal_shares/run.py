"""
One run of Equal Shares with a given share for every voter.

Fast where floating point can decide, exact where it cannot: every purse and price is a float with
a bound on its error, and whatever the bounds leave open (which of two projects is cheaper, whether
supporters can pay, whose purse is emptied) is asked of the ``Ledger``, which answers in rationals.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import compress
from operator import mul

from civic_sourcing.budgets.counting.amounts import Amount
from civic_sourcing.budgets.counting.steps import Numbers, Outcome

from .gate import Gate
from .ground import Block, Ground
from .head import Head
from .ledger import Ledger, Purchase

EPSILON = 2.0**-52
_COARSE = 1e-7
"""Relative error from which a price is worked out exactly before anybody pays it."""

Lefts = tuple[Sequence[int], Sequence[float], list[float], float]
"""Groups, what they have, what they would have left, and the most that may be wrong by."""


class Run:
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
        self.ground = ground
        self.share = share
        self.ledger = Ledger(ground, share)
        self.bought: list[int] = []
        self.refused: dict[int, tuple[Outcome, Numbers]] = {}
        self.ties: dict[int, int] = {}
        self.spent: Amount = 0
        self._ceiling = ceiling
        self._gate = gate
        self._waiting: list[int] = []
        self._purses = [float(share)] * len(ground.ballots)
        self._error = float(share) * EPSILON
        self._blocks = list(ground.blocks)
        self._floating = list(ground.blocks)
        self._sunk: dict[int, Block] = {}
        self._costs = [float(cost) for cost in ground.costs]
        self._scales = [float(scale) for scale in ground.scales]
        self._price = [
            cost / points * (1 - 4 * EPSILON) if points else math.inf
            for cost, points in zip(self._costs, ground.points, strict=True)
        ]
        self._slack = [0.0] * len(self._costs)
        self._rich = [0] * len(self._costs)
        self._asked = [-1] * len(self._costs)
        self._heap = [(self._low(project), project) for project in ground.candidates]
        if head is not None:
            self._begin(head)
        heapify(self._heap)

    def _begin(self, head: Head) -> None:
        share = self._purses[0] if self._purses else 0.0
        self._purses = [share - paid for paid in head.paid]
        self._error = share * EPSILON * (len(head.projects) + 4)
        for project in head.projects:
            self.ledger.add(Purchase(project, self.ground.points[project], ()))
            self._note(project)
        begun = set(head.projects)
        self._heap = [pair for pair in self._heap if pair[1] not in begun]

    def finish(self) -> "Run":
        """Buy until nobody can pay for anything more, or the ceiling is passed."""
        for project in self.ground.free:
            if self._is_open(project):
                self._note(project)
        while not self.is_over and (cheapest := self._cheapest()) is not None:
            if self._buy(cheapest):
                self._note(cheapest)
            else:
                self._drop(cheapest)
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
                    if self._ask(project):
                        heappush(heap, (self._low(project), project))
                    else:
                        self._drop(project)
            if rivals:
                chosen = rivals[0] if len(rivals) == 1 else self._decide(rivals)
                for project in rivals:
                    if project != chosen:
                        heappush(heap, (self._low(project), project))
                if chosen is not None:
                    return chosen
        return None

    def _low(self, project: int) -> float:
        price = (self._price[project] - self._slack[project]) / self._scales[project]
        return price * (1 - 2 * EPSILON)

    def _high(self, project: int) -> float:
        price = (self._price[project] + self._slack[project]) / self._scales[project]
        return price * (1 + 2 * EPSILON)

    def _ask(self, project: int) -> bool:
        """Find the price of a point of ``project`` now; false if its supporters cannot pay."""
        sunk_money, sunk, size = self._sunk_of(project)
        parts = [(block, block.take(self._purses)) for block in self._floating[project]]
        cost, price, shrinks = self._costs[project], self._price[project], False
        while True:
            paid, poor, rich = sunk_money, sunk, 0
            for block, purses in parts:
                limit, weights = price * block.points, block.weights
                if min(purses) >= limit:
                    rich += block.points * block.weight
                    continue
                below = [purse < limit for purse in purses]
                fewer = sum(compress(weights, below))
                paid += sum(map(mul, compress(purses, below), compress(weights, below)))
                poor += fewer
                rich += block.points * (block.weight - fewer)
                shrinks = shrinks or fewer * 4 > block.weight
            many = size + sum([len(purses) for _, purses in parts])
            doubt = poor * self._error + many * EPSILON * (paid + cost)
            self._asked[project] = len(self.bought)
            if not rich:
                return cost - paid <= doubt and self._settle(project, sure=False) is not None
            found = (cost - paid) / rich
            if found <= price * (1 + 2 * EPSILON):
                break
            price = found
        self._price[project], self._rich[project] = found, rich
        self._slack[project] = doubt / rich + 4 * EPSILON * price
        if shrinks:
            self._sink(project, parts, price)
        return True

    def _sunk_of(self, project: int) -> tuple[float, int, int]:
        """Money, weight and number of supporters known to be too poor for ``project``."""
        block = self._sunk.get(project)
        if block is None:
            return 0.0, 0, 16
        purses = block.take(self._purses)
        money = sum(map(mul, purses, block.weights))
        if purses.count(0.0) * 2 > len(purses):
            pairs = [
                (g, w) for g, w, p in zip(block.groups, block.weights, purses, strict=True) if p
            ]
            self._sunk.pop(project)
            if pairs:
                self._sunk[project] = Block.of(0, [g for g, _ in pairs], [w for _, w in pairs])
        return money, block.weight, len(purses) + 16

    def _sink(self, project: int, parts: list[tuple[Block, Sequence[float]]], price: float) -> None:
        """Keep those too poor for ``price`` apart: prices never fall, purses never fill."""
        sunk = self._sunk.get(project)
        groups, weights = (list(sunk.groups), list(sunk.weights)) if sunk else ([], [])
        floating = []
        for block, purses in parts:
            limit = price * block.points
            above = [purse >= limit for purse in purses]
            if any(above):
                kept = list(compress(block.groups, above)), list(compress(block.weights, above))
                floating.append(Block.of(block.points, *kept))
            below = [0 < purse < limit for purse in purses]
            groups += compress(block.groups, below)
            weights += compress(block.weights, below)
        self._floating[project] = floating
        if groups:
            self._sunk[project] = Block.of(0, groups, weights)

    def _alive(self, project: int) -> list[Block]:
        """The supporters of ``project``, without those whose purses are empty if they are many."""
        blocks = self._blocks[project]
        empty = self.ledger.empty
        if empty and any(b.take(self._purses).count(0.0) * 3 > len(b.groups) for b in blocks):
            blocks = []
            for block in self._blocks[project]:
                full = [purse > 0 for purse in block.take(self._purses)]
                if any(full):
                    groups, weights = block.groups, block.weights
                    kept = list(compress(groups, full)), list(compress(weights, full))
                    blocks.append(Block.of(block.points, *kept))
            self._blocks[project] = blocks
        return blocks

    def _decide(self, rivals: list[int]) -> int | None:
        """The cheapest of ``rivals`` exactly, of equal ones the first under the tie rule."""
        keys = []
        for project in list(rivals):
            price = self._settle(project)
            if price is None:
                rivals.remove(project)
                self._drop(project)
            else:
                key = price / self.ground.scales[project]
                keys.append((key, self.ground.rank[project], project))
        if not keys:
            return None
        least, _, chosen = min(keys)
        self.ties[chosen] = sum(key == least for key, _, _ in keys) - 1
        return chosen

    def _settle(self, project: int, *, sure: bool = True) -> Fraction | None:
        """The exact price of a point of ``project``; ``None`` if its supporters cannot pay."""
        settled = self._exactly(project, sure=sure)
        if settled is None:
            return None
        price = settled[0]
        self._price[project] = float(price)
        self._slack[project] = 2 * EPSILON * self._price[project]
        self._rich[project] = settled[2]
        return price

    def _exactly(
        self, project: int, *, sure: bool = True
    ) -> tuple[Fraction, list[int], int] | None:
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

    def _buy(self, project: int) -> bool:
        """Take the price of ``project`` from its supporters; false if they cannot pay after all."""
        exact: Fraction | None = None
        poorer: list[int] = []
        lefts = self._lefts(project)
        coarse = self._slack[project] > _COARSE * self._price[project]
        if coarse or any(min(map(abs, left)) <= wide for _, _, left, wide in lefts):
            settled = self._exactly(project)
            if settled is None:
                return False
            exact, poorer, self._rich[project] = settled
            self._price[project] = float(exact)
            self._slack[project] = 2 * EPSILON * self._price[project]
            lefts = self._lefts(project)
        poor = self._charge(lefts)
        unsure: set[int] = set()
        if exact is not None:
            unsure = self._unsure(lefts).difference(poorer)
            poor = [*({*poor, *poorer} - unsure)]
            for group in poorer:
                self._purses[group] = 0.0
        self.ledger.add(Purchase(project, self._rich[project], poor))
        for group in unsure:
            self._purses[group] = float(self.ledger.purse(group))
            if not self._purses[group]:
                self.ledger.empty[group] = len(self.ledger) - 1
        most = self._blocks[project][-1].points
        self._error += most * self._slack[project] + 2 * EPSILON * float(self.share)
        if self._error > _COARSE * float(self.share):
            self._refresh()
        return True

    def _lefts(self, project: int) -> list[Lefts]:
        """What supporters would have left, and how wrong that may be."""
        price, slack = self._price[project], self._slack[project]
        lefts = []
        for block in self._alive(project):
            pay = block.points * price
            wide = block.points * slack + self._error + 4 * EPSILON * pay
            before = block.take(self._purses)
            lefts.append((block.groups, before, [purse - pay for purse in before], wide))
        return lefts

    def _charge(self, lefts: list[Lefts]) -> list[int]:
        """Leave supporters what they have left; whose purses that empties."""
        purses = self._purses
        poor: list[int] = []
        for groups, before, after, _ in lefts:
            for group, left in zip(groups, after, strict=True):
                purses[group] = left if left > 0 else 0.0
            if min(after) <= 0:
                pairs = zip(groups, before, after, strict=True)
                poor += [group for group, purse, left in pairs if left <= 0 and purse]
        return poor

    def _unsure(self, lefts: list[Lefts]) -> set[int]:
        """Who may have nothing left or a little."""
        return {
            group
            for groups, before, after, wide in lefts
            for group, purse, left in zip(groups, before, after, strict=True)
            if purse and abs(left) <= wide
        }

    def _refresh(self) -> None:
        """Work out every purse anew, from exact prices."""
        prices = [float(price) for price in self.ledger.prices()]
        share, place = float(self.share), self.ledger.place
        self._error = 4 * EPSILON * share * (len(prices) + 1)
        for group, (picks, points) in enumerate(self.ground.ballots):
            if self._purses[group]:
                pairs = zip(picks, points, strict=True)
                left = share - sum([prices[place[p]] * w for p, w in pairs if p in place])
                exact = left > 4 * self._error
                self._purses[group] = left if exact else float(self.ledger.purse(group))
