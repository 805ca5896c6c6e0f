"""
Leave ideas out of the lists of the host's own pages.

Thousands of ideas are pages, and still the explorer menu, choosers, dashboard, reports, page search
and sitemap show the town's own pages as before. Ideas are found below their forum, and wherever
their page type is asked for. What is not listed yet is in no answer of Wagtail's API either. Page
search, the report of aging pages, the sitemap and the API have no hook, so methods of theirs are
wrapped here, once, when the app is ready.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.contributions import idea_models
from civic_sourcing.ideas.models import IdeaForumMixin

try:
    from wagtail.api import querysets
except ImportError:  # before Wagtail 8
    querysets = None

ANY_PAGE = "wagtailcore.page"


def without_ideas(pages: Any) -> Any:
    """The pages, a queryset of Wagtail's base page or of search, less all ideas."""
    return pages.exclude(content_type__in=_idea_types())


def for_explorer(parent: Any, pages: Any, request: HttpRequest) -> Any:
    """
    What the explorer shows below ``parent``: ideas on the screen of their forum only.

    Its menu never lists them, nor does a search that starts further up, unless it asks for their
    page type.
    """
    in_menu = bool(request.GET.get("for_explorer"))
    asked_for = request.GET.get("content_type") or issubclass(
        parent.specific_class or type(parent), IdeaForumMixin
    )
    return pages if asked_for and not in_menu else without_ideas(pages)


def for_chooser(pages: Any, request: HttpRequest) -> Any:
    """
    What a chooser offers: ideas that are public, below their forum or where only they will do.

    Nobody links to what waits or is hidden.
    """
    match = request.resolver_match
    searches = match is not None and "search" in str(match.url_name)
    any_page = (request.GET.get("page_type") or ANY_PAGE).lower() == ANY_PAGE
    if searches and any_page:
        return without_ideas(pages)
    return pages.exclude(content_type__in=_idea_types(), live=False)


class OwnPagesSummaryItem(PagesSummaryItem):
    """“127 pages” on the dashboard, not 10,127."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        if context["root_page"]:
            below = _pages().filter(path__startswith=context["root_page"].path)
            ideas = below.filter(content_type__in=_idea_types()).count()
            context["total_pages"] -= ideas
        return context


def count_own_pages(request: HttpRequest, items: list[Any]) -> None:
    """Put our count in the place of Wagtail's; a site's own kind of count stays."""
    items[:] = [
        OwnPagesSummaryItem(request) if type(item) is PagesSummaryItem else item for item in items
    ]


def install() -> None:
    """Wrap what offers no hook."""
    _wrap(SearchView, "annotate_queryset", _searching_own_pages)
    _wrap(AgingPagesView, "get_queryset", _aging_own_pages)
    for method in ("items", "_items"):
        _wrap(Sitemap, method, _mapping_own_pages)
    _wrap(PagesAPIViewSet, "get_base_queryset", _answering_with_what_is_listed)
    if querysets:
        _wrap(querysets, "get_public_pages_queryset", _answering_with_what_is_listed)


def _searching_own_pages(annotate: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(annotate)
    def wrapped(view: Any, pages: Any) -> Any:
        if view.selected_content_type is None:
            view.all_pages = without_ideas(view.all_pages)
            pages = without_ideas(pages)
        return annotate(view, pages)

    return wrapped


def _aging_own_pages(get_queryset: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(get_queryset)
    def wrapped(view: Any) -> Any:
        pages = get_queryset(view)
        return pages if view.request.GET.get("content_type") else without_ideas(pages)

    return wrapped


def _mapping_own_pages(items: Callable[..., Any]) -> Callable[..., Any]:
    """
    Do not load thousands of ideas that would say they are not listed.

    ``_items`` is what a site's own kind of sitemap is read by, with ``items`` of its own.
    """

    @functools.wraps(items)
    def wrapped(sitemap: Any) -> Any:
        pages = items(sitemap)
        if conf.IDEAS_IN_SITEMAP or not isinstance(pages, PageQuerySet):
            return pages
        return without_ideas(pages)

    return wrapped


def _answering_with_what_is_listed(find: Callable[..., Any]) -> Callable[..., Any]:
    """
    Keep what waits for its first supporters out of the API, by its number, too: it is for who was
    given its address. The API of the admin has pages of its own.
    """

    @functools.wraps(find)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        pages = find(*args, **kwargs)
        for model in idea_models():
            pages = pages.exclude(pk__in=model.objects.filter(unlisted=True).values("pk"))
        return pages

    return wrapped


def _wrap(view: Any, method: str, wrapping: Callable[..., Any]) -> None:
    original = getattr(view, method)
    if not hasattr(original, "_civic_own_pages"):
        wrapped: Any = wrapping(original)
        wrapped._civic_own_pages = True
        setattr(view, method, wrapped)


def _idea_types() -> list[int]:
    types = ContentType.objects.get_for_models(*idea_models(), for_concrete_models=False)
    return [found.pk for found in types.values()]


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects
