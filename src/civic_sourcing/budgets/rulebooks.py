"""Between the rows editors work on and the rulebook that is frozen when a vote opens."""

from __future__ import annotations

import hashlib
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS

from civic_sourcing.budgets.ballots import (
    Area,
    AreaUse,
    CategoryLimit,
    CategoryWinners,
    Dependency,
    Faulty,
    Least,
    Of,
    OnPaper,
    OpenPoint,
    PaperProject,
    PhaseTimes,
    Rulebook,
    Scope,
    Tie,
    VoterGroup,
    WinnerRule,
    open_points,
)
from civic_sourcing.budgets.counting.amounts import exact
from civic_sourcing.budgets.electorate import eligible_voters, groups_without_people
from civic_sourcing.budgets.models import (
    BudgetRules,
    ExclusiveSet,
    Project,
    ProjectDependency,
    VoteArea,
    VoteCategory,
    VoteRun,
)
from civic_sourcing.budgets.models import (
    VoterGroup as VoterGroupRow,
)
from civic_sourcing.budgets.rules import Rule
from civic_sourcing.core.rows import Reading

if TYPE_CHECKING:
    from decimal import Decimal

    from civic_sourcing.processes.models import Process

WHOLE_TOWN = "town"
"""Code of the one area of a vote without areas."""

REMEMBERED = 32


def rulebook_of(process: Process) -> Rulebook:
    """
    Return the rules of the vote as its rows have them now; nine queries, however many projects.

    On the paper are projects with a published page. A vote without areas has one area, the whole
    town, with all the money. Where a cost is a range, the highest holds. Raises
    ``BudgetRules.DoesNotExist`` where nobody has set the rules.
    """
    rules = BudgetRules.objects.get(process=process)
    rows = list(VoteArea.objects.of(process))
    projects = list(Project.objects.of(process).published().select_related("area", "category"))
    numbers = {project.pk: project.number for project in projects}
    categories = list(VoteCategory.objects.of(process))
    return Rulebook(
        vote=str(process.uuid),
        currency=rules.currency,
        limits=rules.ballot_limits,
        areas=tuple(map(_area, rows)) or (_town(rules),),
        projects=tuple(_on_paper(project, "" if rows else WHOLE_TOWN) for project in projects),
        winner=_winner(rules),
        area_use=AreaUse(rules.area_use) if rows else AreaUse.ALL,
        scope=Scope(rules.scope) if rows else Scope.BALLOT,
        may_leave_area_empty=bool(rows) and rules.may_leave_area_empty,
        categories=_categories(categories),
        category_winners=_category_winners(categories),
        exclusive=_exclusive(process, numbers),
        dependencies=_dependencies(process, numbers),
        groups=_groups(process),
        faulty=Faulty(rules.faulty),
        on_paper=OnPaper(rules.paper_rule),
        threshold=_least(rules.threshold, rules.threshold_of),
        quorum=_least(rules.quorum, rules.quorum_of),
        tie=Tie(rules.tie),
        lot_seed=rules.lot_seed,
        eligibility=tuple(rule.verifier for rule in process.eligibility_rules.all()),
        mandate=process.mandate,
        phases=_phases(process),
    )


def findings(process: Process, now: datetime) -> list[OpenPoint]:
    """Return all that keeps the vote from opening at ``now`` (aware); nothing: it may open."""
    try:
        rulebook = rulebook_of(process)
    except BudgetRules.DoesNotExist:
        return [OpenPoint("no-rules")]
    return open_points(
        rulebook,
        now,
        eligible=eligible_voters(process),
        without_people=groups_without_people(process) if rulebook.groups else (),
    )


def frozen(run: VoteRun) -> Rulebook:
    """
    Return the rulebook that was frozen when ``run`` opened; remembered, as it never changes.

    Raises ``ValueError`` where the text does not fit its digest. A run that is not open yet has
    none (``RulebookError``).
    """
    known = _frozen.get(run.digest)
    if known is None:
        if hashlib.sha256(run.rulebook.encode()).hexdigest() != run.digest:
            raise ValueError(f"the rulebook of {run} does not fit its digest")
        known = Rulebook.load(run.rulebook)
        if len(_frozen) >= REMEMBERED:
            _frozen.clear()
        _frozen[run.digest] = known
    return known


