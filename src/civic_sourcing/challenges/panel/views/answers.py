"""What the screens of judges share: whose they are, and how they are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic_sourcing.challenges.models import Assignment, Judge
from civic_sourcing.challenges.panel.news import panel_path, title_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.standing import participant_of
from civic_sourcing.participants.views.answers import show_below

FOLDER = "civic_sourcing/challenges/judging"

View = Callable[..., HttpResponse]


def for_judge(view: View) -> View:
    """Call ``view(request, judge)`` for that judge alone; for others there is no such page."""

    @wraps(view)
    def found(request: HttpRequest, judge: UUID) -> HttpResponse:
        rows = Judge.objects.select_related("process", "participant__user")
        row = get_object_or_404(rows, uuid=judge)
        refuse_others(request, row)
        return view(request, row)

    return never_cache(login_required(found))


def for_assignment(view: View) -> View:
    """Call ``view(request, assignment)`` for its judge; for everybody else there is none."""

    @wraps(view)
    def found(request: HttpRequest, assignment: UUID, **more: Any) -> HttpResponse:
        rows = Assignment.objects.select_related(
            "judge__participant__user", "entry__captain__user", "round__process"
        )
        row = get_object_or_404(rows, uuid=assignment)
        refuse_others(request, row.judge)
        return view(request, row, **more)

    return never_cache(login_required(found))


def refuse_others(request: HttpRequest, judge: Judge) -> None:
    person = participant_of(request.user)
    if person is None or judge.participant_id != person.pk:
        raise Http404


def show(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    judge: Judge | None = None,
    refused: ActionRefused | None = None,
    invalid: bool = False,
) -> HttpResponse:
    """Answer with a screen of judges, below the list of what one judges."""
    above = (_("What you judge"), reverse("civic_judging:index")) if name != "index" else None
    response = show_below(request, f"{FOLDER}/{name}.html", context, above=above, refused=refused)
    if judge is not None and name != "panel" and request.user.is_authenticated:
        trail = response.context_data["trail"]  # type: ignore[attr-defined]
        trail.append({"title": title_of(judge.process), "url": panel_path(judge)})
    if invalid:
        response.status_code = 422
    return response
