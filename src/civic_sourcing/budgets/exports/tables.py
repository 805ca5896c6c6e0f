"""The results as a table: one row for each project, in the order of their turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from civic_sourcing.budgets.counting.steps import Outcome
from civic_sourcing.budgets.paper import ballot_paper
from civic_sourcing.budgets.reasons import Explained
from civic_sourcing.core.money import to_major_units

if TYPE_CHECKING:
    from civic_sourcing.budgets.models import CountResult


def result_rows(page: Any, count: CountResult) -> tuple[list[str], list[list[object]]]:
    """Header and rows. Money is in major units, scores are exact."""
    document = count.document
    currency = document["currency"]
    entries = {entry.number: entry for entry in ballot_paper(page)}
    voters = document.get("voters", {})
    explained = Explained(document, {number: entry.name for number, entry in entries.items()})
    header = [
        _("number"), _("project"), _("area"), _("category"), _("cost (%s)") % currency, _("score"),
        _("voters"), _("funded"), _("left before (%s)") % currency, _("why"),
    ]  # fmt: skip
    rows: list[list[object]] = []
    for step in document["steps"]:
        entry = entries.get(step["project"])
        rows.append(
            [
                step["project"],
                entry.title if entry else "",
                entry.area if entry else "",
                entry.category if entry else "",
                to_major_units(step["cost"], currency),
                step["score"],
                voters.get(step["project"], ""),
                int(Outcome(step["outcome"]).is_funded),
                _money(step["left_before"], currency),
                explained.step(step["project"]).reason,
            ]
        )
    return header, rows


def _money(amount: object, currency: str) -> object:
    return to_major_units(amount, currency) if isinstance(amount, int) else amount
