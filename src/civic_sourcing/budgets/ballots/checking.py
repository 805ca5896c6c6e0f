"""Whether a choice keeps to the rules: limits, areas, categories, exclusions, dependencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from math import ceil

from civic_sourcing.budgets.counting.plan import AreaUse

from .content import Choice
from .faults import Fault, shown
from .limits import (
    BallotType,
    CumulativeLimits,
    KnapsackLimits,
    ScoreLimits,
    YesNoLimits,
)
from .parts import Part, areas_used, parts_of
from .rulebook import Rulebook

Context = dict[str, str | int]


def check(
    rulebook: Rulebook, areas: Collection[str], choice: Choice, *, withdrawn: Collection[str] = ()
) -> list[Fault]:
    """
    Return all that is wrong with ``choice`` on the ballot paper of these areas; nothing: castable.

    ``withdrawn`` are numbers taken off the paper after the rules were frozen. A project that is not
    on the paper, for whatever reason, is one and the same fault. A void ballot has no faults left.
    """
    if choice.is_void:
        return []
    if unreadable := list(_unreadable(rulebook, areas, choice, withdrawn)):
        return unreadable
    return [
        *_of_areas(rulebook, areas, choice),
        *_of_parts(rulebook, areas, choice, withdrawn),
        *_of_categories(rulebook, choice),
        *_of_sets(rulebook, choice),
    ]


def _unreadable(
    rulebook: Rulebook, areas: Collection[str], choice: Choice, withdrawn: Collection[str]
) -> Iterator[Fault]:
    paper = {project.number for project in rulebook.paper(areas, withdrawn)}
    if not paper:
        yield Fault("no-paper")
    if rulebook.ballot_type.has_points == (choice.points is None):
        yield Fault("wrong-form")
    lowest = -1 if rulebook.ballot_type == BallotType.YES_NO else 0
    for number, mark in choice.marks.items():
        if number not in paper:
            yield Fault("not-on-paper", {"project": shown(number)})
        elif not isinstance(mark, int) or mark < lowest:
            yield Fault("whole-number", {"project": number, "given": str(mark)})
        elif lowest < 0 and mark > 1:
            yield Fault("answer-unknown", {"project": number, "given": str(mark)})
    yield from (
        Fault("twice", {"project": shown(number)})
        for number, times in Counter(choice.projects).items()
        if times > 1
    )


def _of_areas(rulebook: Rulebook, areas: Collection[str], choice: Choice) -> Iterator[Fault]:
    if rulebook.area_use == AreaUse.ONE and choice.projects:
        used = areas_used(rulebook, areas, choice)
        if len(used) > 1:
            yield Fault("one-area", {"given": len(used)})


LOWER = frozenset({"too-few", "under-budget", "under-total", "unanswered"})
"""Faults of a part that has too little on it."""


def _of_parts(
    rulebook: Rulebook, areas: Collection[str], choice: Choice, withdrawn: Collection[str]
) -> Iterator[Fault]:
    parts = parts_of(rulebook, areas, choice, withdrawn)
    over_money = list(_over_area_money(rulebook, parts, choice))
    yield from over_money
    told = {fault.context["area"] for fault in over_money}
    for part in parts:
        chosen = [project.number for project in part.of(choice.chosen)]
        left_empty = rulebook.may_leave_area_empty and part.area and choice.chosen and not chosen
        is_told = {project.area for project in part.projects} <= told
        for fault in _of_part(part, choice, chosen):
            is_again = is_told and fault.code == "over-budget"
            if not is_again and not (left_empty and fault.code in LOWER):
                yield fault


def _over_area_money(rulebook: Rulebook, parts: Sequence[Part], choice: Choice) -> Iterator[Fault]:
    """Areas whose chosen projects cost more than the area has, whatever else limits the ballot."""
    if not isinstance(rulebook.limits, KnapsackLimits):
        return
    chosen = [project for part in parts for project in part.of(choice.chosen)]
    for area in rulebook.areas:
        cost = sum(project.cost for project in chosen if project.area == area.code)
        if cost > area.budget:
            yield Fault("over-budget", {"given": cost, "budget": area.budget, "area": area.code})


def _of_part(part: Part, choice: Choice, chosen: list[str]) -> Iterator[Fault]:
    limits, given = part.limits, len(chosen)
    if given < limits.least:
        yield Fault("too-few", {"given": given, "least": limits.least, "area": part.area})
    if limits.most is not None and given > limits.most:
        yield Fault("too-many", {"given": given, "most": limits.most, "area": part.area})
    if isinstance(limits, KnapsackLimits):
        yield from _of_money(part, limits, chosen)
    elif isinstance(limits, CumulativeLimits):
        yield from _of_points(part, limits, choice)
    elif isinstance(limits, ScoreLimits):
        for project in part.of(choice.chosen):
            if (score := choice.marks[project.number]) > limits.top:
                context: Context = {"given": int(score), "top": limits.top}
                yield Fault("over-score", {"project": project.number, **context})
    elif isinstance(limits, YesNoLimits) and limits.every:
        yield from _of_answers(part, choice)


def _of_money(part: Part, limits: KnapsackLimits, chosen: list[str]) -> Iterator[Fault]:
    cost = sum(project.cost for project in part.of(chosen))
    least = least_cost(limits, part.money)
    if cost > part.money:
        yield Fault("over-budget", {"given": cost, "budget": part.money, "area": part.area})
    elif cost < least:
        yield Fault("under-budget", {"given": cost, "least": least, "area": part.area})


def least_cost(limits: KnapsackLimits, money: int) -> int:
    """Return what must be spent at least of ``money``: the percentage, rounded up."""
    return ceil(Fraction(limits.least_percent) * money / 100)


def _of_points(part: Part, limits: CumulativeLimits, choice: Choice) -> Iterator[Fault]:
    marks = choice.marks
    points = {project.number: int(marks[project.number]) for project in part.of(marks)}
    given = sum(points.values())
    if given > limits.total:
        yield Fault("over-total", {"given": given, "total": limits.total, "area": part.area})
    if given < limits.least_total:
        yield Fault("under-total", {"given": given, "least": limits.least_total, "area": part.area})
    most = limits.most_points
    if most is not None:
        for number, value in points.items():
            if value > most:
                yield Fault("over-project", {"project": number, "given": value, "most": most})


def _of_answers(part: Part, choice: Choice) -> Iterator[Fault]:
    answered = set(choice.projects)
    missing = [project.number for project in part.projects if project.number not in answered]
    if missing:
        context: Context = {"missing": len(missing), "project": missing[0]}
        yield Fault("unanswered", {**context, "area": part.area})


def _of_categories(rulebook: Rulebook, choice: Choice) -> Iterator[Fault]:
    categories = Counter(rulebook.by_number[number].category for number in choice.chosen)
    for limit in rulebook.categories:
        given = categories[limit.code]
        context: Context = {"category": limit.code, "given": given}
        if given < limit.least:
            yield Fault("category-few", context | {"least": limit.least})
        if limit.most is not None and given > limit.most:
            yield Fault("category-many", context | {"most": limit.most})


def _of_sets(rulebook: Rulebook, choice: Choice) -> Iterator[Fault]:
    chosen = set(choice.chosen)
    for numbers in rulebook.exclusive:
        if len(together := [number for number in numbers if number in chosen]) > 1:
            yield Fault("exclusive", {"projects": ", ".join(together)})
    for dependency in rulebook.dependencies:
        if dependency.project in chosen and dependency.needs not in chosen:
            yield Fault("needs", {"project": dependency.project, "needs": dependency.needs})
