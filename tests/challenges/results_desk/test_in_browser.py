"""The screens of results in a real browser, at both widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.challenges.awards.actions import DeclineAward
from civic_sourcing.challenges.models import Award, Decision
from tests.challenges.awards.conftest import backdate
from tests.challenges.results_desk.test_screens import DESK

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
