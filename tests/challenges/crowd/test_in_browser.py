"""Voting on a narrow phone without scripts, and what managers set, read aloud."""

import os

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.challenges.models import CrowdScore

from .conftest import TITLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seen(page, name):
    if folder := os.environ.get("CIVIC_SCREENS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def vote_for_two(phone, url):
    """Tick three, hear that this is one too many, and vote for two."""
    phone.goto(url)
    phone.get_by_role("link", name="Vote", exact=True).click()
    for title in TITLES[:3]:
        phone.get_by_label(title).check()
    phone.get_by_role("button", name="Vote").click()
    expect(phone.get_by_text("you chose 3").first).to_be_visible()
    expect(phone.get_by_label("Paint")).to_be_checked()
    seen(phone, "vote_too_many_320")
    phone.get_by_label("Paint").uncheck()
    phone.get_by_role("button", name="Vote").click()
    expect(phone.get_by_text("Your vote counts for 2 entries.")).to_be_visible()


def test_people_vote_and_solvers_score_on_a_phone_and_it_is_read_aloud(
    contest,
    shared_out,
    entries,
    citizen,
    manager,
    captain_of,
    new_page,
    assert_accessible,
    assert_no_sideways_scroll,
):
    vote, peers = f"{contest.get_url()}vote/", f"{contest.get_url()}peers/"
    phone = new_page(width=320, height=640, javascript=False, user=citizen)
    vote_for_two(phone, contest.get_url())
    assert_no_sideways_scroll(phone)
    assert CrowdScore.objects.filter(kind="public", points=1).count() == 2
    solver = new_page(width=320, height=640, javascript=False, user=captain_of("Fans"))
    solver.goto(peers)
    solver.get_by_label("4: helps a lot").first.check()
    solver.get_by_role("button", name="Keep my points").click()
    expect(solver.get_by_text("Kept: 1 of 2 are scored.")).to_be_visible()
    assert_no_sideways_scroll(solver)
    seen(solver, "peers_320")

    for user, address, name in (
        (citizen, vote, "vote"),
        (captain_of("Fans"), peers, "peers"),
        (citizen, contest.get_url(), "page"),
    ):
        wide = new_page(width=1280, user=user)
        wide.goto(address)
        assert_accessible(wide, context="main")
        seen(wide, f"{name}_1280")
    manager.user_permissions.add(Permission.objects.get(codename="access_admin"))
    desk = new_page(width=1280, user=manager)
    desk.goto(reverse("civic_challenges_desk:judging", args=[contest.process.uuid]))
    seen(desk, "desk_1280")


def test_people_turn_the_pages_of_a_ballot_without_scripts_and_keep_what_they_chose(
    contest,
    public_vote,
    entries,
    citizen,
    new_page,
    monkeypatch,
    assert_accessible,
    assert_no_sideways_scroll,
):
    monkeypatch.setattr("civic_sourcing.challenges.crowd.ballots.PER_PAGE", 3)
    phone = new_page(width=320, height=640, javascript=False, user=citizen)
    phone.goto(f"{contest.get_url()}vote/")
    boxes = phone.locator(".civic-crowd-entry input")

    boxes.first.check()
    phone.get_by_role("button", name="Next").click()
    boxes.first.check()
    seen(phone, "vote_turned_320")
    assert_no_sideways_scroll(phone)
    phone.get_by_role("button", name="Vote").click()

    expect(phone.get_by_text("Your vote counts for 2 entries.")).to_be_visible()
    expect(phone.get_by_text("Chosen on other pages")).to_be_visible()
    wide = new_page(width=1280, user=citizen)
    wide.goto(f"{contest.get_url()}vote/")
    assert_accessible(wide, context="main")
    seen(wide, "vote_turned_1280")
