"""The public log and a report: on a phone and on a wide screen, in both languages, by keyboard."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from civic_sourcing.core import clock
from civic_sourcing.moderation.models import Case, Decision, ModerationReportPage
from civic_sourcing.moderation.showing.freezing import freeze_waiting

from .deciding_people import (  # noqa: F401
    appeal_scene,
    decide_appeal_scene,
    decide_scene,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPRING = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def quarter(case, decide, appeal, decide_appeal, rules):
    """Decisions of a spring under two rules, and one of today that was reversed."""
    first = decide(case)
    decide_appeal(appeal(first))
    for number in range(32):
        row = Case.objects.get(pk=case.pk)
        row.pk, row.uuid, row.opened_at = None, uuid4(), SPRING - timedelta(hours=number + 1)
        row.save(force_insert=True)
        decision = Decision.objects.get(pk=first.pk)
        decision.pk, decision.uuid, decision.case = None, uuid4(), row
        decision.decided_at, decision.outcome = SPRING, ("hide", "remove", "warn")[number % 3]
        decision.rule = rules("privacy" if number % 5 == 0 else "respect")
        decision.save(force_insert=True)


@pytest.fixture
def report_pages(quarter, home, korean_home, korean):
    page = ModerationReportPage(title="Spring", slug="spring", year=2026, part="q2", live=False)
    home.add_child(instance=page)
    page.save_revision().publish()
    translated = page.copy_for_translation(korean)
    translated.save_revision().publish()
    freeze_waiting(clock.now())
    return {"en": page, "ko": ModerationReportPage.objects.get(pk=translated.pk)}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_log_and_report_fit_and_are_accessible(
    report_pages, new_page, assert_accessible, assert_no_sideways_scroll, width, language
):
    page = new_page(width=width)

    for address in (
        f"/{language}/civic/moderation-log/?outcome=hide",
        report_pages[language].url,
    ):
        page.goto(address)
        assert_no_sideways_scroll(page)
        assert_accessible(page, context="main")


def test_log_is_filtered_with_the_keyboard_and_without_javascript(quarter, new_page):
    page = new_page(javascript=False)
    page.goto("/en/civic/moderation-log/")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Result of the appeal").select_option("reversed")
    page.get_by_role("button", name="Show").press("Enter")

    page.wait_for_url("**appeal=reversed**")
    expect(page.locator(".civic-log-entry")).to_have_count(1)
    expect(page.locator(".civic-log-entry")).to_contain_text("the decision was reversed")
