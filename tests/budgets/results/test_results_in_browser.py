"""Results in a real browser: on a narrow phone, without scripts, passed on."""

from playwright.sync_api import expect

from tests.budgets.results.conftest import counted

MANY = [("north", ("1", "N/1"), 15), ("south", ("2", "S/1"), 12)]


def test_results_are_read_walked_through_and_passed_on(
    transactional_db, closed, new_page, settings, assert_accessible, assert_no_sideways_scroll
):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "VOTE_OTHER_RULES": True}
    vote = counted(closed(MANY))
    phone = new_page(width=320, height=640, javascript=False)
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    phone.goto(vote.url + "results/")
    assert_no_sideways_scroll(phone)
    expect(phone.locator("[data-civic-share-copy]")).to_be_hidden()
    phone.get_by_role("link", name="Walk through the count").click()
    assert_no_sideways_scroll(phone)
    phone.get_by_role("link", name="Next step").click()
    expect(phone.get_by_text("Step 2 of 6")).to_be_visible()
    outcome = phone.get_by_role("columnheader", name="Outcome").bounding_box()
    assert outcome["x"] + outcome["width"] <= 320

    page.goto(vote.url + "results/")
    assert_accessible(page)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    page.goto(vote.url + "results/steps/?step=2")
    assert_accessible(page)
