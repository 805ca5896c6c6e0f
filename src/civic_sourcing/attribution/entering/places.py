"""Where staff may enter something: processes in which they have a role, by name."""

from __future__ import annotations

from typing import Any

import swapper
from django.db.models import QuerySet
from django.utils.translation import get_language

from civic_sourcing.attribution.contributions.places import has_processes, processes_of
from civic_sourcing.attribution.kinds import ContributionKind, contribution_kinds
from civic_sourcing.processes.models import Process

STAFF = frozenset({"official", "moderator"})


def entry_kinds(process: Process) -> list[ContributionKind]:
    """Kinds of contribution that staff may enter into ``process``."""
    return [kind for kind in contribution_kinds() if process.kind in kind.process_kinds]


def places_for(user: Any, *, roles: frozenset[str] = STAFF) -> dict[str, str]:
    """Return where ``user`` may enter something: ``kind:process`` to what people call it."""
    processes = list(_entered_into(user, roles).order_by("-pk"))
    titles = titles_of(processes)
    return {
        f"{kind.key}:{process.uuid}": f"{titles.get(process.pk, process)} · {kind.label}"
        for process in processes
        for kind in entry_kinds(process)
    }


def titles_of(processes: list[Process]) -> dict[int, str]:
    """Return titles of the pages of ``processes`` by key, if possible in the active language."""
    by_key = {process.translation_key: process.pk for process in processes}
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    rows = pages.filter(translation_key__in=by_key, alias_of=None)
    language = get_language() or ""
    found: dict[int, str] = {}
    for key, title, code in rows.values_list(
        "translation_key", "title", "locale__language_code"
    ).order_by("pk"):
        if code == language or by_key[key] not in found:
            found[by_key[key]] = title
    return found


def may_enter_somewhere(user: Any) -> bool:
    """Tell whether the menu shows the desk to ``user``."""
    return has_processes(user, STAFF, _kinds())


def _entered_into(user: Any, roles: frozenset[str]) -> QuerySet[Process]:
    return processes_of(user, roles).filter(kind__in=_kinds())


def _kinds() -> set[str]:
    return {name for kind in contribution_kinds() for name in kind.process_kinds}
