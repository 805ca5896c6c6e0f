from .appeals import Appeal, AppealOutcome, AppealState, SecondOpinion
from .cases import PARTICIPANT, Case, CaseQuerySet, CaseState, Finding, subject_of
from .checks import FilterState, KnownText, LearntText, WordList, fresh_stamp
from .decisions import Automation, Decision, Measure, Origin, Outcome, PreservedText
from .figures import PublishedFigures
from .queue import CaseAlert, CaseLease, SavedView
from .report_pages import ModerationReportMixin, ModerationReportPage, Part
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
    "ModerationReportMixin",
    "ModerationReportPage",
    "NetiquetteRule",
    "Origin",
    "Outcome",
    "Part",
    "PreModeration",
    "PreservedText",
    "PublishedFigures",
    "Report",
    "ReportQuerySet",
    "SavedView",
    "SecondOpinion",
    "Severity",
    "WordList",
    "fresh_stamp",
    "subject_of",
]
