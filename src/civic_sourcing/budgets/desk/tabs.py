"""The ways between the screens about one vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.names import address

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

SETUP = ("money", "ballot", "choices", "counting")
"""Screens of the set-up, in the order in which a vote is set up."""

SCREENS: dict[str, str | Promise] = {
    "money": _("Money and areas"),
    "ballot": _("Ballot"),
    "choices": _("Categories and conditions"),
    "counting": _("Who wins"),
    "paper": _("Ballot paper"),
    "voters": _("Voters"),
    "check": _("Check"),
    "vote": _("Hold the vote"),
    "count": _("Count"),
    "delivery": _("Delivery"),
    "try": _("Try rules"),
}


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    is_current: bool


def tabs_for(process: Process, current: str) -> list[Tab]:
    return [Tab(label, address(key, process), key == current) for key, label in SCREENS.items()]


def after(screen: str) -> str:
    """The screen that follows ``screen`` in the set-up; after the last one, the check."""
    names = [*SETUP, "check"]
    return names[names.index(screen) + 1]
