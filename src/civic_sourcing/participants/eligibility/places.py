"""The page behind a process, for people and for staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import swapper
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from wagtail.models import Page

from civic_sourcing.processes.models import Process


def visible_place(request: HttpRequest, uuid: UUID) -> tuple[Process, Any]:
    """
    The process and its page in the visitor's language, else in another one.

    Raises ``Http404`` for a process without a published page this visitor may open.
    """
    process = get_object_or_404(Process, uuid=uuid)
    page = visible_page(request, process)
    if page is None:
        raise Http404
    return process, page


def visible_page(request: HttpRequest, process: Process) -> Page | None:
    pages = _pages([process.translation_key]).filter(live=True)
    for page in _own_language_first(pages):
        restrictions = page.get_view_restrictions()
        if all(restriction.accept_request(request) for restriction in restrictions):
            return page
    return None


def titles_of(processes: Iterable[Process]) -> dict[int, str]:
    """The title of each process's page in the active language, drafts too; one query."""
    processes = list(processes)
    by_key: dict[UUID, list[Any]] = {}
    for page in _pages([process.translation_key for process in processes]):
        by_key.setdefault(page.translation_key, []).append(page)
    return {
        process.pk: next(
            (
                page.get_admin_display_title()
                for page in _own_language_first(by_key.get(process.translation_key, []))
            ),
            str(process),
        )
        for process in processes
    }


def _pages(keys: list[UUID]) -> Any:
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(alias_of=None)
    return pages.filter(translation_key__in=keys).select_related("locale").order_by("path")


def _own_language_first(pages: Iterable[Any]) -> list[Any]:
    language = get_language()
    return sorted(pages, key=lambda page: page.locale.language_code != language)
