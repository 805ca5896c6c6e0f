"""The public list of deliveries, its table, and following one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from civic_sourcing.answers.actions.follow import FollowDelivery, UnfollowDelivery
from civic_sourcing.answers.display.adoptions import amount_of
from civic_sourcing.answers.notices import public_path
from civic_sourcing.answers.public.deliveries import Deliveries, Delivery
from civic_sourcing.answers.public.delivery_map import DeliveryMap
from civic_sourcing.attribution.family.visibility import public_keys
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.showing.tables import csv_stream

CHUNK = 500
AS_WISHED = frozenset({"already-followed", "not-followed"})
"""Refusals that say: it is as you wanted it. A second press is no mistake."""

HEADINGS = (
    _("Title"), _("Where"), _("Status"), _("Responsible"), _("Together with"), _("Expected"),
    _("Overdue"), _("Done on"), _("Currency"), _("Planned money"), _("Spent so far"),
    _("Milestones"), _("Milestones reached"), _("Latitude"), _("Longitude"), _("Address"),
    _("Reference"),
)  # fmt: skip


@never_cache
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Everything the city has promised to make, with its progress, on a map and as a list."""
    asked = Deliveries(request)
    context = {
        "filter": asked.filter,
        "deliveries": asked.lines,
        "page": asked.page,
        "figures": asked.figures(),
        "forum": asked.forum,
        "map": DeliveryMap(asked),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "civic_sourcing/answers/deliveries.html", context)


@never_cache
@require_safe
def deliveries_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a table, all pages of it."""
    return csv_stream("deliveries.csv", [str(each) for each in HEADINGS], _cells(request))


def _cells(request: HttpRequest) -> Iterator[list[object]]:
    asked = Deliveries(request)
    for first in range(0, asked.rows.count(), CHUNK):
        for line in asked.told(list(asked.rows[first : first + CHUNK])):
            yield cells_of(line, request)


def cells_of(line: Delivery, request: HttpRequest) -> list[object]:
    row: Any = line.row
    return [
        line.title, line.forum, line.status, line.department, ", ".join(line.partners),
        row.expected_on or "", _now("yes") if line.is_late else "",
        row.delivered_at.date() if row.delivered_at else "", row.currency,
        amount_of(row.planned, row.currency), amount_of(row.spent, row.currency),
        row.planned_steps, row.reached_steps, row.latitude or "", row.longitude or "",
        request.build_absolute_uri(line.url) if line.url else "", str(row.uuid),
    ]  # fmt: skip


@require_POST
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Be told of every step."""
    return _step(request, uuid, FollowDelivery, _now("We will tell you of each step."))


@require_POST
def unfollow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Be told no more."""
    return _step(request, uuid, UnfollowDelivery, _now("We will tell you no more of this."))


def _step(request: HttpRequest, uuid: UUID, action: Any, done: str) -> HttpResponse:
    rows = Contribution.objects.filter(uuid=uuid).select_related("process")
    contribution = rows.first()
    if contribution is None or contribution.pk not in public_keys([contribution], request):
        raise Http404
    url = f"{public_path(contribution)}#answers"
    if not request.user.is_authenticated:
        return redirect_to_login(url)
    try:
        action(contribution, by=request.user).execute()
    except ActionRefused as refused:
        if refused.code not in AS_WISHED:
            messages.warning(request, refused.message, fail_silently=True)
            return redirect(url)
    messages.success(request, done, fail_silently=True)
    return redirect(url)
