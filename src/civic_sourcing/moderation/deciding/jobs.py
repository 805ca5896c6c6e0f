"""What happens to reports and decisions by itself, in every tick."""

from __future__ import annotations

from datetime import datetime

from civic_sourcing.core.tick import register_tick
from civic_sourcing.moderation.measures import lift_due
from civic_sourcing.moderation.models import AppealState, PreservedText
from civic_sourcing.moderation.reports.visitors import forget_visitors


def register_ticks() -> None:
    register_tick("civic_moderation.measures", end_measures)
    register_tick("civic_moderation.preserved_texts", wipe_preserved_texts)
    register_tick("civic_moderation.visitors", forget_visitors)


def end_measures(at: datetime) -> str:
    """End what is over where nobody has looked since."""
    return f"{lift_due()} ended"


def wipe_preserved_texts(at: datetime) -> str:
    """Wipe originals that no appeal can bring back any more; one that waits keeps its own."""
    due = PreservedText.objects.kept().filter(purge_at__lte=at)
    return f"{due.exclude(decision__appeal__state=AppealState.OPEN).wipe()} wiped"
