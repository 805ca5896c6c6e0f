"""A count as two editors meet it, on a phone: the page renews itself, and fits."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, Voter
from civic_sourcing.budgets.count_jobs import look_after_counts
from civic_sourcing.budgets.models import CountResult, VoteRun
from civic_sourcing.core import clock
from tests.budgets.desk.test_in_browser import DESK, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run(client, editor, set_up, at, set_clock):
    client.force_login(editor)
    client.post(at("open"))
    run = VoteRun.objects.of(set_up)
    for who, choice in (("kim", '{"vote":["1","2"]}'), ("lee", '{"vote":["1"]}')):
        CastBallot(run, voter=Voter(who), choice=choice, idempotency_key=uuid4().hex).execute()
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    return run


def test_a_vote_is_counted_published_and_confirmed_by_two(
    new_page,
    editor,
    second_editor,
    run,
    at,
    set_clock,
    assert_accessible,
    assert_no_sideways_scroll,
):
    page = new_page(width=360, user=editor)

    def looks_well(page, name):
        photograph(page, f"count-360-{name}")
        assert_accessible(page, context=DESK)
        assert_no_sideways_scroll(page)

    page.goto(at("count"))
    page.get_by_role("link", name="Count the vote").click()
    page.get_by_role("button", name="Count", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    looks_well(page, "waiting")
    look_after_counts(clock.now())
    expect(page.get_by_role("heading", name="Count 1")).to_be_visible(timeout=15_000)
    looks_well(page, "counted")
    page.get_by_role("link", name="Count 1").click()
    expect(page.get_by_role("rowheader", name="Fence")).to_be_visible()
    looks_well(page, "version")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Publish the latest count").press("Enter")
    page.get_by_role("button", name="Publish it as provisional").press("Enter")
    expect(page.get_by_text("Objections are heard until")).to_be_visible()
    count = CountResult.objects.get()
    set_clock(count.publication.objections_until)
    page.reload()
    page.get_by_role("link", name="Confirm the count").click()
    page.get_by_label("Reason").fill("Nobody objected.")
    looks_well(page, "confirm")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Somebody else has to approve it.").first).to_be_visible()

    page = new_page(width=360, user=second_editor)
    page.goto(at("count"))
    page.get_by_role("link", name="Look at it and approve").click()
    confirm = page.get_by_role("button", name="Confirm", exact=True)
    expect(confirm).to_be_visible()
    looks_well(page, "approve")
    confirm.click()

    expect(page.get_by_text("Confirmed on")).to_be_visible()
    assert count.confirmation is not None
