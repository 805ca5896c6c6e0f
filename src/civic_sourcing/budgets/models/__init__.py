from .areas import VoteArea, VoteCategory, VoterGroup
from .ballots import Ballot
from .booth import AreaRegister, DeskSession, VoteReminder
from .casting import BulletinEntry, CastRequest, Envelope, Notice, RollEntry, RunKey, VoteRun
from .counts import CountResult
from .links import ExclusiveSet, ProjectDependency, ProjectWithdrawal
from .projects import BudgetProjectMixin, BudgetProjectPage, Project
from .rules import BudgetRules
from .turnout import Turnout
from .two_people import Lengthening, SetAside
from .votes import BudgetVoteMixin, BudgetVotePage

__all__ = [
    "AreaRegister",
    "Ballot",
    "BudgetProjectMixin",
    "BudgetProjectPage",
    "BudgetRules",
    "BudgetVoteMixin",
    "BudgetVotePage",
    "BulletinEntry",
    "CastRequest",
    "CountResult",
    "DeskSession",
    "Envelope",
    "ExclusiveSet",
    "Lengthening",
    "Notice",
    "Project",
    "ProjectDependency",
    "ProjectWithdrawal",
    "RollEntry",
    "RunKey",
    "SetAside",
    "Turnout",
    "VoteArea",
    "VoteCategory",
    "VoteReminder",
    "VoteRun",
    "VoterGroup",
]
