"""What of an idea belongs to its forum, and has to be looked up anew in another one."""

from __future__ import annotations

from typing import Any

from civic_sourcing.processes.models import Process


def refile(idea: Any, process: Process) -> None:
    """Put ``idea`` under the category and district of the same code there, or none; no saving."""
    for name in ("category", "district"):
        place = getattr(idea, name)
        same = type(place).objects.of(process).filter(code=place.code).first() if place else None
        setattr(idea, name, same)
