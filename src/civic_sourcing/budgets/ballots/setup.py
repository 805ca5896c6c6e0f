"""What is missing from the rules of a vote or contradicts itself, before it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from civic_sourcing.budgets.counting.amounts import plain
from civic_sourcing.budgets.counting.plan import AreaUse
from civic_sourcing.budgets.counting.ties import Tie

from .documents import moment
from .faults import Coded
from .limits import (
    CumulativeLimits,
    KnapsackLimits,
    Limits,
    ScoreLimits,
    SingleChoiceLimits,
)
from .possible import Reason, impossible
from .rulebook import Least, Of, PhaseTimes, Rulebook, Scope
from .sets import points_of_sets
from .winners import points_of_winners, winners_that_cannot_be

OPEN_POINTS = {
    "no-rules": "nobody has set the rules yet",
    "no-projects": "there is no project on the ballot paper",
    "project-twice": "the number {project} stands for more than one project",
    "project-area": "the project {project} is in the area “{area}”, which does not exist",
    "project-cost": "the project {project} costs less than nothing",
    "no-areas": "there is no area, so there is no money",
    "area-twice": "the code “{area}” stands for more than one area",
    "area-empty": "the area “{area}” has no project",
    "area-money": "the area “{area}” has no money",
    "none-affordable": "no project of the area “{area}” is affordable: {budget} there, {cheapest} "
    "the cheapest",
    "area-limits-kind": "the area “{area}” has limits of another kind of ballot",
    "area-limits-unused": "the area “{area}” has limits, but limits hold for the whole ballot",
    "town-missing": "voters may use the whole town, but no area is the whole town",
    "town-unused": "the area “{area}” is the whole town, but voters may only use their own",
    "limit-negative": "a limit is below 0",
    "limits-order": "at least {least} must be chosen, but at most {most} can be",
    "most-zero": "nothing can be chosen",
    "single-most": "a single choice is of one project, no more and no less",
    "total-low": "there are no points to give",
    "points-low": "no point can be given to a project",
    "total-order": "at least {least} points must be given, but there are {total}",
    "top-low": "the highest score is {top}, so every project is rated the same",
    "share-range": "the least share must be between 0 and 100 percent, not {share}",
    "budget-range": "a ballot may spend {budget}, but there are {money}",
    "category-twice": "the category “{category}” has more than one limit",
    "category-order": "in the category “{category}” at least {least}, but at most {most}",
    "category-least": "the category “{category}” wants {least} chosen and has {projects} projects",
    "categories-most": "the categories want {least} chosen, the ballot allows {most}",
    "winners-twice": "the category “{category}” says more than once how many are funded",
    "winners-order": "of the category “{category}” at least {least} are funded, but at most {most}",
    "winners-least": "of the category “{category}” {least} are funded, it has {projects} projects",
    "winners-sets": "what is funded of each category excludes each other or needs others",
    "winners-money": "there is not the money to fund as many of each category as must be",
    "exclusive-small": "a set of exclusive projects has fewer than two: {projects}",
    "exclusive-unknown": "the exclusive project {project} is not on the ballot paper",
    "dependency-unknown": "the project {project} needs {needs}; one of them is not on the paper",
    "dependency-cycle": "these projects need each other in a circle: {projects}",
    "needs-excluded": "the project {project} needs projects that exclude each other: {exclusive}",
    "needs-elsewhere": "the project {project} needs {needs}, which not all its voters can choose",
    "least-projects": "on the paper of {areas} fewer projects can be chosen than must be",
    "least-exclusive": "on the paper of {areas} exclusive projects leave too few to choose",
    "least-dependencies": "on the paper of {areas} no ballot can choose enough projects together "
    "with what they need",
    "least-categories": "on the paper of {areas} no ballot meets the limits of all categories",
    "least-money": "on the paper of {areas} no ballot meets the limits with the money there is",
    "no-eligibility": "nothing says who may vote",
    "nobody-eligible": "nobody meets what is asked of voters",
    "group-nobody": "nobody is in the group “{group}”: no register, no codes and no verified "
    "attribute lead to it",
    "group-twice": "the group “{group}” has more than one weight",
    "weight-range": "the group “{group}” has no weight",
    "weights-sum": "the weights of the groups add up to {sum} percent, not to 100",
    "winner-missing": "no rule says who wins",
    "lot-seed": "ties are drawn, but nothing says where the seed comes from",
    "threshold-range": "the least support of {value} can never be reached or is below 0",
    "quorum-range": "the quorum of {value} can never be reached or is below 0",
    "no-voting": "there is no voting phase",
    "phase-twice": "the phase “{phase}” is there more than once",
    "phase-ends-first": "the phase “{phase}” ends before it begins",
    "phase-order": "the phase “{second}” begins before the phase “{first}”",
    "count-before-close": "the phase “{phase}” begins before voting has ended",
    "voting-endless": "the voting phase has no end",
    "voting-over": "the voting phase is over since {closes_at}",
}
"""Sentence of each open point; the values are those of ``Coded``, times ISO 8601 in UTC."""

PHASES = ("projects", "voting", "counting", "results", "delivery")
"""Phases of a budget vote, in the order in which they begin. Others may stand anywhere."""


class OpenPoint(Coded):
    """Something without which a vote must not open."""

    __slots__ = ()
    sentences = OPEN_POINTS


def open_points(
    rulebook: Rulebook,
    now: datetime,
    *,
    eligible: int | None = None,
    without_people: Collection[str] = (),
) -> list[OpenPoint]:
    """
    Return all that keeps the vote from opening at ``now`` (aware); nothing: it may open.

    ``eligible`` is how many people meet what is asked of voters, ``None`` where nobody can know;
    ``without_people`` are codes of groups of voters in which nobody can be.
    Whether any ballot can be cast at all, and whether as many projects of each category can be
    funded as must be, is looked at once nothing simpler is wrong.
    """
    simple = [
        *_of_projects(rulebook),
        *_of_areas(rulebook),
        *_of_limits(rulebook),
        *_of_categories(rulebook),
        *(OpenPoint(code, context) for code, context in points_of_winners(rulebook)),
        *(OpenPoint(code, context) for code, context in points_of_sets(rulebook)),
    ]
    return [
        *simple,
        *([] if simple else _of_ballots(rulebook)),
        *([] if simple else map(OpenPoint, winners_that_cannot_be(rulebook))),
        *_of_voters(rulebook, eligible, without_people),
        *_of_winning(rulebook),
        *_of_phases(rulebook, now),
    ]


def papers(rulebook: Rulebook) -> list[list[str]]:
    """Return the areas of each ballot that voters may cast, by the use of areas."""
    town = sorted(rulebook.town_wide)
    districts = [area.code for area in rulebook.areas if not area.town_wide]
    match rulebook.area_use:
        case AreaUse.ALL:
            return [[area.code for area in rulebook.areas]]
        case AreaUse.ONE:
            return [[area.code] for area in rulebook.areas]
        case AreaUse.OWN:
            return [[district] for district in districts]
        case _:
            return [[*town, district] for district in districts] or [town]


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _of_projects(rulebook: Rulebook) -> Iterator[OpenPoint]:
    if all(project.withdrawn for project in rulebook.projects):
        yield OpenPoint("no-projects")
    for number in _twice(rulebook.numbers):
        yield OpenPoint("project-twice", {"project": number})
    for project in rulebook.projects:
        if project.area not in rulebook.by_area:
            yield OpenPoint("project-area", {"project": project.number, "area": project.area})
        if project.cost < 0:
            yield OpenPoint("project-cost", {"project": project.number})


def _of_areas(rulebook: Rulebook) -> Iterator[OpenPoint]:
    if not rulebook.areas:
        yield OpenPoint("no-areas")
    for code in _twice(area.code for area in rulebook.areas):
        yield OpenPoint("area-twice", {"area": code})
    if rulebook.area_use == AreaUse.OWN_AND_TOWN and not rulebook.town_wide:
        yield OpenPoint("town-missing")
    for area in rulebook.areas:
        yield from _of_money(rulebook, area.code)
        if rulebook.area_use == AreaUse.OWN and area.town_wide:
            yield OpenPoint("town-unused", {"area": area.code})
        if area.limits is not None and rulebook.scope != Scope.AREA:
            yield OpenPoint("area-limits-unused", {"area": area.code})
        elif area.limits is not None and type(area.limits) is not type(rulebook.limits):
            yield OpenPoint("area-limits-kind", {"area": area.code})


def _of_money(rulebook: Rulebook, code: str) -> Iterator[OpenPoint]:
    budget = rulebook.by_area[code].budget
    costs = [project.cost for project in rulebook.paper([code])]
    if not costs:
        yield OpenPoint("area-empty", {"area": code})
    if budget <= 0:
        yield OpenPoint("area-money", {"area": code})
    elif costs and min(costs) > budget:
        context: dict[str, str | int] = {"budget": budget, "cheapest": min(costs)}
        yield OpenPoint("none-affordable", {"area": code, **context})


def _of_limits(rulebook: Rulebook) -> Iterator[OpenPoint]:
    yield from _of_count(rulebook.limits, "")
    yield from _of_kind(rulebook, rulebook.limits, "")
    for area in rulebook.areas:
        if area.limits is not None and rulebook.scope == Scope.AREA:
            yield from _of_count(area.limits, area.code)
            yield from _of_kind(rulebook, area.limits, area.code)


def _of_count(limits: Limits, area: str) -> Iterator[OpenPoint]:
    if limits.least < 0 or (limits.most is not None and limits.most < 0):
        yield OpenPoint("limit-negative", {"area": area})
    elif limits.most == 0:
        yield OpenPoint("most-zero", {"area": area})
    elif limits.most is not None and limits.least > limits.most:
        context: dict[str, str | int] = {"least": limits.least, "most": limits.most}
        yield OpenPoint("limits-order", {"area": area, **context})


def _of_kind(rulebook: Rulebook, limits: Limits, area: str) -> Iterator[OpenPoint]:
    if isinstance(limits, SingleChoiceLimits) and limits.most != 1:
        yield OpenPoint("single-most", {"area": area})
    elif isinstance(limits, ScoreLimits) and limits.top < 1:
        yield OpenPoint("top-low", {"area": area, "top": limits.top})
    elif isinstance(limits, CumulativeLimits):
        yield from _of_points(limits, area)
    elif isinstance(limits, KnapsackLimits):
        yield from _of_knapsack(rulebook, limits, area)


def _of_points(limits: CumulativeLimits, area: str) -> Iterator[OpenPoint]:
    if limits.total < 1:
        yield OpenPoint("total-low", {"area": area})
    elif limits.least_total > limits.total:
        context: dict[str, str | int] = {"least": limits.least_total, "total": limits.total}
        yield OpenPoint("total-order", {"area": area, **context})
    if limits.most_points is not None and limits.most_points < 1:
        yield OpenPoint("points-low", {"area": area})


def _of_knapsack(rulebook: Rulebook, limits: KnapsackLimits, area: str) -> Iterator[OpenPoint]:
    if not 0 <= limits.least_percent <= 100:
        yield OpenPoint("share-range", {"area": area, "share": plain(limits.least_percent)})
    money = sum(each.budget for each in rulebook.areas if area in ("", each.code))
    if limits.budget is not None and not 0 < limits.budget <= money:
        yield OpenPoint("budget-range", {"area": area, "budget": limits.budget, "money": money})


def _of_categories(rulebook: Rulebook) -> Iterator[OpenPoint]:
    for code in _twice(limit.code for limit in rulebook.categories):
        yield OpenPoint("category-twice", {"category": code})
    available = Counter(project.category for project in rulebook.paper(rulebook.by_area))
    for limit in rulebook.categories:
        context: dict[str, str | int] = {"category": limit.code, "least": limit.least}
        if limit.most is not None and limit.least > limit.most:
            yield OpenPoint("category-order", {**context, "most": limit.most})
        if limit.least > available[limit.code]:
            yield OpenPoint("category-least", {**context, "projects": available[limit.code]})
    most = rulebook.limits.most
    least = sum(limit.least for limit in rulebook.categories)
    if rulebook.scope == Scope.BALLOT and most is not None and least > max(most, 0):
        yield OpenPoint("categories-most", {"least": least, "most": most})


def _of_ballots(rulebook: Rulebook) -> Iterator[OpenPoint]:
    """
    Papers on which no ballot can be cast. Where an area may be left empty, each must be possible
    by itself, whatever reaches beyond it.
    """
    apart = rulebook.scope == Scope.AREA and rulebook.may_leave_area_empty
    if apart:
        rulebook = replace(rulebook, categories=(), dependencies=())
    for areas in [[area.code] for area in rulebook.areas] if apart else papers(rulebook):
        reason = impossible(rulebook, areas)
        if reason is not None:
            yield OpenPoint(LEAST[reason], {"areas": ", ".join(areas)})


LEAST = {
    Reason.PROJECTS: "least-projects",
    Reason.EXCLUSIVE: "least-exclusive",
    Reason.DEPENDENCIES: "least-dependencies",
    Reason.CATEGORIES: "least-categories",
    Reason.MONEY: "least-money",
}


def _of_voters(
    rulebook: Rulebook, eligible: int | None, without_people: Collection[str]
) -> Iterator[OpenPoint]:
    if not rulebook.eligibility:
        yield OpenPoint("no-eligibility")
    if eligible is not None and eligible < 1:
        yield OpenPoint("nobody-eligible")
    for code in _twice(group.code for group in rulebook.groups):
        yield OpenPoint("group-twice", {"group": code})
    for group in rulebook.groups:
        if group.weight <= 0:
            yield OpenPoint("weight-range", {"group": group.code})
        if group.code in without_people:
            yield OpenPoint("group-nobody", {"group": group.code})
    total = sum(group.weight for group in rulebook.groups)
    if rulebook.groups and total != 100:
        yield OpenPoint("weights-sum", {"sum": plain(total)})


def _of_winning(rulebook: Rulebook) -> Iterator[OpenPoint]:
    if not rulebook.winner.name:
        yield OpenPoint("winner-missing")
    if rulebook.tie == Tie.LOT and not rulebook.lot_seed:
        yield OpenPoint("lot-seed")
    for code, least in (
        ("threshold-range", rulebook.threshold),
        ("quorum-range", rulebook.quorum),
    ):
        if least is not None and not _can_be_reached(least):
            yield OpenPoint(code, {"value": plain(least.value)})


def _can_be_reached(least: Least) -> bool:
    return least.value >= 0 and (least.of == Of.COUNT or least.value <= 100)


def _of_phases(rulebook: Rulebook, now: datetime) -> Iterator[OpenPoint]:
    for kind in _twice(phase.kind for phase in rulebook.phases):
        yield OpenPoint("phase-twice", {"phase": kind})
    for phase in rulebook.phases:
        if phase.closes_at is not None and phase.closes_at <= phase.opens_at:
            yield OpenPoint("phase-ends-first", {"phase": phase.kind})
    by_kind = {phase.kind: phase for phase in rulebook.phases}
    known = [by_kind[kind] for kind in PHASES if kind in by_kind]
    for first, second in pairwise(known):
        if second.opens_at < first.opens_at:
            yield OpenPoint("phase-order", {"first": first.kind, "second": second.kind})
    voting = by_kind.get("voting")
    if voting is None:
        yield OpenPoint("no-voting")
    else:
        yield from _of_voting(voting, by_kind, now)


def _of_voting(
    voting: PhaseTimes, by_kind: dict[str, PhaseTimes], now: datetime
) -> Iterator[OpenPoint]:
    if voting.closes_at is None:
        yield OpenPoint("voting-endless")
        return
    if voting.closes_at <= now:
        yield OpenPoint("voting-over", {"closes_at": moment(voting.closes_at)})
    for kind in PHASES[PHASES.index("voting") + 1 :]:
        if kind in by_kind and voting.opens_at <= by_kind[kind].opens_at < voting.closes_at:
            yield OpenPoint("count-before-close", {"phase": kind})
