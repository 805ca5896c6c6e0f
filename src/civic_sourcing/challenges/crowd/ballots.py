"""A public vote as one reader gets it: a page of its entries, and what is chosen on other pages."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from civic_sourcing.challenges.crowd.votes import Shown, drawn, readable_on, shown_entries
from civic_sourcing.challenges.models import CrowdVote

PER_PAGE = 50
TURN = "turn"
"""Name of the buttons that lead to another page."""


class Ballot:
    """
    A page of the entries of ``held`` in the order of ``reader`` (``None``: a visitor).

    ``chosen`` are the keys chosen so far, on whatever page. For a page that does not exist the
    nearest one is shown. The same number of queries, however many entries there are.
    """

    def __init__(
        self,
        held: CrowdVote,
        reader: Any,
        *,
        is_open: bool = True,
        number: Any = 1,
        chosen: Collection[str] = (),
    ) -> None:
        self.held, self.reader, self.is_open, self.number = held, reader, is_open, number
        self.chosen = frozenset(chosen)

    @cached_property
    def keys(self) -> list[str]:
        """Those of all entries, in the order of this reader; none while it is not open."""
        if not self.is_open:
            return []
        uuids = readable_on(self.held).order_by().values_list("uuid", flat=True)
        return sorted((uuid.hex for uuid in uuids), key=drawn(self.held, self.reader))

    @cached_property
    def page(self) -> Page:
        return Paginator(self.keys, PER_PAGE).get_page(self.number)

    @property
    def entries(self) -> list[Shown]:
        here = set(self.page.object_list)
        return [one for one in self._shown if one.key in here]

    @property
    def elsewhere(self) -> list[Shown]:
        """What is chosen and stands on another page; of too many the first."""
        here = set(self.page.object_list)
        return [one for one in self._shown if one.key not in here]

    @cached_property
    def _shown(self) -> list[Shown]:
        here = list(self.page.object_list)
        others = [key for key in self.keys if key in self.chosen and key not in here]
        wanted = here + others[: self.held.most + PER_PAGE]
        rows = readable_on(self.held).filter(uuid__in=wanted)
        return shown_entries(self.held, rows, self.reader)
