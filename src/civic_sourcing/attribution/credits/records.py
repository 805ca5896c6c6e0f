"""Rows of credit, written under the lock of their contribution."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic_sourcing.attribution.models import Contribution, Credit, CreditState, Role
from civic_sourcing.participants.models import Participant


def grant(
    contribution: Contribution,
    participant: Participant,
    role: str,
    *,
    at: datetime,
    state: str = CreditState.CREDITED,
) -> Credit:
    """
    Give ``participant`` credit in ``role``, and return the row there is if they have it already.

    A standing invitation becomes what is granted. Shares given before are void: the circle is
    another one now. Call it with the contribution locked.
    """
    standing = Credit.objects.standing().filter(
        contribution=contribution, participant=participant, role=role
    )
    credit = standing.first()
    if credit is not None and credit.is_active:
        return credit
    if credit is None:
        credit = Credit(contribution=contribution, participant=participant, role=role)
        credit.created_at = at
    credit.state, credit.answered_at = state, at
    clear_shares(contribution)
    credit.save()
    return credit


def end_credit(credit: Credit, state: str, *, at: datetime) -> Credit:
    """Let a credit or an invitation end as ``state``; what it knew of an address goes."""
    was_active = credit.is_active
    credit.state, credit.answered_at, credit.share = state, at, None
    credit.address_digest = credit.token_digest = ""
    credit.save()
    if was_active:
        clear_shares(credit.contribution)
    return credit


def clear_shares(contribution: Contribution) -> int:
    """Take back all shares of ``contribution``; return how many there were."""
    return contribution.credits.exclude(share=None).update(share=None)


def circle(contribution: Contribution) -> list[Credit]:
    """
    Everybody credited directly, the author first.

    Where the author has no row yet, an unsaved one stands for them (``pk`` is ``None``).
    """
    credits = list(
        contribution.credits.active()
        .select_related("participant__user")
        .exclude(role=Role.STAFF_EDITOR)
    )
    credits.sort(key=lambda credit: (Role(credit.role).rank, credit.pk))
    author = contribution.author
    if author is None or any(_is_author(credit, author) for credit in credits):
        return credits
    return [authors_credit(contribution, author), *credits]


def authors_credit(contribution: Contribution, author: Participant) -> Credit:
    """Return the unsaved row that says what the contribution says itself."""
    return Credit(
        contribution=contribution,
        participant=author,
        role=Role.ORIGINATOR,
        state=CreditState.CREDITED,
        created_at=contribution.received_at,
    )


def has_role(contribution: Contribution, participant: Participant, role: str) -> bool:
    """Tell whether ``participant`` is credited, or invited, in ``role`` already."""
    if role in (Role.ORIGINATOR, Role.CO_AUTHOR) and contribution.author_id == participant.pk:
        return True
    standing = contribution.credits.standing()
    return standing.filter(participant=participant, role=role).exists()


def owners_of(contribution: Contribution) -> list[Any]:
    """Return the active users who had the idea; nobody for unclaimed paper and the city's texts."""
    originators = contribution.credits.active().filter(role=Role.ORIGINATOR)
    people = [credit.participant for credit in originators.select_related("participant__user")]
    users = [person.user for person in (contribution.author, *people) if person and person.user]
    return list({user.pk: user for user in users if user.is_active}.values())


def _is_author(credit: Credit, author: Participant) -> bool:
    return credit.participant_id == author.pk and credit.role == Role.ORIGINATOR
