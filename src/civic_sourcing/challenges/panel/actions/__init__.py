"""The steps of judging: panel, assignments, declarations, score sheets."""

from .assigning import AssignByHand, AssignEntries, ChooseCalibration, EndAssignment
from .conflicts import DeclareConflict
from .judges import AcceptJudging, DeclineJudging, InviteJudge, RemoveJudge, StepDown
from .reminding import RemindJudges
from .scoring import CompleteSheet, SaveSheet

__all__ = [
    "AcceptJudging",
    "AssignByHand",
    "AssignEntries",
    "ChooseCalibration",
    "CompleteSheet",
    "DeclareConflict",
    "DeclineJudging",
    "EndAssignment",
    "InviteJudge",
    "RemindJudges",
    "RemoveJudge",
    "SaveSheet",
    "StepDown",
]
