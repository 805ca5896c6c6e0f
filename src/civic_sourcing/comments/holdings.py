"""What a process holds of comments, and so may not simply vanish."""

from __future__ import annotations

from django.utils.translation import ngettext

from civic_sourcing.comments.models import Comment
from civic_sourcing.processes.holdings import Holding
from civic_sourcing.processes.models import Process


def comments_held(process: Process) -> Holding | None:
    """The comments in all threads of a process, readable or not."""
    count = Comment.objects.filter(contribution__process=process).count()
    words = ngettext("%(count)d comment", "%(count)d comments", count)
    return Holding(words % {"count": count}, count)
