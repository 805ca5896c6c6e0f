"""From an address to the thread or comment it means; what a visitor may not open is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.places import open_to
from civic_sourcing.processes.models import Process


def place_or_404(request: HttpRequest, place: UUID) -> Thread:
    """The thread of a place this visitor may open; it may not be saved yet."""
    contribution = Contribution.objects.select_related("process").filter(uuid=place).first()
    subject = contribution or Process.objects.filter(translation_key=place).first()
    if subject is None:
        raise Http404("There is no place of this number.")
    before_reading(contribution.process if contribution else subject)
    thread = Thread.objects.below(subject)
    if thread.pk not in open_to([thread], request):
        raise Http404("This visitor may not open the page.")
    return thread


def comment_or_404(request: HttpRequest, uuid: UUID) -> Comment:
    """A comment in a place this visitor may open: one everybody sees, or one's own."""
    before_reading(Process.objects.filter(threads__comments__contribution__uuid=uuid).first())
    rows = Comment.objects.select_related(
        "contribution__author__user",
        "contribution__process",
        "thread__contribution",
        "thread__process",
    )
    comment = rows.filter(contribution__uuid=uuid).first()
    if comment is None or not (comment.shown_at or _is_own(comment, request.user)):
        raise Http404("There is no comment of this number.")
    if comment.thread_id not in open_to([comment.thread], request):
        raise Http404("This visitor may not open the page.")
    return comment


def _is_own(comment: Comment, user: Any) -> bool:
    author = comment.author
    return author is not None and user.is_authenticated and author.user_id == user.pk
