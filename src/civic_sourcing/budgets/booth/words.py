"""What areas, categories and projects of a vote are called, and amounts of money in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from civic_sourcing.budgets.models import VoteArea, VoteCategory
from civic_sourcing.core.money import format_money

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Fault, Rulebook
    from civic_sourcing.processes.models import Process


@dataclass(frozen=True)
class Words:
    """Names by code, in the active language; a code without a name is called by its code."""

    currency: str
    areas: Mapping[str, str]
    categories: Mapping[str, str]

    @classmethod
    def of(cls, process: Process, rulebook: Rulebook) -> Words:
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

    def sentence(self, fault: Fault, cards: Mapping[str, Any]) -> str:
        """Say in a sentence what is wrong, with the names of areas, categories and projects."""
        return str(fault)
