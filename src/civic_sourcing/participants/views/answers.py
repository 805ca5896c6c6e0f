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


def show_below(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    above: tuple[str, str] | None = None,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    """
    Answer with ``template``, whichever room it is of, below “My page”, and not for search engines.

    ``above`` is title and address of the list it belongs to; ``refused`` what was not done.
    Visitors have no page of their own, so for them nothing stands above.
    """
    trail = []
    if request.user.is_authenticated:
        trail = [{"title": _("My page"), "url": reverse("civic_participants:me")}]
        trail += [{"title": above[0], "url": above[1]}] if above else []
    response = TemplateResponse(
        request,
        template,
        {"trail": trail, "refused": refused.message if refused else "", **context},
        status=status_of(refused) if refused else 200,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def status_of(refused: ActionRefused) -> int:
    return 429 if isinstance(refused, RateLimited) else 409
