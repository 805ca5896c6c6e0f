"""What a voter can still choose: the counters beside a ballot that is being filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from .checking import least_cost
from .content import Choice
from .limits import CumulativeLimits, KnapsackLimits
from .parts import Part, parts_of
from .rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """
    What one part of the ballot (``area``; empty: the whole) has and what is left of it.

    ``missing`` projects must and ``more`` can still be chosen (``None``: no limit; below 0: too
    many are chosen). ``cost`` is that of the chosen projects, ``money`` what they may cost and
    ``money_missing`` what must still be spent, in minor units; ``points`` those given out and
    ``points_left`` those still to give. Both are ``None`` where the ballot has no such limit.
    """

    area: str
    chosen: int
    missing: int
    more: int | None
    cost: int
    money: int | None = None
    money_missing: int = 0
    points: int | None = None
    points_left: int | None = None

    @property
    def money_left(self) -> int | None:
        """What can still be spent, in minor units; below 0 if the projects cost too much."""
        return None if self.money is None else self.money - self.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLeft:
    """How many projects of a category are chosen, must be and can be; as in ``Left``."""

    code: str
    chosen: int
    missing: int
    more: int | None


@dataclass(frozen=True, slots=True)
class Remaining:
    """The counters of a ballot: one for each part that has limits, one for each category."""

    parts: tuple[Left, ...]
    categories: tuple[CategoryLeft, ...]


def remaining(
    rulebook: Rulebook, areas: Collection[str], choice: Choice, *, withdrawn: Collection[str] = ()
) -> Remaining:
    """
    Return what is left to choose, for a choice in any state: empty, over-filled, out of date.

    Marks on projects that are not on the paper are not counted.
    """
    parts = parts_of(rulebook, areas, choice, withdrawn)
    chosen = {project.number for part in parts for project in part.of(choice.chosen)}
    categories = Counter(rulebook.by_number[number].category for number in chosen)
    return Remaining(
        tuple(_left(part, choice) for part in parts),
        tuple(
            CategoryLeft(
                code=limit.code,
                chosen=categories[limit.code],
                missing=max(limit.least - categories[limit.code], 0),
                more=_more(limit.most, categories[limit.code]),
            )
            for limit in rulebook.categories
        ),
    )


def _left(part: Part, choice: Choice) -> Left:
    limits = part.limits
    projects = part.of(choice.chosen)
    cost = sum(project.cost for project in projects)
    money = points = points_left = None
    money_missing = 0
    if isinstance(limits, KnapsackLimits):
        money = part.money
        money_missing = max(least_cost(limits, money) - cost, 0)
    if isinstance(limits, CumulativeLimits):
        marks = choice.marks
        points = sum(int(marks[project.number]) for project in projects)
        points_left = limits.total - points
    return Left(
        area=part.area,
        chosen=len(projects),
        missing=max(limits.least - len(projects), 0),
        more=_more(limits.most, len(projects)),
        cost=cost,
        money=money,
        money_missing=money_missing,
        points=points,
        points_left=points_left,
    )


def _more(most: int | None, chosen: int) -> int | None:
    return None if most is None else most - chosen
