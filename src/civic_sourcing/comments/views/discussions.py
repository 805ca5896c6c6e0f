"""Closing a discussion with what came out of it, taking it up again, and following it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from civic_sourcing.comments.actions import (
    CloseThread,
    FollowThread,
    ReopenThread,
    UnfollowThread,
)
from civic_sourcing.comments.forms import ConclusionForm
from civic_sourcing.comments.models import Thread
from civic_sourcing.comments.places import addresses, title_of
from civic_sourcing.comments.policies import may_close
from civic_sourcing.comments.views.answers import lead_to_sign_in, show, status_of
from civic_sourcing.comments.views.finding import place_or_404
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion

AS_WISHED = frozenset({"already-followed", "not-followed", "thread-open"})
"""Refusals that say: it is as you wanted it. A second press is no mistake."""


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, place: UUID) -> HttpResponse:
    """Close the discussion with a conclusion; for officials and moderators of the place."""
    thread = place_or_404(request, place)
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, request.path)
    if not may_close.allows(Occasion(request.user, thread, clock.now())):
        raise Http404("Only those who may close a discussion find this page.")
    form = ConclusionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "thread_close", _around(thread, form))
    try:
        CloseThread(
            opened(thread), by=request.user, conclusion=form.cleaned_data["conclusion"]
        ).execute()
    except ActionRefused as refused:
        context = _around(thread, form) | {"refused": refused.message}
        return show(request, "thread_close", context, status=status_of(refused))
    messages.success(request, _("The discussion is closed."), fail_silently=True)
    return redirect(page_of(thread))


@require_POST
def reopen(request: HttpRequest, place: UUID) -> HttpResponse:
    """Let people comment again."""
    return step(request, place, ReopenThread, _("The discussion is open again."))


@require_POST
def follow(request: HttpRequest, place: UUID) -> HttpResponse:
    """Be told of new comments."""
    return step(request, place, FollowThread, _("We will tell you of new comments here."))


@require_POST
def unfollow(request: HttpRequest, place: UUID) -> HttpResponse:
    """Be told no more."""
    return step(request, place, UnfollowThread, _("We will tell you no more of this discussion."))


def step(request: HttpRequest, place: UUID, action: Any, done: str) -> HttpResponse:
    """Take a step that needs no words, and lead back to the comments."""
    thread = place_or_404(request, place)
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, page_of(thread))
    try:
        action(opened(thread), by=request.user).execute()
    except ActionRefused as refused:
        if refused.code not in AS_WISHED:
            messages.warning(request, refused.message, fail_silently=True)
            return redirect(page_of(thread))
    messages.success(request, done, fail_silently=True)
    return redirect(page_of(thread))


def opened(thread: Thread) -> Thread:
    """The thread as a row: people may follow before anybody has posted."""
    if thread.pk:
        return thread
    return Thread.objects.opened_below(thread.contribution or thread.process)


def page_of(thread: Thread) -> str:
    return f"{addresses([thread]).get(thread.pk, '/')}#comments"


def _around(thread: Thread, form: ConclusionForm) -> dict[str, Any]:
    back = page_of(thread)
    return {
        "form": form,
        "back_url": back,
        "trail": [{"title": title_of(thread), "url": back}],
        "number": thread.comment_count,
    }
