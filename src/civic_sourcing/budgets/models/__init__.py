from .areas import VoteArea, VoteCategory, VoterGroup
from .ballots import Ballot
from .booth import AreaRegister, DeskSession, GroupSource, VoteReminder
from .casting import BulletinEntry, CastRequest, Envelope, Notice, RollEntry, RunKey, VoteRun
from .counts import Confirmation, CountedBallots, CountJob, CountPublication, CountResult
from .files import ImportedFile
from .links import ExclusiveSet, ProjectDependency, ProjectWithdrawal
from .polling import (
    BatchCorrection,
    PaperBatch,
    PaperKey,
    PaperVoter,
    PollingPlace,
    SheetDecision,
    SheetEntry,
)
from .projects import BudgetProjectMixin, BudgetProjectPage, Project
from .rules import BudgetRules
from .turnout import Turnout
from .two_people import Lengthening, SetAside
from .votes import BudgetVoteMixin, BudgetVotePage

__all__ = [
    "AreaRegister",
    "Ballot",
    "BatchCorrection",
    "BudgetProjectMixin",
    "BudgetProjectPage",
    "BudgetRules",
    "BudgetVoteMixin",
    "BudgetVotePage",
    "BulletinEntry",
    "CastRequest",
    "Confirmation",
    "CountJob",
    "CountPublication",
    "CountResult",
    "CountedBallots",
    "DeskSession",
    "Envelope",
    "ExclusiveSet",
    "GroupSource",
    "ImportedFile",
    "Lengthening",
    "Notice",
    "PaperBatch",
    "PaperKey",
    "PaperVoter",
    "PollingPlace",
    "Project",
    "ProjectDependency",
    "ProjectWithdrawal",
    "RollEntry",
    "RunKey",
    "SetAside",
    "SheetDecision",
    "SheetEntry",
    "Turnout",
    "VoteArea",
    "VoteCategory",
    "VoteReminder",
    "VoteRun",
    "VoterGroup",
]
