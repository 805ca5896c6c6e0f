"""The addresses of these screens in Wagtail's admin."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.challenges.entries_desk.screens import ADDRESSES, NAMESPACE


@hooks.register("register_admin_urls")
def add_entries_desk() -> list[object]:
    return [path("civic/entries/", include((ADDRESSES, NAMESPACE)))]
