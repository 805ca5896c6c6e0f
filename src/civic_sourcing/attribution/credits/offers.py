"""Who can still offer to improve a contribution, and which offers a visitor of its credits sees."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.credits import records
from civic_sourcing.attribution.credits.policies import may_decline_offer
from civic_sourcing.attribution.models import Contribution, ImprovementOffer, Role, State
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import Participant


def obstacle(contribution: Contribution, person: Participant | None) -> ActionRefused | None:
    """
    Return why ``person`` (or, for ``None``, anybody) cannot offer to improve it, or ``None``.

    The codes are ``not-published``, ``own-text``, ``offered-before`` and ``credited-already``.
    """
    if contribution.state != State.PUBLISHED:
        return ActionRefused(
            _("“%(title)s” is not open any more, so nobody is added to it."),
            code="not-published",
            title=contribution.title,
        )
    if person is None:
        return None
    if any(records.has_role(contribution, person, role) for role in _SPEAKING):
        return ActionRefused(
            _("This is your own text, or you are invited to sign it. You can add to it yourself."),
            code="own-text",
        )
    if contribution.improvement_offers.filter(participant=person).exists():
        return ActionRefused(
            _("You have offered to improve this before. One offer is possible for each text."),
            code="offered-before",
        )
    if records.has_role(contribution, person, Role.IMPROVER):
        return ActionRefused(
            _("You are named in this role already, or are invited. The page of credits shows it."),
            code="credited-already",
        )
    return None


def offers_seen_by(user: Any, contribution: Contribution) -> dict[str, Any]:
    """Return what the credits page says of offers to ``user``: theirs, and those they answer."""
    if not user.is_authenticated:
        return {"may_offer": obstacle(contribution, None) is None}
    person = Participant.objects.filter(user=user).first()
    waiting = list(contribution.improvement_offers.open().select_related("participant__user"))
    return {
        "may_offer": obstacle(contribution, person) is None,
        "my_offer": next((offer for offer in waiting if offer.participant == person), None),
        "offers": [offer for offer in waiting if _answers(user, offer, contribution)],
    }


def _answers(user: Any, offer: ImprovementOffer, contribution: Contribution) -> bool:
    offer.contribution = contribution
    return may_decline_offer.allows(Occasion(user, offer, clock.now()))


_SPEAKING = (Role.ORIGINATOR, Role.CO_AUTHOR)
