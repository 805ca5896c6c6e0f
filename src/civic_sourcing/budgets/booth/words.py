"""What areas, categories and projects of a vote are called, and amounts of money in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic_sourcing.budgets.models import VoteArea, VoteCategory
from civic_sourcing.core.money import format_money

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Rulebook
    from civic_sourcing.processes.models import Process

KEPT = 30
"""Seconds for which a changed name may still be read as it was."""


@dataclass(frozen=True)
class Words:
    """
    Names by code, in the active language, and titles of projects by number; what has no name is
    called by its code. Fewer queries than ``saying.Names``: voters read nothing else.
    """

    currency: str
    areas: Mapping[str, str]
    categories: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, process: Process, rulebook: Rulebook) -> Words:
        """What the parts of ``rulebook`` are called; asked for once in half a minute."""
        key = f"civic_budgets.words:{rulebook.digest}:{get_language()}"
        words: Words | None = cache.get(key)
        if words is None:
            words = cls._read(process, rulebook)
            cache.set(key, words, KEPT)
        return words

    @classmethod
    def _read(cls, process: Process, rulebook: Rulebook) -> Words:
        areas = {area.code: _("The whole town") for area in rulebook.areas if area.town_wide}
        rows = {row.code: row.name for row in VoteArea.objects.of(process)}
        categories = {row.code: row.name for row in VoteCategory.objects.of(process)}
        return cls(rulebook.currency, areas | rows, categories)

    def area(self, code: str) -> str:
        return self.areas.get(code, code)

    def category(self, code: str) -> str:
        return self.categories.get(code, code)

    def money(self, amount: int) -> str:
        return format_money(amount, self.currency)

    def project(self, number: str) -> str:
        title = self.titles.get(number)
        return f"“{title}”" if title else number
