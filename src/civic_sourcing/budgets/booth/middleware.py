"""What a voter reads where the database is gone before anything else could say so."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

CASTS_AT = "/vote/review/"
TEMPLATE = "civic_sourcing/budgets/booth/not_recorded.html"


class SayNotRecorded:
    """
    Answer a cast that a failing database stopped outside of the cast itself: “not recorded”.

    Put it last in ``MIDDLEWARE``. The page needs no database. Every other request fails as ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (
            isinstance(error, Error)
            and request.method == "POST"
            and request.path.endswith(CASTS_AT)
        ):
            return None
        logger.error("A ballot was not recorded: %s", type(error).__name__)
        page = render_to_string(TEMPLATE, {"address": request.path})
        return HttpResponse(page, status=503, headers={"Cache-Control": "no-store, private"})
