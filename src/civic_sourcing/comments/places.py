"""Where threads are: the page people read them on, its title and address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import swapper
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction, get_page_models

from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.comments.models import Comment, CommentsPageMixin, Thread
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


def title_of(thread: Thread) -> str:
    """What people call the place: the title of the contribution or page it is below."""
    if thread.contribution is not None:
        return thread.contribution.title
    page = page_of(thread)
    return page.title if page else ""


def page_of(thread: Thread) -> Any:
    """The page the thread is on, in the active language if there is one; ``None`` if it is gone."""
    return next(iter(_pages([thread]).values()), None)


def addresses(threads: Iterable[Thread]) -> dict[int, str]:
    """The address of each thread's page by the thread's key; those without are absent."""
    found = list(threads)
    urls = {pk: page.get_url() or "" for pk, page in _pages(found).items() if page.live}
    for key, group in _by_kind(found).items():
        below = {thread.contribution_id: thread.pk for thread in group}
        rows = [thread.contribution for thread in group if thread.contribution is not None]
        for contribution, url in contribution_kind(key).urls(rows).items():
            urls[below[contribution]] = url
    return {pk: url for pk, url in urls.items() if url}


def address_of(comment: Comment, page_url: str) -> str:
    """Where one comment stands: ``page_url`` with the right slice of the thread, and an anchor."""
    return f"{page_url}?{urlencode({'comment': comment.uuid})}#comment-{comment.uuid}"


def open_to(threads: Iterable[Thread], request: HttpRequest) -> Collection[int]:
    """The keys of those threads whose page this visitor may open."""
    found = list(threads)
    open_ones = {pk for pk, page in _pages(found).items() if page.live and _lets_in(page, request)}
    for key, group in _by_kind(found).items():
        rows = [thread.contribution for thread in group if thread.contribution is not None]
        visible = set(contribution_kind(key).visible_to(rows, request))
        open_ones |= {thread.pk for thread in group if thread.contribution_id in visible}
    return open_ones


def refusal_to_post(thread: Thread) -> ActionRefused | None:
    """Why nobody can post below something that is not there for all to read, or ``None``."""
    if thread.contribution is not None:
        there = thread.contribution.state == State.PUBLISHED
    else:
        page = page_of(thread)
        there = page is not None and page.live
    if there:
        return None
    return ActionRefused(
        _("What this discussion is about is not published any more."), code="not-published"
    )


def has_comments(process: Process) -> bool:
    """Whether the page of ``process`` is one people comment on."""
    models = [model for model in get_page_models() if issubclass(model, CommentsPageMixin)]
    return any(model.objects.filter(process=process).exists() for model in models)


def subject_of(thread: Thread) -> Contribution | Any:
    """What people discuss: the contribution, else the page."""
    return thread.contribution or page_of(thread)


def _by_kind(threads: Iterable[Thread]) -> Mapping[str, list[Thread]]:
    groups: dict[str, list[Thread]] = {}
    for thread in threads:
        if thread.contribution is not None:
            groups.setdefault(thread.contribution.kind, []).append(thread)
    return groups


def _pages(threads: Iterable[Thread]) -> dict[int, Any]:
    """The page of each thread that is below one: live and in the active language before others."""
    by_key = {thread.page_key: thread.pk for thread in threads if thread.page_key}
    if not by_key:
        return {}
    language = get_language() or ""
    pages = swapper.load_model("wagtailcore", "Page").objects.select_related("locale")
    found = sorted(
        pages.filter(translation_key__in=by_key, alias_of=None),
        key=lambda page: (page.live, page.locale.language_code == language, -page.pk),
    )
    return {by_key[page.translation_key]: page for page in found}


def _lets_in(page: Any, request: HttpRequest) -> bool:
    restrictions: Iterable[PageViewRestriction] = page.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
