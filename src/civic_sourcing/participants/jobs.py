"""What ``civic_tick`` does for people."""

from __future__ import annotations

from datetime import datetime

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.tick import register_tick
from civic_sourcing.participants.actions import EraseParticipant, ExpireGuardianRequest
from civic_sourcing.participants.exports import drop_overdue_exports, make_waiting_exports
from civic_sourcing.participants.models import GuardianConsent, Participant


def register_ticks() -> None:
    """Have the jobs run by every tick."""
    register_tick("civic_participants.guardian_requests", expire_guardian_requests)
    register_tick("civic_participants.exports", make_waiting_exports)
    register_tick("civic_participants.overdue_exports", drop_overdue_exports)
    register_tick("civic_participants.forgotten", erase_forgotten)


def expire_guardian_requests(at: datetime) -> str:
    """Give up requests nobody answered, with what waited on them."""
    expired = 0
    for consent in GuardianConsent.objects.overdue(at).select_related("participant"):
        expired += _done(ExpireGuardianRequest(consent, by=None))
    return f"{expired} expired"


def erase_forgotten(at: datetime) -> str:
    """Erase those whose account vanished past Django, for instance by SQL."""
    erased = 0
    for person in Participant.objects.forgotten():
        erased += _done(EraseParticipant(person, by=None, blank_texts=False))
    return f"{erased} erased"


def _done(action: ExpireGuardianRequest | EraseParticipant) -> bool:
    """Whether the step was taken; one that somebody else took meanwhile is no failure."""
    try:
        action.execute()
    except ActionRefused:
        return False
    return True
