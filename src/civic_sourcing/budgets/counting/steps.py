"""What became of each project at its turn, and why."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from .amounts import Amount

PARTIAL_PERCENT = 80
"""Part of a project's cost that must be left for Poznań's rule to fund it, in percent."""


class Outcome(StrEnum):
    """What became of a project at its turn."""

    FUNDED = "funded"
    FUNDED_BEYOND = "funded-beyond-budget"
    FUNDED_FOR_CATEGORY = "funded-for-category"
    FUNDED_IN_COMPLETION = "funded-in-completion"
    SKIPPED = "skipped"
    STOPPED = "stopped"
    NOT_REACHED = "not-reached"
    SUPPORTERS_SHORT = "supporters-short"
    BELOW_THRESHOLD = "below-threshold"
    NO_VOTES = "no-votes"
    EXCLUDED = "excluded"
    NEED_UNFUNDED = "need-unfunded"
    CATEGORY_FULL = "category-full"
    NO_QUORUM = "no-quorum"
    WITHDRAWN = "withdrawn"

    @property
    def is_funded(self) -> bool:
        return self in _FUNDED


_FUNDED = frozenset(
    {
        Outcome.FUNDED,
        Outcome.FUNDED_BEYOND,
        Outcome.FUNDED_FOR_CATEGORY,
        Outcome.FUNDED_IN_COMPLETION,
    }
)

REASONS = {
    Outcome.FUNDED: "fits into what is left",
    Outcome.FUNDED_BEYOND: (
        f"at least {PARTIAL_PERCENT} % of the cost is left, a reserve pays the rest"
    ),
    Outcome.FUNDED_FOR_CATEGORY: "fits, and its category must have so many projects",
    Outcome.FUNDED_IN_COMPLETION: "fits into what was left after the shares were spent",
    Outcome.SKIPPED: "costs more than is left, the next project gets its turn",
    Outcome.STOPPED: "costs more than is left, the count ends here",
    Outcome.NOT_REACHED: "the count had ended before",
    Outcome.SUPPORTERS_SHORT: "its supporters have too little left to pay for it",
    Outcome.BELOW_THRESHOLD: "has fewer points than the threshold",
    Outcome.NO_VOTES: "nobody voted for it, or as many were against it",
    Outcome.EXCLUDED: "a project that excludes it was funded",
    Outcome.NEED_UNFUNDED: "a project it needs was not funded",
    Outcome.CATEGORY_FULL: "its category has as many projects as it may have",
    Outcome.NO_QUORUM: "too few people voted, so nothing is funded",
    Outcome.WITHDRAWN: "was withdrawn",
}
"""Why, in English; other languages key their sentences by the outcome."""

Numbers = Mapping[str, Amount | str]
"""What a reason is about, by name: amounts, and ids of projects, categories and tie rules."""

NO_NUMBERS: Numbers = {}

TEXTS = frozenset({"other", "category", "tie"})
"""Those of a step's numbers that are no amounts but names."""


class Step(NamedTuple):
    """
    One project's turn. ``left_before`` is the money left, in its ``area``, when it came.

    ``numbers`` hold what the outcome is about: ``needed`` and ``voters`` (threshold, quorum),
    ``other`` (the id of a project that excludes it, or that it needs), ``category`` with ``least``
    or ``most``, and ``tie`` (name of the tie rule) with ``tied`` (how many others of its area have
    the same score). Of Equal Shares ``round``, ``price`` (what a supporter pays for a unit of
    utility) and ``supporters_left`` (what supporters could still have paid).
    """

    project: str
    score: Amount
    cost: Amount
    left_before: Amount
    outcome: Outcome
    reason: str
    area: str = ""
    numbers: Numbers = NO_NUMBERS
