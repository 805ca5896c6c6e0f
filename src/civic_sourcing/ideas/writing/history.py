"""Edits and withdrawals as the timeline of an idea tells them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.history import HistoryEvent
from civic_sourcing.attribution.models import State
from civic_sourcing.ideas.contributions import KIND
from civic_sourcing.ideas.models import IdeaChange, IdeaWithdrawal


def edits_of(contribution: Any) -> list[HistoryEvent]:
    """Edits of what was public, and why it was withdrawn; two queries at most."""
    if contribution.kind != KIND:
        return []
    changes = IdeaChange.objects.filter(contribution=contribution, number__gt=1)
    events = [
        HistoryEvent(
            change.changed_at,
            "edited",
            _("Changed by its author") if change.is_material else _("Corrected by its author"),
            details=change.note,
        )
        for change in changes
    ]
    if contribution.state != State.WITHDRAWN:
        return events
    for withdrawal in IdeaWithdrawal.objects.filter(contribution=contribution):
        why = [str(withdrawal.get_reason_display()), withdrawal.text]
        details = ". ".join(part for part in why if part)
        sentence = _("Its author said why they withdrew it")
        events.append(
            HistoryEvent(withdrawal.withdrawn_at, "withdrawal", sentence, details=details)
        )
    return events
