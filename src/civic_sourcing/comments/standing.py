"""
Whether a comment stands with its text or a tombstone, and the counts that go with it.

The state of its row in the ledger decides. Locks are taken in one order wherever comments change:
row in the ledger, thread, comments from the root down, ledger of the process.
"""

from __future__ import annotations

from django.db.models import F

from civic_sourcing.attribution import discussions
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.comments.models import Comment, Thread, Tombstone
from civic_sourcing.core import clock

OF_PEOPLE = frozenset({Tombstone.AUTHOR, Tombstone.ACCOUNT})
"""What somebody decided about their own words; moderation takes nothing back from it."""


def locked(contribution: Contribution) -> Comment | None:
    """The comment of ``contribution`` with all locks its change needs; ``None`` if it is gone."""
    found = Comment.objects.filter(pk=contribution.pk).values_list("thread", "root", "branch")
    row = found.first()
    if row is None:
        return None
    thread, root, branch = row
    lock_thread(thread)
    comments = lock_comments({root, branch, contribution.pk})
    comment = comments[contribution.pk]
    rows = Contribution.objects.select_related("author", "process")
    comment.contribution = rows.get(pk=contribution.pk)
    return comment


def lock_thread(pk: int) -> Thread:
    return Thread.objects.select_for_update(no_key=True).get(pk=pk)


def lock_comments(keys: set[int]) -> dict[int, Comment]:
    """Lock comments in the order of their keys, which is from the root down."""
    rows = Comment.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {comment.pk: comment for comment in rows}


def settle(comment: Comment, *, cause: Tombstone = Tombstone.MODERATION) -> None:
    """
    Bring a locked comment in line with its contribution's state, and the counts with it.

    ``cause`` is why it cannot be read, where it cannot. Doing it twice changes nothing.
    """
    was_readable = comment.is_readable
    contribution = comment.contribution
    if contribution.is_public and comment.shown_at is None:
        comment.shown_at = clock.now()
    comment.tombstone = _tombstone(comment, cause) if comment.shown_at else ""
    comment.save(update_fields=["shown_at", "tombstone"])
    count(comment, int(comment.is_readable) - int(was_readable))


def count(comment: Comment, change: int) -> None:
    """Add ``change`` to the counts a comment is part of."""
    if not change:
        return
    Thread.objects.filter(pk=comment.thread_id).update(comment_count=F("comment_count") + change)
    above = sorted({comment.root_id, comment.branch_id} - {comment.pk})
    for pk in above:
        Comment.objects.filter(pk=pk).update(replies=F("replies") + change)
    subject = comment.thread.contribution_id
    if subject is not None and comment.shown_at is not None:
        discussions.tell(subject, change, comment.shown_at)


def _tombstone(comment: Comment, cause: Tombstone) -> str:
    contribution = comment.contribution
    if contribution.is_public:
        return "" if comment.text else _of_emptied(comment, cause)
    if contribution.state == State.HELD:
        return Tombstone.WAITING
    if cause == Tombstone.MODERATION and comment.tombstone in OF_PEOPLE:
        return comment.tombstone
    return cause


def _of_emptied(comment: Comment, cause: Tombstone) -> Tombstone:
    """Whose words are gone though nobody took them down: their author's account is."""
    author = comment.author
    left = author is None or author.user_id is None
    if left or Tombstone.ACCOUNT in (cause, comment.tombstone):
        return Tombstone.ACCOUNT
    return Tombstone.MODERATION
