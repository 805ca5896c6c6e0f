"""Who may take which step of a claim."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims.people import STEWARD, bar_for
from civic_sourcing.attribution.claims.rules import Bar
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.policies import HasRole

BARS = {
    Bar.PARTY: _(
        "You are a party to this claim, or wrote one of the texts, so somebody else decides."
    ),
    Bar.MODERATED: _(
        "You have moderated one of the texts this claim is about, so somebody else decides."
    ),
    Bar.DECIDED_BEFORE: _("You made the first decision, so the appeal goes to another steward."),
}


class IsClaimant(Policy):
    """Only whoever filed the claim."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if _is_user(occasion.subject.claimant, occasion):
            return None
        return Refusal(_("Only whoever filed the claim can do this."))


class IsParty(Policy):
    """Either side of the claim."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if any(_is_user(person, occasion) for person in occasion.subject.people()):
            return None
        return Refusal(_("Only the people this claim is between can do this."))


class IsImpartial(Policy):
    """Nobody decides what concerns them, or a second time."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        bar = bar_for(occasion.user, occasion.subject)
        return Refusal(BARS[bar], bar.value) if bar else None


def _is_user(person: Participant, occasion: Occasion) -> bool:
    return occasion.user is not None and person.user_id == occasion.user.pk


may_file = SignedIn() & InGoodStanding()
may_speak = SignedIn() & IsParty()
may_withdraw_claim = SignedIn() & IsClaimant()
may_decide = SignedIn() & HasRole(STEWARD) & IsImpartial()
may_close = System()
