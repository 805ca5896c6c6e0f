"""Saying whether a comment was helpful."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments import signals
from civic_sourcing.comments.conf import conf
from civic_sourcing.comments.models import Comment, CommentVote
from civic_sourcing.comments.policies import may_rate
from civic_sourcing.comments.ratings import rating
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import MINUTE, RateLimit
from civic_sourcing.participants.models import Participant


class RateComment(Action[Comment]):
    """
    Find somebody else's comment helpful (``value`` 1), not helpful (-1), or neither any more (0).

    One person has one rating; another one takes its place. The result is the value.
    """

    verb = "rate"
    announces = signals.comment_rated
    policy = may_rate

    value: int

    def check(self) -> None:
        RateLimit("civic_comments.rate", conf.RATINGS_PER_MINUTE, MINUTE).hit(self.actor)
        if self.value not in (1, 0, -1):
            raise ActionRefused(_("A comment is helpful or not helpful."), code="unknown-rating")
        if not self.subject.is_readable:
            raise ActionRefused(
                _("This comment can no longer be read, so it cannot be rated."),
                code="not-readable",
            )

    def perform(self) -> int:
        comment, participant = self.subject, Participant.objects.of(self.by)
        votes = CommentVote.objects.filter(comment=comment, participant=participant)
        before = votes.values_list("value", flat=True).first() or 0
        if before == self.value:
            return self.value
        if self.value == 0:
            votes.delete()
        else:
            CommentVote.objects.update_or_create(
                comment=comment,
                participant=participant,
                defaults={"value": self.value, "rated_at": self.at},
            )
        self._count(before)
        return self.value

    def _count(self, before: int) -> None:
        """The comment's lock is held, so what is read here is what is counted."""
        comment = self.subject
        comment.helpful += (self.value == 1) - (before == 1)
        comment.not_helpful += (self.value == -1) - (before == -1)
        comment.rating = rating(comment.helpful, comment.not_helpful)
        comment.save(update_fields=["helpful", "not_helpful", "rating"])

    def audit_details(self) -> dict[str, Any]:
        return {"value": self.value}
