"""Whether people are told how many support an idea."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic_sourcing.ideas.models import ForumRules


def are_supports_told(process: Any, at: datetime) -> bool:
    """Not while support is taken in a forum that hides it until then."""
    return process is None or ForumRules.objects.loaded(process).tells_supports(at)
