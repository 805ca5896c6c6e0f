"""Reminders that go out by themselves, three days and one day before judging ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from civic_sourcing.challenges.models import Round
from civic_sourcing.challenges.panel import news

DAYS = (1, 3)


def remind_of_judging(at: datetime) -> str:
    """Remind judges with entries to score, once for each of ``DAYS``."""
    soon = at + timedelta(days=max(DAYS))
    rounds = Round.objects.filter(closes_at__lte=at, judging_until__gt=at, judging_until__lte=soon)
    told = 0
    for round_ in rounds.select_related("process"):
        assert round_.judging_until is not None
        left = round_.judging_until - at
        days = next(days for days in DAYS if left <= timedelta(days=days))
        told += news.remind(round_, at, once=f"{days}:{round_.judging_until.isoformat()}")
    return f"{told} reminded"
