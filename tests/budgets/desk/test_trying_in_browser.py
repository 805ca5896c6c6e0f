"""A council's editor tries rules on a phone, then fetches the ballots of the vote they tried."""

import pytest
from playwright.sync_api import expect

from tests.budgets.conftest import ELECTION
from tests.budgets.desk.test_in_browser import DESK, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_rules_are_tried_and_ballots_fetched(
    new_page, editor, process, at, import_election, assert_accessible, assert_no_sideways_scroll
):
    past = import_election()
    page = new_page(width=360, user=editor)
    page.goto(at("try"))
    page.get_by_label("Or a published election").set_input_files(ELECTION)
    page.get_by_label("By score, until one does not fit").check()
    page.get_by_role("button", name="Count by these rules").click()

    photograph(page, "try-360")
    expect(page.get_by_role("heading", name="Who would have won")).to_be_visible()
    expect(page.locator("#rules-section tbody tr")).to_have_count(3)
    assert_accessible(page, context=DESK)
    assert_no_sideways_scroll(page)
    page.goto(past.get_url() + "results/")
    assert_accessible(page)
    photograph(page, "results-again-360")
    with page.expect_download() as download:
        page.get_by_role("link", name="All ballots (.pb)").click()
    assert download.value.suggested_filename == "ballots.pb"
