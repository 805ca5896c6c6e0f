"""What a copied vote takes along: money, rules, areas, categories, groups. Nothing people did."""

from __future__ import annotations

from civic_sourcing.budgets.models import (
    BudgetRules,
    ExclusiveSet,
    Project,
    ProjectDependency,
    VoteArea,
    VoteCategory,
    VoterGroup,
)
from civic_sourcing.processes.copying import copy_rows
from civic_sourcing.processes.models import Process


def take_vote_rules_along(source: Process, process: Process) -> None:
    """Give ``process`` the rules of ``source``; it was not imported, whatever its source was."""
    rules = BudgetRules.objects.filter(process=source).first()
    if rules is None or BudgetRules.objects.filter(process=process).exists():
        return
    rules.pk, rules.process, rules.file_digest = None, process, ""
    rules._state.adding = True
    rules.save(force_insert=True)
    for model in (VoteArea, VoteCategory, VoterGroup):
        copy_rows(model)(source, process)


def take_links_along(project: Project, copy: Project) -> None:
    """
    Let ``copy`` exclude and need what ``project`` does, as far as the others are in its vote, too.
    """
    for together in project.exclusive_sets.all():
        row, _made = ExclusiveSet.objects.get_or_create(
            process=copy.process, code=together.code, defaults={"position": together.position}
        )
        row.members.add(copy)
    there = {other.number: other for other in Project.objects.of(copy.process)}
    for needed in project.dependencies.select_related("needs"):
        if other := there.get(needed.needs.number):
            ProjectDependency.objects.get_or_create(project=copy, needs=other)
    for needing in project.needed_by.select_related("project"):
        if other := there.get(needing.project.number):
            ProjectDependency.objects.get_or_create(project=other, needs=copy)
