"""The addresses of the booth below a vote's page. Views import models, so they come by name."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import router
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.routable_page.models import path
from wagtail.models import PageViewRestriction

from civic_sourcing.core.rows import Reading

PACKAGE = "civic_sourcing.budgets.booth"

_anything_private = Reading(lambda: PageViewRestriction.objects.order_by().values_list("pk")[:1])


def route(pattern: str, view: str, *, module: str, package: str = PACKAGE) -> Callable[..., Any]:
    """
    Serve ``pattern`` below a page by ``<module>.<view>(request, page)``, and name it ``view``.

    ``module`` is one of ``package``. What the pattern captures comes as keyword arguments.
    """

    @path(pattern, name=view)
    def serve(page: Any, request: HttpRequest, **captured: Any) -> HttpResponseBase:
        found = getattr(import_module(f"{package}.{module}"), view)
        answer: HttpResponseBase = found(request, page, **captured)
        return answer

    return serve


class BoothRoutes:
    """
    What a vote's page serves below itself for voters. Forms are taken on ``vote…`` alone; each view
    says by itself which methods it knows.
    """

    vote = route("vote/", "vote", module="views_vote")
    review = route("vote/review/", "review", module="views_review")
    enter_code = route("vote/code/", "code", module="views_identify")
    state_area = route("vote/area/", "area", module="views_identify")
    leave = route("vote/leave/", "leave", module="views_leave")
    mail_receipt = route("vote/mail/", "mail", module="views_receipt")
    show_receipt = route("receipt/<str:tracker>/", "receipt", module="views_receipt")
    show_bulletin = route("bulletin/", "bulletin", module="views_receipt")
    show_rules = route("rules/", "rules", module="views_rules")
    show_rulebook = route("rules/json/", "rulebook", module="views_rules")
    bulletin_file = route("bulletin/json/", "bulletin_file", module="views_receipt")

    def get_view_restrictions(self) -> Any:
        """
        Look up the tree for who may see the page only where something on the site is private.
        Everybody who votes asks, and one question then does for two.
        """
        if not _anything_private(using=router.db_for_read(PageViewRestriction)):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]

    def check_request_method(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase | None:
        """Let forms through to the booth; refuse them on all other routes."""
        match = getattr(request, "routable_resolver_match", None)
        if request.method == "POST" and match and match.route.lstrip("^/").startswith("vote/"):
            return None
        refused: HttpResponseBase | None = super().check_request_method(  # type: ignore[misc]
            request, *args, **kwargs
        )
        return refused
