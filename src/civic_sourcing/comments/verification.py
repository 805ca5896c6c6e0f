"""Finding out whether the counts and places of comments are what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from civic_sourcing.comments.models import Comment, CommentVote, Thread
from civic_sourcing.comments.ratings import rating
from civic_sourcing.core.audit.verification import Finding, Verification

READABLE = Q(shown_at__isnull=False, tombstone="")


def verify_comments(verification: Verification) -> Iterator[Finding]:
    """
    Yield threads and comments whose counts differ from what is there, and comments whose place is
    not that of what they reply to. Honours ``verification.chain``, the UUID of a process.
    """
    threads = Thread.objects.using(verification.using)
    comments = Comment.objects.using(verification.using).select_related("contribution")
    votes = CommentVote.objects.using(verification.using)
    if verification.chain:
        threads = threads.filter(process__uuid=verification.chain)
        comments = comments.filter(contribution__process__uuid=verification.chain)
    yield from _threads(threads, verification)
    yield from _replies(comments, verification)
    yield from _votes(comments, votes)
    yield from _places(comments)


def _threads(threads: QuerySet[Thread], verification: Verification) -> Iterator[Finding]:
    rows = Comment.objects.using(verification.using).filter(READABLE, thread=OuterRef("pk"))
    wrong = threads.annotate(there=_number(rows, "thread")).exclude(comment_count=F("there"))
    for thread in wrong.order_by("pk"):
        message = f"It says {thread.comment_count} comments, and there are {thread.there}."
        yield Finding("comments", str(thread.uuid), message)


def _replies(comments: QuerySet[Comment], verification: Verification) -> Iterator[Finding]:
    rows = Comment.objects.using(verification.using).filter(READABLE)
    below_root = rows.filter(root=OuterRef("pk")).exclude(pk=OuterRef("pk"))
    below_branch = rows.filter(branch=OuterRef("pk")).exclude(pk=OuterRef("pk"))
    for level, below, name in ((1, below_root, "root"), (2, below_branch, "branch")):
        counted = comments.filter(depth=level).annotate(there=_number(below, name))
        for comment in counted.exclude(replies=F("there")).order_by("pk"):
            message = f"It says {comment.replies} replies, and there are {comment.there}."
            yield Finding("replies", str(comment.uuid), message)


def _votes(comments: QuerySet[Comment], votes: QuerySet[CommentVote]) -> Iterator[Finding]:
    up = votes.filter(comment=OuterRef("pk"), value=1)
    down = votes.filter(comment=OuterRef("pk"), value=-1)
    counted = comments.annotate(up=_number(up, "comment"), down=_number(down, "comment"))
    voted = counted.filter(Q(up__gt=0) | Q(down__gt=0) | Q(helpful__gt=0) | Q(not_helpful__gt=0))
    for comment in voted.order_by("pk"):
        there = (comment.up, comment.down, rating(comment.up, comment.down))
        if (comment.helpful, comment.not_helpful, comment.rating) != there:
            yield Finding("ratings", str(comment.uuid), "Its ratings do not add up.")


def _places(comments: QuerySet[Comment]) -> Iterator[Finding]:
    astray = ~Q(thread=F("parent__thread")) | ~Q(root=F("parent__root"))
    alone = Q(parent=None) & ~Q(root=F("pk"))
    for comment in comments.filter((Q(parent__isnull=False) & astray) | alone).order_by("pk"):
        yield Finding("place", str(comment.uuid), "It is not where what it replies to is.")


def _number(rows: QuerySet, name: str) -> Coalesce:
    counted = rows.order_by().values(name).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
