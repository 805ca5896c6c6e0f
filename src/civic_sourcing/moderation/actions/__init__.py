from .assigning import AssignCase, HandOverCase, ReleaseCase, TakeCase, hand_over_cases
from .reports import ReportContribution, Reporting, ReportParticipant
from .steps import CaseAction

__all__ = [
    "AssignCase",
    "CaseAction",
    "HandOverCase",
    "ReleaseCase",
    "ReportContribution",
    "ReportParticipant",
    "Reporting",
    "TakeCase",
    "hand_over_cases",
]
