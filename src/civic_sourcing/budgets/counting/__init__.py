"""
Count a participatory budget from its ballots, with nothing but Python's standard library.

``read_pabulib`` reads an election, ``count`` counts it:
``count(read_pabulib("town.pb")).selected``. On the command line: ``python -m
civic_sourcing.budgets.counting town.pb``. A vote with areas, groups or a quorum is counted by
``count_votes(projects, electorate, rules)``. Imports no Django, so that anybody can recount a
published vote on any machine with Python.
"""

from .amounts import Amount, plain, read_written, written
from .compare import Comparison, compare, compare_rules, every_rule
from .conditions import Conditions
from .contest import Contest, Quorum
from .count import AUTO, announced_rule, count, count_votes
from .errors import SENTENCES, Finding, PabulibError
from .model import Ballot, Election, Electorate, Papers, Project, VoteType
from .pabulib import read_pabulib
from .plan import (
    COMPLETIONS,
    UTILITIES,
    AreaMoney,
    AreaUse,
    CategoryWinners,
    CountRules,
    GroupWeight,
    Least,
    Need,
    Of,
)
from .result import AreaCount, Count
from .rules import RULES, Rule
from .scores import tally
from .steps import REASONS, Outcome, Step
from .ties import BY_COST, BY_NUMBER, FILE_ORDER, Tie, TieRule, by_lot, draw, lot, tie_rule
from .why import Reason, why

__all__ = [
    "AUTO",
    "BY_COST",
    "BY_NUMBER",
    "COMPLETIONS",
    "FILE_ORDER",
    "REASONS",
    "RULES",
    "SENTENCES",
    "UTILITIES",
    "Amount",
    "AreaCount",
    "AreaMoney",
    "AreaUse",
    "Ballot",
    "CategoryWinners",
    "Comparison",
    "Conditions",
    "Contest",
    "Count",
    "CountRules",
    "Election",
    "Electorate",
    "Finding",
    "GroupWeight",
    "Least",
    "Need",
    "Of",
    "Outcome",
    "PabulibError",
    "Papers",
    "Project",
    "Quorum",
    "Reason",
    "Rule",
    "Step",
    "Tie",
    "TieRule",
    "VoteType",
    "announced_rule",
    "by_lot",
    "compare",
    "compare_rules",
    "count",
    "count_votes",
    "draw",
    "every_rule",
    "lot",
    "plain",
    "read_pabulib",
    "read_written",
    "tally",
    "tie_rule",
    "why",
    "written",
]
