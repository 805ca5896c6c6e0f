from .appeals import Appeal, AppealOutcome, AppealState, SecondOpinion
from .cases import PARTICIPANT, Case, CaseQuerySet, CaseState, Finding, subject_of
from .checks import FilterState, KnownText, LearntText, WordList, fresh_stamp
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
    "FilterState",
    "Finding",
    "ForumModeration",
    "KnownText",
    "LearntText",
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
    "WordList",
    "fresh_stamp",
    "subject_of",
]
