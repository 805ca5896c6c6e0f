"""What a challenge decided about an entry, for its timeline and that of what it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.family.neighbours import lives_on_in
from civic_sourcing.attribution.history import HistoryEvent
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.traces import is_traced
from civic_sourcing.challenges.models import Award, Placement

KIND = "entry"


def tell_history(contribution: Contribution) -> list[HistoryEvent]:
    """Return which places and awards it was given, and which were taken back."""
    reached = lives_on_in(contribution)
    if is_traced(contribution) and contribution.kind != KIND and reached == [contribution.pk]:
        return []
    rows = Placement.objects.filter(
        entry__contribution__in=reached,
        decision__confirmed_at__isnull=False,
        decision__withdrawn_at=None,
    )
    placements = rows.select_related("decision", "award").order_by("pk")
    return [event for placement in placements for event in _events(placement)]


def _events(placement: Any) -> Iterator[HistoryEvent]:
    decided = placement.decision.confirmed_at
    if placement.place is not None:
        yield HistoryEvent(decided, "chosen", _("Chosen in the challenge"))
    elif placement.advances:
        yield HistoryEvent(decided, "advances", _("Goes on to the next phase"))
    award: Award | None = getattr(placement, "award", None)
    if award is not None and award.final_at:
        yield HistoryEvent(award.final_at, "awarded", _("Awarded"))
    if award is not None and award.cancelled_at:
        yield HistoryEvent(
            award.cancelled_at, "cancelled", _("Award cancelled"), details=award.cancelled_reason
        )
