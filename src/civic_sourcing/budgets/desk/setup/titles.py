"""What the projects of a vote are called, for people who know them by name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from civic_sourcing.budgets.models import Project
from civic_sourcing.budgets.models.projects import project_page_models
from civic_sourcing.processes.models import Process


def titles_of(process: Process) -> dict[str, str]:
    """
    Return ``{number: title}`` in the order of the paper, in the active language if there is a page.
    """
    titles: dict[int, str] = {}
    for model in project_page_models():
        titles |= _titles(model, process)
    projects = Project.objects.of(process).values_list("pk", "number")
    return {number: titles.get(pk, "") for pk, number in projects}


def _titles(model: Any, process: Process) -> dict[int, str]:
    pages = model._base_manager.filter(project__process=process, alias_of=None)
    rows = pages.values_list("project_id", "title", "locale__language_code").order_by("-pk")
    mine = get_language() or ""
    first = {project: title for project, title, _language in rows}
    return first | {project: title for project, title, language in rows if language == mine}
