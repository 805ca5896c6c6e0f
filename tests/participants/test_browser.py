"""People's own pages as people see them: on a phone and a desk, in two languages, by keyboard."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from civic_sourcing.notifications.models import OutboxMessage
from civic_sourcing.participants import age
from civic_sourcing.participants.actions import AnswerAgeQuestion
from civic_sourcing.participants.age import Matter
from civic_sourcing.participants.models import Participant

PATHS = ["me/", "me/profile/", "me/guardian/", "me/data/", "me/consents/", "me/delete/"]


@pytest.fixture
def child_in_browser(transactional_db, make_user):
    user = make_user("jiho", first_name="Jiho")
    AnswerAgeQuestion(Participant.objects.of(user), by=user, of_age=False).execute()
    return user


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_ones_own_pages_are_accessible_and_fit(
    new_page, child_in_browser, assert_accessible, assert_no_sideways_scroll, width, language
):
    page = new_page(width=width, user=child_in_browser)

    for path in PATHS:
        page.goto(f"/{language}/civic/{path}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


@pytest.fixture
def benches_wait():
    """One idea that waits for a guardian."""

    def matters(participant):
        return [Matter("Benches by the river", "People want to sit.", "Ideas for the park")]

    age.register_guardian_matters(matters)
    yield
    age.forget_guardian_registrations(matters)


@pytest.mark.usefixtures("benches_wait")
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_guardian_reads_consents_and_withdraws(
    new_page, child_in_browser, assert_accessible, assert_no_sideways_scroll, javascript
):
    child = new_page(user=child_in_browser, javascript=javascript)
    child.goto(reverse("civic_participants:ask_guardian"))
    child.get_by_label("E-mail address of your mother").fill("JIHO+mum@example.org")
    child.get_by_role("button", name="Write to my guardian").click()
    expect(child.get_by_text("This is your own e-mail address.").first).to_be_visible()
    child.get_by_label("E-mail address of your mother").fill("parent@example.org")
    child.get_by_role("button", name="Write to my guardian").click()
    expect(child.get_by_text("We have written to your guardian")).to_be_visible()

    guardian = new_page(width=360, javascript=javascript)
    guardian.goto(re.sub(r"^https?://[^/]+", "", OutboxMessage.objects.latest("pk").url))
    expect(guardian.get_by_text("Benches by the river")).to_be_visible()
    if javascript:
        assert_accessible(guardian)
        assert_no_sideways_scroll(guardian)
    guardian.get_by_role("button", name="I am a guardian and I agree").click()
    expect(guardian.get_by_text("You have agreed")).to_be_visible()
    guardian.get_by_role("button", name="Withdraw my consent").click()
    expect(guardian.get_by_text("You have withdrawn your consent")).to_be_visible()


def test_somebody_takes_their_data_along_and_leaves_by_keyboard(
    new_page, transactional_db, make_user
):
    user = make_user("mina", first_name="Mina", last_name="Han")
    page = new_page(user=user)
    page.goto(reverse("civic_participants:my_data"))
    page.get_by_role("button", name="Make the file").press("Enter")
    page.get_by_text("Your file is being made").wait_for()
    call_command("civic_tick", only="civic_participants.exports", verbosity=0)
    page.get_by_role("link", name="Look again").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").press("Enter")
    assert download.value.suggested_filename == "my-data.zip"

    page.goto(reverse("civic_participants:erase"))
    page.get_by_label("They stay, under the name of a former participant.").press("Space")
    page.get_by_label("Your password").fill("demo")
    page.get_by_label("Delete my account for good.").press("Space")
    page.get_by_role("button", name="Delete my account").press("Enter")

    page.get_by_role("heading", name="Your account is deleted").wait_for()
    assert Participant.objects.get().public_name.startswith("former participant")
