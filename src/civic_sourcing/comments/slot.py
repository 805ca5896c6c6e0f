"""The thread on the page of whatever it is below."""

from __future__ import annotations

from typing import Any

from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.comments.display.screens import ThreadScreen
from civic_sourcing.comments.models import CommentsPageMixin, Thread

NOTHING = SafeString("")


def show_thread(context: Context, subject: Any) -> SafeString:
    """
    Show the thread below ``subject``: a contribution, a page that has one, or a page with comments.

    Nothing for anything else, nor for a page that is only previewed and has no process yet.
    """
    place = discussed(subject)
    request = context.get("request")
    if place is None or request is None:
        return NOTHING
    thread = Thread.objects.below(place, reader=request.user)
    before_reading(thread.process)
    screen = ThreadScreen(request, thread, page_url=request.path)
    return render_to_string(
        "civic_sourcing/comments/thread.html", {"thread": screen}, request=request
    )


def discussed(subject: Any) -> Any:
    """What the thread hangs on: a contribution, or the process of a page that mixes comments in."""
    if isinstance(subject, CommentsPageMixin):
        return subject.process
    found = getattr(subject, "contribution", subject)
    return found if isinstance(found, Contribution) and found.pk else None
