from .count import CountBallots
from .import_election import ImportElection
from .vote_rules import ChangeVoteRules
from .withdraw_project import WithdrawProject

__all__ = ["ChangeVoteRules", "CountBallots", "ImportElection", "WithdrawProject"]
