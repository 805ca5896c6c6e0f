"""Which forums the public may know of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import swapper
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction

from civic_sourcing.moderation.models.cases import Case
from civic_sourcing.processes.models import Process

SITE = "site"
"""Stands for no forum: profiles, and what holds for the whole site."""


@dataclass(frozen=True)
class Forum:
    """A process as the log names it: by its page, in the visitor's language if it has one."""

    key: str
    process_id: int
    title: str
    url: str = ""


def public_forums(request: HttpRequest | None = None) -> dict[int, Forum]:
    """Processes with cases whose page everybody may open; see ``public_among``."""
    cases = Case.objects.order_by().values("process")
    return public_among(Process.objects.filter(pk__in=cases), request)


def public_among(
    processes: QuerySet[Process], request: HttpRequest | None = None
) -> dict[int, Forum]:
    """
    Those of ``processes`` whose page everybody may open, by key and in order of their titles.

    Two queries, whoever asks: what is private is left out for everybody.
    """
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    named = {process.translation_key: process for process in processes}
    rows = pages.filter(translation_key__in=named, live=True, alias_of=None).exclude(_private())
    found: dict[int, tuple[bool, Any]] = {}
    for page in rows.select_related("locale").order_by("pk"):
        process = named[page.translation_key]
        is_spoken = page.locale.language_code == get_language()
        if process.pk not in found or is_spoken:
            found[process.pk] = (is_spoken, page)
    keys = {process.pk: str(process.uuid) for process in named.values()}
    forums = [
        Forum(keys[pk], pk, page.title, page.get_url(request) or "")
        for pk, (_spoken, page) in found.items()
    ]
    return {forum.process_id: forum for forum in sorted(forums, key=lambda forum: forum.title)}


def _private() -> Q:
    restrictions = PageViewRestriction.objects.values_list("page__path", flat=True)
    private = Q(pk__in=[])
    for path in restrictions:
        private |= Q(path__startswith=path)
    return private