def has_papers_by_area(rulebook: Rulebook) -> bool:
    """
    Tell whether voters of different areas have different papers, so that a ballot keeps its area.
    """
    return rulebook.area_use in (AreaUse.OWN, AreaUse.OWN_AND_TOWN)


def usual_group(rulebook: Rulebook) -> str:
    """The code of the group of everybody who is in no other: the first; empty without groups."""
    return rulebook.groups[0].code if rulebook.groups else ""


def withdrawn_numbers(process: Process) -> frozenset[str]:
    """Return the numbers of projects that cannot be chosen any more, whatever was frozen."""
    using = process._state.db or DEFAULT_DB_ALIAS
    return frozenset(number for (number,) in _withdrawn(WITHDRAWN, process.pk, using=using))


WITHDRAWN = str(Project.Outcome.WITHDRAWN)

_withdrawn = Reading(
    lambda outcome, process: (
        Project.objects.filter(outcome=outcome)
        .filter(process=process)
        .order_by()
        .values_list("number")
    )
)
_frozen: dict[str, Rulebook] = {}


def _area(row: VoteArea) -> Area:
    return Area(code=row.code, budget=row.budget, town_wide=row.town_wide, limits=row.ballot_limits)


def _town(rules: BudgetRules) -> Area:
    return Area(code=WHOLE_TOWN, budget=rules.amount, town_wide=True)


def _winner(rules: BudgetRules) -> WinnerRule:
    if rules.rule != Rule.EQUAL_SHARES:
        return WinnerRule(name=rules.rule)
    return WinnerRule(name=rules.rule, utility=rules.utility, completion=rules.completion)


def _on_paper(project: Project, area: str) -> PaperProject:
    return PaperProject(
        number=project.number,
        cost=project.cost,
        area=area or (project.area.code if project.area else ""),
        category=project.category.code if project.category else "",
        withdrawn=project.outcome == Project.Outcome.WITHDRAWN,
    )


def _categories(rows: list[VoteCategory]) -> tuple[CategoryLimit, ...]:
    """Those with limits for ballots: the others only sort the projects."""
    return tuple(
        CategoryLimit(code=row.code, least=row.least, most=row.most)
        for row in rows
        if row.is_limited
    )


def _category_winners(rows: list[VoteCategory]) -> tuple[CategoryWinners, ...]:
    return tuple(
        CategoryWinners(row.code, row.winners_least or 0, row.winners_most)
        for row in rows
        if row.limits_winners
    )


def _exclusive(process: Process, numbers: dict[int, str]) -> tuple[tuple[str, ...], ...]:
    """Sets with their projects on the paper; one that leaves a single project says nothing."""
    sets = ExclusiveSet.objects.of(process).prefetch_related("members")
    told = (
        tuple(numbers[pk] for pk in numbers if pk in {member.pk for member in each.members.all()})
        for each in sets
    )
    return tuple(each for each in told if len(each) > 1)


def _dependencies(process: Process, numbers: dict[int, str]) -> tuple[Dependency, ...]:
    """Of projects on the paper; what they need may be missing there, which ``findings`` says."""
    rows = ProjectDependency.objects.filter(project__in=numbers).select_related("needs")
    places = {pk: place for place, pk in enumerate(numbers)}
    ordered = sorted(rows, key=lambda row: (places[row.project_id], row.needs.position))
    return tuple(
        Dependency(project=numbers[row.project_id], needs=row.needs.number) for row in ordered
    )


def _groups(process: Process) -> tuple[VoterGroup, ...]:
    rows = VoterGroupRow.objects.of(process)
    return tuple(VoterGroup(code=row.code, weight=_amount(row.weight)) for row in rows)


def _phases(process: Process) -> tuple[PhaseTimes, ...]:
    return tuple(
        PhaseTimes(kind=phase.kind, opens_at=phase.opens_at, closes_at=phase.closes_at)
        for phase in process.timeline()
    )


def _least(value: Decimal, of: str) -> Least | None:
    return Least(value=_amount(value), of=Of(of)) if value else None


def _amount(value: Any) -> int | Fraction:
    return exact(Fraction(value))
