"""What everybody has left in a run of Equal Shares, and how purchases are paid from it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import compress

from .ground import Block, Ground
from .ledger import Ledger, Purchase

EPSILON = 2.0**-52
_COARSE = 1e-5
"""Relative error from which a price is worked out exactly before anybody pays it."""


class Purses:
    """
    The purse of every group and the price of a point of every project, with bounds on their error.

    No purse is further than ``_error`` from the exact one, no price further than its ``_slack``; an
    empty purse is 0 exactly. ``_rich`` are the points of those who can pay the price. ``_taken`` is
    what was paid for a point of each project bought, ``_exact`` are groups whose purses were worked
    out since prices were last put right.
    """

    def __init__(self, ground: Ground, share: Fraction) -> None:
        self.ground = ground
        self.share = share
        self.ledger = Ledger(ground, share)
        self._whole = float(share)
        self._purses = [self._whole] * len(ground.ballots)
        self._error = self._whole * EPSILON
        self._blocks = list(ground.blocks)
        self._price = [price * (1 - 4 * EPSILON) for price in ground.least]
        self._slack = [0.0] * len(ground.costs)
        self._rich = [0] * len(ground.costs)
        self._taken: dict[int, float] = {}
        self._exact: set[int] = set()

    def _shrink(self, project: int) -> None:
        """Leave out the supporters of ``project`` whose purses are empty."""
        blocks = []
        for block in self._blocks[project]:
            full = [purse > 0 for purse in block.take(self._purses)]
            if any(full):
                kept = list(compress(block.groups, full)), list(compress(block.weights, full))
                blocks.append(Block.of(block.points, *kept))
        self._blocks[project] = blocks

    def _charge(self, project: int) -> list[int] | None:
        """Let supporters pay; whose purses that empties. ``None`` where floats leave it open."""
        price, purses = self._price[project], self._purses
        if self._slack[project] > _COARSE * price:
            return None
        poor: list[int] = []
        taken: list[tuple[Block, Sequence[float]]] = []
        for block in self._blocks[project]:
            before = block.take(purses)
            taken.append((block, before))
            pay, wide = block.points * price, self._wide(project, block.points)
            most, least = pay - wide, pay + wide
            for group, purse in zip(block.groups, before, strict=True):
                if purse > least:
                    purses[group] = purse - pay
                elif purse < most:
                    if purse:
                        purses[group] = 0.0
                        poor.append(group)
                else:
                    _give_back(taken, purses)
                    return None
        return poor

    def _wide(self, project: int, points: int) -> float:
        """How wrong what supporters would have left may be."""
        slack = self._slack[project] + 4 * EPSILON * self._price[project]
        return points * slack + self._error

    def _charge_exactly(self, project: int, poorer: set[int]) -> None:
        """Let supporters pay, ``poorer`` for certain all they have."""
        purses, price = self._purses, self._price[project]
        poor, unsure = set(poorer), set()
        for block in self._blocks[project]:
            wide = self._wide(project, block.points)
            for group, purse in zip(block.groups, block.take(purses), strict=True):
                if purse:
                    left = purse - block.points * price
                    purses[group] = left if left > 0 else 0.0
                    if abs(left) <= wide:
                        unsure.add(group)
                    elif left < 0:
                        poor.add(group)
        for group in poorer:
            purses[group] = 0.0
        self._enter(project, [*poor], unsure - poorer)

    def _enter(self, project: int, poor: Sequence[int], unsure: Iterable[int] = ()) -> None:
        """Put a purchase in the books; what ``unsure`` groups have left is worked out."""
        self.ledger.add(Purchase(project, self._rich[project], poor))
        self._taken[project] = self._price[project]
        for group in unsure:
            self._purses[group] = float(self.ledger.purse(group))
            self._exact.add(group)
            if not self._purses[group]:
                self.ledger.empty.add(group)
        most = self.ground.blocks[project][-1].points
        self._error += most * self._slack[project] + 2 * EPSILON * self._whole
        if self._error > _COARSE * self._whole:
            self._refresh()

    def _refresh(self) -> None:
        """Give back, or take, by how much prices that were paid differ from the exact ones."""
        purses, taken = self._purses, self._taken
        self._error = error = 4 * EPSILON * self._whole * (len(self.ledger) + 1)
        unsure = self._exact
        for project, price in zip(self.ledger.projects, self.ledger.prices(), strict=True):
            exact = float(price)
            wrong = taken.get(project, exact) - exact
            if not wrong:
                continue
            taken[project] = exact
            for block in self._blocks[project]:
                back = wrong * block.points
                for group in block.groups:
                    purse = purses[group]
                    if purse:
                        purses[group] = left = purse + back
                        if left <= 4 * error:
                            unsure.add(group)
        for group in unsure:
            if group not in self.ledger.empty:
                purses[group] = float(self.ledger.purse(group))
        self._exact = set()


def _give_back(taken: list[tuple[Block, Sequence[float]]], purses: list[float]) -> None:
    for block, before in taken:
        for group, purse in zip(block.groups, before, strict=True):
            purses[group] = purse
