from .appeals import Appeal, AppealOutcome, AppealState, SecondOpinion
from .cases import PARTICIPANT, Case, CaseQuerySet, CaseState, Finding, subject_of
from .decisions import Automation, Decision, Measure, Origin, Outcome, PreservedText
from .reports import Report, ReportQuerySet
from .rules import ForumModeration, NetiquetteRule, PreModeration, Severity

__all__ = [
    "PARTICIPANT",
    "Appeal",
    "AppealOutcome",
    "AppealState",
    "Automation",
    "Case",
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
    "SecondOpinion",
    "Severity",
    "subject_of",
]
