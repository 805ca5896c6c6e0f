"""The ways between the screens of moderation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.waiting import everything_waiting


@dataclass(frozen=True)
class Tab:
    """One way: ``number`` is how many wait there."""

    key: str
    label: str | Promise
    url: str
    number: int
    is_current: bool


def tabs_for(user: Any, current: str) -> list[Tab]:
    """The screens, with what waits on those that the menu does not count."""
    numbers = {**everything_waiting(user), "cases": 0}
    screens = [
        ("cases", _("Cases"), "index"),
        ("appeals", _("Appeals"), "appeals"),
        ("opinions", _("Second opinions"), "opinions"),
        ("hand_over", _("Hand over"), "hand_over"),
    ]
    return [
        Tab(key, label, reverse(f"{URL_NAME}:{name}"), numbers.get(key, 0), key == current)
        for key, label, name in screens
    ]
