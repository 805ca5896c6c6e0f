"""The pages as people see and use them, in a real browser."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from civic_sourcing.notifications.categories import Choice, Mail
from civic_sourcing.notifications.models import Notification, Preference
from civic_sourcing.notifications.unsubscribing import Scope

pytestmark = pytest.mark.django_db(transaction=True)

FUNDED = "‘강변에 벤치를 놓아 주세요’ 아이디어가 참여예산 투표에서 선정되었습니다"


@pytest.fixture
def full_inbox(citizen, tell):
    """Read and unread news, long and short, in two languages."""
    tell(
        citizen,
        subject="Your idea “Benches by the river” is funded",
        body="212 people voted for it.\n\nThe city begins to build in spring.",
        url="/en/",
    )
    tell(citizen, category="tests.gossip", subject="Jun supports your idea")
    Notification.objects.filter(category="tests.gossip").mark_read(
        Notification.objects.first().created_at
    )
    tell(citizen, category="tests.verdict", subject=FUNDED, body="축하드립니다.", url="/ko/")
    Notification.objects.filter(subject=FUNDED).update(language="ko")


def path(name, language, *arguments):
    with translation.override(language):
        return reverse(f"civic_notifications:{name}", args=arguments)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", ["inbox", "settings", "unsubscribe"])
def test_page_is_for_everybody(
    new_page,
    full_inbox,
    citizen,
    assert_accessible,
    assert_no_sideways_scroll,
    name,
    language,
    width,
):
    arguments = [Scope(citizen.pk, category="tests.news").token()] if name == "unsubscribe" else []
    window = new_page(width=width, user=None if name == "unsubscribe" else citizen)

    window.goto(path(name, language, *arguments))

    assert_accessible(window)
    assert_no_sideways_scroll(window)


def test_inbox_is_read_to_its_end_without_scripts(new_page, full_inbox, citizen):
    window = new_page(user=citizen, javascript=False)
    window.goto(path("inbox", "en"))

    window.get_by_role("button", name="Mark as read").first.click()
    expect(window.get_by_text("You have 1 unread notification.")).to_be_visible()
    window.get_by_role("button", name="Mark all as read").click()

    expect(window.get_by_role("button", name="Mark all as read")).to_have_count(0)
    assert not Notification.objects.unread().exists()


def test_choices_are_made_without_scripts(new_page, citizen):
    window = new_page(user=citizen, javascript=False, width=360)
    window.goto(path("settings", "en"))

    window.get_by_role("combobox", name="Ideas By mail", exact=True).select_option("Once a week")
    window.get_by_role("checkbox", name="Ideas In the inbox", exact=True).uncheck()
    window.get_by_role("button", name="Save").click()

    expect(window.get_by_text("Your choices are saved.")).to_be_visible()
    assert Preference.objects.choices_of(citizen)["tests.news"] == Choice(False, Mail.WEEKLY)


def test_mail_is_ended_with_a_link_and_a_button(new_page, citizen):
    window = new_page(javascript=False)
    window.goto(path("unsubscribe", "en", Scope(citizen.pk, category="tests.news").token()))

    window.get_by_role("button", name="Yes, no more of it").click()

    expect(window.get_by_role("heading", name="You will get no more of this mail")).to_be_visible()
    assert Preference.objects.choices_of(citizen)["tests.news"].mail == Mail.NEVER
