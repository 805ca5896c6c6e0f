"""The challenges somebody looks after, what waits for them first."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import swapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.challenges.desk import columns
from civic_sourcing.challenges.desk.names import NAMESPACE, address
from civic_sourcing.challenges.entering.places import challenge_models
from civic_sourcing.challenges.roles import MANAGER, NAMED, STEWARD
from civic_sourcing.core import clock
from civic_sourcing.processes.models import RoleAssignment
from civic_sourcing.processes.roles import roles_anywhere

PER_PAGE = 50
ROLES = frozenset({MANAGER, STEWARD, NAMED})


def challenges_of(user: Any) -> list[Any]:
    """The pages of challenges that ``user`` may write, of all types, the first written first."""
    own = [model.objects.filter(alias_of=None) for model in challenge_models()]
    if not user.is_superuser:
        allowed = _written_by(user)
        own = [pages.filter(allowed).distinct() for pages in own]
    found = [page for pages in own for page in pages.select_related("locale")]
    return sorted(found, key=lambda page: page.pk)


def _written_by(user: Any) -> Q:
    given = RoleAssignment.objects.filter(group__user=user, role__in=ROLES)
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    places = pages.filter(translation_key__in=given.values("page__translation_key"))
    within = [Q(path__startswith=path) for path in places.values_list("path", flat=True)]
    named = Q(process__challenge__managers__user=user)
    return reduce(or_, within, named)


class ChallengesMenuItem(MenuItem):
    """Shown to managers, stewards, and whoever is named in a challenge."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(ROLES & roles_anywhere(request.user))


def menu_item() -> MenuItem:
    return ChallengesMenuItem(
        _("Challenges"),
        reverse(f"{NAMESPACE}:index"),
        name="civic-challenges",
        icon_name="pick",
        order=325,
    )


class IndexView(WagtailAdminTemplateMixin, TemplateView):
    """One line for each, with the way to its sections."""

    template_name = "civic_sourcing/challenges/admin/index.html"
    page_title = _("Challenges")
    header_icon = "pick"
    _show_breadcrumbs = True

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not ROLES & roles_anywhere(self.request.user):
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def pages(self) -> list[Any]:
        """One for each challenge, in the order in which they wait."""
        rows = challenges_of(self.request.user)
        columns.read_along(rows)
        first = {row.process_id: row for row in reversed(rows) if row.process_id}
        return sorted(first.values(), key=_waiting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = clock.now()
        page = Paginator(self.pages, PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [
            {
                "title": row.get_admin_display_title(),
                "url": address("review" if _is_reviewed(row) else "general", row.process),
                "state": columns.state_of(row),
                "status": columns.status_of(row, at),
                "closes_at": columns.closes_at(row),
                "prize": columns.prize_of(row),
                "department": columns.department_of(row),
            }
            for row in page
        ]
        return {**super().get_context_data(**kwargs), "lines": lines, "page_obj": page}


def _is_reviewed(row: Any) -> bool:
    return columns.facts_of(row).state in ("in_review", "edits_requested")


def _waiting(row: Any) -> tuple[int, int]:
    return columns.STATES.get(columns.facts_of(row).state, 9), -row.pk
