"""Routes of page types. Views import models, so models reach the views by name."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from wagtail.contrib.routable_page.models import path

VIEWS = "civic_sourcing.ideas.views"
WRITING = "civic_sourcing.ideas.writing.views"


def route(pattern: str, view: str, *, module: str = VIEWS) -> Callable[..., Any]:
    """
    Serve ``pattern`` below a page by ``<module>.<view>(request, page)``, and name it ``view``.

    What the pattern captures comes as keyword arguments.
    """

    @path(pattern, name=view)
    def serve(page: Any, request: Any, **captured: Any) -> Any:
        return getattr(import_module(module), view)(request, page, **captured)

    return serve
