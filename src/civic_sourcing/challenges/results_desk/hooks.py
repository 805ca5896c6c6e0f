"""The manager's screens of results in Wagtail's admin."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.challenges.results_desk.base import NAMESPACE
from civic_sourcing.challenges.results_desk.urls import ADDRESSES


@hooks.register("register_admin_urls")
def add_results_desk() -> list[object]:
    return [path("civic/challenges-results/", include((ADDRESSES, NAMESPACE)))]
