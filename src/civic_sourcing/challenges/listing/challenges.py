"""The list of challenges: a page of cards, and what it may be narrowed and sorted by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from civic_sourcing.challenges.listing.cards import Card, dressed
from civic_sourcing.challenges.listing.filters import Choice, choices, in_order, narrowed
from civic_sourcing.challenges.listing.rows import Listed, listed
from civic_sourcing.challenges.listing.wishes import Wishes
from civic_sourcing.challenges.status import Status

PER_PAGE = 24
SEARCHED = (
    "title",
    "tagline",
    "short_description",
    "problem",
    "description",
    "process__challenge__department_name",
    "process__challenge__agency",
)


@dataclass
class ChallengeList:
    """
    The challenges of ``index`` that this visitor may open, as they wish to see them.

    ``?page=`` turns; for a page that does not exist the nearest one is shown. Costs the same number
    of queries however many challenges there are.
    """

    index: Any
    request: HttpRequest
    at: datetime

    @cached_property
    def wishes(self) -> Wishes:
        return Wishes.read(self.request.GET)

    @cached_property
    def every(self) -> list[Listed]:
        """All of them, whatever is wished."""
        return listed(self.index, self.request, self.at)

    @cached_property
    def rows(self) -> list[Listed]:
        """What is wished, in the order wished."""
        rows = narrowed(self.every, self.wishes)
        if self.wishes.terms:
            found = self._found()
            rows = [row for row in rows if row.facts.process_id in found]
        return in_order(rows, self.wishes, self.at)

    def _found(self) -> set[int]:
        """
        Processes with a page, in any language, in which every word is found somewhere.

        What of them this visitor may open is decided by the rows.
        """
        pages = self.index.challenge_model().objects.live()
        for term in self.wishes.terms:
            pages = pages.filter(reduce(or_, (Q(**{f"{at}__icontains": term}) for at in SEARCHED)))
        return set(pages.order_by().values_list("process", flat=True))

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.rows, PER_PAGE)
        return paginator.get_page(self.request.GET.get("page"))

    @cached_property
    def cards(self) -> list[Card]:
        """The challenges of this page, as ``challenge_card.html`` shows them."""
        return dressed(self.page.object_list, self.index, self.request, self.at)

    @property
    def query(self) -> str:
        """What links to other pages keep."""
        return self.wishes.query()

    @property
    def everything(self) -> str:
        """The query without filters, in the order chosen."""
        return Wishes(sort=self.wishes.sort).query()

    @property
    def choices(self) -> list[Choice]:
        """The lists of the form: filters, then the order."""
        return choices(self.every, self.wishes)

    @property
    def number_in_words(self) -> str:
        number = len(self.rows)
        words = ngettext("%(number)d challenge", "%(number)d challenges", number)
        return words % {"number": number}

    @property
    def open_now(self) -> int:
        """How many of all take entries now."""
        return sum(row.status == Status.OPEN for row in self.every)

    @property
    def feed_url(self) -> str:
        """The address of what is listed here as a feed."""
        query = self.wishes.query(sort="")
        return f"feed/{query}" if len(query) > 1 else "feed/"
