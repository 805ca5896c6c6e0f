"""
What a process holds, and so may not simply vanish: ideas, ballots, entries.

Each room that stores what citizens hand in registers a function here. Every door that deletes or
unpublishes pages asks first and shows the sentence; a page of a process that holds anything is not
deleted, in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import swapper
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.guards import keep_pages_of
from civic_sourcing.processes.process import Process


@dataclass(frozen=True)
class Holding:
    """``count`` of something, in words people use such as “12 ideas”."""

    text: str | Promise
    count: int


Keeper = Callable[[Process], Holding | None]
PageKeeper = Callable[[Sequence[str]], Holding | None]

_keepers: dict[str, Keeper] = {}
_page_keepers: dict[str, PageKeeper] = {}


def register_holdings(function: Keeper, *, rows: type[Model] | None = None) -> Keeper:
    """
    Have ``function(process)`` say what of its room the process holds; ``None`` for nothing.

    With the model of its ``rows``, which point to their ``process``, the database itself keeps the
    pages of such a process too. Register in ``AppConfig.ready``.
    """
    if rows is not None:
        keep_pages_of(rows)
    _keepers[_name(function)] = function
    return function


def register_kept_pages(function: PageKeeper) -> PageKeeper:
    """
    Have ``function(paths)`` say which pages at or below these tree paths are never deleted.

    For page types that are contributions themselves. Unpublishing them stays possible.
    """
    _page_keepers[_name(function)] = function
    return function


def forget_holdings(function: Callable[..., Any]) -> None:
    """Take back ``register_holdings`` or ``register_kept_pages``."""
    _keepers.pop(_name(function), None)
    _page_keepers.pop(_name(function), None)


def holdings_of(process: Process) -> list[Holding]:
    """Everything the process holds, room by room."""
    return _present(keeper(process) for keeper in _keepers.values())


def refusal_to_delete(pages: Iterable[Any]) -> ActionRefused | None:
    """Why the trees from ``pages`` downwards may not be deleted, or ``None``."""
    paths = [page.path for page in pages]
    if not paths:
        return None
    below = reduce(or_, (Q(path__startswith=path) for path in paths))
    doomed = _pages().filter(below, alias_of__isnull=True)
    for process in Process.objects.filter(translation_key__in=doomed.values("translation_key")):
        if held := holdings_of(process):
            page = doomed.filter(translation_key=process.translation_key).first()
            return _kept(page, held)
    held = _present(keeper(paths) for keeper in _page_keepers.values())
    return _kept(doomed.first(), held) if held else None


def refusal_to_unpublish(page: Any) -> ActionRefused | None:
    """
    Why a process's ``page`` has to stay published, or ``None``.

    A translation without live pages below may go while another one stays live.
    """
    if page.alias_of_id or page.process is None or not (held := holdings_of(page.process)):
        return None
    others = _pages().filter(translation_key=page.translation_key, live=True).exclude(pk=page.pk)
    if others.exists() and not page.get_children().live().exists():
        return None
    sentence = _(
        "“%(page)s” cannot be unpublished: it holds %(holdings)s, and people must be able to see "
        "what they handed in. Close its phases instead, and take it out of the menus."
    )
    return _refused(sentence, page, held)


def _kept(page: Any, held: list[Holding]) -> ActionRefused:
    sentence = _(
        "“%(page)s” cannot be deleted: it holds %(holdings)s, and what people handed in is kept. "
        "Close its phases instead, and take it out of the menus."
    )
    return _refused(sentence, page, held)


def _refused(sentence: str, page: Any, held: list[Holding]) -> ActionRefused:
    listed = ", ".join(str(holding.text) for holding in held)
    facts = {"page": page.get_admin_display_title(), "holdings": listed}
    return ActionRefused(sentence % facts, code="holds-contributions")


def _present(found: Iterable[Holding | None]) -> list[Holding]:
    return [holding for holding in found if holding is not None and holding.count]


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects.order_by("path")


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
