"""Reporting: once per person, weighed by who reports, hidden only where people are known here."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.text import TextRefused
from civic_sourcing.moderation.actions import ReportContribution
from civic_sourcing.moderation.models import Case, Report
from civic_sourcing.participants.models import Participant


def test_a_report_opens_a_case_about_the_contribution(report, idea, rules):
    filed = report(text="It calls me names.")

    case = Case.objects.get()
    assert (case.contribution, case.kind, case.process) == (
        idea.contribution,
        "idea",
        idea.process,
    )
    assert case.rule == rules("respect")
    assert (case.reporters, case.severity, case.is_open) == (1, 2, True)
    assert (filed.case, filed.text, filed.weight) == (case, "It calls me names.", 1)


def test_a_second_report_by_the_same_person_is_refused(report):
    report()

    with pytest.raises(ActionRefused) as refused:
        report(rule="topic")

    assert refused.value.code == "already-reported"
    assert Report.objects.count() == 1
