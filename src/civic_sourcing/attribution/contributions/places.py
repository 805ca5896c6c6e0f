"""In which processes somebody may look into the ledger."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import swapper
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.processes.models import Process, RoleAssignment
from civic_sourcing.processes.roles import roles_anywhere, roles_of

READERS = frozenset({"official", "moderator", "steward"})
JUDGES = frozenset({"moderator", "steward"})


def may_read_somewhere(user: Any) -> bool:
    """Whether the menu shows the ledger to ``user``."""
    return bool(roles_anywhere(user) & READERS)


def may_read_in_admin(user: Any, contribution: Contribution) -> bool:
    return bool(roles_of(user, contribution) & READERS)


def may_read_difference(user: Any, contribution: Contribution) -> bool:
    """What an author said about others is for those who judge texts, not for every reader."""
    return bool(roles_of(user, contribution) & JUDGES)


def processes_of(user: Any, roles: frozenset[str] = READERS) -> QuerySet[Process]:
    """
    Processes in which ``user`` has one of ``roles``, as ``roles_of`` would say for each.

    One query now for the pages with roles, however many processes there are.
    """
    if not user.is_active:
        return Process.objects.none()
    if user.is_superuser:
        return Process.objects.all()
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    keys = _given(user, roles).values("page__translation_key")
    paths = pages.filter(translation_key__in=keys).values_list("path", flat=True)
    below = Q()
    for path in _outermost(paths.order_by("path")):
        below |= Q(path__startswith=path)
    if not below:
        return Process.objects.none()
    return Process.objects.filter(translation_key__in=pages.filter(below).values("translation_key"))


def has_processes(user: Any, roles: frozenset[str], kinds: Collection[str]) -> bool:
    """Whether ``processes_of`` would have one of ``kinds``, in one query."""
    if not user.is_active:
        return False
    found = Process.objects.filter(kind__in=kinds)
    if user.is_superuser:
        return found.exists()
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    keys = _given(user, roles).values("page__translation_key")
    page = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = pages.filter(translation_key__in=keys).annotate(page=page)
    here = pages.filter(translation_key=OuterRef("translation_key"))
    return found.filter(
        Exists(here.filter(Exists(above.filter(page__startswith=F("path")))))
    ).exists()


def _given(user: Any, roles: frozenset[str]) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(group__user=user, role__in=roles)


def _outermost(paths: Any) -> list[str]:
    """Of paths in order, those that lie below no other."""
    kept: list[str] = []
    for path in paths:
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept
