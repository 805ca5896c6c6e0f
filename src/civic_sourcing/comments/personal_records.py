"""What comments keep about people, and how it goes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments.models import Comment, CommentVote, Follow, Mention, Thread
from civic_sourcing.core.personal_records import PersonalRecords, Summary
from civic_sourcing.participants.models import Participant


class CommentRecords(PersonalRecords):
    """Comments, ratings, mentions and followed threads. Texts are emptied by the ledger."""

    name = "comments"
    models = (
        "civic_comments.comment",
        "civic_comments.commentvote",
        "civic_comments.follow",
        "civic_comments.mention",
        "civic_comments.thread",
    )

    def summary(self, participant: Participant) -> list[Summary]:
        lines = [
            Summary(
                _("Comments you wrote"),
                Comment.objects.filter(contribution__author=participant).count(),
            ),
            Summary(_("Comments you rated"), participant.comment_votes.count()),
            Summary(_("Discussions you follow"), participant.follows.count()),
        ]
        return [line for line in lines if line.count]

    def export(self, participant: Participant) -> dict[str, Any]:
        comments = Comment.objects.filter(contribution__author=participant).order_by("pk")
        votes = CommentVote.objects.filter(participant=participant).order_by("pk")
        follows = Follow.objects.filter(participant=participant).order_by("pk")
        readable = Comment.objects.readable()
        mentions = Mention.objects.filter(participant=participant, comment__in=readable)
        closed = Thread.objects.filter(closed_by=participant).order_by("pk")
        return {
            "comments": list(
                comments.values(
                    "contribution__uuid",
                    "thread__uuid",
                    "text",
                    "position",
                    "role",
                    "shown_at",
                    "edited_at",
                    "tombstone",
                )
            ),
            "ratings": list(votes.values("comment__contribution__uuid", "value", "rated_at")),
            "followed": list(follows.values("thread__uuid", "since")),
            "mentioned_in": list(
                mentions.order_by("pk").values_list("comment__contribution__uuid", flat=True)
            ),
            "closed": list(closed.values("uuid", "closed_at", "conclusion")),
        }

    def erase(self, participant: Participant, *, blank_texts: bool) -> None:
        """
        Nobody is told anything any more. Ratings count on, by a tombstone that names nobody; who
        was mentioned is forgotten, whatever name stands in the text of somebody else.
        """
        Follow.objects.filter(participant=participant).delete()
        Mention.objects.filter(participant=participant).delete()
