"""What voters will meet, line by line, so that an editor can read the rules before they hold."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import amount_written, moment
from .faults import Coded
from .limits import (
    CumulativeLimits,
    KnapsackLimits,
    Limits,
    ScoreLimits,
    YesNoLimits,
)
from .rulebook import Least, Of, OnPaper, Rulebook, Scope

LINES = {
    "ballot": "the ballot is of the kind “{ballot}”, with {projects} projects",
    "money": "there are {budget} {currency} in the area “{area}” for {projects} projects",
    "areas": "voters may choose projects by the rule “{use}”",
    "limits-by-area": "the limits hold for each area by itself",
    "area-may-be-empty": "an area may be left empty",
    "choose-exactly": "exactly {most} projects are chosen",
    "choose-between": "from {least} to {most} projects are chosen",
    "choose-at-least": "at least {least} projects are chosen",
    "choose-at-most": "at most {most} projects are chosen",
    "choose-freely": "any number of projects is chosen, none is allowed too",
    "spend-at-most": "the chosen projects cost no more than {budget}",
    "spend-within-areas": "the chosen projects of an area cost no more than it has",
    "spend-at-least": "at least {share} percent of the money must be spent",
    "points": "there are {total} points to share out",
    "points-at-least": "at least {least} points must be given",
    "points-per-project": "at most {most} points go to one project",
    "score": "projects are rated from 0 to {top}",
    "answer-every": "each project wants an answer",
    "category": "of the category {category}, from {least} to {most} projects are chosen",
    "category-open": "of the category {category}, at least {least} projects are chosen",
    "funded-between": "of the category {category}, from {least} to {most} projects are funded",
    "funded-at-least": "of the category {category}, at least {least} projects are funded",
    "funded-at-most": "of the category {category}, at most {most} projects are funded",
    "exclusive": "of these projects only one can be chosen, and only one funded: {projects}",
    "needs": "the project {project} can only be chosen, and only be funded, together with {needs}",
    "too-dear": "the project {project} costs {cost} and can never be paid: {budget} there",
    "withdrawn": "the project {project} is withdrawn and cannot be chosen",
    "faulty-refuse": "a ballot that breaks a limit is given back to the voter",
    "faulty-void": "a ballot that breaks a limit is cast as void",
    "on-paper-paper": "people may also vote on paper; of two ballots the one on paper counts",
    "on-paper-last": "people may also vote on paper; of two ballots the later one counts",
    "winner": "the money is given out by the rule “{rule}”",
    "utility": "a project gives its voters: {utility}",
    "completion": "what becomes of money left over: {completion}",
    "tie": "equal scores are decided by “{tie}”",
    "lot": "the seed of the draw: {seed}",
    "threshold-count": "a project needs the support of {value} voters",
    "threshold-percent": "a project needs the support of {value} percent of those who voted",
    "quorum-count": "the vote counts if {value} people vote",
    "quorum-percent": "the vote counts if {value} percent of those who may vote do",
    "group": "the ballots of the group {group} weigh {weight} percent",
    "eligibility": "asked of voters: {key}",
    "mandate": "what the result does: {mandate}",
    "phase": "the phase “{phase}” begins {opens_at} and ends {closes_at}",
    "phase-open": "the phase “{phase}” begins {opens_at} and has no end",
}
"""
Sentence of each line. ``ballot``, ``use``, ``rule``, ``tie``, ``key``, ``mandate`` and ``phase``
are codes that the page has words for; ``area`` is empty for what holds everywhere.
"""


class Line(Coded):
    """One thing that voters will meet."""

    __slots__ = ()
    sentences = LINES


def meets(rulebook: Rulebook) -> list[Line]:
    """Return what voters will meet, in the order in which they meet it."""
    return [
        *_of_paper(rulebook),
        *_of_all_limits(rulebook),
        *_of_sets(rulebook),
        Line(f"faulty-{rulebook.faulty}"),
        *([Line(f"on-paper-{rulebook.on_paper}")] if rulebook.on_paper != OnPaper.NONE else []),
        *_of_winning(rulebook),
        *(Line("eligibility", {"key": key}) for key in rulebook.eligibility),
        *([Line("mandate", {"mandate": rulebook.mandate})] if rulebook.mandate else []),
        *_of_phases(rulebook),
    ]


def _of_paper(rulebook: Rulebook) -> Iterator[Line]:
    on_paper = len(rulebook.paper(rulebook.by_area))
    yield Line("ballot", {"ballot": rulebook.ballot_type.value, "projects": on_paper})
    for area in rulebook.areas:
        context: dict[str, str | int] = {"area": area.code, "budget": area.budget}
        projects = len(rulebook.paper([area.code]))
        yield Line("money", {**context, "currency": rulebook.currency, "projects": projects})
    for project in rulebook.projects:
        area_of = rulebook.by_area.get(project.area)
        if project.withdrawn:
            yield Line("withdrawn", {"project": project.number})
        elif area_of is not None and project.cost > area_of.budget:
            dear: dict[str, str | int] = {"cost": project.cost, "budget": area_of.budget}
            yield Line("too-dear", {"project": project.number, **dear})
    if len(rulebook.areas) > 1:
        yield Line("areas", {"use": rulebook.area_use.value})


def _of_all_limits(rulebook: Rulebook) -> Iterator[Line]:
    yield from _of_limits(rulebook.limits, "")
    if isinstance(rulebook.limits, KnapsackLimits):
        yield Line("spend-within-areas")
    if rulebook.scope == Scope.AREA and len(rulebook.areas) > 1:
        yield Line("limits-by-area")
        for area in rulebook.areas:
            if area.limits is not None:
                yield from _of_limits(area.limits, area.code)
        if rulebook.may_leave_area_empty:
            yield Line("area-may-be-empty")


def _of_limits(limits: Limits, area: str) -> Iterator[Line]:
    yield Line(_how_many(limits), {"area": area, "least": limits.least, "most": limits.most or 0})
    match limits:
        case KnapsackLimits(budget=budget, least_percent=share):
            if budget is not None:
                yield Line("spend-at-most", {"area": area, "budget": budget})
            if share:
                yield Line("spend-at-least", {"area": area, "share": amount_written(share)})
        case CumulativeLimits():
            yield from _of_points(limits, area)
        case ScoreLimits(top=top):
            yield Line("score", {"area": area, "top": top})
        case YesNoLimits(every=True):
            yield Line("answer-every", {"area": area})


def _how_many(limits: Limits) -> str:
    if limits.most is None:
        return "choose-at-least" if limits.least else "choose-freely"
    if limits.least == limits.most:
        return "choose-exactly"
    return "choose-between" if limits.least else "choose-at-most"


def _of_points(limits: CumulativeLimits, area: str) -> Iterator[Line]:
    yield Line("points", {"area": area, "total": limits.total})
    if limits.least_total:
        yield Line("points-at-least", {"area": area, "least": limits.least_total})
    if limits.most_points is not None:
        yield Line("points-per-project", {"area": area, "most": limits.most_points})


def _of_sets(rulebook: Rulebook) -> Iterator[Line]:
    for limit in rulebook.categories:
        context: dict[str, str | int] = {"category": limit.code, "least": limit.least}
        if limit.most is None:
            yield Line("category-open", context)
        else:
            yield Line("category", {**context, "most": limit.most})
    for together in rulebook.exclusive:
        yield Line("exclusive", {"projects": ", ".join(together)})
    for each in rulebook.dependencies:
        yield Line("needs", {"project": each.project, "needs": each.needs})


def _of_winning(rulebook: Rulebook) -> Iterator[Line]:
    winner = rulebook.winner
    context = {"utility": winner.utility, "completion": winner.completion}
    yield Line("winner", {"rule": winner.name, **context})
    if winner.utility:
        yield Line("utility", {"utility": winner.utility})
    if winner.completion:
        yield Line("completion", {"completion": winner.completion})
    yield from _of_category_winners(rulebook)
    yield Line("tie", {"tie": rulebook.tie.value})
    if rulebook.lot_seed:
        yield Line("lot", {"seed": rulebook.lot_seed})
    yield from _of_least("threshold", rulebook.threshold)
    yield from _of_least("quorum", rulebook.quorum)
    for group in rulebook.groups:
        yield Line("group", {"group": group.code, "weight": amount_written(group.weight)})


def _of_category_winners(rulebook: Rulebook) -> Iterator[Line]:
    for each in rulebook.category_winners:
        context: dict[str, str | int] = {"category": each.code, "least": each.least}
        if each.most is None:
            yield Line("funded-at-least", context)
        else:
            code = "funded-between" if each.least else "funded-at-most"
            yield Line(code, {**context, "most": each.most})


def _of_least(name: str, least: Least | None) -> Iterator[Line]:
    if least is not None:
        unit = "percent" if least.of == Of.PERCENT else "count"
        yield Line(f"{name}-{unit}", {"value": amount_written(least.value)})


def _of_phases(rulebook: Rulebook) -> Iterator[Line]:
    for phase in rulebook.phases:
        context: dict[str, str | int] = {"phase": phase.kind, "opens_at": moment(phase.opens_at)}
        if phase.closes_at is None:
            yield Line("phase-open", context)
        else:
            yield Line("phase", {**context, "closes_at": moment(phase.closes_at)})
