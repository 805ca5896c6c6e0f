"""The rules by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .contest import Contest
from .equal_shares import fund_by_equal_shares
from .greedy import fund_greedily, fund_with_partial_last, fund_without_skipping
from .steps import PARTIAL_PERCENT, REASONS, Outcome, Step
from .ties import FILE_ORDER, TieRule

__all__ = [
    "FILE_ORDER",
    "PARTIAL_PERCENT",
    "REASONS",
    "RULES",
    "Outcome",
    "Rule",
    "Step",
    "TieRule",
]

Rule = Callable[[Contest], list[Step]]
"""Gives out the money of a contest: one step for each project, in the order of their turns."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "greedy": fund_greedily,
        "greedy-no-skip": fund_without_skipping,
        "greedy-partial-last": fund_with_partial_last,
        "equal-shares": fund_by_equal_shares,
    }
)
"""The rules by name. ``auto`` is not one of them: it finds out which one was announced."""
