from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.comments.process_admin import ADDRESSES


@hooks.register("register_admin_urls")
def add_process_addresses() -> list[object]:
    return [path("civic/", include((ADDRESSES, "civic_comments_processes")))]
