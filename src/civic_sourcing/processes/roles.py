"""
Roles on the page tree: who is official or moderator where.

A role is given to a group on a page. It holds below that page and, as a process is one in all its
languages, on and below that page's translations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import swapper
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.role_assignments import RoleAssignment

Label = str | Promise


@dataclass(frozen=True)
class Role:
    key: str
    label: Label
    help_text: Label = ""


_roles: dict[str, Role] = {}


def register_role(key: str, label: Label, help_text: Label = "") -> Role:
    """Make a role known to the group edit screen and to ``HasRole``. A second call replaces it."""
    _roles[key] = Role(key, label, help_text)
    return _roles[key]


def roles() -> list[Role]:
    """All registered roles, in order of registration."""
    return list(_roles.values())


Named = Callable[[Any], QuerySet[Any]]
_named: dict[str, Named] = {}


def register_named(key: str, processes: Named) -> None:
    """
    Read together with the roles of a user in which processes they are named: ``processes(user)``
    are their rows, with ``translation_key``. Where one is, ``key`` is among their roles.

    So one query tells both whom a menu is for by role and whom by name. A second call replaces it.
    """
    _named[key] = processes


def role_label(key: str) -> Label:
    return _roles[key].label if key in _roles else key


register_role("official", _("Official"), _("Answers for the city and takes ideas further."))
register_role("moderator", _("Moderator"), _("Handles reports about what people wrote."))


def roles_of(user: Any, place: Any) -> frozenset[str]:
    """
    The keys of the roles ``user`` has at ``place``: a page, or anything with a ``process``.

    One query, once per user object and place, and for other places none where they have no role at
    all. Django makes a new user object for every request, so a role taken away is gone with the
    next one. Superusers have every role.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(_roles)
    known: dict[Any, frozenset[str]] = getattr(user, "_civic_roles_at", {})
    user._civic_roles_at = known
    spot = _spot(place)
    if spot not in known:
        known[spot] = _roles_at(user, spot)
    return known[spot]


def roles_anywhere(user: Any) -> frozenset[str]:
    """The keys of the roles ``user`` has on some page; one query, once per user object."""
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(_roles)
    return frozenset(role for _key, role in _assignments(user))


def people_with_role(role: str, place: Any) -> list[Any]:
    """The active users whose groups have ``role`` at ``place``; superusers only if theirs do."""
    keys = _translation_keys_above(_spot(place))
    groups = RoleAssignment.objects.filter(role=role, page__translation_key__in=keys)
    users = get_user_model()._base_manager.filter(is_active=True)
    return list(users.filter(groups__in=groups.values("group")).distinct().order_by("pk"))


def _roles_at(user: Any, spot: str | UUID) -> frozenset[str]:
    if not hasattr(user, "_civic_role_assignments"):
        rows = list(_assignments_of(user, _holds_at(spot)))
        user._civic_role_assignments = [(key, role) for key, role, _here in rows]
        return frozenset(role for _key, role, here in rows if here)
    assignments = _assignments(user)
    if not assignments:
        return frozenset()
    above = _above(spot).filter(translation_key__in={key for key, _role in assignments})
    keys = set(above.values_list("translation_key", flat=True))
    return frozenset(role for key, role in assignments if key in keys)


def _above(spot: str | UUID) -> QuerySet[Any]:
    """The page(s) at ``spot`` and all their ancestors."""
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    if isinstance(spot, str):
        return pages.filter(path__in=_paths_above(spot))
    here = pages.filter(translation_key=spot, path__startswith=OuterRef("path"))
    return pages.filter(Exists(here))


def _holds_at(spot: str | UUID) -> Callable[[str], Exists]:
    """Whether the page whose translation key is in this column is ``spot`` or above it."""
    return lambda column: Exists(_above(spot).filter(translation_key=OuterRef(column)))


def _assignments_of(user: Any, holds: Callable[[str], Any]) -> QuerySet[Any]:
    """Translation key of the page, role and ``holds`` for each role of the user, or by name."""
    given = RoleAssignment.objects.filter(group__user=user).order_by()
    rows = given.values_list("page__translation_key", "role", holds("page__translation_key"))
    named = [
        processes(user)
        .order_by()
        .values_list("translation_key", Value(key), holds("translation_key"))
        for key, processes in _named.items()
    ]
    return rows.union(*named, all=True) if named else rows


def _assignments(user: Any) -> list[tuple[UUID, str]]:
    """``(translation key of the page, role)`` for each role of the user's groups, or by name."""
    if not hasattr(user, "_civic_role_assignments"):
        rows = _assignments_of(user, lambda _column: Value(True))
        user._civic_role_assignments = [(key, role) for key, role, _here in rows]
    assignments: list[tuple[UUID, str]] = user._civic_role_assignments
    return assignments


def _spot(place: Any) -> str | UUID:
    """A tree path for a page; the translation key of the process for anything else."""
    path = getattr(place, "path", None)
    return path or place.process.translation_key


def _translation_keys_above(spot: str | UUID) -> QuerySet[Any]:
    """Translation keys of the page(s) at ``spot`` and of all their ancestors, for a subquery."""
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    if isinstance(spot, str):
        paths = _paths_above(spot)
    else:
        found = pages.filter(translation_key=spot).values_list("path", flat=True)
        paths = {above for path in found for above in _paths_above(path)}
    return pages.filter(path__in=paths).values("translation_key")


def _paths_above(path: str) -> set[str]:
    step = swapper.load_model("wagtailcore", "Page").steplen
    return {path[:end] for end in range(step, len(path) + 1, step)}
