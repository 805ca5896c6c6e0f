"""
Addresses below the pages of challenges. Views import models, so models reach the views by name.

A part of the room puts its addresses into a class of its own, ``WinnersRoutes``, which the page's
mixin inherits::

    class WinnersRoutes:
        winners = route("winners/", "winners", module="winners.views")
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.http import HttpRequest
from wagtail.contrib.routable_page.models import path

PACKAGE = "civic_sourcing.challenges"


def route(pattern: str, view: str, *, module: str) -> Callable[..., Any]:
    """
    Serve ``pattern`` below a page by ``<module>.<view>(request, page)``, and name it ``view``.

    ``module`` is within this room, such as ``winners.views``. What the pattern captures comes as
    keyword arguments.
    """

    @path(pattern, name=view)
    def serve(page: Any, request: HttpRequest, **captured: Any) -> Any:
        return getattr(import_module(f"{PACKAGE}.{module}"), view)(request, page, **captured)

    return serve


def shown_with(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What the template of a challenge's ``page`` gets."""
    showing = import_module(f"{PACKAGE}.showing.page")
    context: dict[str, Any] = showing.challenge_context(page, request)
    return context
