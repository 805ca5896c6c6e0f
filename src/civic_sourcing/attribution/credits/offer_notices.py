"""What people hear of an offer. Its words stay on the page of credits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.credits.news import CREDITS, credits_path
from civic_sourcing.attribution.credits.policies import FOR_THE_CITY
from civic_sourcing.attribution.credits.records import owners_of
from civic_sourcing.attribution.models import ImprovementOffer
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.roles import people_with_role


def tell_offered(offer: ImprovementOffer) -> int:
    """Ask whoever had the idea; the city's people where nobody who had it is here."""
    return _tell(
        owners_of(offer.contribution) or _office(offer),
        offer,
        _("%(person)s offers to improve “%(title)s”"),
        _(
            "Please accept or decline on the page of credits. Whoever you accept is named as "
            "improver there. Nothing of the offer is public before that."
        ),
    )


def tell_accepted(offer: ImprovementOffer) -> int:
    return _tell(
        [offer.participant.user],
        offer,
        _("You are now named as improver of “%(title)s”"),
        _("Your offer was accepted. You can take your name back at any time."),
    )


def tell_declined(offer: ImprovementOffer) -> int:
    return _tell(
        [offer.participant.user],
        offer,
        _("Your offer for “%(title)s” was not taken up this time"),
        _(
            "Thank you for wanting to help. Nobody else learns of your offer. You can still "
            "support this text, or propose what you have in mind yourself."
        ),
    )


def _tell(users: Iterable[Any], offer: ImprovementOffer, subject: Promise, body: Promise) -> int:
    words = {"person": offer.participant.public_name, "title": offer.contribution.name_in_news}
    return notify(
        users,
        category=CREDITS.key,
        subject=filled(subject, **words),
        body=body,
        url=credits_path(offer.contribution),
        about=offer.uuid,
    )


def _office(offer: ImprovementOffer) -> list[Any]:
    """Everybody with a role that answers, and administrators only where there is nobody."""
    people = [user for role in FOR_THE_CITY for user in people_with_role(role, offer)]
    others = [user for user in people if user.pk != offer.participant.user_id]
    administrators = get_user_model()._base_manager.filter(is_superuser=True, is_active=True)
    return others or list(administrators.exclude(pk=offer.participant.user_id))
