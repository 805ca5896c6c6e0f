"""Whether people are told how many support an idea."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic_sourcing.ideas.kinds import COLLECT, SUPPORT
from civic_sourcing.ideas.models import ForumRules


def are_supports_told(process: Any, at: datetime) -> bool:
    """Not while support is taken in a forum that hides it until then."""
    if process is None or not ForumRules.objects.loaded(process).supports_hidden:
        return True
    return not any(process.is_open(kind, at) for kind in (COLLECT, SUPPORT))
