from .appeals import Appeal, AppealOutcome, AppealState, SecondOpinion
from .cases import PARTICIPANT, Case, CaseQuerySet, CaseState, Finding, subject_of
from .decisions import Automation, Decision, Measure, Origin, Outcome, PreservedText
from .queue import CaseAlert, CaseLease, SavedView
from .reports import Report, ReportQuerySet
from .rules import ForumModeration, NetiquetteRule, PreModeration, Severity

__all__ = [
    "PARTICIPANT",
    "Appeal",
    "AppealOutcome",
    "AppealState",
    "Automation",
    "Case",
    "CaseAlert",
    "CaseLease",
    "CaseQuerySet",
    "CaseState",
    "Decision",
    "Finding",
    "ForumModeration",
    "Measure",
    "NetiquetteRule",
    "Origin",
    "Outcome",
    "PreModeration",
    "PreservedText",
    "Report",
    "ReportQuerySet",
    "SavedView",
    "SecondOpinion",
    "Severity",
    "subject_of",
]
