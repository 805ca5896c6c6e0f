"""Wanting to hear of what is said in a thread."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments import signals
from civic_sourcing.comments.models import Follow, Thread
from civic_sourcing.comments.policies import may_follow
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant


class FollowThread(Action[Thread]):
    """Be told of new comments. A second time is refused as ``"already-followed"``."""

    verb = "follow"
    announces = signals.thread_followed
    policy = may_follow

    def perform(self) -> Follow:
        participant = Participant.objects.of(self.by)
        follow, made = Follow.objects.get_or_create(
            thread=self.subject, participant=participant, defaults={"since": self.at}
        )
        if not made:
            raise ActionRefused(_("You follow this discussion already."), code="already-followed")
        return follow


class UnfollowThread(Action[Thread]):
    """Be told no more. Who does not follow is refused as ``"not-followed"``."""

    verb = "unfollow"
    announces = signals.thread_unfollowed
    policy = may_follow

    def perform(self) -> Any:
        mine = Follow.objects.filter(thread=self.subject, participant__user=self.by)
        if not mine.delete()[0]:
            raise ActionRefused(_("You do not follow this discussion."), code="not-followed")
