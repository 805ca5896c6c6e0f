"""The page of a challenge, and addresses below it, for whoever is told of something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language
from wagtail.models import get_page_models

from civic_sourcing.challenges.models import ChallengeMixin


def challenge_models() -> list[Any]:
    """The page types that are challenges: this room's, and those of the site itself."""
    return [model for model in get_page_models() if issubclass(model, ChallengeMixin)]


def pages_of(processes: Iterable[Any]) -> dict[int, list[Any]]:
    """The published pages of ``processes`` by their key, without aliases; a query for each type."""
    keys = [process.pk for process in processes]
    found: dict[int, list[Any]] = {key: [] for key in keys}
    for model in challenge_models():
        pages = model.objects.live().filter(process__in=keys, alias_of=None)
        for page in pages.select_related("locale").order_by("pk"):
            found[page.process_id].append(page)
    return found


def page_of(process: Any, language: str = "") -> Any:
    """Its published page in ``language`` (default: spoken now), else in another one, if any."""
    return in_language_of(pages_of([process])[process.pk], language)


def in_language_of(pages: Iterable[Any], language: str = "") -> Any:
    wanted = language or get_language() or ""
    ordered = sorted(pages, key=lambda page: page.locale.language_code != wanted)
    return next(iter(ordered), None)


def address(page: Any, route: str, *args: Any, request: Any = None) -> str:
    """The path of ``route`` below ``page``; empty where there is no page."""
    if page is None:
        return ""
    return (page.get_url(request) or "") + str(page.reverse_subpage(route, args=args))


def title_for(process: Any) -> Callable[[Any], str]:
    """What people are told the challenge is called, in the language of who reads it."""
    pages = pages_of([process])[process.pk]

    def title(_user: Any) -> str:
        page = in_language_of(pages)
        return str(page.title) if page else str(process)

    return title


def way_to(process: Any, route: str, *args: Any) -> Callable[[Any], str]:
    """The path of ``route`` below its page in the language of who reads it."""
    pages = pages_of([process])[process.pk]
    return lambda _user: address(in_language_of(pages), route, *args)
