"""Wanting to hear what becomes of an idea."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.models import IdeaFollow
from civic_sourcing.ideas.signals import idea_followed, idea_unfollowed
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.ideas.writing.policies import may_follow
from civic_sourcing.participants.models import Participant


class FollowIdea(IdeaStep):
    """Be told what becomes of an idea. A second time is refused as ``"already-followed"``."""

    verb = "follow"
    announces = idea_followed
    policy = may_follow

    def perform(self) -> IdeaFollow:
        follow, made = IdeaFollow.objects.get_or_create(
            contribution=self.subject.contribution,
            participant=Participant.objects.of(self.by),
            defaults={"since": self.at},
        )
        if not made:
            raise ActionRefused(_("You follow this already."), code="already-followed")
        tallies.followed(self.subject.contribution_id, 1)
        return follow


class UnfollowIdea(IdeaStep):
    """Be told no more. Who does not follow is refused as ``"not-followed"``."""

    verb = "unfollow"
    announces = idea_unfollowed
    policy = may_follow

    def perform(self) -> None:
        mine = IdeaFollow.objects.filter(
            contribution=self.subject.contribution, participant__user=self.by
        )
        if not mine.delete()[0]:
            raise ActionRefused(_("You do not follow this."), code="not-followed")
        tallies.followed(self.subject.contribution_id, -1)
