"""Sending a form whose security token has expired, without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import get_callable
from django.views.decorators.csrf import csrf_exempt


class _Check(CsrfViewMiddleware):
    """Django's own check, asked by hand: the answer is a reason, or ``None`` where all is well."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason

    def verifies_origin(self, request: HttpRequest) -> bool:
        return bool(self._origin_verified(request))  # type: ignore[attr-defined]


def keeps_what_was_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Check the token as ever, but tell ``view`` by ``request.civic_expired`` instead of refusing.

    A token goes stale by signing in or out in another window. The view then only shows the form
    again, with the words in it and a new token; it must do nothing else. That is offered to
    requests from this very site alone: whatever comes from elsewhere, or does not say where it
    comes from, gets Django's plain refusal.
    """

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check = _Check(lambda request: HttpResponse())
        check.process_request(request)
        reason = check.process_view(request, checked_plainly, (), {})
        request.civic_expired = reason is not None  # type: ignore[attr-defined]
        if reason is not None and not _is_from_here(check, request):
            refusal = get_callable(settings.CSRF_FAILURE_VIEW)
            return refusal(request, reason=str(reason))
        return view(request, *args, **kwargs)

    return checked


def checked_plainly(request: HttpRequest) -> HttpResponse:
    """Stand for the view in Django's check, which lets pass what is marked as exempt."""
    raise NotImplementedError


def _is_from_here(check: _Check, request: HttpRequest) -> bool:
    return "HTTP_ORIGIN" in request.META and check.verifies_origin(request)
