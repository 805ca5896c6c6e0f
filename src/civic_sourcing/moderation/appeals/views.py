"""Decisions about oneself, and appealing them. Those about others answer 404."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.moderation.actions.appeals import FileAppeal, appeal_refusal
from civic_sourcing.moderation.appeals.forms import AppealForm
from civic_sourcing.moderation.deciding.statements import Statement
from civic_sourcing.moderation.models import Decision, Outcome
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.views.answers import for_oneself, show_below

PER_PAGE = 20


@never_cache
@require_safe
@for_oneself
def appeals(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What moderators decided about somebody and what they wrote, the latest first."""
    page = Paginator(about(participant).order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "appeals", {"page": page, "rows": [Statement(row) for row in page]})


@never_cache
@require_safe
@for_oneself
def decision(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """One decision with its statement of reasons, and how the appeal stands."""
    found = find_decision(participant, uuid)
    context = {
        "statement": Statement(found),
        "appeal": getattr(found, "appeal", None),
        "may_appeal": appeal_refusal(found, clock.now()) is None,
        "url": address_of(found),
    }
    return show(request, "decision", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def appeal(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """The form of an appeal. What was typed outlives a refusal."""
    found = find_decision(participant, uuid)
    if request.method != "POST" and appeal_refusal(found, clock.now()) is not None:
        return redirect("civic_moderation:decision", found.uuid)
    form = AppealForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        refused = file_appeal(request, found, form)
        if refused is None:
            messages.success(request, _("Your appeal is with the moderators."), fail_silently=True)
            return redirect("civic_moderation:decision", found.uuid)
    context = {"form": form, "statement": Statement(found)}
    return show(request, "appeal", context, refused=refused)


def file_appeal(request: HttpRequest, found: Decision, form: AppealForm) -> ActionRefused | None:
    """Return why it could not be filed, or nothing."""
    key = form.cleaned_data["request_key"]
    words = {"text": form.cleaned_data["text"]}
    try:
        FileAppeal(found, by=request.user, idempotency_key=key, **words).execute()
    except IdempotencyConflict as conflict:
        return conflict
    except ActionRefused as refused:
        return refused
    return None


def about(participant: Participant) -> Any:
    """The decisions that take something from somebody, or give it back."""
    rows = Decision.objects.filter(
        Q(case__participant=participant) | Q(case__contribution__author=participant)
    )
    rows = rows.exclude(outcome=Outcome.NO_BREACH)
    return rows.select_related(
        "case__contribution", "case__participant__user", "rule__locale", "appeal", "corrects"
    ).prefetch_related("measures", "case__contribution__process")


def find_decision(participant: Participant, uuid: UUID) -> Decision:
    found: Decision = get_object_or_404(about(participant), uuid=uuid)
    return found


def address_of(found: Decision) -> str:
    """Where the text stands, empty while it is out of sight."""
    contribution = found.case.contribution
    if contribution is None or not contribution.is_public:
        return ""
    return contribution.kind_of.url(contribution)


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    """Answer with a template of this room, below its list under “My page”."""
    above = (_("Decisions of moderators"), reverse("civic_moderation:appeals"))
    name = f"civic_sourcing/moderation/{template}.html"
    below = None if template == "appeals" else above
    return show_below(request, name, context, above=below, refused=refused)
