"""What a larger share does not change, so that it is bought once for all runs."""

import math
from fractions import Fraction
from operator import mul

from .ground import MARGIN, Ground
from .ledger import Ledger


class Head:
    """
    The first purchases, as long as everybody who supports a project can pay its whole price.

    No price is ever lower than that. So while the projects bought are the first in order of it,
    ties included, and nobody was too poor, voters with more money buy the same projects for the
    same price. ``paid`` is what a voter of each group has paid for ``projects`` together.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._order = sorted(ground.candidates, key=lambda p: (_least(ground, p), ground.rank[p]))
        self.projects: list[int] = []
        self.paid = [0.0] * len(ground.ballots)

    def learn(self, ledger: Ledger) -> None:
        """Add the purchases of a run that began with this head."""
        ground = self._ground
        for purchase in ledger.purchases[len(self.projects) :]:
            project = purchase.project
            whole = purchase.points == ground.points[project] and not purchase.poor
            if not whole or project != self._order[len(self.projects)]:
                return
            price = float(Fraction(ground.costs[project]) / purchase.points)
            for block in ground.blocks[project]:
                pay = price * block.points
                for group in block.groups:
                    self.paid[group] += pay
            self.projects.append(project)

    def unchanged_for(self, ledger: Ledger) -> int:
        """
        How often the share of ``ledger`` may be raised before more is bought; 0 if that is unknown.

        Where nothing but the head was bought, a voter with more money has just so much more left.
        So supporters who cannot pay for a project lack so many steps of the share; rather one too
        few is counted than one too many.
        """
        ground = self._ground
        if len(self.projects) < len(ledger):
            return 0
        share, step = float(ledger.share), float(ground.step)
        least = math.inf
        for project in self._order:
            if project in ledger.place:
                continue
            weight, paid = 0, 0.0
            for block in ground.blocks[project]:
                weight += block.weight
                paid += sum(map(mul, block.take(self.paid), block.weights))
            cost = ground.floats[0][project] * (1 - MARGIN)
            missing = cost + paid * (1 - MARGIN) - weight * share * (1 + MARGIN)
            least = min(least, missing / (weight * step) * (1 - MARGIN))
        return math.ceil(least) - 1 if 0 < least < math.inf else 0


def _least(ground: Ground, project: int) -> Fraction:
    return Fraction(ground.costs[project]) / ground.points[project] / ground.scales[project]
