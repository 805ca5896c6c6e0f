"""Which numbers of a vote's projects are given away, drafts included."""

from __future__ import annotations

from typing import Any

import swapper
from django.apps import apps

from civic_sourcing.processes.models import Process


def numbers_taken(process: Process) -> set[str]:
    """Return the numbers of all projects, and those typed on pages that are drafts so far."""
    taken = set(process.projects.values_list("number", flat=True))
    return taken | {page.facts_draft["facts"].get("number", "") for page in drafts_of(process)}


def drafts_of(process: Process) -> list[Any]:
    """Pages below those of the vote that have no project yet, with what was typed of it."""
    pages: Any = swapper.load_model("wagtailcore", "Page")._base_manager
    votes = pages.filter(translation_key=process.translation_key, alias_of=None)
    return [
        page
        for vote in votes
        for page in _project_pages_below(vote.specific).filter(project=None)
        if page.facts_draft
    ]


def _project_pages_below(vote: Any) -> Any:
    return apps.get_model(vote.project_page_model)._default_manager.child_of(vote)
