from .count_ballots import CountBallots
from .import_election import ImportElection

__all__ = ["CountBallots", "ImportElection"]
