"""The steps people take in a forum."""

from civic_sourcing.ideas.actions.propose import ProposeIdea
from civic_sourcing.ideas.actions.support import SupportIdea, WithdrawSupport

__all__ = ["ProposeIdea", "SupportIdea", "WithdrawSupport"]
