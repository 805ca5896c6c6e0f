"""The screens of moderation in Wagtail's admin, and their place in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.moderation.queue import assigning, saved_views
from civic_sourcing.moderation.queue.appeals import AppealsView, AppealView
from civic_sourcing.moderation.queue.bulk import BulkView
from civic_sourcing.moderation.queue.case_page import CaseView
from civic_sourcing.moderation.queue.handing_over import HandOverView
from civic_sourcing.moderation.queue.keys import switch_keys
from civic_sourcing.moderation.queue.listing import QueueView
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import moderates
from civic_sourcing.moderation.queue.second_opinions import OpinionsView, OpinionView
from civic_sourcing.moderation.queue.waiting import waiting_for


class CasesMenuItem(MenuItem):
    """For moderators only, with how many cases wait and how many are late."""

    def is_shown(self, request: HttpRequest) -> bool:
        return moderates(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        badge = waiting_for(request.user).badge
        if badge:
            component.label = f"{self.label} {badge}"
        return component


class CaseViewSet(ViewSet):
    """Cases: queue, page of one case, decisions, appeals, second opinions."""

    name = URL_NAME
    url_prefix = "civic/cases"
    icon = "warning"
    menu_label = _("Cases")
    menu_name = "civic-cases"
    menu_order = 250
    add_to_admin_menu = True
    menu_item_class = CasesMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("keys/", switch_keys, name="keys"),
            path("views/", saved_views.save_view, name="save_view"),
            path("views/<int:pk>/delete/", saved_views.delete_view, name="delete_view"),
            path("together/", BulkView.as_view(), name="bulk"),
            path("hand-over/", HandOverView.as_view(), name="hand_over"),
            path("appeals/", AppealsView.as_view(), name="appeals"),
            path("appeals/<uuid:uuid>/", AppealView.as_view(), name="appeal"),
            path("second-opinions/", OpinionsView.as_view(), name="opinions"),
            path("second-opinions/<int:pk>/", OpinionView.as_view(), name="opinion"),
            path("next/", assigning.NextView.as_view(), name="next"),
            *self.case_patterns(),
        ]

    def case_patterns(self) -> list[Any]:
        steps: dict[str, tuple[Any, str]] = {
            "": (CaseView, "case"),
            "take/": (assigning.TakeView, "take"),
            "release/": (assigning.ReleaseView, "release"),
            "assign/": (assigning.AssignView, "assign"),
            "lease/": (assigning.LeaseView, "lease"),
            "lease/take/": (assigning.TakeLeaseView, "take_lease"),
        }
        return [
            path(f"<uuid:uuid>/{address}", view.as_view(), name=name)
            for address, (view, name) in steps.items()
        ]
