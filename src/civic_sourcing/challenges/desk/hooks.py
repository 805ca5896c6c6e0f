"""The desk in Wagtail's admin: its addresses, and the button “Publish” of a challenge."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.challenges.desk.explorer import viewsets
from civic_sourcing.challenges.desk.index import menu_item
from civic_sourcing.challenges.desk.names import NAMESPACE
from civic_sourcing.challenges.desk.urls import ADDRESSES
from civic_sourcing.challenges.editorial import publishing
from civic_sourcing.challenges.partners import admin as _directories  # noqa: F401

hooks.register("register_admin_viewset", viewsets)
hooks.register("register_admin_menu_item", menu_item)
hooks.register("before_publish_page", publishing.refuse_in_editor)
hooks.register("before_edit_page", publishing.keep_in_review)
hooks.register("before_bulk_action", publishing.refuse_in_bulk)


@hooks.register("register_admin_urls")
def add_desk() -> list[object]:
    return [path("civic/challenges/", include((ADDRESSES, NAMESPACE)))]
