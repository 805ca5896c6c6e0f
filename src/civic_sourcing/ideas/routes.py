"""Routes of page types. Views import models, so models reach the views by name."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from wagtail.contrib.routable_page.models import path


def route(pattern: str, view: str) -> Callable[..., Any]:
    """Serve ``pattern`` below a page by ``views.<view>(request, page)``, and name it ``view``."""

    @path(pattern, name=view)
    def serve(page: Any, request: Any) -> Any:
        return getattr(import_module("civic_sourcing.ideas.views"), view)(request, page)

    return serve
