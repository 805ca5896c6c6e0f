"""
The Method of Equal Shares: money divided among the voters, projects paid by those who want them.

``rule`` is the rule as a town reads it, ``run`` one run of it, ``ledger`` its exact bookkeeping,
``completion`` what becomes of money left over.
"""

from .completion import Completion
from .rule import fund_by_equal_shares

__all__ = ["Completion", "fund_by_equal_shares"]
