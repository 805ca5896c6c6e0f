"""The steps people take in a forum."""

from civic_sourcing.ideas.actions.edit import EditIdea
from civic_sourcing.ideas.actions.follow import FollowIdea, UnfollowIdea
from civic_sourcing.ideas.actions.move import MoveIdea
from civic_sourcing.ideas.actions.propose import ProposeIdea
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.actions.support import KeepSupport, SupportIdea, WithdrawSupport
from civic_sourcing.ideas.actions.thresholds import ReachThreshold
from civic_sourcing.ideas.actions.withdraw import WithdrawIdea

__all__ = [
    "ChangeStage",
    "EditIdea",
    "FollowIdea",
    "KeepSupport",
    "MoveIdea",
    "ProposeIdea",
    "ReachThreshold",
    "SupportIdea",
    "UnfollowIdea",
    "WithdrawIdea",
    "WithdrawSupport",
]
