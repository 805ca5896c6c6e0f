"""Whether any ballot at all can keep to the rules, found by trying with all of them in view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from math import ceil, inf

from .checking import least_cost
from .content import Choice
from .limits import CumulativeLimits, KnapsackLimits, Limits
from .parts import Part, parts_of
from .rulebook import PaperProject, Rulebook

MOST_STEPS = 20_000
"""Tries after which the search gives up, which says nothing about the rules."""


class Reason(IntEnum):
    """The rules in the order they are added; the first that leaves no ballot is the reason."""

    PROJECTS = 0
    EXCLUSIVE = 1
    DEPENDENCIES = 2
    CATEGORIES = 3
    MONEY = 4


def impossible(rulebook: Rulebook, areas: Collection[str]) -> Reason | None:
    """
    Return which rule leaves no ballot that could be cast on the paper of these areas, if one does.

    ``None`` means that there is such a ballot, or that none was found within ``MOST_STEPS`` tries:
    what is called impossible is impossible, but not everything impossible is found.
    """
    parts = parts_of(rulebook, areas, Choice())
    for reason in Reason:
        if _Search(rulebook, parts, reason).finds_a_ballot() is False:
            return reason
    return None


def least_count(limits: Limits) -> int:
    """Return how many projects must be chosen: as the limits say, or to place the least points."""
    if not isinstance(limits, CumulativeLimits) or limits.least_total < 1:
        return limits.least
    needed = ceil(limits.least_total / (limits.most_points or limits.least_total))
    return max(limits.least, needed)


@dataclass
class _Demand:
    """A number of projects, or an amount of money, that the chosen ones must add up to."""

    least: float
    most: float
    worth: dict[str, int]
    reachable: list[int] = field(default_factory=list)
    sum: int = 0

    def prepare(self, order: Sequence[PaperProject], groups: dict[str, int]) -> None:
        """
        Note for each place in ``order`` what can still be added from there: of projects that
        exclude each other (a group) the dearest only.
        """
        dearest: Counter[int] = Counter()
        reachable = [0]
        for project in reversed(order):
            group = groups[project.number]
            worth = self.worth.get(project.number, 0)
            more = max(worth - dearest[group], 0)
            dearest[group] += more
            reachable.append(reachable[-1] + more)
        self.reachable = reachable[::-1]


class _Search:
    """Go through the projects, choosing and passing over, until a ballot meets every demand."""

    def __init__(self, rulebook: Rulebook, parts: Sequence[Part], reason: Reason) -> None:
        projects = [project for part in parts for project in part.projects]
        numbers = {project.number for project in projects}
        exclusive = rulebook.exclusive if reason >= Reason.EXCLUSIVE else ()
        self._sets = [numbers & set(together) for together in exclusive]
        needs = rulebook.dependencies if reason >= Reason.DEPENDENCIES else ()
        self._needs = [(each.project, each.needs) for each in needs if each.project in numbers]
        self._demands = list(_demands(rulebook, parts, reason))
        groups = _groups(projects, self._sets)
        self._order = self._promising_first(projects, groups)
        for demand in self._demands:
            demand.prepare(self._order, groups)
        self._chosen: set[str] = set()
        self._passed: set[str] = set()

    def finds_a_ballot(self) -> bool | None:
        """Whether there is one; ``None`` if that was not found out."""
        path: list[bool] = []
        for _ in range(MOST_STEPS):
            reached = self._in_reach(len(path))
            if reached and self._is_ballot():
                return True
            if not (reached and self._goes_on(path)) and not self._turns_back(path):
                return False
        return None

    def _promising_first(
        self, projects: Sequence[PaperProject], groups: dict[str, int]
    ) -> list[PaperProject]:
        """Projects of many demands first, then cheap ones; those of one group together."""
        wanted = [demand.worth for demand in self._demands if demand.least > 0]
        ranks = {
            project.number: (-sum(project.number in worth for worth in wanted), project.cost)
            for project in projects
        }
        best: dict[int, tuple[int, int]] = {}
        for number, group in groups.items():
            best[group] = min(best.get(group, ranks[number]), ranks[number])
        return sorted(
            projects,
            key=lambda p: (best[groups[p.number]], groups[p.number], ranks[p.number]),
        )

    def _goes_on(self, path: list[bool]) -> bool:
        """Choose the next project, or else pass it over; ``False`` if neither can be."""
        if len(path) == len(self._order):
            return False
        number = self._order[len(path)].number
        if self._can_choose(number):
            self._chosen.add(number)
            self._add(number, 1)
            path.append(True)
            return True
        return self._passes_over(number, path)

    def _turns_back(self, path: list[bool]) -> bool:
        """Pass over the last chosen project that can be; ``False`` if everything was tried."""
        while path:
            was_chosen = path.pop()
            number = self._order[len(path)].number
            if not was_chosen:
                self._passed.discard(number)
                continue
            self._chosen.discard(number)
            self._add(number, -1)
            if self._passes_over(number, path):
                return True
        return False

    def _passes_over(self, number: str, path: list[bool]) -> bool:
        if any(needed == number and project in self._chosen for project, needed in self._needs):
            return False
        self._passed.add(number)
        path.append(False)
        return True

    def _can_choose(self, number: str) -> bool:
        """Whether ``number`` goes with the chosen ones, and is good for anything."""
        if any(number in together and together & self._chosen for together in self._sets):
            return False
        if any(one == number and needed in self._passed for one, needed in self._needs):
            return False
        is_wanted = any(d.sum < d.least and d.worth.get(number) for d in self._demands)
        return is_wanted or any(needed == number for _, needed in self._needs)

    def _add(self, number: str, times: int) -> None:
        for demand in self._demands:
            demand.sum += times * demand.worth.get(number, 0)

    def _in_reach(self, place: int) -> bool:
        return all(
            demand.sum <= demand.most and demand.sum + demand.reachable[place] >= demand.least
            for demand in self._demands
        )

    def _is_ballot(self) -> bool:
        met = all(demand.least <= demand.sum <= demand.most for demand in self._demands)
        return met and all(
            needed in self._chosen for project, needed in self._needs if project in self._chosen
        )


def _groups(projects: Sequence[PaperProject], sets: Sequence[set[str]]) -> dict[str, int]:
    """Put each project into one group, so that at most one of each group can be chosen."""
    groups: dict[str, int] = {}
    for group, together in enumerate(sets):
        for number in together:
            groups.setdefault(number, group)
    for group, project in enumerate(projects, len(sets)):
        groups.setdefault(project.number, group)
    return groups


def _demands(rulebook: Rulebook, parts: Sequence[Part], reason: Reason) -> list[_Demand]:
    demands = []
    for part in parts:
        most = inf if part.limits.most is None else part.limits.most
        worth = dict.fromkeys((project.number for project in part.projects), 1)
        demands.append(_Demand(least_count(part.limits), most, worth))
    if reason >= Reason.CATEGORIES:
        projects = [project for part in parts for project in part.projects]
        for limit in rulebook.categories:
            worth = {p.number: 1 for p in projects if p.category == limit.code}
            demands.append(_Demand(limit.least, inf if limit.most is None else limit.most, worth))
    if reason >= Reason.MONEY:
        demands += _money_demands(rulebook, parts)
    return demands


def _money_demands(rulebook: Rulebook, parts: Sequence[Part]) -> list[_Demand]:
    demands = []
    for part in parts:
        if isinstance(part.limits, KnapsackLimits):
            costs = {project.number: project.cost for project in part.projects}
            demands.append(_Demand(least_cost(part.limits, part.money), part.money, costs))
            for area in rulebook.areas:
                costs = {p.number: p.cost for p in part.projects if p.area == area.code}
                demands.append(_Demand(0, area.budget, costs))
    return demands
