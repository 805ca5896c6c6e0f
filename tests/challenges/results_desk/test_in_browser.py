"""The screens of results in a real browser, at both widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.challenges.awards.actions import AcceptAward, DeclineAward
from civic_sourcing.challenges.models import Award, Decision
from tests.challenges.awards import conftest as awards
from tests.challenges.awards.conftest import backdate
from tests.challenges.results_desk.test_screens import DESK

award = awards.award
decision = awards.decision
DESK_BODY = ".civic-judging-desk"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_winners_are_proposed_confirmed_and_shown(
    in_office, manager, steward, captain, new_page, assert_accessible, assert_no_sideways_scroll
):
    phase = reverse(f"{DESK}:phase", args=[in_office.uuid, 1])
    page, other = new_page(user=manager), new_page(user=steward)
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto(phase)
    page.get_by_role("button", name="Rank now").click()
    expect(page.get_by_role("button", name="Propose as ranked")).to_be_visible()
    assert_accessible(page, context=DESK_BODY)
    page.get_by_role("button", name="Propose as ranked").click()
    expect(page.get_by_role("heading", name="Winners")).to_be_visible()
    other.goto(phase)
    other.get_by_role("button", name="Confirm the winners").click()
    expect(other.get_by_text("Everybody can object until")).to_be_visible()
    backdate(Decision.objects.get())
    page.goto(phase)
    page.get_by_role("button", name="Make it final").click()
    expect(page.get_by_text("Everybody can object until")).to_be_hidden()
    award = Award.objects.get(placement__place=1)
    address = reverse(f"{DESK}:award", args=[in_office.uuid, award.uuid])
    winner = reverse(f"{DESK}:winner", args=[in_office.uuid, award.uuid])

    DeclineAward(award, by=captain).execute()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 1600})
        for url in (reverse(f"{DESK}:index", args=[in_office.uuid]), address, phase, winner):
            page.goto(url)
            assert_accessible(page, context=DESK_BODY)
            assert_no_sideways_scroll(page)


def test_without_scripts_nothing_typed_is_lost_by_another_button_or_the_return_key(
    in_office, award, captain, manager, new_page, assert_no_sideways_scroll
):
    AcceptAward(award, by=captain).execute()
    page = new_page(width=1280, javascript=False, user=manager)
    page.goto(reverse(f"{DESK}:award", args=[in_office.uuid, award.uuid]))
    reason, milestone = (
        page.locator("#id_propose_cancel-reason"),
        page.locator("#id_plan-0-milestone"),
    )

    reason.fill("It was copied.")
    milestone.fill("A prototype")
    milestone.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet.")
    page.get_by_role("button", name="The papers are complete").click()

    expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    expect(reason).to_have_value("It was copied.")
    expect(milestone).to_have_value("A prototype")
    assert_no_sideways_scroll(page)
    award.refresh_from_db()
    assert (award.state, award.cancelled_reason) == ("papers", "")
