"""What the ideas of a forum can be narrowed and sorted by, and the form that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic_sourcing.ideas.listing.orders import EXPLANATIONS, LABELS
from civic_sourcing.ideas.listing.wishes import BEST, Wishes
from civic_sourcing.ideas.models import Category, District, Stage

TELLING = frozenset({"supported", "trending"})
"""Orders that tell which of two ideas has more support."""


@dataclass(frozen=True)
class Choice:
    """One list to choose from: ``options`` of value, label and whether it is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, Any, bool]]

    @property
    def drawn(self) -> SafeString:
        """The options as HTML: a template takes three times as long over them."""
        lines = ((value, " selected" * chosen, label) for value, label, chosen in self.options)
        return format_html_join("", '<option value="{}"{}>{}</option>', lines)


@dataclass(frozen=True)
class Filters:
    """The forum's places. ``supports_shown`` as in ``IdeaList``."""

    categories: Sequence[Category]
    districts: Sequence[District]
    supports_shown: bool = True

    def possible(self, wishes: Wishes) -> Wishes:
        """The wishes without what this forum does not know or does not tell."""
        changes: dict[str, Any] = {}
        if wishes.category not in {category.code for category in self.categories}:
            changes["category"] = ""
        if wishes.district not in {district.code for district in self.districts}:
            changes["district"] = ""
        if wishes.sort in TELLING and not self.supports_shown:
            changes["sort"] = ""
        return replace(wishes, **changes) if changes else wishes

    def category(self, pk: int | None) -> Category | None:
        return next((category for category in self.categories if category.pk == pk), None)

    def district(self, pk: int | None) -> District | None:
        return next((district for district in self.districts if district.pk == pk), None)

    def choices(self, wishes: Wishes) -> list[Choice]:
        """The lists of the form; one for places only where there are any."""
        lists = [
            _choice("stage", _("Stage"), _stages(get_language()), wishes.stage, _("All stages")),
            _choice(
                "category",
                _("Category"),
                [(each.code, each.name) for each in self.categories],
                wishes.category,
                _("All categories"),
            ),
            _choice(
                "district",
                _("District"),
                [(each.code, each.name) for each in self.districts],
                wishes.district,
                _("All districts"),
            ),
            _choice("sort", _("Order"), self.orders(wishes), wishes.order),
        ]
        return [each for each in lists if len(each.options) > 1]

    def orders(self, wishes: Wishes) -> list[tuple[str, Any]]:
        """Orders that can be chosen, with their names."""
        return [
            (value, label)
            for value, label in _orders(get_language())
            if (value != BEST or wishes.q) and (value not in TELLING or self.supports_shown)
        ]

    def explanation(self, wishes: Wishes) -> Any:
        """How the order chosen comes about, where that is not plain."""
        return EXPLANATIONS.get(wishes.order, "")


@cache
def _stages(language: str | None) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Stage.choices]


@cache
def _orders(language: str | None) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in LABELS.items()]


def _choice(
    name: str, label: str, known: Iterable[tuple[str, Any]], chosen: str, every: str = ""
) -> Choice:
    options = [(value, text, value == chosen) for value, text in known]
    return Choice(name, label, [("", every, not chosen), *options] if every else options)
