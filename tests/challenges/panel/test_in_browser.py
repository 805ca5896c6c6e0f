"""Everything a judge sees, in a real browser: axe, a phone, and the keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.challenges.models import ScoreSheet
from civic_sourcing.challenges.panel.actions import DeclareConflict, InviteJudge
from civic_sourcing.challenges.panel.actions.assigning import ChooseCalibration
from civic_sourcing.participants.models import Participant
from tests.challenges.panel import test_sheets_by_http as sheets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
kinds = sheets.kinds


@pytest.fixture
def looked_at(assert_accessible, assert_no_sideways_scroll):
    def look(page, *urls):
        for url in urls or [None]:
            if url:
                page.goto(url)
            assert_accessible(page)
            assert_no_sideways_scroll(page)

    return look


def test_a_judge_gets_through_every_screen_on_a_phone_by_keyboard(
    contest, round_, entries, kinds, assigned, judges, neighbour, manager, assignments_of,
    new_page, looked_at,
):  # fmt: skip
    ChooseCalibration(round_, by=manager, entry=entries[0]).execute()
    facts, person = contest.process.challenge, Participant.objects.of(neighbour)
    asked = InviteJudge(facts, by=manager, participant=person).execute()
    rows = assignments_of(judges[0])
    first = next(row for row in rows if row.is_calibration)
    late = next(row for row in rows if not row.is_calibration)
    DeclareConflict(late, by=judges[0], conflict=False).execute()
    panel = reverse("civic_judging:panel", args=[first.judge.uuid])
    page = new_page(user=judges[0], width=360)
    looked_at(
        page,
        reverse("civic_judging:index"),
        panel,
        reverse("civic_judging:step_down", args=[first.judge.uuid]),
        reverse("civic_judging:conflict", args=[late.uuid]),
    )
    looked_at(
        new_page(user=neighbour, width=360), reverse("civic_judging:panel", args=[asked.uuid])
    )

    page.goto(reverse("civic_judging:entry", args=[first.uuid]))
    looked_at(page)
    declare(page)
    expect(page.get_by_text("Scored by all, first")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Hand in").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Please give points.").first).to_be_visible()
    looked_at(page)
    fill_in(page)
    expect(page.get_by_role("heading", name="Scores")).to_be_visible()
    looked_at(page)

    assert ScoreSheet.objects.get(assignment=first).completed_at is not None


def declare(page):
    """No conflict: with space on the first answer, then on from there."""
    page.locator("[name=conflict]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def fill_in(page):
    """Go from field to field with Tab alone; the first option of each question."""
    page.locator("[name^=points_]").first.focus()
    for keys in ("20", "Tab", "Measured.", "Tab", " ", "Tab", "Tab", " ", "Tab", "Tab", " "):
        if keys in ("Tab", " "):
            page.keyboard.press("Space" if keys == " " else keys)
        else:
            page.keyboard.type(keys)
    for keys in ("Tab", "Tab", "5", *["Tab"] * 5, "Enter"):
        if keys in ("Tab", "Enter"):
            page.keyboard.press(keys)
        else:
            page.keyboard.type(keys)
