"""Whether a vote's ballot paper stays as it is; for modules that models themselves need."""

from __future__ import annotations

from civic_sourcing.budgets.models.casting import VoteRun
from civic_sourcing.processes.models import Process


def is_frozen(process: Process) -> bool:
    """Whether the vote has opened, or is over. A rehearsal freezes nothing, an import does."""
    return VoteRun.objects.in_earnest().filter(process=process).exclude(state="prepared").exists()
