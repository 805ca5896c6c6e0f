"""News of claims in the public verification, for the teams whose award waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic_sourcing.attribution.models import Claim
from civic_sourcing.challenges.awards import sentences
from civic_sourcing.challenges.categories import AWARDS
from civic_sourcing.challenges.entering.news import said, team_users
from civic_sourcing.challenges.entering.places import way_to
from civic_sourcing.challenges.models import Entry, Placement
from civic_sourcing.notifications.outbox import notify


def hear_of_claim(**kwargs: Any) -> None:
    """Receives ``claim_filed`` and ``claim_closed``; a job catches up where it was not heard."""
    found = kwargs["result"] if isinstance(kwargs["result"], Claim) else kwargs["subject"]
    if isinstance(found, Claim):
        tell_of(found)


def tell_of_claims(at: datetime) -> str:
    """Tell what nobody has told yet of claims to winners. A job of ``civic_tick``."""
    named = Placement.objects.filter(
        place__isnull=False,
        decision__confirmed_at__isnull=False,
        decision__withdrawn_at=None,
        decision__final_at=None,
    )
    claims = Claim.objects.filter(contribution__in=named.values("entry__contribution"))
    return f"{sum(tell_of(claim) for claim in claims.order_by('pk'))} told of claims"


def tell_of(claim: Claim) -> int:
    """Tell the team once that it is there, and once that it is closed."""
    entry = _winner(claim)
    if entry is None:
        return 0
    told = _tell(claim, entry, "claimed", sentences.CLAIMED, sentences.CLAIMED_BODY)
    if not Claim.objects.open().filter(pk=claim.pk).exists():
        told += _tell(claim, entry, "closed", sentences.CLAIM_CLOSED, sentences.CLAIM_CLOSED_BODY)
    return told


def _winner(claim: Claim) -> Entry | None:
    """The entry it is about, where a decision that is not taken back names it for a place."""
    placements = Placement.objects.filter(
        entry__contribution=claim.contribution_id,
        place__isnull=False,
        decision__confirmed_at__isnull=False,
        decision__withdrawn_at=None,
    )
    found = placements.select_related("entry__process").first()
    return found.entry if found else None


def _tell(claim: Claim, entry: Entry, key: str, subject: Any, body: Any) -> int:
    return notify(
        team_users(entry),
        category=AWARDS,
        subject=said(subject, entry.process),
        body=said(body, entry.process, entry=entry.title),
        url=way_to(entry.process, "winners"),
        about=claim.uuid,
        dedupe=f"{key}:{claim.uuid}",
    )
