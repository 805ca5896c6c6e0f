from .appeals import DecideAppeal, FileAppeal
from .assigning import AssignCase, HandOverCase, ReleaseCase, TakeCase, hand_over_cases
from .decisions import DecideCase
from .lifting import LiftMeasure
from .opinions import GiveSecondOpinion, ReadPreservedText
from .reports import ReportContribution, Reporting, ReportParticipant
from .steps import CaseAction

__all__ = [
    "AssignCase",
    "CaseAction",
    "DecideAppeal",
    "DecideCase",
    "FileAppeal",
    "GiveSecondOpinion",
    "HandOverCase",
    "LiftMeasure",
    "ReadPreservedText",
    "ReleaseCase",
    "ReportContribution",
    "ReportParticipant",
    "Reporting",
    "TakeCase",
    "hand_over_cases",
]
