"""Entering in a real browser: on a narrow phone without scripts, and in another time zone."""

import os

from playwright.sync_api import expect

from civic_sourcing.challenges.actions.teams import InviteMember, JoinTeam
from civic_sourcing.challenges.models import Entry

from .conftest import SAID

STEPS = ("", "files/", "team/", "check/", "receipt/", "withdraw/")


def seen(page, name):
    if folder := os.environ.get("CIVIC_SCREENS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_entry_is_handed_in_on_a_phone_and_read_aloud(
    transactional_db,
    challenge,
    solver,
    rival,
    office,
    new_page,
    assert_accessible,
    assert_no_sideways_scroll,
):
    phone = new_page(width=320, height=640, javascript=False, user=solver)
    phone.goto(challenge.get_url())
    phone.get_by_role("link", name="Enter", exact=True).click()
    seen(phone, "start_320")
    phone.get_by_role("button", name="Begin an entry").click()
    phone.get_by_label("Title of your entry").fill(SAID["title"])
    phone.get_by_label("In two sentences").fill(SAID["brief"])
    phone.get_by_label("Description").fill(SAID["description"])
    seen(phone, "write_320")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("link", name="Continue").click()
    phone.get_by_role("link", name="Continue").click()
    seen(phone, "check_320")
    phone.get_by_role("button", name="Hand in").click()

    expect(phone.locator(".civic-entering-receipt")).to_have_text(Entry.objects.get().receipt)
    entry = Entry.objects.get()
    member = InviteMember(entry, by=solver, invitee=rival.username).execute()
    JoinTeam(member, by=rival).execute()
    base = f"{challenge.get_url()}enter/{entry.uuid}/"
    for step in STEPS:
        phone.goto(base + step)
        assert_no_sideways_scroll(phone)
        seen(phone, f"phone_{step.strip('/') or 'write'}")
    wide = new_page(width=1280, timezone_id="Europe/Lisbon", user=solver)
    for step in (*(base + step for step in STEPS), f"{challenge.get_url()}questions/",
                 f"{challenge.get_url()}entries/", f"{challenge.get_url()}enter/"):  # fmt: skip
        wide.goto(step)
        assert_accessible(wide, context="main")
        seen(wide, "wide_" + (step.rstrip("/").rpartition("/")[2][:10]))
    expect(wide.get_by_text("(Europe/Lisbon)").first).to_be_visible()
    desk = new_page(width=1280, user=office)
    desk.goto(f"/admin/civic/entries/{challenge.process.uuid}/")
    assert_accessible(desk, context="main")
    seen(desk, "desk_entries")
    desk.get_by_role("link", name="Enter for somebody").click()
    seen(desk, "desk_for")
