"""Taking back what one has said."""

from __future__ import annotations

from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.comments import signals
from civic_sourcing.comments.actions.own import CommentAction
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.policies import may_withdraw


class WithdrawComment(CommentAction):
    """
    Delete one's comment: a tombstone stands in its place, and replies stay readable.

    What nobody has seen yet leaves nothing. Refused while it is hidden by moderation.
    """

    verb = "withdraw"
    announces = signals.comment_withdrawn
    policy = may_withdraw

    def perform(self) -> Comment:
        comment = self.subject
        comment.contribution = WithdrawContribution(comment.contribution, by=self.by).execute()
        comment.refresh_from_db(fields=["tombstone", "shown_at"])
        return comment
