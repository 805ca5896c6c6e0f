"""Who answers for the city."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.attribution.claims.people import is_own
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.participants.standing import participant_of
from civic_sourcing.processes.policies import HasRole


class NotOwnContribution(Policy):
    """Nobody answers for the city what they handed in themselves."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        person = participant_of(occasion.user)
        if person is None or not is_own(contribution_of(occasion.subject), person):
            return None
        return Refusal(_("This is your own, so somebody else answers it."), "own")


class InDepartment(Policy):
    """People in the group of the department whose part of an answer the subject is."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if occasion.subject.department.has_member(occasion.user):
            return None
        return Refusal(_("Only people of this department can do this."))


class IsFollowedForDelivery(Policy):
    """What everybody can read, and of a kind people follow for its delivery."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        contribution = contribution_of(occasion.subject)
        if contribution.is_public and contribution.kind_of.is_followed_for_delivery:
            return None
        return Refusal(_("There is nothing here to follow."), "not-followable")


def contribution_of(subject: Any) -> Contribution:
    """The contribution that ``subject`` is, or is about."""
    if isinstance(subject, Contribution):
        return subject
    subject = getattr(subject, "answer", subject)
    contribution: Contribution = subject.contribution
    return contribution


may_answer = (SignedIn() & HasRole(OFFICIAL) & NotOwnContribution()) | System()
may_contribute_part = SignedIn() & (HasRole(OFFICIAL) | InDepartment()) & NotOwnContribution()
may_adopt = may_answer
may_follow = SignedIn() & IsFollowedForDelivery()
