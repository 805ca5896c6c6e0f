"""
What a final decision does to credits. The one place where claims change them.

Nothing is deleted: whoever loses the authorship stays in the story through the decision, which is
public.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from civic_sourcing.attribution.claims.rules import shares_with
from civic_sourcing.attribution.credits.records import circle, end_credit, grant
from civic_sourcing.attribution.models import (
    Claim,
    ClaimDecision,
    ClaimOutcome,
    Contribution,
    Credit,
    CreditState,
    Role,
)

Person = int | str
"""The key of a participant; for a name on paper, the number of its credit."""


def apply_outcome(claim: Claim, decision: ClaimDecision, *, at: datetime) -> None:
    """Bring the credits of the contribution, whose lock must be held, in line with a decision."""
    if decision.outcome == ClaimOutcome.ADDED:
        grant(claim.contribution, claim.claimant, decision.role, at=at)
    elif decision.outcome == ClaimOutcome.SHARED:
        share_authorship(claim, decision.share or 0, at=at)
    elif decision.outcome == ClaimOutcome.TRANSFERRED:
        transfer_authorship(claim, at=at)


def share_authorship(claim: Claim, part: int, *, at: datetime) -> None:
    """Make the claimant co-author with ``part``; the others keep their proportions in the rest."""
    contribution = claim.contribution
    before = shares_of(contribution)
    if contribution.author_id != claim.claimant_id:
        grant(contribution, claim.claimant, Role.CO_AUTHOR, at=at)
    people: dict[Person, int] = {
        key_of(credit): before.get(key_of(credit), 0) for credit in circle(contribution)
    }
    if len(people) > 1:
        write_shares(contribution, shares_with(people, claim.claimant_id, part))


def transfer_authorship(claim: Claim, *, at: datetime) -> None:
    """Make the claimant the author; the share of the one before goes along."""
    contribution, former = claim.contribution, claim.contribution.author_id
    if former == claim.claimant_id:
        return
    shares = shares_of(contribution)
    contribution.author = claim.claimant
    contribution.save(update_fields=["author"])
    standing = contribution.credits.standing()
    led = standing.filter(role=Role.ORIGINATOR).exclude(participant=claim.claimant)
    joined = standing.filter(role=Role.CO_AUTHOR, participant=claim.claimant)
    for credit in [*led, *joined]:
        end_credit(credit, CreditState.WITHDRAWN, at=at)
        shares[claim.claimant_id] = shares.get(claim.claimant_id, 0) + shares.pop(
            key_of(credit) if credit.participant_id != claim.claimant_id else "", 0
        )
    if shares:
        write_shares(contribution, shares)


def shares_of(contribution: Contribution) -> dict[Person, int]:
    """What everybody's shares are, added up by person; empty where none are set."""
    shares: dict[Person, int] = {}
    for credit in circle(contribution):
        if credit.share:
            shares[key_of(credit)] = shares.get(key_of(credit), 0) + credit.share
    return shares


def write_shares(contribution: Contribution, shares: Mapping[Person, int]) -> None:
    """
    Give everybody in the circle the share named here, if it names the whole circle.

    Somebody credited in two roles keeps the share with the first, so no share is set where a role
    would be left without one: all or none is the rule.
    """
    credits = circle(contribution)
    keys = [key_of(credit) for credit in credits]
    if len(set(keys)) < len(keys) or set(keys) != set(shares):
        return
    for credit, key in zip(credits, keys, strict=True):
        credit.share = shares[key]
        credit.save()


def key_of(credit: Credit) -> Person:
    return credit.participant_id or str(credit.uuid)
