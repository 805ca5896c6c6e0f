"""What the META section of an exported vote says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from civic_sourcing.budgets.ballots import BallotType as PaperType
from civic_sourcing.budgets.ballots import (
    CumulativeLimits,
    KnapsackLimits,
    Of,
    ScoreLimits,
)
from civic_sourcing.budgets.counting.amounts import exact, plain
from civic_sourcing.core.money import to_major_units

if TYPE_CHECKING:
    from civic_sourcing.budgets.ballots import Limits, Rulebook
    from civic_sourcing.budgets.models import CountResult, VoteRun

COUNTS_VOTES = (PaperType.APPROVAL, PaperType.KNAPSACK, PaperType.SINGLE_CHOICE)


def meta_of_vote(
    page: Any, run: VoteRun, rulebook: Rulebook, count: CountResult, *, withheld: bool
) -> dict[str, str]:
    """
    Return keys and values, in the order of the format; those without a value are left out.

    ``vote`` and the digests of rulebook and count are keys of our own. ``withheld`` says that area
    and group of ballots are left out although a recount would need them.
    """
    winner = rulebook.winner
    told = {
        "description": " ".join(page.title.split()),
        "instance": _day(run.closes_at)[-4:],
        "budget": "",
        "currency": rulebook.currency,
        "rule": winner.name,
        "utility": winner.utility,
        "completion": winner.completion,
        "date_begin": _day(run.opens_at),
        "date_end": _day(run.closes_at),
        **_limits(rulebook.limits, rulebook.currency),
        "min_project_score_threshold": _least(rulebook),
        "language": page.text_locale,
        "ballot_type": str(rulebook.ballot_type),
        "tie": str(rulebook.tie),
        "vote": str(page.process.uuid),
        "rulebook": run.digest,
        "count": count.digest,
        "withheld": "area, group" if withheld else "",
    }
    return {key: value for key, value in told.items() if value}


def _least(rulebook: Rulebook) -> str:
    """The threshold as other programs read it: a number of votes, where votes are scores."""
    threshold = rulebook.threshold
    if threshold is None or threshold.of != Of.COUNT or rulebook.ballot_type not in COUNTS_VOTES:
        return ""
    return plain(exact(threshold.value))


def _day(at: datetime | None) -> str:
    """The day in the town's own time, as most published files write it."""
    return f"{timezone.localtime(at):%d.%m.%Y}" if at else ""


def _limits(limits: Limits, currency: str) -> dict[str, str]:
    told = {"min_length": str(limits.least or ""), "max_length": str(limits.most or "")}
    if isinstance(limits, CumulativeLimits):
        told |= {
            "max_sum_points": str(limits.total),
            "min_sum_points": str(limits.least_total or ""),
        }
    if isinstance(limits, KnapsackLimits) and limits.budget:
        told["max_sum_cost"] = f"{to_major_units(limits.budget, currency):f}"
    if isinstance(limits, ScoreLimits):
        told["max_points"] = str(limits.top)
    if limits.ballot_type == PaperType.YES_NO:
        told |= {"min_points": "-1", "max_points": "1"}
    return told
