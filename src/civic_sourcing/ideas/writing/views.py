"""Proposing, editing, versions, withdrawing, following. Pages call these by route."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.uploads.serving import file_response
from civic_sourcing.ideas.actions import (
    FollowIdea,
    KeepSupport,
    UnfollowIdea,
    WithdrawIdea,
)
from civic_sourcing.ideas.forms import WithdrawIdeaForm
from civic_sourcing.ideas.models import IdeaFile, IdeaForumMixin, IdeaMixin
from civic_sourcing.ideas.views import address, lead_to_sign_in, show, status_of
from civic_sourcing.ideas.writing.drafts import drafts_of
from civic_sourcing.ideas.writing.editing import Editing
from civic_sourcing.ideas.writing.policies import may_withdraw_idea
from civic_sourcing.ideas.writing.proposing import Proposal
from civic_sourcing.ideas.writing.versions import shown_versions

AS_WISHED = frozenset({"already-followed", "not-followed", "not-supported"})
"""Refusals that say: it is as you wanted it."""


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, forum: IdeaForumMixin) -> HttpResponse:
    """The form for a new idea, step by step. What was typed outlives everything."""
    proposal = Proposal(request, forum.home)
    return proposal.receive() if request.method == "POST" else proposal.open()


@require_safe
def draft_file(request: HttpRequest, forum: IdeaForumMixin, uuid: UUID) -> HttpResponseBase:
    """A photo of one's own draft, also before signing in."""
    mine = drafts_of(request, forum.home)
    file = IdeaFile.objects.filter(uuid=uuid, draft__in=mine.order_by()).first()
    if file is None:
        raise Http404("No such file in a draft of this visitor.")
    return file_response(file)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """The form on which an author changes the idea; 404 for everybody else."""
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, address(request, page, "edit"))
    own_or_404(request, page)
    editing = Editing(request, page)
    return editing.receive() if request.method == "POST" else editing.open()


@require_safe
def versions(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """All versions that can be read, the newest first, with what changed."""
    context = {
        "versions": shown_versions(page.contribution),
        "idea_url": page.get_url(request),
        "trail": trail_of(request, page),
    }
    return show(request, page, "versions", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """Ask the author why, then withdraw; 404 for everybody else."""
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, address(request, page, "withdraw"))
    own_or_404(request, page)
    form = WithdrawIdeaForm(request.POST or None)
    refused, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            WithdrawIdea(page, by=request.user, **form.cleaned_data).execute()
        except ActionRefused as refusal:
            refused, status = refusal.message, status_of(refusal)
        except ValidationError as refusal:
            form.add_error("text", refusal)
        else:
            messages.success(request, _("It is withdrawn."), fail_silently=True)
            return redirect(page.get_url(request))
    context = {
        "form": form,
        "refused": refused,
        "idea_url": page.get_url(request),
        "trail": trail_of(request, page),
    }
    return show(request, page, "withdraw", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def keep_support(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    """Stand behind the idea as it reads now."""
    said = _("Your support stands for the text as it is now.")
    return step(request, page, KeepSupport, "keep_support", said)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    return step(request, page, FollowIdea, "follow", _("We will tell you what becomes of it."))


@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, page: IdeaMixin) -> HttpResponse:
    return step(request, page, UnfollowIdea, "unfollow", _("You hear no more of this."))


def step(request: HttpRequest, page: IdeaMixin, action: Any, route: str, said: str) -> HttpResponse:
    """Lead through sign-in, ask on GET, act on POST, and lead back to the idea."""
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, address(request, page, route))
    if request.method != "POST":
        context = {"idea_url": page.get_url(request), "route": route}
        return show(request, page, "idea_confirm_step", context)
    try:
        action(page, by=request.user).execute()
    except ActionRefused as refused:
        if refused.code not in AS_WISHED:
            messages.warning(request, refused.message, fail_silently=True)
    else:
        messages.success(request, said, fail_silently=True)
    return redirect(page.get_url(request))


def own_or_404(request: HttpRequest, page: IdeaMixin) -> None:
    if may_withdraw_idea.refusal(Occasion(request.user, page, clock.now())):
        raise Http404("Only its author may do this.")


def trail_of(request: HttpRequest, page: IdeaMixin) -> list[dict[str, str]]:
    forum = page.get_parent()
    return [
        {"title": forum.title, "url": forum.get_url(request)},
        {"title": page.title, "url": page.get_url(request)},
    ]
