"""One idea's story: two co-authors, a card of paper, a merger, a claim, and somebody who leaves."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.attribution.models import Claim, Contribution
from civic_sourcing.processes.models import RoleAssignment
from tests.example_site.writing import go_on_to_the_last_step
from town.demo import forums, information, participation, people, places

FORUM = "/en/participate/ideas/"
SHADE, ROOF, BOTH = "Shade for the bus stop", "A roof where we wait", "A shady roof for the stop"
REASONS = (
    "Both sides say the drawing on the card is hers. The words are his, so credit is added "
    "for the drawing, and he stays the author."
)
CO_AUTHORS = ("judge1", "judge2")


@pytest.fixture
def town(transactional_db):
    for room in (places, people, participation, information):
        room.load()
    forums.made(forums.TODAY)
    stewards = Group.objects.get(name="Moderators")
    RoleAssignment.objects.create(group=stewards, page=participation.hub(), role="steward")


@pytest.fixture
def windows(town, new_page, django_user_model):
    """``windows(name)`` is the one window of that person."""
    opened = {}

    def window(name):
        if name not in opened:
            opened[name] = new_page(user=django_user_model.objects.get(username=name))
        return opened[name]

    return window


def press(button):
    """Click, and wait for the page it leads to."""
    with button.page.expect_navigation():
        button.click()


def submit(page):
    press(page.locator("main form [type=submit]").last)


def say_that_one_is_old_enough(page):
    """Asked once; those who have answered are not asked again."""
    if page.locator("[name=of_age]").count():
        page.check("[name=of_age][value=yes]")


def contribution(title):
    return Contribution.objects.get(title=title)


def credits_of(title):
    return reverse("civic_attribution:credits", args=[contribution(title).uuid])


def propose_with_two_co_authors(windows):
    page = windows("citizen")
    page.goto(f"{FORUM}propose/")
    page.fill("[name=title]", SHADE)
    page.fill("[name=description]", "A vine over the bench would do.")
    go_on_to_the_last_step(page)
    say_that_one_is_old_enough(page)
    press(page.get_by_role("button", name="Publish this idea"))
    page.locator("h1", has_text=SHADE).wait_for()
    for name in CO_AUTHORS:
        page.goto(credits_of(SHADE))
        page.fill("[name=invitee]", name)
        press(page.get_by_role("button", name="Invite"))
    for name in CO_AUTHORS:
        windows(name).goto(credits_of(SHADE))
        press(windows(name).get_by_role("button", name="Accept"))
        windows(name).get_by_text("You are named here as").wait_for()


def claim_paper_by_code(windows):
    desk = windows("official")
    desk.goto(reverse("civic_attribution_admin:enter"))
    desk.fill("[name=title]", ROOF)
    desk.fill("[name=text]", "We stand in the rain. A small roof is enough.")
    press(desk.locator("main form button[type=submit]"))
    code = desk.locator(".civic-claim-code").inner_text()

    page = windows("neighbour")
    page.goto(reverse("civic_attribution:claim_by_code"))
    page.fill("[name=code]", code.lower().replace("0", "o"))
    say_that_one_is_old_enough(page)
    submit(page)


def merge_both(windows):
    desk = windows("official")
    chosen = "&".join(f"contribution={contribution(title).uuid}" for title in (SHADE, ROOF))
    desk.goto(f"{reverse('civic_attribution_admin:merge')}?{chosen}")
    for box in desk.locator("[name=originals]").all():
        box.check()
    desk.fill("[name=title]", BOTH)
    desk.fill("[name=text]", "A small roof with a vine over it, for the whole bench.")
    press(desk.locator("main form[method=post] button[type=submit]"))
    desk.locator("h1", has_text=BOTH).wait_for()


def contest_and_win(windows):
    claimant = windows("judge3")
    claimant.goto(reverse("civic_attribution:new_claim", args=[contribution(ROOF).uuid]))
    claimant.fill("[name=text]", "The drawing on the card is mine, from the spring workshop.")
    submit(claimant)
    claim = Claim.objects.get()

    answer = windows("neighbour")
    answer.goto(reverse("civic_attribution:answer_claim", args=[claim.uuid]))
    answer.fill("[name=text]", "That is true, she drew it.")
    submit(answer)

    desk = windows("moderator")
    desk.goto(reverse("civic_claims_admin:decide", args=[claim.uuid]))
    desk.check("[name=outcome][value=added]")
    desk.select_option("[name=role]", "improver")
    desk.fill("[name=reasons]", REASONS)
    press(desk.locator("main form[method=post] button[type=submit]"))

    for name in ("judge3", "neighbour"):
        windows(name).goto(reverse("civic_attribution:claim", args=[claim.uuid]))
        press(windows(name).get_by_role("button", name="Accept the decision"))


def leave(windows, name):
    page = windows(name)
    page.goto(reverse("civic_participants:erase"))
    page.check("[name=texts][value=keep]")
    page.fill("[name=password]", "demo")
    page.check("[name=sure]")
    submit(page)
    page.wait_for_url(f"**{reverse('civic_participants:erased')}")


def test_whole_story_can_be_read_on_the_credits_page(
    windows, new_page, assert_accessible, assert_no_sideways_scroll
):
    propose_with_two_co_authors(windows)
    claim_paper_by_code(windows)
    merge_both(windows)

    reader = new_page(width=360)
    reader.goto(credits_of(BOTH))
    named = reader.locator("#people tbody")
    for person in ("Jisoo Park", "Sora Jung", "Peter Lindqvist", "Daniel Ortiz"):
        expect(named.get_by_text(person)).to_have_count(1)

    contest_and_win(windows)
    leave(windows, "judge2")

    reader.goto(credits_of(BOTH))
    for person in ("Jisoo Park", "Sora Jung", "Daniel Ortiz", "Amina Yusuf"):
        expect(named.get_by_text(person)).to_have_count(1)
    expect(named.get_by_text("former participant")).to_have_count(1)
    expect(reader.get_by_text("Peter Lindqvist")).to_have_count(0)
    family = reader.locator("#family")
    for title in (SHADE, ROOF, BOTH):
        expect(family.get_by_text(title).first).to_be_visible()
    assert_accessible(reader)
    assert_no_sideways_scroll(reader)
