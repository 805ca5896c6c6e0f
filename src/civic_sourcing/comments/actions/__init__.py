from civic_sourcing.comments.actions.edit import EditComment
from civic_sourcing.comments.actions.follow import FollowThread, UnfollowThread
from civic_sourcing.comments.actions.post import PostComment
from civic_sourcing.comments.actions.rate import RateComment
from civic_sourcing.comments.actions.rules import SetCommentRules
from civic_sourcing.comments.actions.threads import CloseThread, ReopenThread
from civic_sourcing.comments.actions.withdraw import WithdrawComment

__all__ = [
    "CloseThread",
    "EditComment",
    "FollowThread",
    "PostComment",
    "RateComment",
    "ReopenThread",
    "SetCommentRules",
    "UnfollowThread",
    "WithdrawComment",
]
