"""Posting a comment or a reply. What was typed outlives every refusal and the way to sign in."""

from __future__ import annotations

import uuid as uuids
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.display.comments import ShownComment
from civic_sourcing.comments.display.desks import Desk
from civic_sourcing.comments.display.screens import Screen
from civic_sourcing.comments.drafts import drop_draft, keep_draft
from civic_sourcing.comments.forms import CommentForm
from civic_sourcing.comments.intact import keeps_what_was_typed
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.places import address_of
from civic_sourcing.comments.views.answers import (
    is_htmx,
    lead_to_sign_in,
    say_on_arrival,
    show,
    status_of,
)
from civic_sourcing.comments.views.finding import comment_or_404, place_or_404
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.limits import client_ip
from civic_sourcing.moderation import offers


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, place: UUID) -> HttpResponse:
    """A new comment on the first level."""
    return write(request, Desk(request, place_or_404(request, place), in_place=is_htmx(request)))


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A reply to a comment, with ``?quote=1`` one that quotes it."""
    comment = comment_or_404(request, uuid)
    return write(request, Desk(request, comment.thread, comment, in_place=is_htmx(request)))


def write(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return show_form(request, desk, desk.empty_form())
    form = desk.filled_form()
    if request.civic_expired:  # type: ignore[attr-defined]
        return show_form(request, desk, form, notice=_expired(), status=403)
    if not request.user.is_authenticated and desk.closed:
        return show_form(request, desk, form, notice=_kept(desk.closed), status=409)
    if not form.is_valid():
        return show_form(request, desk, form)
    return receive(request, desk, form)


def receive(request: HttpRequest, desk: Desk, form: CommentForm) -> HttpResponse:
    """Take a form that is well filled: through sign-in and the offer to mask, to the thread."""
    if not request.user.is_authenticated:
        keep_draft(request, desk.key, request.POST)
        return lead_to_sign_in(request, desk.url, back=form.cleaned_data["back"])
    if offer := offers.settle(form, text="text"):
        return show_form(request, desk, form, offer=offer)
    return file_comment(request, desk, form)


def file_comment(request: HttpRequest, desk: Desk, form: CommentForm) -> HttpResponse:
    words = form.cleaned_data
    step = PostComment(
        desk.opened_thread(),
        by=request.user,
        idempotency_key=words["request_key"],
        text=words["text"],
        parent=desk.parent,
        position=words.get("position", ""),
        quoted=desk.quoted(words["quoted"]),
        role=words.get("role", ""),
        ip=client_ip(request),
    )
    try:
        comment = take(form, step, by=request.user)
    except IdempotencyConflict:
        return show_form(request, desk, with_new_key(form), notice=_sent_before(), status=409)
    except ActionRefused as refused:
        notice = _kept(refused.message)
        return show_form(request, desk, form, notice=notice, status=status_of(refused))
    drop_draft(request, desk.key)
    return show_arrival(request, desk, comment, words["back"])


def take(form: CommentForm, step: PostComment, *, by: Any) -> Comment:
    """Record what was still open about the person, if anything was, together with the step."""
    comment: Comment
    if not form.has_answers:
        comment = step.execute()
        return comment
    with transaction.atomic():
        form.record_answers(by)
        comment = step.execute()
    return comment


def show_form(
    request: HttpRequest,
    desk: Desk,
    form: CommentForm,
    *,
    notice: str = "",
    offer: Any = None,
    status: int = 200,
) -> HttpResponse:
    """In place for htmx, else on a page of its own."""
    notices = [("warning", notice)] if notice else []
    context = desk.context(form, notices=notices, offer=offer)
    template = "includes/compose" if is_htmx(request) else "comment_form"
    return show(request, template, context, status=status)


def show_arrival(request: HttpRequest, desk: Desk, comment: Comment, back: str) -> HttpResponse:
    """Lead to where the comment stands, which is in place for htmx."""
    waits = comment.shown_at is None
    words = desk.waiting_words(comment) if waits else _("Your comment is published.")
    if is_htmx(request):
        response = show(request, "arrived", arrival(request, desk, comment))
        return say_on_arrival(response, anchor=f"comment-{comment.uuid}", words=words)
    tell = messages.info if waits else messages.success
    tell(request, words, fail_silently=True)
    return redirect(address_of(comment, back or desk.page_url))


def arrival(request: HttpRequest, desk: Desk, comment: Comment) -> dict[str, Any]:
    """The comment for its place; on the first level an empty form takes the place of the sent."""
    desk.thread.refresh_from_db(fields=["comment_count"])
    screen = Screen(request, desk.thread, page_url=desk.page_url)
    list_id = screen.list_for(comment)
    again = desk.context(desk.empty_form(focus=False)) if desk.parent is None else {}
    return again | {
        "shown": ShownComment(comment, screen.reader),
        "list_id": list_id,
        "where": "afterbegin" if desk.parent is None else "beforeend",
        "number": desk.thread.comment_count,
    }


def with_new_key(form: CommentForm) -> CommentForm:
    """The same words under a new key: sending them again is then meant as another comment."""
    typed = {name: form.data[name] for name in form.data}
    form.data = {**typed, "request_key": str(uuids.uuid4())}
    return form


def _kept(sentence: str) -> str:
    return f"{sentence} {_('Nothing is lost: what you typed is still here.')}"


def _expired() -> str:
    return _(
        "This page was open for so long that we have to be sure it is you. Nothing is lost: please "
        "read what you typed once more and send it again."
    )


def _sent_before() -> str:
    return _(
        "A comment was already posted from this form, with other words. If you mean this as "
        "another comment, post it once more."
    )
