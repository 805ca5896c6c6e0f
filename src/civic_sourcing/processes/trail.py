"""The way back up from a page to the start of its site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site


def trail_to(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    """Return title and address of the pages above ``page``, without the site's home. One query."""
    site = Site.find_for_request(request)
    home_depth = site.root_page.depth if site else 1
    above = page.get_ancestors().live().filter(depth__gt=home_depth).select_related("locale")
    return [{"title": step.title, "url": step.get_url(request) or ""} for step in above]
