"""A vote from the hub to the receipt and back, as somebody with a phone and no mouse walks it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.keyboard import press_until_focused
from town.demo import participation, people, places, votes

VOTE = "/en/participate/districts/"


@pytest.fixture
def open_town(transactional_db):
    cache.clear()
    for room in (places, people, participation, votes):
        room.load()


@pytest.fixture
def citizen(open_town, django_user_model):
    return django_user_model.objects.get(username="citizen")


def test_citizen_votes_and_votes_again_by_keyboard_on_a_phone_without_scripts(
    new_page, citizen, assert_no_sideways_scroll, assert_accessible
):
    page = new_page(user=citizen, width=360, height=740, javascript=False)
    inspector = new_page(width=360, height=740)

    def inspect():
        """Axe needs scripts, so it looks at the same page in a window beside."""
        inspector.context.add_cookies(page.context.cookies())
        inspector.goto(page.url)
        assert_accessible(inspector)

    def walk(selector, address):
        press_until_focused(page, selector, most=200)
        page.keyboard.press("Enter")
        page.wait_for_url(address)
        assert_no_sideways_scroll(page)
        inspect()

    def vote_for(number):
        press_until_focused(page, f"[name=vote][value='{number}']", most=200)
        page.keyboard.press("Space")
        walk("[name=step][value=review]", "**/vote/review/")
        walk("form:has([name=choice]) button", "**/receipt/**")
        return page.locator(".civic-tracker").first.inner_text()

    page.goto("/en/participate/")
    walk(f"main a[href$='{VOTE}']", f"**{VOTE}")
    walk("main a[href$='/vote/']", "**/vote/")
    expect(page.locator("[name=vote]")).to_have_count(40)
    first = vote_for("R-1")
    walk("main a[href$='/vote/']", "**/vote/")
    second = vote_for("H-3")

    assert first != second
    expect(page.locator("main")).to_contain_text(first)
    walk("main a[href$='/bulletin/']", "**/bulletin/**")
