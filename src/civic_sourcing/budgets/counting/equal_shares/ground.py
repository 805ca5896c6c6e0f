"""What all runs of Equal Shares over the same ballots have in common."""

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any, NamedTuple

from civic_sourcing.budgets.counting.amounts import Amount
from civic_sourcing.budgets.counting.model import Ballot, Project, VoteType

_MANY = 32
"""Of so many equal ballots those cast once are added up apart, which is faster."""

MARGIN = 1e-9
"""A relative error that floats stay far below."""

Purses = Callable[[Sequence[float]], Sequence[float]]


class Block(NamedTuple):
    """
    Supporters of a project who give it the same ``points``.

    ``groups`` are numbers of equal ballots, ``weights`` how many there are of each, ``same`` that
    number if it is the same for all, else 0; ``take`` picks what belongs to them from a list for
    all groups.
    """

    points: int
    groups: Sequence[int]
    weights: Sequence[int]
    weight: int
    same: int
    take: Purses

    @classmethod
    def of(cls, points: int, groups: Sequence[int], weights: Sequence[int]) -> "Block":
        take: Purses = itemgetter(*groups) if len(groups) > 1 else _one(groups[0])
        weight = sum(weights)
        same = (
            weights[0] if weight == weights[0] * len(weights) == max(weights) * len(weights) else 0
        )
        return cls(points, groups, weights, weight, same, take)


def _one(group: int) -> Purses:
    return lambda purses: (purses[group],)


class Ground:
    """
    Ballots, turned to face the projects: who supports each, and with how many points.

    Weights and points are multiplied until they are whole numbers, which changes nothing but the
    units of money: ``unit`` is what one voter counts for, ``scale`` what one point does, ``step``
    by how much *add1* raises the share, ``least`` the price of a point if nobody is too poor.
    ``rank`` is the place of each project under the tie rule. ``turns`` are the projects that may be
    bought, cheapest first: a lower bound of the price, the project, and the share below which its
    supporters cannot pay together. Points of 0 and below support nothing.
    """

    def __init__(
        self,
        projects: Sequence[Project],
        ballots: Iterable[Ballot],
        vote_type: VoteType,
        *,
        by_cost: bool,
        raise_by: Amount,
        tie_key: Callable[[Project, Amount], Any],
    ) -> None:
        self.projects = projects
        self.costs = [project.cost for project in projects]
        self.ballots: list[tuple[Sequence[int], Sequence[int]]] = []
        self.weights: list[int] = []
        self._read(list(ballots), vote_type)
        self.step = Fraction(raise_by) / self.unit
        self.blocks = self._blocks()
        self.points = [sum(block.points * block.weight for block in of) for of in self.blocks]
        self.supporters = [
            Fraction(sum(block.weight for block in of), self.unit) for of in self.blocks
        ]
        self.scales = self.costs if by_cost else [1] * len(projects)
        order = sorted(range(len(projects)), key=lambda p: tie_key(projects[p], self.supporters[p]))
        self.rank = {project: place for place, project in enumerate(order)}
        self.floats = [float(cost) for cost in self.costs], [float(scale) for scale in self.scales]
        self.least = [
            cost / points if points else math.inf
            for cost, points in zip(self.floats[0], self.points, strict=True)
        ]
        self.candidates = [p for p, cost in enumerate(self.costs) if cost and self.points[p]]
        self.free = [p for p in order if not self.costs[p] and self.points[p]]
        self.turns = sorted(map(self._turn, self.candidates))

    def _turn(self, project: int) -> tuple[float, int, float]:
        """A lower bound of its price for a unit of utility, and of the share that pays for it."""
        low = self.least[project] / self.floats[1][project] * (1 - MARGIN)
        voters = sum(block.weight for block in self.blocks[project])
        return low, project, self.floats[0][project] / voters * (1 - MARGIN)

    def _read(self, ballots: list[Ballot], vote_type: VoteType) -> None:
        places = {project.id: place for place, project in enumerate(self.projects)}
        self.unit = math.lcm(*{Fraction(ballot.times).denominator for ballot in ballots})
        self.voters = Fraction(sum([ballot.times for ballot in ballots], start=0))
        worths = [_worth(ballot, vote_type) for ballot in ballots]
        given = {points for worth in set(worths) if worth for points in worth}
        scale = self.scale = math.lcm(*{Fraction(points).denominator for points in given})
        for ballot, worth in zip(ballots, worths, strict=True):
            picks: Sequence[int]
            if worth is None:
                picks = [places[name] for name in ballot.projects if name in places]
                points: Sequence[int] = (1,) * len(picks)
            else:
                named = zip(ballot.projects, worth, strict=True)
                pairs = [(places[n], int(w * scale)) for n, w in named if w > 0 and n in places]
                picks, points = [p for p, _ in pairs], [w for _, w in pairs]
            if picks:
                self.ballots.append((picks, points))
                self.weights.append(int(ballot.times * self.unit))

    def _blocks(self) -> list[list[Block]]:
        """The supporters of each project; of many, those who are one of a kind apart."""
        found: list[dict[int, list[int]]] = [{} for _ in self.projects]
        for group, (picks, points) in enumerate(self.ballots):
            for project, given in zip(picks, points, strict=True):
                same = found[project].get(given)
                if same is None:
                    found[project][given] = [group]
                else:
                    same.append(group)
        return [
            [block for given, groups in sorted(of.items()) for block in self._parted(given, groups)]
            for of in found
        ]

    def _parted(self, points: int, groups: list[int]) -> list[Block]:
        weights = self.weights
        parts = [groups]
        if len(groups) > _MANY:
            single = [group for group in groups if weights[group] == 1]
            parts = [single, [group for group in groups if weights[group] != 1]]
        return [
            Block.of(points, part, [weights[group] for group in part]) for part in parts if part
        ]


def _worth(ballot: Ballot, vote_type: VoteType) -> tuple[Amount, ...] | None:
    """Points of each project named; ``None`` stands for one each."""
    if ballot.points is not None or vote_type is not VoteType.ORDINAL:
        return ballot.points
    return tuple(range(len(ballot.projects), 0, -1))
