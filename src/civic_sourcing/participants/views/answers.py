"""What the views of this room share: their templates, and how they say no."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.participants.models import Participant

View = Callable[..., HttpResponse]


def for_oneself(view: View) -> View:
    """Call ``view(request, participant, …)``; lead through sign-in first. Nothing is cached."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        participant = Participant.objects.of(request.user)  # type: ignore[arg-type]
        return view(request, participant, *args, **kwargs)

    return never_cache(login_required(found))


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a template of this room, below “Me” in the breadcrumb."""
    trail = [{"title": _("My page"), "url": reverse("civic_participants:me")}]
    return TemplateResponse(
        request,
        f"civic_sourcing/participants/{template}.html",
        {"trail": trail, **context},
        status=status,
    )


def status_of(refused: ActionRefused) -> int:
    return 429 if isinstance(refused, RateLimited) else 409
