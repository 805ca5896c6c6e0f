"""How a view answers: with a page, or with the part of one that htmx asked for."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused, RateLimited

FOLDER = "civic_sourcing/comments"
PART = "Civic-Part"
"""Header of an answer that htmx may swap in although its status is an error."""


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with one of the room's templates."""
    headers = {PART: "yes"} if is_htmx(request) else {}
    return TemplateResponse(
        request, f"{FOLDER}/{template}.html", context, status=status, headers=headers
    )


def say_on_arrival(response: HttpResponse, *, anchor: str, words: str) -> HttpResponse:
    """Have the browser move the focus to ``anchor`` and say ``words``, once all is in place."""
    told = {"civic-arrived": {"comment": anchor, "words": words}}
    response.headers["HX-Trigger-After-Settle"] = json.dumps(told)
    return response


def lead_away(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole window, whoever asked."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def lead_to_sign_in(request: HttpRequest, then: str, **query: str) -> HttpResponse:
    """Through sign-in, and on to the page at ``then``."""
    given = urlencode({name: value for name, value in query.items() if value})
    response = redirect_to_login(f"{then}?{given}" if given else then)
    return lead_away(request, response.headers["Location"])


def status_of(refused: ActionRefused) -> int:
    if isinstance(refused, RateLimited):
        return 429
    return 403 if isinstance(refused, ActionForbidden) else 409
