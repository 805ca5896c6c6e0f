"""
What people can do with a challenge now, as buttons at the head of its page.

The page does not know who lets people enter, ask or see the winners; each of these parts of the
room registers a function here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Door:
    """A button to ``url``; ``note`` is said below all of them, such as until when it is open."""

    label: str | Promise
    url: str
    variant: str = "primary"
    icon: str = ""
    note: str | Promise = ""


Keeper = Callable[[Any, HttpRequest, datetime], Iterable[Door]]

_keepers: list[tuple[int, Keeper]] = []


def register_door(keeper: Keeper, *, order: int = 0) -> None:
    """
    Have ``keeper(page, request, at)`` offer its doors; the lower ``order`` stands first.

    Register in ``AppConfig.ready``. The time is only for showing: an action reads its own.
    """
    if (order, keeper) not in _keepers:
        _keepers.append((order, keeper))
        _keepers.sort(key=lambda kept: kept[0])


def doors_of(page: Any, request: HttpRequest, at: datetime) -> list[Door]:
    """All doors of ``page`` that are open to whoever makes ``request``."""
    return [door for _order, keeper in _keepers for door in keeper(page, request, at)]
