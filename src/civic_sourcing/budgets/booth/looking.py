"""Finding projects on a long paper: words, area, category, only what is chosen; and their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.booth.draft import LONGEST_WORDS, Looking

if TYPE_CHECKING:
    from civic_sourcing.budgets.booth.cards import Card

SHUFFLED, BY_NUMBER, BY_COST = "", "number", "cost"
ORDERS: dict[str, str | Promise] = {
    SHUFFLED: _("Shuffled for me"),
    BY_NUMBER: _("As on the ballot paper"),
    BY_COST: _("The cheapest first"),
}


def searchable(text: str) -> str:
    """Return ``text`` as it is searched: letters in one form and case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def asked_for(fields: Mapping[str, str], known: Looking, *, large: bool) -> Looking:
    """Return how a voter wants to look at the paper, as the form says it."""
    order = fields.get("order", known.order)
    return Looking(
        words=" ".join(fields.get("find-words", "").split())[:LONGEST_WORDS],
        area=fields.get("find-area", "")[:LONGEST_WORDS],
        category=fields.get("find-category", "")[:LONGEST_WORDS],
        chosen=bool(fields.get("find-chosen")),
        order=order if order in ORDERS else SHUFFLED,
        large=large,
    )


def fits(card: Card, looking: Looking, marked: Collection[str]) -> bool:
    """Whether a project is to be seen. All words have to be found somewhere on its card."""
    if not looking.narrows:
        return True
    return (
        all(word in card.found_by for word in searchable(looking.words).split())
        and looking.area in ("", card.area)
        and looking.category in ("", card.category)
        and (not looking.chosen or card.number in marked)
    )


def in_order(
    cards: list[Card], looking: Looking, shuffle: Callable[[list[Card]], list[Any]]
) -> list[Card]:
    """Return cards, given as on the paper, in the order the voter wants."""
    if looking.order == BY_NUMBER:
        return cards
    if looking.order == BY_COST:
        return sorted(cards, key=lambda card: card.cost)
    return shuffle(cards)
