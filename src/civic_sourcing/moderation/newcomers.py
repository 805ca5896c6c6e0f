"""Who is new here: limits are tighter, links and reports weigh less, until people know you."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.names import holds_role


def is_new(participant: Participant | None, at: datetime) -> bool:
    """
    Whether ``participant`` is a newcomer at ``at`` (aware).

    New is who takes part for less than ``NEWCOMER_HOURS`` or has fewer than
    ``NEWCOMER_CONTRIBUTIONS`` that everybody can read. Who acts for the city is never new; nobody
    (``None``, as somebody not signed in) always is. At most three queries.
    """
    if participant is None:
        return True
    if not (_is_young(participant, at) or _has_little(participant)):
        return False
    return not _acts_for_city(participant)


def _acts_for_city(participant: Participant) -> bool:
    """Asked once of each row that was read: filing something asks more than once."""
    known: bool | None = participant.__dict__.get("_civic_acts_for_city")
    if known is None:
        known = holds_role(participant.user)
        participant.__dict__["_civic_acts_for_city"] = known
    return known


def standing_of(participant: Participant | None, at: datetime) -> Literal["new", "normal"]:
    """Return the group of ``core.limits`` that ``participant`` falls under at ``at``."""
    return "new" if is_new(participant, at) else "normal"


def _is_young(participant: Participant, at: datetime) -> bool:
    return at - participant.created_at < timedelta(hours=conf.NEWCOMER_HOURS)


def _has_little(participant: Participant) -> bool:
    enough = conf.NEWCOMER_CONTRIBUTIONS
    accepted = Contribution.objects.filter(author=participant).published()
    return len(accepted.values_list("pk", flat=True)[:enough]) < enough
