"""What solvers read once it is decided, on a narrow phone without scripts and read aloud."""

import os

import pytest
from playwright.sync_api import expect

from civic_sourcing.challenges.models import ChallengePage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_feedback_winners_and_award_fit_a_phone_and_are_read_aloud(
    award, captain, loser, new_page, assert_accessible, assert_no_sideways_scroll
):
    page = ChallengePage.objects.get(process=award.process).get_url()
    losing = award.process.entries.get(title="Trees")
    places = (
        (loser, f"{page}winners/feedback/{losing.uuid}/", "Trees: well done.", "feedback"),
        (captain, f"{page}winners/{award.uuid}/", "Accept the award", "award"),
        (
            loser,
            f"{page}winners/",
            "The city does not use entries that were not chosen.",
            "winners",
        ),
    )

    for user, address, words, name in places:
        phone = new_page(width=320, height=640, javascript=False, user=user)
        phone.goto(address)
        expect(phone.get_by_role("main")).to_contain_text(words)
        assert_no_sideways_scroll(phone)
        wide = new_page(width=1280, user=user)
        wide.goto(address)
        assert_accessible(wide, context="main")
        if folder := os.environ.get("CIVIC_SCREENS"):
            phone.screenshot(path=f"{folder}/{name}_320.png", full_page=True)
            wide.screenshot(path=f"{folder}/{name}_1280.png", full_page=True)
