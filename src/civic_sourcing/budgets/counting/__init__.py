"""
Count a participatory budget from its ballots, with nothing but Python's standard library.

``read_pabulib`` reads an election, ``count`` counts it:
``count(read_pabulib("town.pb")).selected``. On the command line: ``python -m
civic_sourcing.budgets.counting town.pb``. Imports no Django, so that anybody can recount a
published vote on any machine with Python.
"""

from .amounts import Amount, plain
from .count import AUTO, Count, announced_rule, count
from .errors import SENTENCES, Finding, PabulibError
from .model import Ballot, Election, Project, VoteType
from .pabulib import read_pabulib
from .rules import FILE_ORDER, RULES, Outcome, Step, TieRule
from .scores import tally

__all__ = [
    "AUTO",
    "FILE_ORDER",
    "RULES",
    "SENTENCES",
    "Amount",
    "Ballot",
    "Count",
    "Election",
    "Finding",
    "Outcome",
    "PabulibError",
    "Project",
    "Step",
    "TieRule",
    "VoteType",
    "announced_rule",
    "count",
    "plain",
    "read_pabulib",
    "tally",
]
