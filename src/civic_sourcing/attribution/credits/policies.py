"""Who may name others, and who may answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.credits.records import owners_of
from civic_sourcing.attribution.models import Channel, Contribution, CreditState, Role
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, Superuser
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.policies import HasRole

STAFF_CHANNELS = frozenset({Channel.STAFF, Channel.PAPER, Channel.WORKSHOP})


class IsOriginator(Policy):
    """The author of a contribution, or somebody credited as originator of it."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.is_authenticated and originates(occasion.subject, user):
            return None
        return Refusal(_("Only whoever had the idea can do this."))


class WithoutAuthor(Policy):
    """The city speaks for what it wrote itself, and for paper nobody has claimed yet."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        contribution = occasion.subject
        if contribution.author_id is None and contribution.channel in STAFF_CHANNELS:
            return None
        return Refusal(_("Only whoever had the idea can do this."))


class IsInvited(Policy):
    """The person an invitation is for; somebody with the link of a mail is asked by the action."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        participant = occasion.subject.participant
        if participant is None or is_user(participant, occasion.user):
            return None
        return Refusal(_("This invitation is for somebody else."))


class IsCredited(Policy):
    """The person who is named; for an open invitation also whoever sent it."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        credit = occasion.subject
        people = [credit.participant]
        if credit.state == CreditState.INVITED:
            people.append(credit.invited_by)
        if any(person and is_user(person, occasion.user) for person in people):
            return None
        return Refusal(_("Only the person who is named can take the name back."))


class IsOfferer(Policy):
    """Whoever made an offer."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_user(occasion.subject.participant, occasion.user):
            return None
        return Refusal(_("Only whoever made the offer can take it back."))


class AnswersOffer(Policy):
    """
    Whoever had the idea, or the city where nobody who had it is here. Nobody answers themselves.
    """

    def refusal(self, occasion: Occasion) -> Refusal | None:
        offer, user = occasion.subject, occasion.user
        if is_user(offer.participant, user):
            return Refusal(_("This offer is yours, so somebody else answers it."))
        owners = owners_of(offer.contribution)
        if not owners:
            return for_the_city.refusal(occasion)
        if user in owners:
            return None
        return Refusal(_("Only whoever had the idea can do this."))


def originates(contribution: Contribution, user: Any) -> bool:
    """Tell whether ``user`` is the author, or credited as originator."""
    author = contribution.author
    if author is not None and author.user_id == user.pk:
        return True
    originators = contribution.credits.active().filter(role=Role.ORIGINATOR)
    return bool(originators.filter(participant__user=user).exists())


def is_user(participant: Any, user: Any) -> bool:
    return user is not None and user.is_authenticated and participant.user_id == user.pk


FOR_THE_CITY = ("official", "moderator")

for_the_city = HasRole(*FOR_THE_CITY) | Superuser()
may_invite = SignedIn() & InGoodStanding() & (IsOriginator() | (for_the_city & WithoutAuthor()))
may_set_shares = may_invite
may_accept = SignedIn() & InGoodStanding() & IsInvited()
may_decline = IsInvited()
may_withdraw_credit = SignedIn() & IsCredited()
may_enter = SignedIn() & for_the_city
may_merge = SignedIn() & (HasRole("official") | Superuser())
may_offer = SignedIn() & InGoodStanding()
may_accept_offer = SignedIn() & InGoodStanding() & AnswersOffer()
may_decline_offer = SignedIn() & AnswersOffer()
may_withdraw_offer = SignedIn() & IsOfferer()
