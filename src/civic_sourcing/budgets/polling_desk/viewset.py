from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.budgets.polling.policies import TELLER
from civic_sourcing.budgets.polling_desk import batches, corrections, places
from civic_sourcing.budgets.polling_desk.base import NAMESPACE
from civic_sourcing.processes.roles import roles_anywhere


class PollingMenuItem(MenuItem):
    """Shown to polling staff; who runs a vote finds the way from there."""

    def is_shown(self, request: HttpRequest) -> bool:
        return TELLER in roles_anywhere(request.user)


class PollingViewSet(ViewSet):
    """The screens for voting on paper, below ``admin/polling/``."""

    name = NAMESPACE
    url_prefix = "polling"
    icon = "clipboard-list"
    menu_label = _("Voting on paper")
    menu_order = 320
    add_to_admin_menu = True
    menu_item_class = PollingMenuItem

    def get_urlpatterns(self) -> list[Any]:
        own = "<uuid:run>/"
        place = f"{own}places/<uuid:place>/"
        batch = f"{own}batches/<uuid:batch>/"
        return [
            path("", places.Index.as_view(), name="index"),
            path(own, places.Run.as_view(), name="run"),
            path(place, places.Place.as_view(), name="place"),
            path(f"{place}voters/", places.Voters.as_view(), name="voters"),
            path(f"{place}batches/new/", places.NewBatch.as_view(), name="new_batch"),
            path(f"{place}finish/", places.Finish.as_view(), name="finish"),
            path(batch, batches.Batch.as_view(), name="batch"),
            path(f"{batch}cover/", batches.Cover.as_view(), name="cover"),
            path(f"{batch}correct/", corrections.Correct.as_view(), name="correct"),
            path(
                f"{batch}corrections/<int:pk>/",
                corrections.ApproveCorrection.as_view(),
                name="approve_correction",
            ),
            path(f"{batch}enter/", batches.Enter.as_view(), name="enter"),
            path(f"{batch}sheets/<int:sheet>/", batches.Decide.as_view(), name="decide"),
        ]
