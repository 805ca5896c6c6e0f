"""Wanting to hear what the city makes of something."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import signals
from civic_sourcing.answers.models import DeliveryFollow
from civic_sourcing.answers.policies import may_follow
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant


class FollowDelivery(Action[Contribution]):
    """
    Be told of every step the city takes with it. A second time is refused as ``already-followed``.
    """

    verb = "follow_delivery"
    announces = signals.delivery_followed
    policy = may_follow

    def perform(self) -> DeliveryFollow:
        follow, made = DeliveryFollow.objects.get_or_create(
            contribution=self.subject,
            participant=Participant.objects.of(self.by),
            defaults={"since": self.at},
        )
        if not made:
            raise ActionRefused(_("You follow this already."), code="already-followed")
        return follow


class UnfollowDelivery(Action[Contribution]):
    """Be told no more. Who does not follow is refused as ``not-followed``."""

    verb = "unfollow_delivery"
    announces = signals.delivery_unfollowed
    policy = may_follow

    def perform(self) -> None:
        mine = self.subject.delivery_follows.filter(participant__user=self.by)
        if not mine.delete()[0]:
            raise ActionRefused(_("You do not follow this."), code="not-followed")
