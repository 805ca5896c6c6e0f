"""What judging tells the rooms below."""

from __future__ import annotations

from civic_sourcing.challenges.panel import guards, jobs
from civic_sourcing.core.tick import register_tick


def register_judging() -> None:
    """Called by the room's registrations."""
    guards.register_guards()
    register_tick("civic_challenges.judging", jobs.remind_of_judging)
