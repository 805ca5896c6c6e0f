"""
Where contributions can go on from here: onto a ballot paper, into a competition.

Rooms above register a way with the address of their own screen; lists of contributions offer it for
what was chosen, without knowing the room. The screen asks who may, and what of it can be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise

from civic_sourcing.attribution.models import Contribution

MOST = 50
"""Contributions taken along in one step: more do not fit into an address."""


@dataclass(frozen=True)
class WayOn:
    """
    One way: ``key`` (a slug), what its button says, and the address of its screen.

    The screen takes the contributions as ``?contribution=<uuid>``, repeated.
    """

    key: str
    label: str | Promise
    description: str | Promise
    address: Callable[[], str]

    def url(self, contributions: Iterable[Contribution]) -> str:
        """Return the address of the screen with these contributions."""
        chosen = [("contribution", str(contribution.uuid)) for contribution in contributions]
        return f"{self.address()}?{urlencode(chosen)}"


_ways: dict[str, WayOn] = {}


def register_way_on(way: WayOn) -> None:
    """Offer ``way`` wherever contributions are listed; registering its key again replaces it."""
    _ways[way.key] = way


def ways_on() -> list[WayOn]:
    """Return all ways, in the order in which they were registered."""
    return list(_ways.values())
