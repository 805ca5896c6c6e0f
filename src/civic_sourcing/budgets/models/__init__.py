from .ballots import Ballot
from .counts import CountResult
from .projects import BudgetProjectMixin, BudgetProjectPage, Project
from .rules import BudgetRules
from .votes import BudgetVoteMixin, BudgetVotePage

__all__ = [
    "Ballot",
    "BudgetProjectMixin",
    "BudgetProjectPage",
    "BudgetRules",
    "BudgetVoteMixin",
    "BudgetVotePage",
    "CountResult",
    "Project",
]
