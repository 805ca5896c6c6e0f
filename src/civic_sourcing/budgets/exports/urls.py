"""
``results/ballots.pb`` below any vote's page, for hosts that want it: pages have no dot in them.

Include these at the root, where the pages are.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import re_path


def named_as_a_file(request: HttpRequest, vote: str) -> HttpResponse:
    """Lead to the page's own address, whatever page it is; relative, so that it stays here."""
    return HttpResponse(status=302, headers={"Location": "ballots/"})


urlpatterns = [re_path(r"^(?P<vote>.+/)results/ballots\.pb$", named_as_a_file)]
