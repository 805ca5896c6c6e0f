"""The manager's screens of judging in Wagtail's admin."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.challenges.panel.desk.base import NAMESPACE
from civic_sourcing.challenges.panel.desk.urls import ADDRESSES


@hooks.register("register_admin_urls")
def add_judging_desk() -> list[object]:
    return [path("civic/judging/", include((ADDRESSES, NAMESPACE)))]
