"""The desk's addresses and its place in the admin's menu. Imported by ``wagtail_hooks``."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from civic_sourcing.attribution.entering.desk import EnterView
from civic_sourcing.attribution.entering.places import may_enter_somewhere
from civic_sourcing.attribution.family.desk import MergeView, SplitView

ADDRESSES = [
    path("contributions/enter/", EnterView.as_view(), name="enter"),
    path("contributions/merge/", MergeView.as_view(), name="merge"),
    path("contributions/<uuid:uuid>/split/", SplitView.as_view(), name="split"),
]


class EnterMenuItem(MenuItem):
    """Shown to whoever may enter something somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_enter_somewhere(request.user)


@hooks.register("register_admin_menu_item")
def offer_desk() -> EnterMenuItem:
    return EnterMenuItem(
        _("Enter for somebody"),
        reverse("civic_attribution_admin:enter"),
        name="civic-enter",
        icon_name="form",
        order=620,
    )
