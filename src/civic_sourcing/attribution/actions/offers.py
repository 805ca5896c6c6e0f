"""Offering to improve what somebody else handed in: offer, accept, decline, withdraw."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.credits import offer_notices, policies, records
from civic_sourcing.attribution.credits.offers import obstacle
from civic_sourcing.attribution.models import (
    Contribution,
    Credit,
    CreditState,
    ImprovementOffer,
    OfferState,
    Role,
)
from civic_sourcing.attribution.models.offers import OFFER_COLUMN, OFFER_LENGTH
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import DAY, RateLimit
from civic_sourcing.core.text import normalise
from civic_sourcing.notifications.outbox import withdraw
from civic_sourcing.participants.models import Participant

OFFERS_PER_DAY = 10


class OfferToImprove(Action[Contribution]):
    """
    Offer to be named as improver of a published contribution of somebody else's, once.

    Takes ``text``: what one would add. The result is the offer. Whoever had the idea answers it, or
    the city where nobody who had it is here. The log names the offer and not the contribution: an
    offer nobody has accepted is not public. Refused as ``not-published``, ``own-text``,
    ``offered-before``, ``credited-already`` or ``rate-limited``; a text that is empty or too long
    raises ``TextRefused``.
    """

    verb = "offer_to_improve"
    announces = signals.improvement_offered
    policy = policies.may_offer

    text: str

    def check(self) -> None:
        words = normalise(self.text, max_length=OFFER_COLUMN, max_graphemes=OFFER_LENGTH)
        person = Participant.objects.of(self.by)
        refused = obstacle(self.subject, person)
        if refused is not None:
            raise refused
        RateLimit("civic_attribution.offer_to_improve", OFFERS_PER_DAY, DAY).hit(self.actor)
        self.offer = ImprovementOffer(
            uuid=uuid.uuid4(),
            contribution=self.subject,
            participant=person,
            text=words,
            offered_at=self.at,
        )

    def perform(self) -> ImprovementOffer:
        self.offer.save()
        offer_notices.tell_offered(self.offer)
        return self.offer

    def audit_subject(self) -> tuple[str, str]:
        return self.offer._meta.label_lower, str(self.offer.uuid)


class OnOffer(Action[ImprovementOffer]):
    """A step that closes one open offer, with its contribution locked first."""

    def fresh_subject(self) -> Any:
        keys = ImprovementOffer.objects.filter(pk=self.subject.pk).values("contribution")
        list(Contribution.objects.select_for_update(no_key=True).filter(pk__in=keys))
        return super().fresh_subject()

    def check(self) -> None:
        if not self.subject.is_open:
            raise ActionRefused(
                _("This is settled already: it is marked “%(state)s”."),
                code=f"is-{self.subject.state}",
                state=self.subject.get_state_display(),
            )

    def close(self, state: OfferState) -> ImprovementOffer:
        self.subject.state, self.subject.closed_at = state, self.at
        self.subject.save()
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"after": str(self.subject.state)}


class AcceptOffer(OnOffer):
    """
    Name whoever offered as improver. The result is the credit; they can take their name back.

    Shares that were set before are void, as the circle has grown.
    """

    verb = "accept_offer"
    announces = signals.improvement_accepted
    policy = policies.may_accept_offer

    def perform(self) -> Credit:
        offer = self.close(OfferState.ACCEPTED)
        credit = records.grant(
            offer.contribution,
            offer.participant,
            Role.IMPROVER,
            at=self.at,
            state=CreditState.ACCEPTED,
        )
        offer_notices.tell_accepted(offer)
        return credit

    def audit_details(self) -> dict[str, Any]:
        return {**super().audit_details(), "credit": str(self.result.uuid)}


class DeclineOffer(OnOffer):
    """Do without. Only whoever offered is told."""

    verb = "decline_offer"
    announces = signals.improvement_declined
    policy = policies.may_decline_offer

    def perform(self) -> ImprovementOffer:
        offer = self.close(OfferState.DECLINED)
        offer_notices.tell_declined(offer)
        return offer


class WithdrawOffer(OnOffer):
    """Take one's offer back before it is answered. Its words go, and the news of it."""

    verb = "withdraw_offer"
    announces = signals.improvement_withdrawn
    policy = policies.may_withdraw_offer

    def perform(self) -> ImprovementOffer:
        self.subject.text = ""
        withdraw(self.subject.uuid)
        return self.close(OfferState.WITHDRAWN)
