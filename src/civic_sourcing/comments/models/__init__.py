from civic_sourcing.comments.models.comments import (
    DEPTH,
    Comment,
    CommentQuerySet,
    Position,
    Tombstone,
)
from civic_sourcing.comments.models.pages import CommentsPageMixin
from civic_sourcing.comments.models.people import CommentVote, Follow, Mention
from civic_sourcing.comments.models.rules import CommentRules, Order
from civic_sourcing.comments.models.threads import Thread, ThreadQuerySet

__all__ = [
    "DEPTH",
    "Comment",
    "CommentQuerySet",
    "CommentRules",
    "CommentVote",
    "CommentsPageMixin",
    "Follow",
    "Mention",
    "Order",
    "Position",
    "Thread",
    "ThreadQuerySet",
    "Tombstone",
]
