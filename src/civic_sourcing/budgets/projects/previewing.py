"""A page's project as it would be once the facts drafted on the page take effect."""

from __future__ import annotations

from typing import Any

from civic_sourcing.budgets.models import Project, VoteArea, VoteCategory
from civic_sourcing.budgets.projects.facts import FactsDraft


def drafted_project(page: Any) -> Project | None:
    """Return a project to be shown and never saved; that in force where nothing is drafted."""
    draft = FactsDraft.from_json(page.facts_draft)
    if draft is None:
        known: Project | None = page.project
        return known
    facts, process = draft.facts, page.vote.process
    project = page.project or Project(process=process, position=0)
    project.number, project.cost = facts.number, facts.cost or 0
    project.cost_least, project.running_cost = facts.cost_least, facts.running_cost
    project.area = VoteArea.objects.filter(process=process, code=facts.area).first()
    project.category = VoteCategory.objects.filter(process=process, code=facts.category).first()
    return project
