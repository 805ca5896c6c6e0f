"""What the young hand in to challenges: a guardian knows of it, and their answer decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from civic_sourcing.attribution.actions import ReleaseContribution
from civic_sourcing.attribution.guardians import DECIDED
from civic_sourcing.challenges.actions.entries import empty
from civic_sourcing.challenges.actions.teams import keep_whole, leave
from civic_sourcing.challenges.contributions import TEAM_KEEPER
from civic_sourcing.challenges.entering import teams
from civic_sourcing.challenges.entering.drafts import locked
from civic_sourcing.challenges.entering.places import title_for
from civic_sourcing.challenges.models import Entry, EntryState, TeamMember
from civic_sourcing.core import clock
from civic_sourcing.participants.age import (
    Matter,
    register_guardian_answer,
    register_guardian_matters,
)
from civic_sourcing.participants.models import GuardianConsent, Participant

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)


def register() -> None:
    register_guardian_matters(matters)
    register_guardian_answer(follow_answer)


def matters(participant: Participant) -> Iterator[Matter]:
    """
    Name the entries a guardian decides about before the ledger has them: where, and that they are
    sealed. The child can show what stands in them.
    """
    entries = Entry.objects.with_person(participant).filter(state__in=ALIVE)
    own = entries.filter(contribution=None, captain=participant)
    joined = entries.exclude(captain=participant)
    for entry in [*own.order_by("pk"), *joined.order_by("pk")]:
        yield Matter(
            _("Entry to a challenge"),
            _("It is sealed until the deadline. Your child can show it to you."),
            title_for(entry.process)(None),
        )


def follow_answer(consent: GuardianConsent) -> None:
    """Let go of what waited for this guardian, or take the child and what they wrote out."""
    person = consent.participant
    if consent.state == GuardianConsent.State.CONSENTED:
        for entry in Entry.objects.with_person(person).order_by("pk"):
            _let_go(entry)
    elif consent.state in DECIDED:
        _take_out(person)


def _let_go(entry: Entry) -> None:
    contribution = entry.contribution
    if contribution is None or TEAM_KEEPER not in contribution.keepers:
        return
    others = [each for each in teams.needing_guardian(entry) if each.pk != entry.captain_id]
    if not others:
        ReleaseContribution(contribution, by=None, keeper=TEAM_KEEPER).execute()


@transaction.atomic
def _take_out(person: Participant) -> None:
    at = clock.now()
    own = Entry.objects.filter(captain=person, contribution=None, state__in=ALIVE)
    for entry in own.order_by("pk"):
        empty(locked(entry), EntryState.WITHDRAWN, at=at)
    joined = TeamMember.objects.filter(participant=person, left_at=None)
    for member in joined.exclude(entry__captain=person).select_related("entry").order_by("pk"):
        entry = locked(member.entry)
        leave(member, at=at)
        if entry.state in ALIVE:
            keep_whole(entry, at=at)
            _let_go(entry)
