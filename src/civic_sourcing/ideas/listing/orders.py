"""
In which order the ideas of a forum are shown. Every order is total: equals go by their entry.

The fair shuffle gives each idea the same chance to be on top. It is another one every day and for
every person, and stays while they turn pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.limits import client_ip
from civic_sourcing.ideas.listing.wishes import BEST, NEWEST, Wishes
from civic_sourcing.ideas.search import title_first

PRIME = 2_147_483_579
"""So large that no two of two thousand million ideas share a place; cubing keeps places apart."""

ORDERS: Mapping[str, tuple[str, ...]] = {
    NEWEST: ("-filed_at", "-pk"),
    "supported": ("-supports", "-pk"),
    "trending": ("-trending", "-pk"),
    "seen": ("seen", "pk"),
}

LABELS: Mapping[str, Any] = {
    BEST: pgettext_lazy("order", "Best match"),
    NEWEST: pgettext_lazy("order", "Newest"),
    "trending": pgettext_lazy("order", "Trending"),
    "supported": pgettext_lazy("order", "Most supported"),
    "seen": pgettext_lazy("order", "Least seen"),
    "shuffle": pgettext_lazy("order", "Shuffled anew every day"),
}

EXPLANATIONS: Mapping[str, Any] = {
    "trending": _(
        "Filing and every support are worth a point, which loses half of its worth in three days."
    ),
    "seen": _("First those that were opened least often: they could do with a reader."),
    "shuffle": _(
        "Each has the same chance to be on top. Your order stays the same until midnight."
    ),
}


def ordered(rows: QuerySet[Any], wishes: Wishes, request: HttpRequest) -> QuerySet[Any]:
    """Order tallies as wished; what needs a person's own order is derived from ``request``."""
    if wishes.order == BEST:
        return rows.order_by(title_first(wishes.q), *ORDERS[NEWEST])
    if wishes.order == "shuffle":
        return rows.order_by(shuffled(seed(request)), "pk")
    return rows.order_by(*ORDERS[wishes.order])


def seed(request: HttpRequest) -> tuple[int, int]:
    """Two numbers of one person and day: whom we know by account, others by where they ask from."""
    if request.user.is_authenticated:
        who = f"user {request.user.pk}"
    else:
        who = f"{client_ip(request)} {request.headers.get('User-Agent', '')[:200]}"
    day = f"{timezone.localdate()} {who}"
    digest = salted_hmac("civic_ideas.shuffle", day, algorithm="sha256").digest()
    first, second = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")
    return 1 + first % (PRIME - 1), second % PRIME


def shuffled(numbers: tuple[int, int]) -> ExpressionWrapper:
    """The place of a tally in the shuffle: a different one for each, below ``PRIME``."""
    factor, shift = numbers
    line = (F("pk") % Value(PRIME) * Value(factor) + Value(shift)) % Value(PRIME)
    cube = (line * line) % Value(PRIME) * line % Value(PRIME)
    return ExpressionWrapper(cube, output_field=BigIntegerField())


def place(key: int, numbers: tuple[int, int]) -> int:
    """The same in Python, for tests."""
    line = (key % PRIME * numbers[0] + numbers[1]) % PRIME
    return int(pow(line, 3, PRIME))
