"""
The town as a newcomer finds it, one module per room.

Each module has a function ``load()`` that adds what is missing and changes nothing that exists, so
it may run again at any time. The order matters: people need places, ideas need both. Where the
story of ownership is told, the ideas are part of it, because a ledger knows only one order.
"""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps

ROOMS = {
    "places": "town",
    "people": "town",
    "participation": "civic_sourcing.processes",
    "information": "town",
    "departments": "civic_sourcing.answers",
    "ownership": "civic_sourcing.ideas",
    "budgets": "civic_sourcing.budgets",
    "votes": "civic_sourcing.budgets",
    "delivery": "civic_sourcing.budgets",
    "challenges": "civic_sourcing.challenges",
    "netiquette": "civic_sourcing.moderation",
    "discussion": "civic_sourcing.comments",
    "cases": "civic_sourcing.comments",
    "year": "civic_sourcing.ideas",
}


LATER = frozenset({"cases", "delivery", "year"})
"""What takes long and no first page shows."""


def rooms(*, first: bool = False) -> Iterator[ModuleType]:
    """Yield the modules whose app the town has installed, in order; ``first`` without ``LATER``."""
    for name, app in ROOMS.items():
        if apps.is_installed(app) and not (first and name in LATER):
            yield import_module(f"{__name__}.{name}")
