"""From a code to a receipt and to another ballot, in a real browser."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from tests.keyboard import press_until_focused

LOOK = os.environ.get("LOOK", "")


def photograph(page, name):
    if LOOK:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(LOOK) / f"{name}_{width}.png", full_page=True)


@pytest.fixture
def open_vote(transactional_db, hold):
    cache.clear()
    return hold


def test_code_votes_and_votes_again_on_a_phone_without_scripts(
    new_page,
    open_vote,
    print_codes,
    assert_no_sideways_scroll,
):
    vote = open_vote()
    (code,) = print_codes(vote)
    page = new_page(width=360, height=740, javascript=False)

    page.goto(vote.url + "vote/")
    photograph(page, "identify")
    page.get_by_role("link", name="Enter my code").click()
    page.get_by_label("Your code").fill("nonsense")
    page.get_by_role("button", name="Continue").click()
    photograph(page, "code")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Continue").click()
    trackers = []
    for number in ("1", "2"):
        page.locator(f"[name=vote][value='{number}']").check()
        page.get_by_role("button", name="Review my ballot").click()
        assert_no_sideways_scroll(page)
        photograph(page, "review")
        page.get_by_role("button", name="Cast my ballot").click()
        expect(page.get_by_text("Your ballot is recorded.")).to_be_visible()
        assert_no_sideways_scroll(page)
        photograph(page, f"receipt{len(trackers)}")
        trackers.append(page.locator(".civic-tracker").inner_text())
        page.get_by_role("link", name="Change my ballot").click()
    page.go_back()

    expect(page.get_by_text(f"Its tracker was {trackers[0]}")).to_be_visible()
    page.get_by_role("button", name="Done: leave the booth").click()
    expect(page).to_have_url(page.url)
    expect(page.get_by_text("Your ballot stays in the box")).to_be_visible()
    assert len(set(trackers)) == 2


def test_ballot_is_cast_by_keyboard_and_every_step_is_accessible(
    new_page, open_vote, citizen, assert_accessible
):
    vote = open_vote()
    page = new_page(user=citizen)

    page.goto(vote.url + "vote/")
    press_until_focused(page, "[name=vote]")
    page.keyboard.press("Space")
    press_until_focused(page, "[name=step][value=review]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote/review/")
    assert_accessible(page)
    photograph(page, "review")
    page.get_by_role("link", name="Leave without casting").click()
    assert_accessible(page)
    photograph(page, "leave")
    page.get_by_role("link", name="Back to my ballot").click()
    press_until_focused(page, "[name=step][value=review]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote/review/")
    press_until_focused(page, "form:has([name=choice]) button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")

    expect(page.get_by_text("Your ballot is recorded.")).to_be_visible()
    assert_accessible(page)
    photograph(page, "receipt")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Send the receipt")).to_be_hidden()
    page.emulate_media(media="screen")
    for place in ("bulletin/", "vote/code/"):
        page.goto(vote.url + place)
        assert_accessible(page)
        photograph(page, place.strip("/").replace("/", "_"))


def test_person_at_the_desk_is_let_in_and_votes_by_keyboard_alone(
    new_page, open_vote, citizen, registrar, assert_accessible, assert_no_sideways_scroll
):
    vote = open_vote()
    desk = new_page(width=360, user=registrar)
    desk.goto(reverse("civic_vote_desk_admin:index"))
    for selector, typed in (("main td a", ""), ("[name=account]", citizen.username)):
        press_until_focused(desk, selector)
        desk.keyboard.type(typed)
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
        assert_accessible(desk, context="main")
        assert_no_sideways_scroll(desk)
    photograph(desk, "let_in")
    number = desk.locator("main code").inner_text()

    page = new_page(width=360)
    page.goto(vote.url + "vote/code/")
    for selector, pressed in (
        ("#id_code", number),
        ("[name=vote]", " "),
        ("[name=step][value=review]", ""),
        ("form:has([name=choice]) button", ""),
    ):
        press_until_focused(page, selector)
        page.keyboard.type(pressed)
        if pressed != " ":
            with page.expect_navigation():
                page.keyboard.press("Enter")
            assert_accessible(page)

    expect(page.get_by_text("Your ballot is recorded.")).to_be_visible()
    kept = {cookie["name"] for cookie in page.context.cookies()}
    assert not [name for name in kept if name.startswith("civic_booth_")]
