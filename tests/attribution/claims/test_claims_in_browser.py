"""The pages in a real browser: readable at every width and for everybody."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .conftest import REASONS, again, let_time_pass

pytestmark = pytest.mark.django_db(transaction=True)


def open_page(new_page, path, user, width, language):
    page = new_page(width=width, user=user, locale=language)
    page.goto(path.replace("/en/", f"/{language}/"))
    return page


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ["new_claim", "claims", "claim", "answer_claim"])
def test_pages_of_both_sides_are_accessible(
    new_page, assert_accessible, assert_no_sideways_scroll, claim, author, receive, stranger,
    name, language, width,
):  # fmt: skip
    target = {"new_claim": [claim.contribution.uuid], "claims": []}.get(name, [claim.uuid])
    user = stranger if name == "new_claim" else author
    path = reverse(f"civic_attribution:{name}", args=target)
    page = open_page(new_page, path, user, width, language)

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_claim_is_filed_and_answered_without_scripts(
    new_page, contribution, claimant, author, steward
):
    page = new_page(user=claimant, javascript=False)
    page.goto(reverse("civic_attribution:new_claim", args=[contribution.uuid]))
    page.get_by_label("Why is it yours?").fill("I wrote this first.")
    page.get_by_role("button", name="File the claim").click()
    expect(page.get_by_role("button", name="File the claim")).to_have_count(0)
    other = new_page(user=author, javascript=False)
    other.goto(reverse("civic_attribution:claims"))
    other.get_by_role("link", name="A bench").click()
    other.get_by_role("link", name="Answer").click()
    other.get_by_label("Your answer").fill("I thought of it myself.")
    other.get_by_role("button", name="Send").click()

    expect(other.get_by_text("waiting for a decision").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_steward_decides_in_the_admin(new_page, assert_no_sideways_scroll, heard, steward, width):
    let_time_pass(heard, days=2)
    page = new_page(user=steward, width=width)
    page.goto(reverse("civic_claims_admin:index"))
    page.get_by_role("link", name="A bench").click()
    page.get_by_role("button", name="Decide", exact=True).wait_for()
    assert_no_sideways_scroll(page)
    page.get_by_role("radio", name="Authorship is shared").check()
    page.get_by_label("Share of the claimant").fill("25")
    page.get_by_role("textbox", name="Reasons").fill(REASONS)
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_text("Your decision is recorded").wait_for()

    assert again(heard).decision.share == 2500
