"""What every screen of moderation shares: who may see it, breadcrumbs, ways to the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.queue.keys import keys_are_on
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import moderates, seen_by
from civic_sourcing.moderation.queue.tabs import tabs_for

READ = (
    "contribution__author__user",
    "contribution__process",
    "participant__user",
    "process",
    "rule",
)
READ_ON_THE_PAGE = (
    *READ,
    "rule__locale",
    "process__moderation",
    "assigned_to__civic_participant",
)
TYPED = ("facts", "scope", "reasons", "passages")
"""Fields whose words are never lost."""


def forbidden(request: HttpRequest) -> HttpResponse:
    """Answer 403 to who is no moderator, or is none any more; what they typed stays in sight."""
    context = {"typed": typed_words(request)}
    template = "civic_sourcing/moderation/admin/forbidden.html"
    return TemplateResponse(request, template, context, status=403)


def typed_words(request: HttpRequest) -> str:
    """What was typed into the form that was sent, to be shown where the form is not."""
    words = (request.POST.get(name, "").strip() for name in TYPED)
    return "\n\n".join(filter(None, words))


class ModeratorsOnly:
    """A view for moderators; others get 403, at once after their role was taken away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not moderates(request.user):
            return forbidden(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class Screen(ModeratorsOnly, WagtailAdminTemplateMixin, TemplateView):
    """A page beside the list. ``tab`` is the way it belongs to, ``way`` its name and label."""

    header_icon = "warning"
    _show_breadcrumbs = True
    tab = "cases"

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @property
    def query(self) -> str:
        """The view of the queue the moderator works through."""
        given = self.request.GET.copy()
        for name in ("after", "do"):
            given.pop(name, None)
        query: str = given.urlencode()
        return query

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _now("Home")},
            {"url": reverse(f"{URL_NAME}:index"), "label": _now("Cases")},
            {"url": "", "label": self.get_page_subtitle() or self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "tabs": tabs_for(self.request.user, self.tab),
            "keys_on": keys_are_on(self.request.user),
            "query": self.query,
            "at": self.at,
        }


def case_or_404(user: Any, uuid: Any) -> Case:
    """The case, if ``user`` moderates its place now."""
    rows = seen_by(user).select_related(*READ_ON_THE_PAGE)
    case = rows.filter(uuid=uuid).first() if is_uuid(uuid) else None
    if case is None:
        raise Http404
    return case


def is_uuid(given: Any) -> bool:
    """Whether ``given``, which may come from an address, is a UUID or says one."""
    try:
        return bool(UUID(str(given)))
    except ValueError:
        return False
