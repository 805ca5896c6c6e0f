"""Taking a comment to another place, and back to where it stood."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.comments import standing
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.places import has_comments
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


def move(comment: Comment, process: Process) -> None:
    """
    Put a locked comment into the thread of ``process``'s own page, on the first level.

    Where it was moved from there before, it goes back to its very place. A page nobody has
    commented on yet gets its thread. Refused as ``has-replies`` where others have answered it, and
    as ``no-thread`` where nobody can comment on the process's page.
    """
    if Comment.objects.filter(parent=comment).exists():
        raise ActionRefused(
            _("Others have replied to this comment, so it cannot be moved. It can be hidden."),
            code="has-replies",
        )
    place = _place_before(comment, process) or _new_place(comment, process)
    was_readable = comment.is_readable
    if was_readable:
        standing.count(comment, -1)
    comment.moved_from = None if comment.moved_from else _keys(comment)
    for name, value in place.items():
        setattr(comment, name, value)
    comment.save(update_fields=[*place, "moved_from"])
    if was_readable:
        standing.lock_thread(comment.thread_id)
        standing.count(comment, 1)


PLACE = ("thread_id", "parent_id", "root_id", "branch_id", "quoted_id", "depth")


def _keys(comment: Comment) -> dict[str, Any]:
    return {name: getattr(comment, name) for name in PLACE}


def _place_before(comment: Comment, process: Process) -> dict[str, Any] | None:
    before = comment.moved_from
    if before and Thread.objects.filter(pk=before["thread_id"], process=process).exists():
        return dict(before)
    return None


def way_back(comment: Comment) -> Process | None:
    """Return the process its thread of before belongs to now; ``None`` if it was not moved."""
    before = comment.moved_from
    if not before:
        return None
    thread = Thread.objects.select_related("process").filter(pk=before["thread_id"]).first()
    return thread.process if thread else None


def _new_place(comment: Comment, process: Process) -> dict[str, Any]:
    thread = Thread.objects.filter(page_key=process.translation_key).first()
    if thread is None and has_comments(process):
        thread = Thread.objects.opened_below(process)
    if thread is None:
        raise ActionRefused(
            _("There is no discussion this comment could be moved to."), code="no-thread"
        )
    keys = dict.fromkeys(PLACE)
    return keys | {
        "thread_id": thread.pk,
        "root_id": comment.pk,
        "branch_id": comment.pk,
        "depth": 1,
    }
