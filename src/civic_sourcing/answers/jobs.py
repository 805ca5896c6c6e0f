"""What happens to promises by itself, in every tick."""

from __future__ import annotations

from datetime import datetime, timedelta

from civic_sourcing.answers.actions.promises import EscalatePromise, RemindOfPromise
from civic_sourcing.answers.conf import conf
from civic_sourcing.answers.models import Promise
from civic_sourcing.answers.news import tell_waiting
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.tick import register_tick


def register_ticks() -> None:
    register_tick("civic_answers.promises", watch_promises)
    register_tick("civic_answers.news", tell_waiting)


def watch_promises(at: datetime) -> str:
    """Remind of what is due soon and tell those above of what is overdue, once for each date."""
    promises = Promise.objects.in_sight().select_related("contribution__process")
    soon = promises.in_time(at).filter(
        reminded_at=None, due_at__lte=at + timedelta(days=conf.PROMISE_REMIND_DAYS)
    )
    late = promises.overdue(at - timedelta(days=conf.PROMISE_ESCALATE_DAYS))
    late = late.filter(escalated_at=None)
    reminded = sum(_done(RemindOfPromise(promise, by=None)) for promise in soon)
    escalated = sum(_done(EscalatePromise(promise, by=None)) for promise in late)
    return f"{reminded} reminded, {escalated} told of what is overdue"


def _done(action: RemindOfPromise | EscalatePromise) -> bool:
    """Whether the step was taken; one that another run took meanwhile is no failure."""
    try:
        action.execute()
    except ActionRefused:
        return False
    return True
