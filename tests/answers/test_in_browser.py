"""Answers as people meet them: on a phone, from the keyboard, without JavaScript, in Korean."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import expect

from civic_sourcing.answers.actions import (
    Adopt,
    ContributePart,
    CorrectAnswer,
    PublishAnswer,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.models import OfficialAnswer
from civic_sourcing.core.uploads import receive
from tests.core.pictures import picture

from .desk_people import (  # noqa: F401
    address,
    desk_official_scene,
    let_in,
)
from .test_pages import put_back

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "We plant the trees along the river in spring, as soon as the ground is no longer frozen. "


@pytest.fixture
def answered(contribution, owe, draft, official, parks, roads):
    """A long story: late answer with a part, a correction, a plan with milestones and news."""
    put_back(owe(10, department=parks), 14)
    first = draft(
        decision="partly",
        text=f"{LONG * 3}\n\n{LONG}",
        reason_codes=["no-money", "others-rights"],
        departs_reason="Some people asked for two hundred trees. There is room for sixty.",
        department=parks,
        partners=[roads],
        next_step="Plant the first ten trees",
        next_date=timezone.localdate() + timedelta(days=90),
    )
    ContributePart(first.parts.get(), by=official, text="The path stays open.").execute()
    PublishAnswer(first, by=official).execute()
    words = {"decision": "partly", "text": LONG, "department": parks}
    PublishAnswer(CorrectAnswer(first, by=official, **words).execute(), by=official).execute()
    today = timezone.localdate()
    adoption = Adopt(
        contribution,
        by=official,
        title="Sixty trees along the river",
        text=LONG,
        department=parks,
        partners=[roads],
        owner=official,
        expected_on=today + timedelta(days=120),
        budget_line="Parks 4711",
        spot=(Decimal("35.1"), Decimal("128.9")),
        currency="KRW",
    ).execute()
    SetMilestone(
        adoption, by=official, title="Soil is examined", due_on=today, done_on=today
    ).execute()
    SetMilestone(
        adoption, by=official, title="Trees are bought", due_on=today + timedelta(days=40)
    ).execute()
    photo = receive(SimpleUploadedFile("trees.png", picture(size=(640, 360))))
    ReportDelivery(
        adoption, by=official, text=LONG, spent=12_500_000, photos=[(photo, "Ten young trees")]
    ).execute()
    return adoption


@pytest.fixture
def owing(propose, author, owe, parks, desk_official):
    """One overdue, one due soon and put off, one later."""
    from civic_sourcing.answers import promises

    for title, days in (
        ("Lamps in the underpass between the station and the old market", -4),
        ("Rain shelter at the bus stop", 3),
        ("A tap for drinking water", 25),
    ):
        promise = promises.owe(
            propose(author, title).contribution,
            cause="threshold",
            due_at=timezone.now() + timedelta(days=60),
            department=parks,
        )
        put_back(promise, 60 - days)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_public_pages_fit_and_are_accessible(
    answered, owing, idea, new_page, assert_accessible, assert_no_sideways_scroll, width, language
):
    page = new_page(width=width)

    for url in (
        idea.get_url(),
        f"/{language}/civic/answers/",
        f"/{language}/civic/answers/deliveries/",
    ):
        page.goto(url)
        assert_no_sideways_scroll(page)
        assert_accessible(page, context="main")


@pytest.mark.parametrize("width", [320, 1280])
def test_screens_of_officials_fit_and_are_accessible(
    answered,
    owing,
    contribution,
    draft,
    parks,
    desk_official,
    new_page,
    assert_accessible,
    assert_no_sideways_scroll,
    width,
):
    waiting = draft(partners=[parks])
    page = new_page(width=width, user=desk_official)

    for url in (
        address("index"),
        address("adoptions"),
        address("gaps"),
        address("contribution", contribution.uuid),
        address("draft", contribution.uuid),
        address("promise", contribution.uuid),
        address("answer", contribution.uuid, waiting.uuid),
        address("part", contribution.uuid, waiting.uuid, waiting.parts.get().pk),
        address("adoption", answered.uuid),
        address("plan", answered.uuid),
        address("status", answered.uuid),
        address("news", answered.uuid),
    ):
        page.goto(url)
        assert_no_sideways_scroll(page)
        assert_accessible(page, context="main")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_answer_is_written_and_published_from_the_keyboard(
    owing, desk_official, new_page, javascript
):
    page = new_page(user=desk_official, javascript=javascript)
    page.goto(address("index"))
    page.get_by_role("link", name="Lamps in the underpass").press("Enter")
    page.get_by_role("link", name="Write an answer").press("Enter")
    page.get_by_label("Accepted", exact=True).press("Space")
    page.get_by_label("Text", exact=False).first.fill("There will be light in March.")
    page.get_by_role("button", name="Save and look at it").press("Enter")
    expect(page.get_by_text("This is how everybody will read it.")).to_be_visible()
    page.get_by_role("button", name="Publish the answer").press("Enter")

    expect(page.get_by_text("The answer is published.")).to_be_visible()
    assert OfficialAnswer.objects.published().count() == 1


def test_deliveries_are_narrowed_and_opened_from_the_keyboard(answered, new_page):
    page = new_page(javascript=False)
    page.goto("/en/civic/answers/deliveries/")
    page.get_by_label("Status").select_option(label="planned")
    page.get_by_role("button", name="Show").press("Enter")
    page.locator(".civic-map svg a").press("Enter")

    expect(page.locator("#answers")).to_contain_text("Sixty trees along the river")
    page.go_back()
    page.locator("#deliveries").get_by_role("link").first.press("Enter")
    expect(page.locator("#answers")).to_contain_text("Trees are bought")


def test_overdue_is_told_without_colour_and_listed_by_how_long(owing, new_page):
    page = new_page(javascript=False)
    page.goto("/en/civic/answers/")

    expect(page.locator(".civic-overdue-list")).to_contain_text("4 days late")
    page.get_by_label("Due in").select_option("all")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**period=all**")
    expect(page.locator(".civic-overdue-list > li")).to_have_count(1)
