"""Up to three projects side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.budgets.booth.cards import Card
from civic_sourcing.budgets.booth.draft import MOST_COMPARED

ROWS: tuple[tuple[str | Promise, Callable[[Card], str]], ...] = (
    (_("Cost"), lambda card: card.cost_text),
    (_("Running costs a year"), lambda card: card.running_cost),
    (_("Area"), lambda card: card.area_name),
    (_("Category"), lambda card: card.category_name),
    (pgettext_lazy("project", "Where"), lambda card: card.place),
    (pgettext_lazy("project", "What it is about"), lambda card: card.summary),
)


@dataclass(frozen=True)
class Comparison:
    """
    Projects side by side, row by row; rows in which nothing stands are left out.

    ``too_many`` says that more than three were ticked: the first three are shown.
    """

    cards: Sequence[Card]
    too_many: bool

    @classmethod
    def of(cls, numbers: Sequence[str], cards: Mapping[str, Card]) -> Comparison:
        found = [cards[number] for number in numbers if number in cards]
        return cls(found[:MOST_COMPARED], len(found) > MOST_COMPARED)

    @property
    def rows(self) -> list[tuple[str | Promise, list[tuple[Card, str]]]]:
        told = [(name, [(card, of(card)) for card in self.cards]) for name, of in ROWS]
        return [(name, cells) for name, cells in told if any(text for _card, text in cells)]
