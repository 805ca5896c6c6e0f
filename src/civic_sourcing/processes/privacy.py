"""Wagtail's page privacy for a whole list of pages in a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import PageViewRestriction


def viewable(pages: Any, request: HttpRequest, *, under: Any) -> Any:
    """
    The page queryset ``pages``, all below ``under``, less what ``request`` may not see.

    ``under`` may be the unsaved page of a preview.
    """
    restrictions = PageViewRestriction.objects.filter(page__path__startswith=under.path).exclude(
        page_id=under.pk
    )
    closed = [
        restriction.page.path
        for restriction in restrictions.select_related("page").prefetch_related("groups")
        if not _accepts(restriction, request)
    ]
    hidden = Q()
    for path in closed:
        hidden |= Q(path__startswith=path)
    return pages.exclude(hidden) if closed else pages


def _accepts(restriction: Any, request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    if restriction.restriction_type == PageViewRestriction.PASSWORD:
        session = getattr(request, "session", {})
        key = PageViewRestriction.passed_view_restrictions_session_key
        return restriction.pk in session.get(key, [])
    if user is None or not user.is_authenticated:
        return False
    if restriction.restriction_type == PageViewRestriction.LOGIN or user.is_superuser:
        return True
    return bool({group.pk for group in restriction.groups.all()} & _groups_of(user))


def _groups_of(user: Any) -> set[int]:
    if not hasattr(user, "_civic_group_ids"):
        user._civic_group_ids = set(user.groups.values_list("pk", flat=True))
    known: set[int] = user._civic_group_ids
    return known
