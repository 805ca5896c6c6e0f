"""The kinds of ballot, and what each lets a voter mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from civic_sourcing.budgets.counting.amounts import Amount


class BallotType(StrEnum):
    """How a ballot is filled in; names of the .pb format where it has one."""

    APPROVAL = "approval"
    KNAPSACK = "knapsack"
    CUMULATIVE = "cumulative"
    RANKING = "ordinal"
    SCORING = "scoring"
    SINGLE_CHOICE = "choose-1"
    YES_NO = "yes-no"

    @property
    def has_points(self) -> bool:
        """Whether each mark carries a number: points, a score, or an answer."""
        return self in (BallotType.CUMULATIVE, BallotType.SCORING, BallotType.YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How many projects a ballot is for: ``least`` to ``most`` (``None``: all on the paper).

    Equal numbers mean exactly so many. Projects with 0 points, the score 0, a no or an abstention
    do not count as chosen.
    """

    ballot_type: ClassVar[BallotType]

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLimits(Limits):
    """Tick projects."""

    ballot_type = BallotType.APPROVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class KnapsackLimits(Limits):
    """
    Tick projects that together cost no more than the money there is.

    Every area's projects stay within that area's money. Where all areas are filled in as one,
    ``budget`` (minor units) may set less than all their money together. ``least_percent`` of what
    may be spent must be spent.
    """

    ballot_type = BallotType.KNAPSACK

    budget: int | None = None
    least_percent: Amount = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CumulativeLimits(Limits):
    """
    Share out whole points: ``least_total`` to ``total``, at most ``most_points`` to one project.
    """

    ballot_type = BallotType.CUMULATIVE

    total: int
    least_total: int = 0
    most_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingLimits(Limits):
    """Put projects in order, the best first; ``most`` is the length of the longest ranking."""

    ballot_type = BallotType.RANKING


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLimits(Limits):
    """Rate projects from 0 to ``top``. A project rated 0 is rated; one left out is not."""

    ballot_type = BallotType.SCORING

    top: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoiceLimits(Limits):
    """Choose one project; ``least=0`` lets a voter choose none."""

    ballot_type = BallotType.SINGLE_CHOICE

    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoLimits(Limits):
    """
    Say yes, no or “I abstain” to each project; ``least`` and ``most`` bound the number of yeses.

    With ``every`` each project wants an answer, of which abstaining is one.
    """

    ballot_type = BallotType.YES_NO

    every: bool = False


LIMITS: dict[BallotType, type[Limits]] = {
    kind.ballot_type: kind
    for kind in (
        ApprovalLimits,
        KnapsackLimits,
        CumulativeLimits,
        RankingLimits,
        ScoreLimits,
        SingleChoiceLimits,
        YesNoLimits,
    )
}
"""The class of limits that belongs to each kind of ballot."""
