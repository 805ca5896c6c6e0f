"""A vote from “Add page” to its opening, as an editor meets it; and every screen on a phone."""

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.budgets.actions.casting import ProposeLengthening
from civic_sourcing.budgets.ballots import KnapsackLimits
from civic_sourcing.budgets.models import BudgetProjectPage, BudgetVotePage, Project, VoteRun
from civic_sourcing.budgets.rulebooks import rulebook_of
from civic_sourcing.core import clock
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.models import Phase
from tests.budgets.desk.test_holding import SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = ".civic-vote-desk"
PICTURE = 2000
"""Height of a picture: Wagtail scrolls inside of its window."""


def photograph(page, name):
    """Keep a picture where ``PICTURES`` names a folder."""
    if folder := os.environ.get("PICTURES"):
        window = page.viewport_size
        page.set_viewport_size({"width": window["width"], "height": PICTURE})
        page.screenshot(path=f"{folder}/{name}.png")
        page.set_viewport_size(window)


def add_projects(vote):
    """Two projects of the only area, dates and a condition, as other screens make them."""
    area = vote.process.votearea_set.get()
    for number, title in enumerate(["Playground", "Skate park"], start=1):
        row = Project.objects.create(
            process=vote.process, number=str(number), cost=200_000, position=number, area=area
        )
        vote.add_child(instance=BudgetProjectPage(title=title, project=row, locale=vote.locale))
    now = clock.now()
    Phase.objects.create(
        process=vote.process, kind="voting", opens_at=now, closes_at=now + timedelta(days=7)
    )
    EligibilityRule.objects.create(process=vote.process, verifier="signed-in")


def set_up(page):
    """Go through the four screens, from money to the check."""
    page.get_by_label("Currency").fill("KRW")
    page.get_by_role("button", name="Add an area").click()
    page.get_by_label("Name (English)").fill("Whole town")
    page.locator("[name=areas-0-budget]").fill("500,000")
    page.get_by_label("This is the whole town").check()
    photograph(page, "admin-vote-money")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("radio", name="Spend the money").check()
    expect(page.get_by_label("Points to share out")).to_be_hidden()
    page.get_by_label("Percent that must be spent").fill("40")
    photograph(page, "admin-vote-ballot")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Add a category").click()
    page.get_by_label("Name (English)").fill("Play")
    page.locator("[name=categories-0-most]").fill("2")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("By score, until one does not fit").check()
    page.get_by_role("button", name="Save and check").click()


def test_editor_makes_a_vote_from_nothing_and_opens_it(new_page, editor, home):
    page = new_page(user=editor)
    page.goto(reverse("wagtailadmin_pages:add", args=["civic_budgets", "budgetvotepage", home.pk]))
    page.locator("#id_title").press_sequentially("Budget 2027")
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).to_have_value("budget-2027")
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_role("link", name="Set up the vote").click()

    set_up(page)
    expect(page.get_by_text("There is no published project on the ballot paper.")).to_be_visible()
    photograph(page, "admin-vote-check")
    vote = BudgetVotePage.objects.get()
    add_projects(vote)
    page.reload()
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
    page.get_by_role("link", name="Go on: rehearse or open the vote").click()
    page.get_by_role("link", name="Open the vote").click()
    expect(page.get_by_role("button", name="Freeze the rules and open the vote")).to_be_visible()
    photograph(page, "admin-vote-open")
    page.get_by_role("button", name="Freeze the rules and open the vote").click()

    expect(page.get_by_text("Its rules are frozen and published").first).to_be_visible()
    photograph(page, "admin-vote-held")
    run = VoteRun.objects.of(vote.process)
    rulebook = rulebook_of(vote.process)
    assert (run.state, run.digest) == ("open", rulebook.digest)
    assert rulebook.limits == KnapsackLimits(least_percent=40)


@pytest.fixture
def look_at(assert_accessible, assert_no_sideways_scroll):
    def look_at(page, address):
        page.goto(address)
        photograph(page, "desk-360-" + "-".join(address.split("/")[5:]))
        assert_accessible(page, context=DESK)
        assert_no_sideways_scroll(page)

    return look_at


def test_every_screen_fits_a_phone_and_is_accessible(
    new_page, editor, second_editor, set_up, at, look_at, client
):
    client.force_login(editor)
    client.post(at("rehearse"))
    page = new_page(width=360, user=second_editor)

    for screen in SCREENS[:8]:
        look_at(page, at(screen))
    rehearsal = VoteRun.objects.get()
    client.post(at("erase", rehearsal.uuid))
    client.post(at("open"))
    run = VoteRun.objects.of(set_up)
    later = run.closes_at + timedelta(days=1)
    proposal = ProposeLengthening(run, by=editor, closes_at=later, reason="Flood.").execute()
    for screen in ("vote", "money", "lengthen", "set_aside"):
        look_at(page, at(screen))
    look_at(page, at("approve_lengthening", proposal.pk))
