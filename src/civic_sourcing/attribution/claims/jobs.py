"""What happens to claims by itself, in every tick."""

from __future__ import annotations

from datetime import datetime, timedelta

from civic_sourcing.attribution.actions.claim_decisions import CloseClaim
from civic_sourcing.attribution.actions.claims import EndHearing
from civic_sourcing.attribution.claims import notices
from civic_sourcing.attribution.claims.conf import conf
from civic_sourcing.attribution.claims.rules import HEARING, Stage
from civic_sourcing.attribution.models import Claim
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.tick import register_tick

WEEK = timedelta(days=7)


def register_ticks() -> None:
    register_tick("civic_attribution.claims", move_claims_on)
    register_tick("civic_attribution.claim_reminders", remind_of_claims)


def move_claims_on(at: datetime) -> str:
    """End hearings nobody answered, and make final what nobody appealed."""
    due = Claim.objects.filter(due_at__lte=at).select_related("contribution__process")
    heard = sum(_done(EndHearing(claim, by=None)) for claim in due.filter(state__in=HEARING))
    closed = sum(_done(CloseClaim(claim, by=None)) for claim in due.filter(state=Stage.DECIDED))
    return f"{heard} to decide, {closed} final"


def remind_of_claims(at: datetime) -> str:
    """Remind before each deadline, and every week once a decision is overdue."""
    rows = Claim.objects.open().select_related("contribution__process", "claimant__user")
    soon = rows.filter(due_at__gt=at, due_at__lte=at + timedelta(days=conf.CLAIM_REMIND_DAYS))
    reminded = sum(notices.remind(claim) for claim in soon)
    escalated = 0
    for claim in rows.overdue(at):
        assert claim.due_at is not None
        escalated += notices.escalate(claim, (at - claim.due_at) // WEEK)
    return f"{reminded} reminded, {escalated} told of what is overdue"


def _done(action: EndHearing | CloseClaim) -> bool:
    """Whether the step was taken; one that somebody else took meanwhile is no failure."""
    try:
        action.execute()
    except ActionRefused:
        return False
    return True
