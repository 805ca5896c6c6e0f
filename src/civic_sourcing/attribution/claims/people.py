"""Who is on which side, who may decide, and who is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model

from civic_sourcing.attribution.claims.rules import Bar, Stage, bar_to_deciding
from civic_sourcing.attribution.models import Claim, Contribution, CreditState, Role
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import people_with_role, roles_of

STEWARD = "steward"
AUTHORS = (Role.ORIGINATOR, Role.CO_AUTHOR)
VERBS = ("hide", "restore", "release", "remove", "reinstate")
MODERATION = tuple(f"civic_attribution.{verb}" for verb in VERBS)


def authors_of(contribution: Contribution) -> set[int]:
    """Keys of the participants who speak for a contribution: author and co-authors who agreed."""
    credited = contribution.credits.active().filter(role__in=AUTHORS)
    keys = set(credited.exclude(participant=None).values_list("participant_id", flat=True))
    return keys | ({contribution.author_id} if contribution.author_id else set())


def is_own(contribution: Contribution, participant: Participant) -> bool:
    """Whether somebody is its author, or was invited to be one and has not declined."""
    invited = contribution.credits.filter(
        participant=participant, role__in=AUTHORS, state=CreditState.INVITED
    )
    return participant.pk in authors_of(contribution) or invited.exists()


def respondents_to(contribution: Contribution, claimant: Participant) -> list[Participant]:
    """Whom a claim concerns: those who speak for the contribution."""
    keys = authors_of(contribution) - {claimant.pk}
    return list(Participant.objects.filter(pk__in=keys).select_related("user").order_by("pk"))


def bar_for(user: Any, claim: Claim) -> Bar | None:
    """Return why this user may not decide this claim whatever their role, or ``None``."""
    person = Participant.objects.of(user)
    linked = claim.statements.exclude(linked=None).select_related("linked")
    texts = [claim.contribution, *(statement.linked for statement in linked)]
    appealed = claim.stage in (Stage.APPEALED, Stage.REHEARD)
    first = claim.decisions.filter(number=1).first() if appealed else None
    return bar_to_deciding(
        person.uuid,
        parties=_uuids(_parties(claim, texts)),
        moderators=_moderators(texts),
        first_decider=first.steward.uuid if first else None,
    )


def stewards_for(claim: Claim) -> list[Any]:
    """The users who have the role for the claim's process and may decide it."""
    people = people_with_role(STEWARD, claim.process)
    return [user for user in people if bar_for(user, claim) is None]


def administrators() -> list[Any]:
    """Whom to turn to where no steward acts."""
    return list(get_user_model()._base_manager.filter(is_superuser=True, is_active=True))


def is_steward(user: Any, place: Any) -> bool:
    return STEWARD in roles_of(user, place)


def processes_of_steward(user: Any) -> list[int]:
    """Keys of the processes with claims in which ``user`` is steward."""
    claimed = Process.objects.filter(contributions__claims__isnull=False).distinct()
    return [process.pk for process in claimed if is_steward(user, process)]


def _parties(claim: Claim, texts: Collection[Any]) -> set[int]:
    keys = {person.pk for person in claim.people()}
    for text in texts:
        keys |= authors_of(text)
        keys |= {text.entered_by_id} - {None}
    return keys


def _uuids(keys: Collection[int]) -> set[Any]:
    return set(Participant.objects.filter(pk__in=keys).values_list("uuid", flat=True))


def _moderators(texts: Collection[Any]) -> set[Any]:
    entries = AuditEntry.objects.filter(
        action__in=MODERATION, subject_id__in=[str(text.uuid) for text in texts]
    )
    return set(entries.exclude(actor=None).values_list("actor", flat=True))
