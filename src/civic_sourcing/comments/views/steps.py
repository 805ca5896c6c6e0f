"""What can be done with one comment: edit, delete, rate it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civic_sourcing.attribution.policies import IsAuthor
from civic_sourcing.comments.actions import EditComment, RateComment, WithdrawComment
from civic_sourcing.comments.display.comments import ShownComment
from civic_sourcing.comments.display.readers import Reader
from civic_sourcing.comments.display.writing import Writing
from civic_sourcing.comments.forms import EditForm, RatingForm
from civic_sourcing.comments.intact import keeps_what_was_typed
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.places import address_of, addresses, title_of
from civic_sourcing.comments.policies import may_edit
from civic_sourcing.comments.views.answers import is_htmx, lead_to_sign_in, show, status_of
from civic_sourcing.comments.views.finding import comment_or_404
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation import offers


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change one's comment while there is time; what was typed outlives a refusal."""
    comment = comment_or_404(request, uuid)
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, request.path)
    if request.method != "POST":
        refusal = may_edit.refusal(Occasion(request.user, comment, clock.now()))
        notice = str(refusal.message) if refusal else ""
        text = (
            comment.text if IsAuthor().allows(Occasion(request.user, comment, clock.now())) else ""
        )
        form = EditForm(key=_key(comment), initial={"text": text})
        return show_edit(request, comment, form, notice=notice, closed=bool(refusal))
    form = EditForm(request.POST, key=_key(comment))
    if request.civic_expired:  # type: ignore[attr-defined]
        notice = _("We have to be sure it is you. Nothing is lost: please send it again.")
        return show_edit(request, comment, form, notice=notice, status=403)
    if not form.is_valid():
        return show_edit(request, comment, form)
    if offer := offers.settle(form, text="text"):
        return show_edit(request, comment, form, offer=offer)
    return change(request, comment, form)


def change(request: HttpRequest, comment: Comment, form: EditForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    try:
        comment = EditComment(comment, by=request.user, text=text).execute()
    except ActionRefused as refused:
        notice = f"{refused.message} {_('Nothing is lost: what you typed is still here.')}"
        return show_edit(request, comment, form, notice=notice, status=status_of(refused))
    waits = " ".join(map(str, comment.contribution.waits_for))
    if waits:
        messages.info(request, waits, fail_silently=True)
    else:
        messages.success(request, _("Your comment is changed."), fail_silently=True)
    return redirect(_address(comment))


def show_edit(
    request: HttpRequest,
    comment: Comment,
    form: EditForm,
    *,
    notice: str = "",
    offer: Any = None,
    closed: bool = False,
    status: int = 200,
) -> HttpResponse:
    writing = Writing(
        key=_key(comment),
        url=request.path,
        title=_("Edit my comment"),
        submit="" if closed else _("Save the changes"),
        heading=2,
        back_url=_address(comment),
        notices=[("warning", notice)] if notice else [],
        offer=offer,
    )
    context = {"form": form, "writing": writing, "title": writing.title, "trail": trail(comment)}
    return show(request, "comment_form", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete one's comment on POST; on GET ask for it."""
    comment = comment_or_404(request, uuid)
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, request.path)
    if request.method != "POST":
        context = {"comment": comment, "back_url": _address(comment), "trail": trail(comment)}
        return show(request, "comment_confirm_withdraw", context)
    try:
        WithdrawComment(comment, by=request.user).execute()
    except ActionRefused as refused:
        messages.warning(request, refused.message, fail_silently=True)
    else:
        messages.success(request, _("Your comment is deleted."), fail_silently=True)
    return redirect(_address(comment))


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say whether a comment was helpful; on GET, as after signing in, ask for it."""
    comment = comment_or_404(request, uuid)
    form = RatingForm(request.POST or request.GET)
    value = form.cleaned_data["value"] if form.is_valid() else None
    if value is None or not comment.is_readable:
        return redirect(_address(comment))
    if not request.user.is_authenticated:
        return lead_to_sign_in(request, request.path, value=str(value))
    if request.method != "POST":
        return show(request, "comment_confirm_rate", _question(comment, value))
    refused = None
    try:
        RateComment(comment, by=request.user, value=value).execute()
    except ActionRefused as refusal:
        refused = refusal
    return show_rating(request, comment, refused)


def show_rating(
    request: HttpRequest, comment: Comment, refused: ActionRefused | None
) -> HttpResponse:
    """In place where the button was pressed by htmx, on the page otherwise."""
    if not is_htmx(request):
        if refused:
            messages.warning(request, refused.message, fail_silently=True)
        return redirect(_address(comment))
    comment.refresh_from_db(fields=["helpful", "not_helpful"])
    reader = Reader(request, comment.thread, clock.now())
    reader.look_at([comment])
    context = {
        "shown": ShownComment(comment, reader),
        "refused": refused.message if refused else "",
    }
    return show(request, "includes/rating", context)


def _question(comment: Comment, value: int) -> dict[str, Any]:
    return {
        "comment": comment,
        "value": value,
        "back_url": _address(comment),
        "trail": trail(comment),
        "title": _("Is this comment helpful?") if value > 0 else _("Is this comment not helpful?"),
    }


def trail(comment: Comment) -> list[dict[str, str]]:
    return [{"title": title_of(comment.thread), "url": _address(comment)}]


def _address(comment: Comment) -> str:
    page = addresses([comment.thread]).get(comment.thread_id, "/")
    return address_of(comment, page)


def _key(comment: Comment) -> str:
    return f"edit-{comment.uuid}"
