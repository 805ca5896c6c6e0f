"""The parts of a ballot that limits hold for: the whole, or each area by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from civic_sourcing.budgets.counting.plan import AreaUse

from .content import Choice
from .limits import KnapsackLimits, Limits
from .rulebook import PaperProject, Rulebook, Scope


@dataclass(frozen=True)
class Part:
    """
    A part of the ballot: its ``area`` (empty: the whole), limits, projects and money.

    ``money`` is what the chosen projects of a knapsack ballot may cost together, in minor units.
    """

    area: str
    limits: Limits
    projects: tuple[PaperProject, ...]
    money: int

    def of(self, numbers: Iterable[str]) -> list[PaperProject]:
        """The projects of this part that have these numbers, in the order of the paper."""
        wanted = set(numbers)
        return [project for project in self.projects if project.number in wanted]


def areas_used(rulebook: Rulebook, areas: Collection[str], choice: Choice) -> list[str]:
    """
    Return the codes of the areas whose limits hold for ``choice``, in the rulebook's order.

    All of the voter's, but where a ballot keeps to one area those it has marks in, if any.
    """
    used = set(areas)
    if rulebook.area_use == AreaUse.ONE:
        projects = rulebook.by_number
        marked = {projects[number].area for number in choice.projects if number in projects}
        used = (marked & used) or used
    return [area.code for area in rulebook.areas if area.code in used]


def parts_of(
    rulebook: Rulebook, areas: Collection[str], choice: Choice, withdrawn: Collection[str] = ()
) -> list[Part]:
    """
    Return the parts of a voter's ballot, each with the limits that hold for it.

    A ballot of one area of choice on which nothing is marked yet is one part, its money that of the
    richest area.
    """
    used = areas_used(rulebook, areas, choice)
    one_open = rulebook.area_use == AreaUse.ONE and len(used) > 1
    if rulebook.scope == Scope.AREA and not (one_open and not choice.projects):
        return [_part_of(rulebook, code, withdrawn) for code in used]
    budgets = [rulebook.by_area[code].budget for code in used] or [0]
    money = max(budgets) if one_open else sum(budgets)
    projects = rulebook.paper(used, withdrawn)
    return [Part("", rulebook.limits, projects, _spendable(rulebook.limits, money))]


def _part_of(rulebook: Rulebook, code: str, withdrawn: Collection[str]) -> Part:
    area = rulebook.by_area[code]
    limits = area.limits or rulebook.limits
    projects = rulebook.paper([code], withdrawn)
    return Part(code, limits, projects, _spendable(limits, area.budget))


def _spendable(limits: Limits, money: int) -> int:
    if isinstance(limits, KnapsackLimits) and limits.budget is not None:
        return min(limits.budget, money)
    return money
