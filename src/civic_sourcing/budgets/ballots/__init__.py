"""
Ballot papers and ballots: the rules of a vote, what a voter marks, and whether it can be cast.

Imports no Django, and of its room only ``counting``. ``Rulebook`` is what is frozen when a vote
opens; ``read(rulebook, areas, typed)`` turns the fields of a form into a ``Choice`` or says what is
wrong; ``Choice.canonical()`` is the text that is stored.
"""

from civic_sourcing.budgets.counting.plan import AreaUse, CategoryWinners
from civic_sourcing.budgets.counting.ties import Tie

from .checking import check
from .content import Answer, Choice, ContentError
from .documents import RulebookError
from .faults import FAULTS, UNREADABLE, BallotFaulty, Coded, Fault
from .limits import (
    LIMITS,
    ApprovalLimits,
    BallotType,
    CumulativeLimits,
    KnapsackLimits,
    Limits,
    RankingLimits,
    ScoreLimits,
    SingleChoiceLimits,
    YesNoLimits,
)
from .meeting import LINES, Line, meets
from .remaining import CategoryLeft, Left, Remaining, remaining
from .rulebook import (
    Area,
    CategoryLimit,
    Dependency,
    Faulty,
    Least,
    Of,
    OnPaper,
    PaperProject,
    PhaseTimes,
    Rulebook,
    Scope,
    VoterGroup,
    WinnerRule,
)
from .setup import OPEN_POINTS, OpenPoint, open_points
from .typed import Reading, examine, read, typed_of

__all__ = [
    "FAULTS",
    "LIMITS",
    "LINES",
    "OPEN_POINTS",
    "UNREADABLE",
    "Answer",
    "ApprovalLimits",
    "Area",
    "AreaUse",
    "BallotFaulty",
    "BallotType",
    "CategoryLeft",
    "CategoryLimit",
    "CategoryWinners",
    "Choice",
    "Coded",
    "ContentError",
    "CumulativeLimits",
    "Dependency",
    "Fault",
    "Faulty",
    "KnapsackLimits",
    "Least",
    "Left",
    "Limits",
    "Line",
    "Of",
    "OnPaper",
    "OpenPoint",
    "PaperProject",
    "PhaseTimes",
    "RankingLimits",
    "Reading",
    "Remaining",
    "Rulebook",
    "RulebookError",
    "Scope",
    "ScoreLimits",
    "SingleChoiceLimits",
    "Tie",
    "VoterGroup",
    "WinnerRule",
    "YesNoLimits",
    "check",
    "examine",
    "meets",
    "open_points",
    "read",
    "remaining",
    "typed_of",
]
