"""Routes of page types, without their modules importing the views: views import models, not back."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from wagtail.contrib.routable_page.models import path


def route(pattern: str, view: str) -> Callable[..., Any]:
    """Serve ``pattern`` below a page by ``views.<view>(request, page)``; the route is named ``view``."""

    @path(pattern, name=view)
    def serve(page: Any, request: Any) -> Any:
        return getattr(import_module(".views", __package__), view)(request, page)

    return serve
